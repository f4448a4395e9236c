import { createHash } from "node:crypto";
import type { ActualTenant } from "./actual.ts";
import type { Change } from "./change.ts";

/**
 * Names a plan by what it does and to which application: a confirmation counts only for exactly what was shown. The
 * effects alone are the same for every application that needs them.
 */
export function planId(
  changes: readonly Change[],
  { application }: Pick<ActualTenant, "application">,
): string {
  const appId = application.known ? (application.value?.appId ?? "") : "";
  const said = changes.map(({ id, effects }) => [id, effects.toSorted()]);
  return createHash("sha256")
    .update(JSON.stringify([appId, said]))
    .digest("hex")
    .slice(0, 32);
}
