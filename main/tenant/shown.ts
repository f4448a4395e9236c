import type { Shown } from "./change.ts";
import type { ResolvedRow } from "./resolve.ts";

export const absent: Shown = { key: "absent", params: {} };

/** A row of the permission table as one line of "before" or "after". */
export function permissionShown({ row }: Pick<ResolvedRow, "row">): Shown {
  const { api, type, value, displayText } = row;
  return { key: "permission", params: { api, type, value, displayText } };
}

/** A delegated permission of which only the value is known. */
export function scopeShown(value: string): Shown {
  return { key: "permission", params: { api: "", type: "Delegated", value, displayText: "" } };
}
