import { randomUUID } from "node:crypto";
import { runJob } from "../certificates/runner.ts";
import type { SpawnWorker } from "../certificates/runner.ts";
import type { Connection } from "../exchange/attempt.ts";
import { createDryRuns } from "../exchange/dry-runs.ts";
import type { DryRuns } from "../exchange/dry-runs.ts";
import { readFileLimited } from "../files/atomic-file.ts";
import { pfxPasswordName } from "../setups/secret-names.ts";
import type { Setups } from "../setups/setups.ts";
import type { Pace } from "../tenant/pace.ts";
import { realPace } from "../tenant/pace.ts";
import type { Vault } from "../vault/vault.ts";
import type { Emit } from "./events.ts";

export interface DryRunParts {
  setups: Setups;
  vault: Pick<Vault, "get">;
  spawnWorker: SpawnWorker;
  /** Where a setup's requests go. Errors: setup-not-found. */
  connectionOf: (setupId: string) => Promise<Connection>;
  emit: Emit;
  onError: (message: string, error: unknown) => void;
  /** Real time unless said otherwise. */
  pace?: Pace;
}

/** The dry runs over the app's own files, vault and certificate worker. */
export function openDryRuns(parts: DryRunParts): DryRuns {
  const { setups, vault, spawnWorker, connectionOf, emit, onError, pace = realPace } = parts;
  return createDryRuns({
    setups,
    connectionOf,
    pace,
    newId: () => randomUUID(),
    readFile: async (path, maxBytes) => new Uint8Array(await readFileLimited(path, maxBytes)),
    async openPfx(bytes, password) {
      const { key, facts } = await runJob(spawnWorker, { kind: "import", bytes, password, now: null });
      return { key, sha256: facts.sha256 };
    },
    keptPassword: (setupId) => vault.get(setupId, pfxPasswordName),
    onChange: (setupId) => emit("changed", { setupId }),
    onError,
  });
}
