import type { PermissionRow } from "../../preload/model/guide.ts";
import { known } from "./actual.ts";
import type { ActualTenant, Known } from "./actual.ts";
import type { DesiredTenant } from "./desired.ts";
import { unknown } from "./actual.ts";

/** A permission as this tenant's own service principal of the API offers it. */
export interface Offer {
  /** The tenant's identifier of the permission. */
  id: string;
  /** Object id of the API's service principal. */
  resourceId: string;
}

export interface ResolvedRow {
  row: PermissionRow;
  /** Null: this tenant does not offer it (any more). */
  offer: Known<Offer | null>;
  /** The identifier is another one than the documentation's table knows; in sovereign clouds that is usual. */
  guidDiffers: boolean;
}

/**
 * Finds each documented permission by its value among what the tenant's APIs offer. Identifiers of the table are
 * only compared: one stale identifier would make the whole consent fail.
 */
export function resolvePermissions(
  desired: Pick<DesiredTenant, "permissions">,
  actual: Pick<ActualTenant, "resources">,
): ResolvedRow[] {
  return desired.permissions.map((row) => {
    const resource = actual.resources[row.resourceAppId] ?? unknown("not-read");
    if (!resource.known) return { row, offer: resource, guidDiffers: false };
    if (resource.value === null) return { row, offer: known(null), guidDiffers: false };
    const { id: resourceId, roles, scopes } = resource.value;
    const found = (row.type === "Application" ? roles : scopes).find(({ value }) => value === row.value);
    if (found === undefined) return { row, offer: known(null), guidDiffers: false };
    return {
      row,
      offer: known({ id: found.id, resourceId }),
      guidDiffers: found.id !== row.guid.toLowerCase(),
    };
  });
}

export type OfferedRow = ResolvedRow & { offer: { known: true; value: Offer } };

/** Only the rows that the tenant offers. */
export function offeredRows(rows: readonly ResolvedRow[]): OfferedRow[] {
  return rows.filter((row): row is OfferedRow => row.offer.known && row.offer.value !== null);
}

/** "Scope" is a delegated permission, "Role" an application permission (resource type resourceAccess). */
export function accessType(row: PermissionRow): "Scope" | "Role" {
  return row.type === "Delegated" ? "Scope" : "Role";
}
