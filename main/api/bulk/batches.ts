import type { BatchChoices, BatchView, RowState } from "../../../preload/model/bulk.ts";
import type { ErrorView } from "../../../preload/model/errors.ts";
import type { Passwords } from "../../certificates/bulk/password-list.ts";
import type { PlannedRow } from "../../certificates/bulk/plan.ts";
import { erase } from "../../certificates/secrets.ts";
import { AppError } from "../../errors.ts";

/** A list or an earlier batch, while the app works on it. */
export interface Batch {
  id: string;
  source: string;
  rows: PlannedRow[];
  folder: { path: string; holdsBatch: boolean } | null;
  /** Once it has begun: then its manifest stands in the folder. */
  choices: BatchChoices | null;
  states: Map<number, { state: RowState; error: ErrorView | null }>;
  /** Of a batch with a sealed list, while it is open. */
  passwords: Passwords | null;
  listPassword: Buffer | null;
  /** Stops the run; null while none is under way. */
  run: AbortController | null;
  hasRun: boolean;
}

export interface Batches {
  add(batch: Pick<Batch, "id" | "source" | "rows" | "folder" | "choices">): Batch;
  /** @throws AppError "batch-not-found" when it was closed or the app was restarted. */
  get(id: string): Batch;
  /** The same, but only while nothing runs on it. @throws AppError "not-allowed" */
  idle(id: string): Batch;
  /** Forgets a batch that does not run and erases its passwords. */
  close(id: string): void;
}

/** Lists kept at once; the screen has one. */
const kept = 4;

export function createBatches(): Batches {
  const batches = new Map<string, Batch>();
  const get = (id: string): Batch => {
    const batch = batches.get(id);
    if (batch === undefined) throw new AppError("batch-not-found");
    return batch;
  };
  const close = (id: string): void => {
    const batch = batches.get(id);
    if (batch === undefined || batch.run !== null) return;
    erase(batch.listPassword, ...(batch.passwords?.values() ?? []));
    batches.delete(id);
  };
  return {
    get,
    close,
    idle: (id) => {
      const batch = get(id);
      if (batch.run !== null) throw new AppError("not-allowed");
      return batch;
    },
    add: (given) => {
      // Opened again while it runs: there is only one.
      const known = batches.get(given.id);
      if (known !== undefined) return known;
      for (const id of batches.keys()) {
        if (batches.size < kept) break;
        close(id);
      }
      const batch: Batch = {
        ...given,
        states: new Map(),
        passwords: null,
        listPassword: null,
        run: null,
        hasRun: false,
      };
      batches.set(batch.id, batch);
      return batch;
    },
  };
}

/** A batch as the page gets it: no password, no key. */
export function viewOf(batch: Batch): BatchView {
  const { id, source, folder, choices, states, passwords, hasRun } = batch;
  return {
    batchId: id,
    source,
    folder,
    choices,
    running: batch.run !== null,
    hasRun,
    needsListPassword: choices?.passwords === "list" && passwords === null,
    rows: batch.rows.map((row) => ({
      ...row,
      ...(states.get(row.number) ?? { state: "waiting", error: null }),
    })),
  };
}
