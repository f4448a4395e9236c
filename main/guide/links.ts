import type { CloudId, FieldId, LinkId } from "../../preload/model/guide.ts";
import { clouds } from "./clouds.ts";

/** What the addresses are made of. Empty strings stand for values not typed yet. */
export interface LinkValues {
  cloud: CloudId;
  applicationId: string;
  tenantId: string;
  portalUrl: string;
}

/** The address, or the field without which there is none. */
export type Link = { url: string } | { missing: FieldId };

const documentation =
  "https://confluence.timetoact-group.com/iamcloud/documentation/connecting-target-systems/";
const learn = "https://learn.microsoft.com/";
const exchangeAdministrator = "29232cdf-9323-42fd-ade2-1d097af3e4de";

/** Pages that are the same for every tenant. */
const fixed = {
  documentation: `${documentation}connect-to-microsoft-365-exchange-online`,
  "documentation-azure-ad": `${documentation}connect-to-azure-active-directory`,
  "microsoft-app-only": `${learn}powershell/exchange/app-only-auth-powershell-v2`,
  "microsoft-consent": `${learn}entra/identity/enterprise-apps/grant-admin-consent`,
  "microsoft-certificate": `${learn}entra/identity-platform/howto-create-self-signed-certificate`,
} as const satisfies Partial<Record<LinkId, string>>;

/** Pages of the portal. Microsoft does not promise these paths; the click path stands beside each link. */
const blades = {
  "register-application":
    "Microsoft_AAD_RegisteredApps/CreateApplicationBlade/quickStartType~/null/isMSAApp~/false",
  "app-registrations": "Microsoft_AAD_RegisteredApps/ApplicationsListBlade",
  "enterprise-applications": "Microsoft_AAD_IAM/StartboardApplicationsMenuBlade/~/AppAppsPreview",
  "all-roles": "Microsoft_AAD_IAM/AllRolesBlade",
  "exchange-administrator-role": `Microsoft_AAD_IAM/RoleMenuBlade/~/RoleMembers/objectId/${exchangeAdministrator}/roleName/Exchange%20Administrator/roleTemplateId/${exchangeAdministrator}/adminUnitObjectId//customRole~/false/resourceScope/%2F`,
} as const satisfies Partial<Record<LinkId, string>>;

/** Pages of one application in the portal. */
const applicationBlades = {
  "application-overview": "Overview",
  "application-permissions": "CallAnAPI",
  "application-credentials": "Credentials",
  "application-authentication": "Authentication",
} as const satisfies Partial<Record<LinkId, string>>;

function isKeyOf<T extends object>(table: T, key: string | number | symbol): key is keyof T {
  return Object.hasOwn(table, key);
}

const guid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** The value when it is a GUID; anything else would only open an error page. */
function guidOf(value: string): string | null {
  const trimmed = value.trim();
  return guid.test(trimmed) ? trimmed.toLowerCase() : null;
}

/**
 * The address of the IAM.cloud portal as it will be opened. A bare host gets "https://"; null for anything that
 * is not a plain https address (other schemes, user names in the address, spaces, control characters).
 */
export function portalAddress(typed: string): string | null {
  const trimmed = typed.trim();
  return (
    parseHttps(/^[a-z][a-z0-9+.-]*:(?!\d)/i.test(trimmed) ? trimmed : `https://${trimmed}`)?.href ?? null
  );
}

/** Where a link leads for this setup. Pure; opening it is up to the shell, after `isAllowedUrl`. */
export function linkUrl(link: LinkId, values: LinkValues): Link {
  if (isKeyOf(fixed, link)) return { url: fixed[link] };
  const cloud = clouds[values.cloud];
  if (isKeyOf(blades, link)) return { url: `https://${cloud.deepLinks}/#view/${blades[link]}` };
  if (link === "azure-portal") return { url: `https://${cloud.azurePortal}/` };
  if (link === "entra-admin-center") return { url: `https://${cloud.entraAdminCenter}/` };
  if (link === "iam-cloud-portal") {
    const url = portalAddress(values.portalUrl);
    return url === null ? { missing: "portalUrl" } : { url };
  }
  const applicationId = guidOf(values.applicationId);
  if (applicationId === null) return { missing: "applicationId" };
  if (link === "admin-consent-url") {
    const tenantId = guidOf(values.tenantId);
    if (tenantId === null) return { missing: "tenantId" };
    return { url: `https://${cloud.authority}/${tenantId}/adminconsent?client_id=${applicationId}` };
  }
  const blade = `Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/~/${applicationBlades[link]}`;
  return { url: `https://${cloud.deepLinks}/#view/${blade}/appId/${applicationId}` };
}

const allowedHosts: ReadonlySet<string> = new Set([
  ...Object.values(clouds).flatMap((cloud) => [cloud.authority, cloud.azurePortal, cloud.entraAdminCenter]),
  ...Object.values(fixed).map((address) => new URL(address).host),
]);

/**
 * Whether an address may be handed to the system's browser: https only, one of the hosts of this guide, or the
 * IAM.cloud portal exactly as the user typed it (host and port). Spaces, control characters, backslashes and
 * user names are refused because browsers disagree about them.
 */
export function isAllowedUrl(url: string, portalUrl: string): boolean {
  const parsed = parseHttps(url);
  if (parsed === null) return false;
  if (allowedHosts.has(parsed.host)) return true;
  const portal = portalAddress(portalUrl);
  return portal !== null && new URL(portal).host === parsed.host;
}

function parseHttps(address: string): URL | null {
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  if (/[\u0000-\u0020\u007f\\]/.test(address)) return null;
  if (!/^https:\/\/[^/]/i.test(address) || !URL.canParse(address)) return null;
  const parsed = new URL(address);
  return parsed.username === "" && parsed.password === "" && parsed.host !== "" ? parsed : null;
}
