import type { Handlers } from "../../preload/contract.ts";
import type { DryRuns } from "../exchange/dry-runs.ts";
import type { SpawnWorker } from "../certificates/runner.ts";
import type { RandomBytes } from "../ports.ts";
import { createTurns } from "../turns.ts";
import type { Vault } from "../vault/vault.ts";
import { appHandlers } from "./app.ts";
import { bulkHandlers } from "./bulk.ts";
import { certificateHandlers } from "./certificates.ts";
import type { Doctor } from "../doctor/doctor.ts";
import type { ReminderView } from "../../preload/contract.ts";
import { doctorHandlers } from "./doctor.ts";
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
import { secretHandlers } from "./secrets.ts";
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
  doctor: Doctor;
  /** The reminders told since the start. */
  reminders: () => ReminderView[];
  dryRuns: DryRuns;
  /** Tells the log of what stops no work. */
  onError: (message: string, error: unknown) => void;
}

/** One handler for every method of the contract. */
export function createApi(options: ApiOptions): Handlers {
  const { services, vault, sessions, practice, watch, connectionOf, dryRuns } = options;
  const { spawnWorker, randomBytes, onError } = options;
  const passwords = createPasswordBox(vault, services);
  const context = { services, vault, passwords, spawnWorker, randomBytes, turns: createTurns(), onError };
  const certificates = certificateHandlers(context);
  const tenant = tenantHandlers({ services, sessions, connectionOf });
  return {
    app: appHandlers(context, options.doctor),
    setups: setupHandlers(services, passwords, sessions, connectionOf),
    certificates,
    tenant,
    doctor: doctorHandlers(context, options.doctor),
    secrets: secretHandlers({ setups: services.setups, vault, certificates, tenant }),
    bulk: bulkHandlers(context),
    practice: practiceHandlers(services, practice, sessions),
    watch: watchHandlers(watch),
    dryRun: dryRunHandlers(services, dryRuns),
    rotation: rotationHandlers(context),
    rollout: rolloutHandlers(services, {
      changesOf: async (setupId) => (await sessions.of(setupId)).changes(),
      reminders: options.reminders,
    }),
    transfer: transferHandlers(services),
  };
}
