import type { Handlers } from "../../preload/contract.ts";
import type { DryRuns } from "../exchange/dry-runs.ts";
import type { SpawnWorker } from "../certificates/runner.ts";
import type { RandomBytes } from "../ports.ts";
import { createTurns } from "../turns.ts";
import type { Vault } from "../vault/vault.ts";
import { appHandlers } from "./app.ts";
import { bulkHandlers } from "./bulk.ts";
import { certificateHandlers } from "./certificates.ts";
import { dryRunHandlers } from "./dry-run.ts";
import { createPasswordBox } from "./password-box.ts";
import { rolloutHandlers } from "./rollout.ts";
import { rotationHandlers } from "./rotation.ts";
import type { Services } from "./services.ts";
import { setupHandlers } from "./setups.ts";
import type { PracticeTenants } from "../practice/tenants.ts";
import type { ConnectionOf } from "../tenant/connection.ts";
import type { TenantSessions } from "../tenant/sessions.ts";
import { practiceHandlers } from "./practice.ts";
import { tenantHandlers } from "./tenant.ts";
import { transferHandlers } from "./transfer.ts";
import type { TenantWatch } from "../tenant/watch.ts";
import { watchHandlers } from "./watch.ts";

export interface ApiOptions {
  services: Services;
  vault: Vault;
  spawnWorker: SpawnWorker;
  randomBytes: RandomBytes;
  sessions: TenantSessions;
  practice: PracticeTenants;
  watch: TenantWatch;
  connectionOf: ConnectionOf;
  dryRuns: DryRuns;
}

/** One handler for every method of the contract. */
export function createApi(options: ApiOptions): Handlers {
  const { services, vault, spawnWorker, randomBytes, sessions, practice, watch, connectionOf, dryRuns } =
    options;
  const passwords = createPasswordBox(vault, services);
  const certificates = { services, vault, passwords, spawnWorker, randomBytes, turns: createTurns() };
  return {
    app: appHandlers(services, vault),
    setups: setupHandlers(services, passwords, sessions, connectionOf),
    certificates: certificateHandlers(certificates),
    bulk: bulkHandlers(certificates),
    tenant: tenantHandlers({ services, sessions, connectionOf }),
    practice: practiceHandlers(services, practice, sessions),
    watch: watchHandlers(watch),
    dryRun: dryRunHandlers(services, dryRuns),
    rotation: rotationHandlers(certificates),
    rollout: rolloutHandlers(services, async (setupId) => (await sessions.of(setupId)).changes()),
    transfer: transferHandlers(services),
  };
}
