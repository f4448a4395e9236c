import type { PermissionId } from "../../preload/model/guide.ts";
import type { SetupView } from "../../preload/model/setup.ts";
import type { Cell, TruthRowView, UnknownReason } from "../../preload/model/tenant.ts";
import type { Tone } from "../ui/index.ts";

/** State of a row of step 7's table; texts are `tenant.permissions.<state>`. */
export type PermissionState =
  | "granted"
  | "not-granted"
  | "missing"
  | "granted-only"
  | "gone"
  | "left-out"
  | "unknown";

export const permissionTones: Record<PermissionState, Tone> = {
  granted: "ok",
  "not-granted": "warn",
  missing: "warn",
  "granted-only": "ok",
  gone: "none",
  "left-out": "none",
  unknown: "none",
};

/** Whether the chosen profile asks for the row. */
export function isWanted({ tenant, permissions }: SetupView, id: PermissionId): boolean {
  return tenant.profile === "documented" || permissions.some((row) => row.id === id && row.essential);
}

/** `wanted`: whether the chosen profile asks for the row at all. What is not known never counts as missing. */
export function permissionState(row: TruthRowView, wanted: boolean): PermissionState {
  if (row.offered === "no") return "gone";
  if (row.granted === "yes" && row.requested === "yes") return "granted";
  if (row.granted === "yes" && row.requested === "no") return "granted-only";
  if (row.requested === "no" && row.granted === "no") {
    if (!wanted) return "left-out";
    return row.offered === "yes" ? "missing" : "unknown";
  }
  if (row.requested === "yes" && row.granted === "no") return "not-granted";
  return "unknown";
}

/** The columns that could not be read, with the reason. */
export function unknownCells(
  row: TruthRowView,
): { column: "offered" | "requested" | "granted"; reason: UnknownReason }[] {
  return (["offered", "requested", "granted"] as const).flatMap((column) => {
    const cell: Cell = row[column];
    return cell === "yes" || cell === "no" ? [] : [{ column, reason: cell }];
  });
}

/** How many rows are of each kind, for one sentence above the table. */
export function countStates(states: readonly PermissionState[]) {
  const count = (...kinds: PermissionState[]) => states.filter((state) => kinds.includes(state)).length;
  return {
    granted: count("granted", "granted-only"),
    open: count("not-granted", "missing"),
    gone: count("gone"),
    unknown: count("unknown"),
    leftOut: count("left-out"),
  };
}
