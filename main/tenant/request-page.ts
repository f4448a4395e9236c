import { permissions } from "../guide/permissions.ts";
import { linkUrl } from "../guide/links.ts";
import { clouds } from "../guide/clouds.ts";
import type { LinkId, PermissionRow } from "../../preload/model/guide.ts";
import type { SetupDocument } from "../setups/document.ts";
import { effective } from "../setups/fields.ts";
import { linkValues } from "../setups/view.ts";
import type { TenantRequest } from "./request-file.ts";
import {
  assignDirectoryRole,
  changeApplication,
  createApplication,
  grantRole,
  grantScopes,
} from "./rights.ts";

/** Texts of one language, as the composition root gives them. */
export interface RequestWords {
  t: (key: string, params?: Record<string, string | number>) => string;
  language: "en" | "de";
  formatDateTime: (iso: string) => string;
}

/**
 * A request as a page for a browser, in both languages: exactly what is to be approved, why, by which role, and how
 * it is done by hand. No script, nothing loaded from elsewhere, no secret.
 */
export function requestPage(
  document: SetupDocument,
  request: TenantRequest,
  languages: readonly [RequestWords, RequestWords],
): string {
  const [first] = languages;
  return `<!doctype html>
<html lang="${first.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${html(first.t("request.title", { application: applicationName(document) }))}</title>
<style>${style}</style>
</head>
<body>
${languages.map((words) => section(document, request, words)).join("\n")}
</body>
</html>
`;
}

function applicationName(document: SetupDocument): string {
  return effective(document, "applicationName");
}

function section(document: SetupDocument, request: TenantRequest, words: RequestWords): string {
  const { t, language } = words;
  const effects = new Set(request.effects);
  const application = applicationName(document);
  const parts = [
    effects.has("application") || effects.has("service-principal")
      ? registration(document, words, effects.has("application"))
      : "",
    permissionPart(document, words, effects),
    certificatePart(document, words, effects),
    rolePart(document, words, effects),
  ];
  return `<article lang="${language}">
<header>
${document.practice ? `<p class="practice">${html(t("request.practice"))}</p>` : ""}
<h1>${html(t("request.title", { application }))}</h1>
<p>${html(t("request.intro", { from: request.from === "" ? t("request.somebody") : request.from, when: words.formatDateTime(request.at) }))}</p>
</header>
<dl>
${row(t("request.tenant"), [effective(document, "tenantName"), effective(document, "tenantDomain"), effective(document, "tenantId")])}
${row(t("request.application"), [application, effective(document, "applicationId")])}
${row(t("request.id"), [request.id])}
</dl>
<p>${html(t("request.fastest"))}</p>
${parts.join("\n")}
<h2>${html(t("request.afterTitle"))}</h2>
<p>${html(t("request.after"))}</p>
</article>`;
}

function registration(document: SetupDocument, words: RequestWords, isNew: boolean): string {
  const { t } = words;
  const key = isNew ? "register" : "enterprise";
  return part(
    t(`request.${key}.title`),
    t(`request.${key}.text`, { application: applicationName(document) }),
    rolesLine(createApplication.roles, words),
    linkOf(document, isNew ? "register-application" : "enterprise-applications", words),
  );
}

function permissionPart(document: SetupDocument, words: RequestWords, effects: ReadonlySet<string>): string {
  const { t } = words;
  const rows = permissions.filter(({ id }) => effects.has(`grant:${id}`) || effects.has(`request:${id}`));
  if (rows.length === 0) return "";
  const heads = ["api", "type", "permission", "why", "role"].map(
    (name) => `<th scope="col">${html(t(`request.columns.${name}`))}</th>`,
  );
  const table = `<table><thead><tr>${heads.join("")}</tr></thead><tbody>${rows.map((one) => permissionRow(one, words, effects)).join("")}</tbody></table>`;
  return part(
    t("request.permissions.title"),
    t("request.permissions.text"),
    table,
    linkOf(document, "application-permissions", words),
    linkOf(document, "admin-consent-url", words),
    `<p class="aside">${html(t("request.permissions.consentUrl"))}</p>`,
  );
}

function permissionRow(one: PermissionRow, words: RequestWords, effects: ReadonlySet<string>): string {
  const { t } = words;
  const granted = effects.has(`grant:${one.id}`);
  const right = one.type === "Application" ? grantRole(one.resourceAppId) : grantScopes;
  const roles = granted ? right.roles : changeApplication.roles;
  const least = roles[0] ?? "";
  return `<tr><td>${html(one.api)}</td><td>${html(t(`apiTypes.${one.type}`))}</td><td><code>${html(one.value)}</code><br><small><code>${html(one.guid)}</code></small></td><td>${html(t(`permissions.${one.id}.why`))}</td><td>${html(t(`tenant.roles.${least}`))}</td></tr>`;
}

function certificatePart(document: SetupDocument, words: RequestWords, effects: ReadonlySet<string>): string {
  const facts = document.certificate?.facts;
  if (facts === undefined || !effects.has(`certificate:${facts.sha256}`)) return "";
  const { t, formatDateTime } = words;
  const values = `<dl>${row(t("request.certificate.subject"), [facts.subject])}${row("SHA-1", [facts.sha1])}${row("SHA-256", [facts.sha256])}${row(t("request.certificate.expires"), [formatDateTime(facts.notAfter)])}</dl>`;
  return part(
    t("request.certificate.title"),
    t("request.certificate.text"),
    values,
    rolesLine(changeApplication.roles, words),
    linkOf(document, "application-credentials", words),
  );
}

function rolePart(document: SetupDocument, words: RequestWords, effects: ReadonlySet<string>): string {
  if (![...effects].some((effect) => effect.startsWith("role:"))) return "";
  const { t } = words;
  return part(
    t("request.role.title"),
    t("request.role.text", { application: applicationName(document) }),
    rolesLine(assignDirectoryRole.roles, words),
    linkOf(document, "exchange-administrator-role", words),
  );
}

function part(title: string, text: string, ...more: string[]): string {
  return `<section><h2>${html(title)}</h2><p>${html(text)}</p>${more.join("")}</section>`;
}

function rolesLine(roles: readonly string[], { t }: RequestWords): string {
  const names = roles.map((role) => t(`tenant.roles.${role}`)).join(", ");
  return `<p>${html(t("request.needs", { roles: names }))}</p>`;
}

/** A practice tenant has no portal: its pages would lead into somebody's real one. */
function linkOf(document: SetupDocument, link: LinkId, { t }: RequestWords): string {
  if (document.practice) return "";
  const address = linkUrl(link, linkValues(document));
  if (!("url" in address)) return "";
  const cloud = clouds[document.cloud];
  const { host } = new URL(address.url);
  if (![cloud.entraAdminCenter, cloud.azurePortal, cloud.authority].includes(host)) return "";
  return `<p><a href="${html(address.url)}" rel="noreferrer">${html(t(`links.${link}`))}</a></p>`;
}

function row(name: string, values: readonly string[]): string {
  const shown = values.filter((value) => value !== "");
  const [first = "–", ...rest] = shown;
  const others = rest.map((value) => `<br><code>${html(value)}</code>`).join("");
  return `<div><dt>${html(name)}</dt><dd>${html(first)}${others}</dd></div>`;
}

function html(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

const style = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 0 auto; padding: 2rem 1.5rem; }
article + article { margin-top: 4rem; border-top: 1px solid; padding-top: 2rem; }
h1 { font-size: 1.6rem; line-height: 1.25; } h2 { font-size: 1.15rem; margin-top: 2rem; }
dl { display: grid; gap: .5rem; } dl div { display: grid; grid-template-columns: 12rem 1fr; gap: 1rem; }
dt { font-weight: 600; } dd { margin: 0; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: start; vertical-align: top; padding: .4rem .6rem; border-bottom: 1px solid; }
code { font-family: ui-monospace, monospace; font-size: .9em; overflow-wrap: anywhere; }
.practice { border: 2px solid; padding: .5rem 1rem; font-weight: 600; } .aside { font-size: .9em; }
@media (max-width: 40rem) { dl div { grid-template-columns: 1fr; gap: 0; } }
@media print { @page { size: A4; margin: 16mm; } article + article { break-before: page; border: 0; } tr, section { break-inside: avoid; } body { padding: 0; font-size: 11pt; } }
`;
