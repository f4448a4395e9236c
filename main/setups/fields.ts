import type { FieldId } from "../../preload/model/guide.ts";
import type { FieldView, Reason, Target } from "../../preload/model/setup.ts";
import { portalAddress } from "../guide/links.ts";
import { stepOfField } from "../guide/steps.ts";
import type { SetupDocument } from "./document.ts";

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const domain = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}$/;
/** The last one is the practice tenants'. */
const initialDomain = /\.(onmicrosoft\.com|onmicrosoft\.us|partner\.onmschina\.cn|onmicrosoft\.example)$/;
const emptyGuid = "00000000-0000-0000-0000-000000000000";

/** Application IDs that admins paste by mistake because the portal shows them near their own. */
const wellKnownIds: Record<string, string> = {
  "00000003-0000-0000-c000-000000000000": "Microsoft Graph",
  "00000002-0000-0ff1-ce00-000000000000": "Office 365 Exchange Online",
  "29232cdf-9323-42fd-ade2-1d097af3e4de": "Exchange Administrator",
  "dc50a0fb-09a3-484d-be87-e023b12c6440": "Exchange.ManageAsApp",
};

/** Fields without which the connector cannot be set up. */
const required = new Set<FieldId>([
  "tenantDomain",
  "applicationName",
  "applicationId",
  "tenantId",
  "instanceName",
  "shellDisplay",
  "shellDescription",
  "tenantDisplay",
  "organizationDisplayName",
]);

const identifiers = new Set<FieldId>(["applicationId", "applicationObjectId", "tenantId"]);

/** What was typed, in the form in which it is kept: no blanks around, IDs and domains in lower case. */
export function normalizeField(field: FieldId, value: string): string {
  const trimmed = value.trim();
  if (identifiers.has(field)) return trimmed.replace(/^[{("']+|[})"']+$/g, "").toLowerCase();
  if (field === "tenantDomain") return trimmed.replace(/^@|\.$/g, "").toLowerCase();
  if (field === "uploadedThumbprint") return trimmed.replace(/[\s:\p{Cf}-]/gu, "").toUpperCase();
  return trimmed;
}

export function target(field: FieldId): Target {
  return { step: stepOfField(field), field };
}

function reason(field: FieldId, key: string, params: Reason["params"] = {}): Reason {
  return { key: `problems.${key}`, params, target: target(field) };
}

function typed(document: SetupDocument, field: FieldId): string {
  return normalizeField(field, document.fields[field] ?? "");
}

/** The value in use: what was typed, else what flows from another field. */
export function effective(document: SetupDocument, field: FieldId): string {
  return typed(document, field) || suggestion(document, field);
}

/** What a field takes from others while nothing is typed in it. */
export function suggestion(document: SetupDocument, field: FieldId): string {
  const instance = () => effective(document, "instanceName");
  switch (field) {
    case "applicationName":
      return "IAM.cloud Exchange Online";
    case "instanceName": {
      const organisation = effective(document, "tenantName") || document.name;
      return `Exchange Online ${organisation}`.trim();
    }
    case "shellDisplay":
      return instance();
    case "shellDescription":
      return `Microsoft 365 Exchange Online: ${effective(document, "tenantDomain") || instance()}`;
    case "tenantDisplay":
    case "organizationDisplayName":
      return effective(document, "tenantDomain");
    default:
      return "";
  }
}

/** What is wrong with a field's value, or null. An empty value is not a problem here, only missing. */
export function fieldProblem(document: SetupDocument, field: FieldId): Reason | null {
  const value = effective(document, field);
  if (value === "") return null;
  switch (field) {
    case "applicationId":
    case "applicationObjectId":
    case "tenantId":
      return identifierProblem(document, field, value);
    case "tenantDomain":
      return domain.test(value) ? null : reason(field, "domain");
    case "tenantDisplay":
    case "organizationDisplayName":
      return domain.test(value.toLowerCase()) ? null : reason(field, "org-domain");
    case "portalUrl":
      return portalAddress(value) !== null ? null : reason(field, "portal-url");
    case "uploadedThumbprint":
      return thumbprintProblem(document, value);
    default:
      return controlCharacters(value) ? reason(field, "control-characters") : null;
  }
}

function identifierProblem(
  document: SetupDocument,
  field: "applicationId" | "applicationObjectId" | "tenantId",
  value: string,
): Reason | null {
  if (!guid.test(value)) {
    if (/^[0-9A-Fa-f]{40}$/.test(value)) return reason(field, "thumbprint-instead-of-id");
    if (field === "tenantId" && domain.test(value)) return reason(field, "domain-instead-of-id");
    return reason(field, "guid", { length: value.length });
  }
  if (value === emptyGuid) return reason(field, "guid-empty");
  const known = wellKnownIds[value];
  if (known !== undefined) return reason(field, "well-known-id", { name: known });
  // Of two equal values it is the other field that holds the wrong one, and says so.
  if (field === "applicationObjectId") return null;
  const equal = (other: FieldId) => other !== field && typed(document, other) === value;
  if (equal("applicationObjectId")) return reason(field, "object-id");
  if (equal("applicationId") || equal("tenantId")) return reason(field, "same-ids");
  return null;
}

function thumbprintProblem(document: SetupDocument, value: string): Reason | null {
  const field = "uploadedThumbprint";
  const isSha1 = /^[0-9A-F]{40}$/.test(value);
  const isSha256 = /^[0-9A-F]{64}$/.test(value);
  if (!isSha1 && !isSha256) return reason(field, "thumbprint", { length: value.length });
  const facts = document.certificate?.facts;
  if (facts === undefined) return null;
  const expected = isSha1 ? facts.sha1 : facts.sha256;
  return value === expected ? null : reason(field, "other-thumbprint", { expected });
}

function controlCharacters(value: string): boolean {
  return /\p{Cc}/u.test(value.replaceAll("\n", ""));
}

/** Not wrong, but worth a second look. */
export function fieldHint(document: SetupDocument, field: FieldId): Reason | null {
  const value = effective(document, field);
  if (value === "" || fieldProblem(document, field) !== null) return null;
  if (["tenantDomain", "tenantDisplay", "organizationDisplayName"].includes(field)) {
    return initialDomain.test(value.toLowerCase()) ? null : reason(field, "not-initial-domain");
  }
  if (field === "portalUrl" && /(entra|portal)\.(microsoft|azure)\./.test(value)) {
    return reason(field, "portal-url-microsoft");
  }
  if ((field === "applicationName" || field === "instanceName") && value.length > 120) {
    return reason(field, "long-name", { length: value.length });
  }
  return null;
}

/** All fields of one step as the renderer shows them. */
export function fieldViews(
  document: SetupDocument,
  fields: readonly FieldId[],
  known: KnownIds,
): FieldView[] {
  return fields.map((id) => ({
    id,
    value: document.fields[id] ?? "",
    suggestion: suggestion(document, id),
    required: required.has(id),
    problem: fieldProblem(document, id) ?? knownIdProblem(document, id, known),
    hint: fieldHint(document, id),
  }));
}

/** Identifiers that other setups on this computer use, to recognise a swapped or foreign one. */
export interface KnownIds {
  tenantIds: ReadonlySet<string>;
  applicationIds: ReadonlySet<string>;
}

export const noKnownIds: KnownIds = { tenantIds: new Set(), applicationIds: new Set() };

function knownIdProblem(document: SetupDocument, field: FieldId, known: KnownIds): Reason | null {
  if (!identifiers.has(field)) return null;
  const value = effective(document, field);
  if (field === "applicationId" && known.tenantIds.has(value)) return reason(field, "swapped-ids");
  if (field === "tenantId" && known.applicationIds.has(value)) return reason(field, "swapped-ids");
  return null;
}
