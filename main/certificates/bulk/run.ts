import { stat } from "node:fs/promises";
import { basename } from "node:path";
import type { RowState } from "../../../preload/model/bulk.ts";
import type { ErrorCode } from "../../../preload/model/errors.ts";
import { AppError } from "../../errors.ts";
import { removeLeftoverTempFiles } from "../../files/atomic-file.ts";
import type { SpawnWorker } from "../runner.ts";
import { runJob } from "../runner.ts";
import { erase } from "../secrets.ts";
import type { Pair, PairPlace } from "./pair.ts";
import { ensurePair } from "./pair.ts";
import type { PlannedRow } from "./plan.ts";

export interface BatchPorts extends Omit<PairPlace, "run"> {
  spawnWorker: SpawnWorker;
  /** How many pairs are made at a time: one process each. */
  parallel: number;
  /** A row's password; the batch erases it. Called before anything of the row is made. */
  passwordOf: (row: PlannedRow) => Promise<Buffer>;
  /** Keeps what the pair is for. Called for finished pairs too, so it must be able to find its own work done. */
  keep: (row: PlannedRow, pair: Pair) => Promise<void>;
  onRow: (row: PlannedRow, state: RowState, error: unknown) => void;
  signal: AbortSignal;
}

/** Time for one job of a pair, in milliseconds: with every core at work each takes longer than alone. */
const timeLimitMs = 120_000;

/** Failures that every other row would meet too: going on would only repeat them. */
const stopping: ReadonlySet<ErrorCode> = new Set([
  "disk-full",
  "folder-gone",
  "folder-read-only",
  "no-keychain",
  "keychain-locked",
  "vault-key-lost",
]);

/**
 * Makes or verifies the pair of every row, several at a time, and tells each row's state. A failed row stops nobody
 * else unless all would fail alike. Resolves when nothing runs any more; rows that were not begun stay "waiting",
 * also those whose work was cut off by the signal. Throws what keeps it from beginning: folder-gone, read-failed.
 */
export async function runBatch(rows: readonly PlannedRow[], ports: BatchPorts): Promise<void> {
  await expectFolder(ports.folder);
  await removeLeftoverTempFiles(ports.folder);
  const queue = rows[Symbol.iterator]();
  let stopped = false;
  const work = async (): Promise<void> => {
    for (let next = queue.next(); !next.done; next = queue.next()) {
      if (stopped || ports.signal.aborted) return;
      const error = await runRow(next.value, ports);
      if (error instanceof AppError && stopping.has(error.code)) stopped = true;
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, ports.parallel) }, work));
}

/** Gives what went wrong, or null. */
async function runRow(row: PlannedRow, ports: BatchPorts): Promise<unknown> {
  const { signal, spawnWorker } = ports;
  ports.onRow(row, "working", null);
  let password: Buffer | null = null;
  try {
    // A missing folder looks like one without this row's files, and so the row would be begun.
    await expectFolder(ports.folder);
    password = await ports.passwordOf(row);
    const pair = await ensurePair(row, password, {
      ...ports,
      run: (job) => runJob(spawnWorker, job, { signal, timeLimitMs }),
    });
    try {
      await ports.keep(row, pair);
    } finally {
      erase(pair.key);
    }
    ports.onRow(row, pair.made ? "made" : "verified", null);
    return null;
  } catch (caught) {
    const canceled = caught instanceof AppError && caught.code === "canceled";
    const error = canceled ? caught : await reasonOf(caught, ports.folder);
    ports.onRow(row, canceled ? "waiting" : "failed", canceled ? null : error);
    return error;
  } finally {
    erase(password);
  }
}

/** @throws AppError "folder-gone" when it was moved or deleted, or its drive was taken away. */
async function expectFolder(folder: string): Promise<void> {
  const gone = (cause?: unknown) => new AppError("folder-gone", { path: basename(folder) }, cause);
  const found = await stat(folder).catch((error: unknown) => {
    throw gone(error);
  });
  if (!found.isDirectory()) throw gone();
}

/** Why a row failed: that the folder is gone explains whatever else went wrong. */
function reasonOf(caught: unknown, folder: string): Promise<unknown> {
  return expectFolder(folder).then(
    () => caught,
    (gone: unknown) => gone,
  );
}
