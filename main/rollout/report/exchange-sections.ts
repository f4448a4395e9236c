import type { Markup } from "./markup.ts";
import { markup, nothing } from "./markup.ts";
import type { Report } from "./model.ts";
import { definitions, groups, lines, section, table } from "./elements.ts";
import { basisText } from "./sections.ts";
import type { ReportWords, Translate } from "./words.ts";
import { reasonText } from "./words.ts";

/** What an exchange that is under way means for the rest of the report. */
export function exchangeNotice(
  { inPortal, old }: NonNullable<Report["exchange"]>,
  { certificate }: Report,
  t: Translate,
): string {
  const hasNew = certificate !== null && certificate.sha1 !== old.sha1;
  return t(`report.exchange.notice.${inPortal === "old" && !hasNew ? "none" : inPortal}`);
}

/** The certificate that is exchanged, and how far that has come; nothing without an exchange. */
export function exchangeSection({ exchange }: Report, words: ReportWords): Markup {
  if (exchange === null) return nothing;
  const { t, formatDate, formatDateTime } = words;
  const { startedAt, by, old, steps } = exchange;
  return section(
    "exchange",
    t("report.exchange.title"),
    definitions([
      [
        t("report.exchange.begun"),
        by === ""
          ? formatDateTime(startedAt)
          : t("report.exchange.by", { at: formatDateTime(startedAt), by }),
      ],
      [t("report.exchange.old"), old.subject],
      [t("report.exchange.oldSha1"), groups(old.sha1)],
      [t("report.exchange.oldEnds"), formatDate(old.notAfter)],
    ]),
    table(
      "steps",
      [t("report.steps.step"), t("report.steps.state"), t("report.steps.basis")],
      steps.map((step, index) => [
        `${index + 1}. ${t(`rotation.steps.${step.id}.title`)}`,
        t(`rotation.states.${step.state}`),
        lines(
          step.basis === null || step.at === null
            ? ""
            : basisText({ basis: step.basis, at: step.at, by: step.by ?? "" }, words),
          ...step.reasons.map((reason) => reasonText(reason, words)),
        ),
      ]),
    ),
  );
}

/** Which certificates the connection had before; nothing when the log tells of none. */
export function earlierExchangesSection({ exchanges }: Report, { t, formatDateTime }: ReportWords): Markup {
  if (exchanges.length === 0) return nothing;
  return section(
    "exchanges",
    t("report.exchange.earlier"),
    table(
      "exchanges",
      [t("report.exchange.when"), t("report.exchange.oldSha1"), t("report.exchange.newSha1")],
      exchanges.map(({ startedAt, by, finishedAt, oldSha1, newSha1 }) => [
        lines(
          t("report.exchange.finished", { at: formatDateTime(finishedAt) }),
          startedAt === null
            ? ""
            : markup`<small>${t(by === "" ? "rotation.started" : "rotation.startedBy", { when: formatDateTime(startedAt), by })}</small>`,
        ),
        groups(oldSha1),
        groups(newSha1),
      ]),
    ),
  );
}
