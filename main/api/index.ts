import type { Handlers } from "../../preload/contract.ts";
import type { SpawnWorker } from "../certificates/runner.ts";
import type { RandomBytes } from "../ports.ts";
import { createTurns } from "../turns.ts";
import type { Vault } from "../vault/vault.ts";
import { appHandlers } from "./app.ts";
import { bulkHandlers } from "./bulk.ts";
import { certificateHandlers } from "./certificates.ts";
import { createPasswordBox } from "./password-box.ts";
import { rolloutHandlers } from "./rollout.ts";
import type { Services } from "./services.ts";
import { setupHandlers } from "./setups.ts";

export interface ApiOptions {
  services: Services;
  vault: Vault;
  spawnWorker: SpawnWorker;
  randomBytes: RandomBytes;
}

/** One handler for every method of the contract. */
export function createApi({ services, vault, spawnWorker, randomBytes }: ApiOptions): Handlers {
  const passwords = createPasswordBox(vault, services);
  const certificates = { services, vault, passwords, spawnWorker, randomBytes, turns: createTurns() };
  return {
    app: appHandlers(services, vault),
    setups: setupHandlers(services, passwords),
    certificates: certificateHandlers(certificates),
    bulk: bulkHandlers(certificates),
    rollout: rolloutHandlers(services),
  };
}
