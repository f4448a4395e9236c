import { mkdir, stat } from "node:fs/promises";
import { systemCode, writeError } from "./file-errors.ts";

/**
 * Makes a folder for its owner alone (0700) unless it is there; the one above must exist. Not recursive, because Node
 * then reports a read-only disk as "no such folder".
 *
 * Errors: file-exists (it is no folder), disk-full, folder-read-only, file-not-found (no folder above), write-failed.
 */
export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: 0o700 });
  } catch (error) {
    const isThere = systemCode(error) === "EEXIST" && (await stat(path)).isDirectory();
    if (!isThere) throw writeError(path, error);
  }
}
