import type { Reason, SetupView, StepView } from "../../preload/model/setup.ts";

/** Looks a text up in the locale files of the report's language. */
export type Translate = (key: string, params?: Record<string, string | number>) => string;

export interface ReportWords {
  t: Translate;
  language: "en" | "de";
  /** Date and time for a person, with time zone. */
  formatDateTime: (iso: string) => string;
}

/** Values for the connector's forms, without secrets: the documented name and what was entered. */
export function reportValues(view: SetupView): Record<string, string> {
  const values: Record<string, string> = {};
  for (const attribute of view.attributes) {
    if (attribute.kind === "text") values[attribute.name] = attribute.value;
    if (attribute.kind === "file" && view.certificate?.pfx) {
      values[attribute.name] = `SHA-256 ${view.certificate.pfx.sha256}`;
    }
  }
  return values;
}

/** The checklist with its evidence as data. Identifiers, times and people; no password, no key, no local path. */
export function reportJson(view: SetupView, now: Date, version: string): string {
  const { certificate } = view;
  const report = {
    format: "exchange-rollout-handover",
    writtenAt: now.toISOString(),
    writtenBy: `Exchange Rollout ${version}`,
    setup: {
      id: view.summary.id,
      name: view.summary.name,
      cloud: view.summary.cloud,
      practice: view.summary.practice,
    },
    values: reportValues(view),
    certificate:
      certificate === null
        ? null
        : {
            subject: certificate.subject,
            sha1: certificate.sha1,
            sha256: certificate.sha256,
            serial: certificate.serial,
            notBefore: certificate.notBefore,
            notAfter: certificate.notAfter,
            key: `${certificate.keyType} ${certificate.keyBits}`,
            origin: certificate.origin,
          },
    steps: view.steps.map((step) => ({
      number: step.number,
      id: step.id,
      state: step.state,
      basis: step.basis,
      at: step.at,
      by: step.by,
      notApplicable: step.notApplicable,
      evidence: step.evidence,
    })),
    permissions: view.permissions.map(({ api, type, value, guid }) => ({ api, type, value, guid })),
    rollout: view.rollout.record,
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}

/** The same for people: one self-contained page that prints on A4 and works without this app. */
export function reportHtml(view: SetupView, now: Date, version: string, words: ReportWords): string {
  const { t } = words;
  const title = t("handover.title", { name: view.summary.name });
  const record = view.rollout.record;
  return `<!doctype html>
<html lang="${words.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
<header>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(t("handover.written", { at: words.formatDateTime(now.toISOString()), version }))}</p>
${record === null ? "" : `<p class="result ${record.result}">${escapeHtml(t(`handover.result-${record.result}`, { at: words.formatDateTime(record.at), by: record.by }))}</p>`}
${record === null || record.text === "" ? "" : `<p>${escapeHtml(record.text)}</p>`}
</header>
<main>
<section aria-labelledby="values"><h2 id="values">${escapeHtml(t("handover.values"))}</h2>
<table><tbody>${Object.entries(reportValues(view))
    .map(([name, value]) => row([name], [value]))
    .join("\n")}
<tr><th scope="row">ConnectPFXPassword</th><td class="line">${escapeHtml(t("handover.password"))}</td></tr>
</tbody></table></section>
${certificateSection(view, words)}
<section aria-labelledby="steps"><h2 id="steps">${escapeHtml(t("handover.steps"))}</h2>
<table><thead><tr><th scope="col">${escapeHtml(t("handover.step"))}</th><th scope="col">${escapeHtml(t("handover.state"))}</th><th scope="col">${escapeHtml(t("handover.evidence"))}</th></tr></thead>
<tbody>${view.steps.map((step) => stepRow(step, words)).join("\n")}</tbody></table></section>
<section aria-labelledby="permissions"><h2 id="permissions">${escapeHtml(t("handover.permissions"))}</h2>
<table><thead><tr><th scope="col">API</th><th scope="col">${escapeHtml(t("handover.type"))}</th><th scope="col">${escapeHtml(t("handover.permission"))}</th><th scope="col">ID</th></tr></thead>
<tbody>${view.permissions.map((one) => row([one.api], [one.type, one.value, one.guid])).join("\n")}</tbody></table></section>
</main>
</body>
</html>
`;
}

function certificateSection(view: SetupView, words: ReportWords): string {
  const { certificate } = view;
  if (certificate === null) return "";
  const { t, formatDateTime } = words;
  const rows: [string, string][] = [
    [t("handover.subject"), certificate.subject],
    ["SHA-1", groups(certificate.sha1)],
    ["SHA-256", groups(certificate.sha256)],
    [t("handover.serial"), certificate.serial],
    [t("handover.not-before"), formatDateTime(certificate.notBefore)],
    [t("handover.not-after"), formatDateTime(certificate.notAfter)],
    [t("handover.key"), `${certificate.keyType} ${certificate.keyBits}`],
  ];
  return `<section aria-labelledby="certificate"><h2 id="certificate">${escapeHtml(t("handover.certificate"))}</h2>
<table><tbody>${rows.map(([name, value]) => row([name], [value])).join("\n")}</tbody></table></section>`;
}

function stepRow(step: StepView, words: ReportWords): string {
  const { t, formatDateTime } = words;
  const parts = step.evidence
    .filter((one) => one.withdrawnAt === null)
    .map((one) => {
      const head = t(`handover.basis-${one.basis}`, { at: formatDateTime(one.at), by: one.by });
      const facts = Object.entries(one.facts).map(([name, value]) => `${name}: ${value}`);
      return [head, one.note, ...facts]
        .filter((part) => part !== "")
        .map(escapeHtml)
        .join("<br>");
    });
  if (step.notApplicable !== null) {
    const { by, at, reason } = step.notApplicable;
    parts.push(escapeHtml(t("handover.not-applicable", { by, at: formatDateTime(at), reason })));
  }
  const reasons =
    step.state === "done" ? [] : step.reasons.map((reason) => escapeHtml(reasonText(reason, t)));
  return `<tr><th scope="row">${step.number}. ${escapeHtml(t(`steps.${step.id}.title`))}</th><td>${escapeHtml(t(`states.${step.state}`))}</td><td>${[...parts, ...reasons].join("<br>")}</td></tr>`;
}

/** A reason as a sentence. */
export function reasonText(reason: Reason, t: Translate): string {
  return t(reason.key, reason.params);
}

function row(heads: string[], cells: string[]): string {
  const head = heads.map((one) => `<th scope="row">${escapeHtml(one)}</th>`).join("");
  return `<tr>${head}${cells.map((one) => `<td>${escapeHtml(one)}</td>`).join("")}</tr>`;
}

/** Thumbprints in groups of four, so that they can be compared by eye. */
function groups(hex: string): string {
  return hex.replace(/(.{4})(?=.)/g, "$1 ");
}

function escapeHtml(text: string): string {
  const entities: Record<string, string> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
  };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

const style = `
:root { color-scheme: light dark; font: 14px/1.45 "Segoe UI", system-ui, sans-serif; }
body { margin: 0 auto; padding: 32px 24px; max-width: 60rem; }
h1 { font-size: 24px; margin: 0 0 4px; } h2 { font-size: 17px; margin: 28px 0 8px; }
p { margin: 4px 0; } table { border-collapse: collapse; width: 100%; }
th, td { border: 1px solid GrayText; padding: 5px 8px; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th[scope=row] { font-weight: 600; width: 14rem; } thead th { font-size: 12px; }
.result { font-weight: 600; } .result.failed { text-decoration: underline; } .line { height: 2.2em; color: GrayText; }
@media print { :root { color-scheme: light; font-size: 10pt; } body { padding: 0; } section { break-inside: auto; } tr { break-inside: avoid; } }
@page { size: A4; margin: 16mm; }
`;
