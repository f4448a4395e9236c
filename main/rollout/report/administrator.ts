import type { Markup } from "./markup.ts";
import { markup } from "./markup.ts";
import type { Report } from "./model.ts";
import { definitions, groups, lines, section, table } from "./elements.ts";
import { earlierExchangesSection, exchangeSection } from "./exchange-sections.ts";
import { reportPage } from "./page.ts";
import {
  changesSection,
  findings,
  identifiersSection,
  noCertificateSection,
  permissionsSection,
  standing,
  valuesSection,
} from "./sections.ts";
import type { ReportWords } from "./words.ts";

/** Days before its end at which a certificate should be exchanged. */
const renewalDays = 30;
const dayMs = 86_400_000;
const renewalSteps = [1, 2, 3, 4, 5, 6] as const;

/** The version for whoever runs the connection: what to enter, what to keep, what to do when the certificate ends. */
export function administratorHtml(report: Report, words: ReportWords): string {
  return reportPage(report, words, "administrator", [
    valuesSection(report, words, true),
    certificateSection(report, words),
    exchangeSection(report, words),
    earlierExchangesSection(report, words),
    renewalSection(report, words),
    identifiersSection(report, words),
    stepsSection(report, words),
    changesSection(report, words, false),
    permissionsSection(report, words),
  ]);
}

function certificateSection(report: Report, words: ReportWords): Markup {
  const { certificate } = report;
  const { t, formatDate } = words;
  if (certificate === null) return noCertificateSection(report, words);
  return section(
    "certificate",
    t("report.certificate.title"),
    definitions([
      [t("certificate.facts.subject"), certificate.subject],
      [t("report.certificate.notBefore"), formatDate(certificate.notBefore)],
      [t("report.certificate.notAfter"), formatDate(certificate.notAfter)],
      [t("certificate.facts.sha1"), groups(certificate.sha1)],
      [t("certificate.facts.sha256"), groups(certificate.sha256)],
    ]),
  );
}

/** When the connection stops: with the old certificate until it is rolled out anew, then with the new one. */
function endDuringExchange(
  { inPortal, old, steps }: NonNullable<Report["exchange"]>,
  certificate: Report["certificate"],
): string | undefined {
  if (inPortal === "other") return undefined;
  const isRolledOut = steps.some(({ id, state }) => id === "rollout" && state === "done");
  return isRolledOut ? certificate?.notAfter : old.notAfter;
}

/** When to exchange the certificate, as it stood when the report was written. */
function renewalText(
  { certificate, exchange, writtenAt }: Report,
  { t, formatDate }: Pick<ReportWords, "t" | "formatDate">,
): string {
  const notAfter = exchange === null ? certificate?.notAfter : endDuringExchange(exchange, certificate);
  const intro = t("report.renewal.intro");
  if (notAfter === undefined) return intro;
  const end = formatDate(notAfter);
  const left = Date.parse(notAfter) - Date.parse(writtenAt);
  if (left <= 0) return t("report.renewal.ended", { end });
  if (left < renewalDays * dayMs) return `${t("report.renewal.datesLate", { end })} ${intro}`;
  const begin = formatDate(new Date(Date.parse(notAfter) - renewalDays * dayMs).toISOString());
  return `${t("report.renewal.dates", { end, begin })} ${intro}`;
}

function renewalSection(report: Report, words: ReportWords): Markup {
  const { t } = words;
  return section(
    "renewal",
    t("report.renewal.title"),
    markup`<p>${renewalText(report, words)}</p>
      <ol>
        ${renewalSteps.map((number) => markup`<li>${t(`report.renewal.steps.${number}`)}</li>`)}
      </ol>`,
  );
}

function stepsSection(report: Report, words: ReportWords): Markup {
  const { t } = words;
  return section(
    "steps",
    t("report.steps.title"),
    markup`<p class="intro">${t("report.steps.settled", { done: report.setup.settled, total: report.setup.total })}</p>`,
    table(
      "steps",
      [t("report.steps.step"), t("report.steps.state"), t("report.steps.basis")],
      report.steps.map((step) => [
        `${step.number}. ${t(`steps.${step.id}.title`)}`,
        t(`states.${step.state}`),
        lines(standing(step, words), ...findings(step, words)),
      ]),
    ),
  );
}
