import type { PermissionRow } from "../../preload/model/guide.ts";

/** Rows of one API and one type of permission, as the documentation's table groups them. */
export interface PermissionGroup {
  api: PermissionRow["api"];
  type: PermissionRow["type"];
  resourceAppId: string;
  rows: PermissionRow[];
}

/** The permission rows in their order, gathered by API and type. */
export function groupPermissions(rows: readonly PermissionRow[]): PermissionGroup[] {
  const groups: PermissionGroup[] = [];
  for (const row of rows) {
    const group = groups.find(({ api, type }) => api === row.api && type === row.type);
    if (group === undefined) {
      groups.push({ api: row.api, type: row.type, resourceAppId: row.resourceAppId, rows: [row] });
    } else {
      group.rows.push(row);
    }
  }
  return groups;
}
