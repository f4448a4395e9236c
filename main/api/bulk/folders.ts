import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Manifest } from "../../certificates/bulk/manifest.ts";
import { listName, manifestName, maxManifestBytes, readManifest } from "../../certificates/bulk/manifest.ts";
import type { PlannedRow } from "../../certificates/bulk/plan.ts";
import { withoutCollisions } from "../../certificates/bulk/plan.ts";
import { AppError } from "../../errors.ts";
import { readFileLimited } from "../../files/atomic-file.ts";
import { readError } from "../../files/file-errors.ts";
import type { Batch } from "./batches.ts";

/** Looks into a folder for a new batch: an earlier batch, or files in the way, are told at the rows. */
export async function placeInFolder(batch: Batch, path: string): Promise<void> {
  const names = await readdir(path).catch((error: unknown) => {
    throw readError(path, error);
  });
  const holdsBatch = names.includes(manifestName);
  // Left by a start that was cut off in its first moment, or a stranger's: nobody may overwrite passwords.
  if (!holdsBatch && names.includes(listName)) throw new AppError("file-exists", { path: listName });
  batch.folder = { path, holdsBatch };
  batch.rows = withoutCollisions(batch.rows, holdsBatch ? [] : names);
}

/** Errors: file-exists for the first file in the way, not-allowed for any other problem of a row. */
export function expectNoProblems(rows: readonly PlannedRow[]): void {
  const problems = rows.flatMap((row) => row.problems);
  const taken = problems.find(({ code }) => code === "file-exists");
  if (taken !== undefined) throw new AppError("file-exists", { path: taken.details["file"] ?? "" });
  if (problems.length > 0) throw new AppError("not-allowed");
}

/** The batch of a folder. Throws AppError batch-not-found, batch-unreadable or read-failed. */
export async function readBatch(path: string): Promise<Manifest> {
  try {
    const bytes = await readFileLimited(join(path, manifestName), maxManifestBytes);
    return readManifest(bytes.toString("utf8"));
  } catch (error) {
    const missing = error instanceof AppError && error.code === "file-not-found";
    throw missing ? new AppError("batch-not-found", { path: basename(path) }, error) : error;
  }
}
