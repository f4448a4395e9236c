import type { Handlers } from "../../preload/contract.ts";
import type { DryRuns } from "../exchange/dry-runs.ts";
import type { SpawnWorker } from "../certificates/runner.ts";
import type { RandomBytes } from "../ports.ts";
import { createTurns } from "../turns.ts";
import type { Vault } from "../vault/vault.ts";
import { appHandlers } from "./app.ts";
import { certificateHandlers } from "./certificates.ts";
import { dryRunHandlers } from "./dry-run.ts";
import { createPasswordBox } from "./password-box.ts";
import { rolloutHandlers } from "./rollout.ts";
import type { Services } from "./services.ts";
import { setupHandlers } from "./setups.ts";

export interface ApiOptions {
  services: Services;
  vault: Vault;
  spawnWorker: SpawnWorker;
  randomBytes: RandomBytes;
  dryRuns: DryRuns;
}

/** One handler for every method of the contract. */
export function createApi(options: ApiOptions): Handlers {
  const { services, vault, spawnWorker, randomBytes, dryRuns } = options;
  const passwords = createPasswordBox(vault, services);
  return {
    app: appHandlers(services, vault),
    setups: setupHandlers(services, passwords),
    certificates: certificateHandlers({
      services,
      vault,
      passwords,
      spawnWorker,
      randomBytes,
      turns: createTurns(),
    }),
    dryRun: dryRunHandlers(services, dryRuns),
    rollout: rolloutHandlers(services),
  };
}
