import type { PermissionRow } from "../../preload/model/guide.ts";
import { known, unknown } from "./actual.ts";
import type { ActualTenant, Known, Resource } from "./actual.ts";
import type { DesiredTenant } from "./desired.ts";
import { accessType, resolvePermissions } from "./resolve.ts";
import type { Offer } from "./resolve.ts";

/** One row of the documentation's table as the tenant has it. Each cell is yes, no, or unknown with the reason. */
export interface TruthRow {
  row: PermissionRow;
  /** The tenant's identifier; null when it is not offered or not known. */
  guid: string | null;
  guidDiffers: boolean;
  /** The API of this tenant has it, switched on. */
  offered: Known<boolean>;
  /** It stands in the application's requested permissions. */
  requested: Known<boolean>;
  /** An administrator consented to it for the whole organization. */
  granted: Known<boolean>;
}

/** What the application asks for or was given beyond the documented rows. It is shown, never taken away. */
export interface Extra {
  resourceAppId: string;
  type: "Application" | "Delegated";
  /** Identifier; for delegated grants, which Microsoft keeps by value, the value. */
  id: string;
  value: string;
  requested: boolean;
  granted: boolean;
}

export interface PermissionTruth {
  rows: readonly TruthRow[];
  extras: readonly Extra[];
}

/** The truth table of step 7 and 8. Pure. */
export function permissionTruth(
  desired: Pick<DesiredTenant, "permissions">,
  actual: ActualTenant,
): PermissionTruth {
  const rows = resolvePermissions(desired, actual).map(({ row, offer, guidDiffers }): TruthRow => ({
    row,
    guid: offer.known ? (offer.value?.id ?? null) : null,
    guidDiffers,
    offered: offer.known ? known(offer.value !== null) : offer,
    requested: onOffer(offer, (found) => requested(row, found, actual)),
    granted: onOffer(offer, (found) => granted(row, found, actual)),
  }));
  return { rows, extras: extrasOf(rows, actual) };
}

function onOffer(offer: Known<Offer | null>, decide: (found: Offer) => Known<boolean>): Known<boolean> {
  if (!offer.known) return unknown("depends", offer.detail, offer.requestId);
  return offer.value === null ? known(false) : decide(offer.value);
}

function requested(row: PermissionRow, { id }: Offer, { application }: ActualTenant): Known<boolean> {
  if (!application.known) return application;
  const resources = application.value?.requiredResourceAccess ?? [];
  return known(
    resources.some(
      ({ resourceAppId, resourceAccess }) =>
        resourceAppId.toLowerCase() === row.resourceAppId &&
        resourceAccess.some((entry) => entry.id.toLowerCase() === id && entry.type === accessType(row)),
    ),
  );
}

function granted(row: PermissionRow, offer: Offer, actual: ActualTenant): Known<boolean> {
  if (row.type === "Application") {
    if (!actual.roleGrants.known) return actual.roleGrants;
    return known(
      actual.roleGrants.value.some(
        ({ resourceId, appRoleId }) =>
          resourceId === offer.resourceId && appRoleId.toLowerCase() === offer.id,
      ),
    );
  }
  if (!actual.scopeGrants.known) return actual.scopeGrants;
  return known(
    actual.scopeGrants.value.some(
      ({ resourceId, consentType, scopes }) =>
        resourceId === offer.resourceId && consentType === "AllPrincipals" && scopes.includes(row.value),
    ),
  );
}

function extrasOf(rows: readonly TruthRow[], actual: ActualTenant): Extra[] {
  const resources = Object.values(actual.resources).flatMap((part) =>
    part.known && part.value !== null ? [part.value] : [],
  );
  const extras = new Map<string, Extra>();
  const documented = new Set(
    rows.map(({ row, guid }) => `${row.resourceAppId}/${row.type}/${guid ?? row.guid.toLowerCase()}`),
  );
  const note = (
    resource: { appId: string; found: Resource | null },
    type: Extra["type"],
    id: string,
    value: string,
    how: "requested" | "granted",
  ): void => {
    const key = `${resource.appId}/${type}/${id}`;
    if (documented.has(key)) return;
    const extra = extras.get(key) ?? {
      resourceAppId: resource.appId,
      type,
      id,
      value,
      requested: false,
      granted: false,
    };
    extras.set(key, { ...extra, [how]: true });
  };
  const application = actual.application.known ? actual.application.value : null;
  for (const { resourceAppId, resourceAccess } of application?.requiredResourceAccess ?? []) {
    const appId = resourceAppId.toLowerCase();
    const found = resources.find((resource) => resource.appId === appId) ?? null;
    for (const { id, type } of resourceAccess) {
      const ofRole = type === "Role";
      const value = (ofRole ? found?.roles : found?.scopes)?.find(
        (one) => one.id === id.toLowerCase(),
      )?.value;
      note(
        { appId, found },
        ofRole ? "Application" : "Delegated",
        id.toLowerCase(),
        value ?? "",
        "requested",
      );
    }
  }
  for (const { resourceId, appRoleId } of actual.roleGrants.known ? actual.roleGrants.value : []) {
    const found = resources.find(({ id }) => id === resourceId) ?? null;
    const value = found?.roles.find(({ id }) => id === appRoleId.toLowerCase())?.value ?? "";
    const resource = { appId: found?.appId ?? resourceId, found };
    note(resource, "Application", appRoleId.toLowerCase(), value, "granted");
  }
  for (const { resourceId, scopes } of actual.scopeGrants.known ? actual.scopeGrants.value : []) {
    const found = resources.find(({ id }) => id === resourceId) ?? null;
    const resource = { appId: found?.appId ?? resourceId, found };
    for (const scope of scopes) {
      const id = found?.scopes.find(({ value }) => value === scope)?.id ?? scope;
      note(resource, "Delegated", id, scope, "granted");
    }
  }
  return [...extras.values()];
}
