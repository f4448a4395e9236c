import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { open, readdir, stat, unlink } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { AppError } from "../errors.ts";
import { readError, systemCode, writeError } from "./file-errors.ts";
import { publishNew, publishReplacing, syncFolder } from "./publish.ts";

const tempName = /^\.rollout-[0-9a-f]{32}\.tmp$/;
/** Temporary files this process is writing now; sweeping leaves them alone. */
const inWork = new Set<string>();

export interface WriteOptions {
  /** POSIX permission bits of the new file; 0o600 (only the owner) unless said otherwise. */
  mode?: number;
  /** Whether an existing file of that name is replaced; if not, the write fails with file-exists. */
  replace: boolean;
  /** Runs when the content is on the disk and only the name is missing; if it fails, nothing is written. */
  beforeNaming?: () => Promise<void>;
}

/**
 * Writes a whole file so that its name always stands for the old or the new content, never for a part:
 * temporary file in the same folder, fsync, rename (or hard link when nothing may be replaced), fsync of the
 * folder. A failure leaves the folder as it was.
 *
 * The file belongs to its owner alone (0600). Windows ignores these bits: there the folder's inherited access
 * list applies, which under the user's profile is the owner, SYSTEM and administrators.
 *
 * Errors: file-exists, disk-full, folder-read-only, file-not-found (no such folder), write-failed.
 */
export async function writeFileAtomic(
  path: string,
  data: string | Uint8Array,
  options: WriteOptions,
): Promise<void> {
  const folder = dirname(path);
  const temp = join(folder, `.rollout-${randomBytes(16).toString("hex")}.tmp`);
  inWork.add(temp);
  try {
    await writeTemp(temp, data, options.mode ?? 0o600);
    await options.beforeNaming?.();
    if (options.replace) await publishReplacing(temp, path);
    else await publishNew(temp, path);
    await syncFolder(folder);
  } catch (error) {
    await unlink(temp).catch(() => undefined);
    throw writeError(path, error);
  } finally {
    inWork.delete(temp);
  }
}

async function writeTemp(temp: string, data: string | Uint8Array, mode: number): Promise<void> {
  const handle = await open(temp, "wx", mode);
  try {
    await handle.writeFile(data);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Reads a file of at most `maxBytes` bytes. Neither a huge file nor a device or pipe is ever read in.
 *
 * Errors: file-not-found, file-too-large (details `size` and `limit` in bytes), file-empty (unless
 * `allowEmpty`), read-failed (no right to read, a folder, a device).
 */
export async function readFileLimited(
  path: string,
  maxBytes: number,
  options: { allowEmpty?: boolean } = {},
): Promise<Buffer> {
  try {
    // Asked before opening, because opening a pipe would wait for its other end.
    const before = await stat(path);
    if (!before.isFile()) throw new AppError("read-failed", { path: basename(path), reason: "not-a-file" });
    refuseSize(path, before.size, maxBytes);
    const handle = await open(path, constants.O_RDONLY);
    try {
      const content = await readUpTo(handle, before.size, maxBytes + 1);
      refuseSize(path, content.length, maxBytes);
      if (content.length === 0 && options.allowEmpty !== true) {
        throw new AppError("file-empty", { path: basename(path) });
      }
      return content;
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw readError(path, error);
  }
}

function refuseSize(path: string, size: number, limit: number): void {
  if (size > limit) throw new AppError("file-too-large", { path: basename(path), size, limit });
}

/** Reads to the end, or until `most` bytes are in: the file may have grown since its size was asked. */
async function readUpTo(handle: FileHandle, expected: number, most: number): Promise<Buffer> {
  let buffer = Buffer.alloc(Math.min(expected + 1, most));
  let filled = 0;
  for (;;) {
    const { bytesRead } = await handle.read(buffer, filled, buffer.length - filled, null);
    filled += bytesRead;
    if (bytesRead === 0 || filled >= most) return buffer.subarray(0, filled);
    if (filled === buffer.length) {
      const larger = Buffer.alloc(Math.min(buffer.length * 2, most));
      buffer.copy(larger);
      buffer.fill(0);
      buffer = larger;
    }
  }
}

/**
 * Deletes temporary files that a crash or power cut left in `folder`, and gives how many. A folder that does
 * not exist has none. Files that this process is writing now stay.
 */
export async function removeLeftoverTempFiles(folder: string): Promise<number> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (systemCode(error) === "ENOENT") return [];
    throw readError(folder, error);
  });
  let removed = 0;
  for (const name of names) {
    const path = join(folder, name);
    if (!tempName.test(name) || inWork.has(path)) continue;
    await unlink(path).then(
      () => (removed += 1),
      () => undefined,
    );
  }
  return removed;
}
