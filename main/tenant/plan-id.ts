import { createHash } from "node:crypto";
import type { Change } from "./change.ts";

/** Names a plan by what it does: a confirmation counts only for exactly what was shown. */
export function planId(changes: readonly Change[]): string {
  const said = changes.map(({ id, effects }) => [id, effects.toSorted()]);
  return createHash("sha256").update(JSON.stringify(said)).digest("hex").slice(0, 32);
}
