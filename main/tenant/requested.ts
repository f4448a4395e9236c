import type { RequiredResourceEntry } from "./entities.ts";
import { accessType } from "./resolve.ts";
import type { OfferedRow } from "./resolve.ts";

/** Whether an entry of a registration's requested permissions is this permission. */
function isRequested(existing: readonly RequiredResourceEntry[], { row, offer }: OfferedRow): boolean {
  return existing.some(
    (resource) =>
      resource.resourceAppId.toLowerCase() === row.resourceAppId &&
      resource.resourceAccess.some(
        ({ id, type }) => id.toLowerCase() === offer.value.id && type === accessType(row),
      ),
  );
}

/** The requested permissions with the missing rows added; what others asked for stays as and where it is. */
export function requestedMerge(
  existing: readonly RequiredResourceEntry[],
  rows: readonly OfferedRow[],
): { merged: RequiredResourceEntry[]; missing: OfferedRow[] } {
  const missing = rows.filter((row) => !isRequested(existing, row));
  const merged = existing.map((resource) => ({
    ...resource,
    resourceAccess: [...resource.resourceAccess],
  }));
  for (const { row, offer } of missing) {
    let resource = merged.find(({ resourceAppId }) => resourceAppId.toLowerCase() === row.resourceAppId);
    if (resource === undefined) {
      resource = { resourceAppId: row.resourceAppId, resourceAccess: [] };
      merged.push(resource);
    }
    resource.resourceAccess.push({ id: offer.value.id, type: accessType(row) });
  }
  return { merged, missing };
}
