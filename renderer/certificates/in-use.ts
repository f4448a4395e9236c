import type { SetupView } from "../../preload/model/setup.ts";

/**
 * Whether the connector signs in with the setup's certificate while no exchange of it is under way: then it is not
 * replaced or removed but exchanged, so that the connection stays.
 */
export function isInUse({ certificate, summary, rotation }: SetupView): boolean {
  return certificate !== null && summary.rolledOut && rotation === null;
}
