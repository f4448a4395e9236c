import { createHash } from "node:crypto";
import type { Markup } from "./markup.ts";
import { markup, nothing } from "./markup.ts";
import type { Report } from "./model.ts";
import { exchangeNotice } from "./exchange-sections.ts";
import { reportStyle } from "./style.ts";
import type { ReportWords } from "./words.ts";

export const reportRoles = ["administrator", "auditor"] as const;
export type ReportRole = (typeof reportRoles)[number];

const longestMark = 60;

/** The whole page around the sections: self-contained, without scripts, allowed nothing but its own style. */
export function reportPage(
  report: Report,
  words: ReportWords,
  role: ReportRole,
  sections: readonly Markup[],
): string {
  const { t } = words;
  const { name, practice } = report.setup;
  const practiceMark = practice ? t("report.practice.mark") : "";
  const roleName = t(`report.roles.${role}`);
  const title = t("report.title", { name });
  const style = reportStyle({
    top: practiceMark,
    bottom: `${short(name)} · ${roleName}`,
    page: t("report.page"),
    of: t("report.of"),
  });
  const hash = createHash("sha256").update(style).digest("base64");
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
  const titles = [practiceMark, title, roleName].filter((part) => part !== "");
  const page = markup`<!doctype html>
<html lang="${words.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${titles.join(" · ")}</title>
<style>`;
  return `${page.toString()}${style}</style>
</head>
<body>
${header(report, words, title, roleName).toString()}
<main>
${sections.join("\n")}
</main>
</body>
</html>
`;
}

function header(report: Report, words: ReportWords, title: string, roleName: string): Markup {
  const { t, formatDateTime } = words;
  const { setup, rollout, stage, exchange } = report;
  const at = formatDateTime(report.writtenAt);
  // Before the exchange it was connected.
  const isAnew = exchange !== null && stage === "not-rolled-out";
  const stageKey = isAnew ? "report.exchange.notRolledOut" : `report.stage.${stage}`;
  return markup`<header>
    <p class="role">${roleName}</p>
    <h1>${title}</h1>
    <p class="quiet">${t("report.written", { at, app: report.writtenBy })}</p>
    ${setup.practice ? markup`<p class="notice">${t("report.practice.notice")}</p>` : nothing}
    ${exchange === null ? nothing : markup`<p class="notice">${exchangeNotice(exchange, report, t)}</p>`}
    ${stage === "connected" ? nothing : markup`<p class="notice">${t(stageKey)}</p>`}
    ${
      rollout === null
        ? nothing
        : markup`<p>
            ${t(`report.result.${rollout.result}`, { at: formatDateTime(rollout.at), by: rollout.by || t("evidence.unnamed") })}
          </p>`
    }
    ${rollout === null || rollout.text === "" ? nothing : markup`<p class="said">${rollout.text}</p>`}
  </header>`;
}

function short(name: string): string {
  const characters = Array.from(name);
  return characters.length > longestMark ? `${characters.slice(0, longestMark).join("")}…` : name;
}
