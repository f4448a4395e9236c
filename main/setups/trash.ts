import { readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { trashEntryForm } from "../../preload/model/setup.ts";
import { AppError } from "../errors.ts";
import { readError, systemCode, writeError } from "../files/file-errors.ts";
import { syncFolder } from "../files/publish.ts";
import type { SetupDocument } from "./document.ts";
import { forEachFolder, readDocument } from "./document-file.ts";

/** Days a removed setup can be brought back. */
export const trashDays = 30;

/** A setup that was removed and can still be brought back. */
export interface TrashedSetup {
  /** Name of its folder in the trash. */
  entry: string;
  setupId: string;
  deletedAt: Date;
  /** Null when it cannot be read. */
  document: SetupDocument | null;
}

/** The setup to which a folder in the trash belongs; null for the name of anything else. */
export function setupOfEntry(entry: string): string | null {
  return trashEntryForm.exec(entry)?.[1] ?? null;
}

/** What lies in the trash, removed last first. Errors: read-failed. */
export async function listTrash(trashFolder: string): Promise<TrashedSetup[]> {
  const names = await readdir(trashFolder).catch((error: unknown) => {
    if (systemCode(error) === "ENOENT") return [];
    throw readError(trashFolder, error);
  });
  const found = await forEachFolder(names, (name) => look(trashFolder, name));
  return found
    .filter((one) => one !== null)
    .toSorted(
      (one, other) =>
        other.deletedAt.getTime() - one.deletedAt.getTime() || (one.entry < other.entry ? -1 : 1),
    );
}

async function look(trashFolder: string, entry: string): Promise<TrashedSetup | null> {
  const setupId = setupOfEntry(entry);
  // Gone meanwhile, or something that this app did not put there.
  const state = await stat(join(trashFolder, entry)).catch(() => null);
  if (setupId === null || state === null || !state.isDirectory()) return null;
  const document = await readDocument(join(trashFolder, entry), setupId).catch(() => null);
  return { entry, setupId, deletedAt: new Date(state.ctimeMs), document };
}

/** Renames an earlier removed setup of this id to `<id>.<number>`: its secrets may be the only ones of a PFX. */
export async function makeRoom(trashFolder: string, id: string): Promise<void> {
  const names = new Set(await readdir(trashFolder));
  if (!names.has(id)) return;
  let number = 1;
  while (names.has(`${id}.${number}`)) number += 1;
  await rename(join(trashFolder, id), join(trashFolder, `${id}.${number}`));
}

/** Deletes a setup in the trash with all its files. Errors: setup-not-found and those of writeFileAtomic. */
export async function emptyEntry(trashFolder: string, entry: string): Promise<void> {
  const path = join(trashFolder, entry);
  try {
    // Virus scanners and indexers hold a file on Windows for moments.
    await rm(path, { recursive: true, maxRetries: 3 });
    await syncFolder(trashFolder);
  } catch (error) {
    if (systemCode(error) === "ENOENT") throw new AppError("setup-not-found", {}, error);
    throw writeError(path, error);
  }
}

/** Deletes what has been in the trash for longer than {@link trashDays}. */
export async function emptyTrash(trashFolder: string, now: Date): Promise<void> {
  const names = await readdir(trashFolder).catch(() => []);
  for (const name of names.filter((one) => setupOfEntry(one) !== null)) {
    const path = join(trashFolder, name);
    try {
      const { ctimeMs } = await stat(path);
      if (now.getTime() - ctimeMs > trashDays * 86_400_000) await rm(path, { recursive: true, force: true });
    } catch {
      // It stays until the next start; nobody's work may wait for it.
    }
  }
}
