import type { Markup } from "./markup.ts";
import { markup, nothing } from "./markup.ts";
import type { Report, ReportStep } from "./model.ts";
import { code, definitions, groups, lines, section } from "./elements.ts";
import { earlierExchangesSection, exchangeSection } from "./exchange-sections.ts";
import { reportPage } from "./page.ts";
import {
  basisText,
  changesSection,
  findings,
  identifiersSection,
  noCertificateSection,
  permissionsSection,
  standing,
  valuesSection,
} from "./sections.ts";
import type { ReportWords } from "./words.ts";
import { factName, knownOr, reasonText } from "./words.ts";

/** The version for whoever checks what was done: times, people, evidence with its basis, identifiers of requests. */
export function auditorHtml(report: Report, words: ReportWords): string {
  return reportPage(report, words, "auditor", [
    summarySection(report, words),
    stepsSection(report, words),
    changesSection(report, words, true),
    permissionsSection(report, words),
    certificateSection(report, words),
    exchangeSection(report, words),
    earlierExchangesSection(report, words),
    identifiersSection(report, words),
    valuesSection(report, words, false),
  ]);
}

function summarySection(report: Report, { t, formatDateTime }: ReportWords): Markup {
  const { setup, activity } = report;
  const log = t(activity.intact ? "report.summary.logIntact" : "report.summary.logBroken", {
    count: activity.entries,
  });
  return section(
    "summary",
    t("report.summary.title"),
    definitions([
      [t("report.summary.setupId"), code(setup.id)],
      [t("report.summary.created"), formatDateTime(setup.createdAt)],
      [t("report.summary.saved"), formatDateTime(setup.savedAt)],
      [t("report.steps.title"), t("report.steps.settled", { done: setup.settled, total: setup.total })],
      [t("report.summary.log"), log],
      [t("report.summary.lastHash"), activity.lastHash === null ? "" : code(activity.lastHash)],
    ]),
  );
}

function stepsSection(report: Report, words: ReportWords): Markup {
  const { t } = words;
  return section(
    "steps",
    t("report.evidence.title"),
    markup`<p class="intro">${t("report.evidence.intro")}</p>`,
    ...report.steps.map((step) => stepArticle(step, words)),
  );
}

function stepArticle(step: ReportStep, words: ReportWords): Markup {
  const { t } = words;
  const id = `step-${step.number}`;
  // Evidence says the same with more detail.
  const said = step.evidence.length > 0 && step.notApplicable === null && step.waitingFor === null;
  const basis = said ? "" : standing(step, words);
  const state = t(`states.${step.state}`);
  const checks = step.checks.map(({ reason, result }) =>
    t("report.evidence.check", { text: reasonText(reason, words), result: t(`step.checks.${result}`) }),
  );
  return markup`<article class="step" aria-labelledby="${id}">
    <h3 id="${id}">${`${step.number}. ${t(`steps.${step.id}.title`)}`}</h3>
    <p><strong>${state}</strong>${basis === "" ? "" : ` · ${basis}`}</p>
    ${step.waitingFor !== null && step.waitingFor.note !== "" ? markup`<p class="said">${step.waitingFor.note}</p>` : nothing}
    ${list([...findings(step, words), ...checks])}
    ${
      step.evidence.length === 0
        ? nothing
        : markup`<ul class="evidence">
            ${step.evidence.map((one) => markup`<li>${evidence(one, words)}</li>`)}
          </ul>`
    }
  </article>`;
}

function list(texts: readonly string[]): Markup {
  return texts.length === 0
    ? nothing
    : markup`<ul>
        ${texts.map((text) => markup`<li>${text}</li>`)}
      </ul>`;
}

function evidence(one: ReportStep["evidence"][number], words: ReportWords): Markup {
  const { t, formatDateTime } = words;
  const head = basisText(one, words);
  const withdrawn =
    one.withdrawnAt === null ? "" : t("evidence.withdrawn", { when: formatDateTime(one.withdrawnAt) });
  const facts = Object.entries(one.facts);
  return markup`<p>
      ${withdrawn === "" ? markup`${head}` : markup`<del>${head}</del> <small>${withdrawn}</small>`}
    </p>
    ${one.note === "" ? nothing : markup`<p class="said">${one.note}</p>`}
    ${
      facts.length === 0
        ? nothing
        : definitions(
            facts.map(([name, value]) => [factName(name, t), factValue(name, value, t)] as const),
            "facts",
          )
    }`;
}

function factValue(name: string, value: string, t: ReportWords["t"]): string | Markup {
  if (name === "result" && (value === "connected" || value === "failed")) return t(`rollout.guide.${value}`);
  return value === "" ? "" : code(value);
}

function certificateSection(report: Report, words: ReportWords): Markup {
  const { certificate } = report;
  const { t, formatDateTime } = words;
  if (certificate === null) return noCertificateSection(report, words);
  const { pfx } = certificate;
  const usages = [...certificate.keyUsage, ...certificate.extendedKeyUsage].map((usage) =>
    knownOr(`certificate.usage.${usage}`, usage, t),
  );
  return section(
    "certificate",
    t("report.certificate.title"),
    definitions([
      [t("certificate.facts.subject"), certificate.subject],
      [
        t("certificate.facts.issuer"),
        certificate.selfSigned ? t("certificate.facts.selfSigned") : certificate.issuer,
      ],
      [t("certificate.facts.dnsNames"), certificate.dnsNames.join(", ")],
      [t("certificate.facts.serial"), code(certificate.serial)],
      [t("certificate.facts.sha1"), groups(certificate.sha1)],
      [t("certificate.facts.sha256"), groups(certificate.sha256)],
      [t("report.certificate.notBefore"), formatDateTime(certificate.notBefore)],
      [t("report.certificate.notAfter"), formatDateTime(certificate.notAfter)],
      [
        t("certificate.facts.key"),
        t("certificate.facts.keyOf", { type: certificate.keyType, bits: certificate.keyBits }),
      ],
      [t("certificate.facts.signature"), certificate.signatureAlgorithm],
      [t("certificate.facts.usage"), usages.join(", ") || t("certificate.facts.noUsage")],
      [
        t("certificate.facts.origin"),
        t(`certificate.origin.${certificate.origin}`, { when: formatDateTime(certificate.recordedAt) }),
      ],
      [t("report.certificate.provider"), t(`certificate.provider.${certificate.keyProvider}`)],
      [
        t("certificate.facts.chain"),
        certificate.chain.length === 0
          ? ""
          : lines(...certificate.chain.map(({ subject, sha256 }) => markup`${subject} ${groups(sha256)}`)),
      ],
      [t("report.certificate.pfx"), pfx === null ? "" : groups(pfx.sha256)],
      [t("report.certificate.pfxSaved"), pfx === null ? "" : formatDateTime(pfx.savedAt)],
      [
        t("report.certificate.pfxOpened"),
        pfx?.openedAt === null || pfx === null ? "" : formatDateTime(pfx.openedAt),
      ],
    ]),
  );
}
