import type { Handlers } from "../../preload/contract.ts";
import type { DryRuns } from "../exchange/dry-runs.ts";
import { passwordBytes } from "./certificates/passwords.ts";
import type { Services } from "./services.ts";

/** The helper "Dry run": connecting as the application. */
export function dryRunHandlers({ setups }: Services, dryRuns: DryRuns): Handlers["dryRun"] {
  return {
    run: async ({ setupId, password }) => {
      setups.document(setupId);
      await dryRuns.run(setupId, password === undefined ? null : passwordBytes(password));
      return setups.view(setupId);
    },
    stop: async ({ setupId }) => {
      await dryRuns.stop(setupId);
      return setups.view(setupId);
    },
  };
}
