import type { StepId } from "../../../preload/model/guide.ts";
import { changeText, undoText } from "./change-words.ts";
import type { Markup } from "./markup.ts";
import { markup, nothing } from "./markup.ts";
import type { Report, ReportStep } from "./model.ts";
import { code, definitions, groups, lines, section, table } from "./elements.ts";
import type { ReportWords } from "./words.ts";
import { reasonText } from "./words.ts";

/** Sections that both versions have. */

/** The values of the portal's forms, in its order, with a line on which the password can be written by hand. */
export function valuesSection(report: Report, words: ReportWords, withLine: boolean): Markup {
  const { t } = words;
  const ofStep = (step: StepId) => {
    const number = report.steps.find(({ id }) => id === step)?.number ?? 0;
    const rows = report.values.filter((value) => value.step === step);
    if (rows.length === 0) return nothing;
    return markup`<h3>${t("report.values.ofStep", { number, title: t(`steps.${step}.title`) })}</h3>
      ${table(
        "values",
        [t("report.values.attribute"), t("report.values.value")],
        rows.map((value) => [value.name, valueCell(value, words, withLine)]),
      )}`;
  };
  return section(
    "values",
    t(withLine ? "report.values.title" : "report.values.titleAudit"),
    withLine ? markup`<p class="intro">${t("report.values.intro")}</p>` : nothing,
    ofStep("target-system-instance"),
    ofStep("technical-attributes"),
  );
}

function valueCell(
  { kind, value, mandatory }: Report["values"][number],
  { t }: ReportWords,
  withLine: boolean,
): Markup {
  if (kind === "secret") {
    return withLine
      ? markup`<div class="by-hand"><small>${t("report.values.byHand")}</small></div>`
      : markup`${t("report.values.secret")}`;
  }
  if (value === "") {
    return markup`<span class="quiet"
      >${t(mandatory ? "report.values.missing" : "report.values.optional")}</span
    >`;
  }
  if (kind === "file") {
    return lines(t("report.values.file"), markup`<small>SHA-256</small> ${groups(value)}`);
  }
  return markup`${value}`;
}

/** In place of the certificate while none is there. */
export function noCertificateSection({ exchange }: Report, { t }: ReportWords): Markup {
  const none = t(exchange === null ? "report.certificate.none" : "report.exchange.noNew");
  return section("certificate", t("report.certificate.title"), markup`<p>${none}</p>`);
}

/** Identifiers and addresses of the connection. */
export function identifiersSection(report: Report, { t }: ReportWords): Markup {
  return section(
    "identifiers",
    t("report.identifiers.title"),
    definitions([
      [t("report.identifiers.cloud"), t(`clouds.${report.setup.cloud}.name`)],
      ...report.fields.map(
        ({ id, value }) => [t(`fields.${id}.label`), /id$|print$/i.test(id) ? code(value) : value] as const,
      ),
    ]),
  );
}

/** The documentation's permission table. */
export function permissionsSection(report: Report, { t }: ReportWords): Markup {
  const number = report.steps.find(({ id }) => id === "api-permissions")?.number ?? 0;
  return section(
    "permissions",
    t("report.permissions.title", { number }),
    table(
      "permissions",
      [
        t("report.permissions.permission"),
        t("report.permissions.type"),
        t("report.permissions.api"),
        t("report.permissions.id"),
      ],
      report.permissions.map((row) => [
        lines(row.value, markup`<small>${row.displayText}</small>`),
        t(`apiTypes.${row.type}`),
        row.api,
        markup`<code class="guid">${row.guid}</code>`,
      ]),
    ),
  );
}

/** What the app changed in the tenant and how each change is taken back; with who and which request for auditors. */
export function changesSection(report: Report, words: ReportWords, withRequests: boolean): Markup {
  const { t, formatDateTime } = words;
  const title = t("report.changes.title");
  if (report.changes.length === 0)
    return section("changes", title, markup`<p>${t("report.changes.none")}</p>`);
  return section(
    "changes",
    title,
    markup`<p class="intro">${t("report.changes.intro")}</p>`,
    table(
      "changes",
      [t("report.changes.what"), t("report.changes.when"), t("report.changes.undo")],
      report.changes.map((change) => [
        lines(
          changeText(change, words),
          change.outcome === "done"
            ? ""
            : markup`<small>${t(`report.changes.outcome.${change.outcome}`)}</small>`,
        ),
        lines(
          formatDateTime(change.at),
          change.account === "" ? "" : markup`<small>${change.account}</small>`,
          ...(withRequests
            ? [
                request(t("report.facts.requestId"), change.requestId),
                request(t("report.facts.clientRequestId"), change.clientRequestId),
              ]
            : []),
        ),
        undoText(change, words),
      ]),
    ),
  );
}

function request(name: string, id: string): string | Markup {
  return id === "" ? "" : markup`<small>${name}</small><br><code class="guid">${id}</code>`;
}

/** On what a step's state rests: basis, person and time, or why it does not apply or waits. */
export function standing(step: ReportStep, words: ReportWords): string {
  const { t, formatDateTime } = words;
  if (step.notApplicable !== null) {
    const { reason, by, at } = step.notApplicable;
    return t("report.steps.notApplicable", {
      reason,
      by: by || t("evidence.unnamed"),
      at: formatDateTime(at),
    });
  }
  if (step.waitingFor !== null) {
    const { who, since } = step.waitingFor;
    const at = formatDateTime(since);
    return who === "" ? t("report.steps.waitingSince", { at }) : t("report.steps.waiting", { who, at });
  }
  if (step.at === null) return "";
  const at = formatDateTime(step.at);
  const by = step.by ?? "";
  if (step.basis !== null) return basisText({ basis: step.basis, at: step.at, by }, words);
  return step.state === "done" || step.id === "rollout"
    ? t("report.steps.recorded", { at, by: by || t("evidence.unnamed") })
    : "";
}

/** Who vouches for a step, and when. What the app verified is as good as the account it was signed in with. */
export function basisText(
  { basis, at, by }: Pick<ReportStep["evidence"][number], "basis" | "at" | "by">,
  { t, formatDateTime }: ReportWords,
): string {
  const when = formatDateTime(at);
  if (basis !== "verified") return t(`report.steps.${basis}`, { at: when, by: by || t("evidence.unnamed") });
  return by === ""
    ? t("report.steps.verified", { at: when })
    : t("report.steps.verifiedAs", { at: when, by });
}

/** What is missing in a step or needs attention. Of Rollout only what no other step says of itself. */
export function findings(step: ReportStep, words: ReportWords): string[] {
  return step.reasons
    .filter(({ key }) => step.id !== "rollout" || key !== "reasons.step-open")
    .map((reason) => reasonText(reason, words));
}
