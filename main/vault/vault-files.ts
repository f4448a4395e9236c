import { readdir, stat, unlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { trashEntryForm } from "../../preload/model/setup.ts";
import { AppError } from "../errors.ts";
import { outlastBusy } from "../files/busy.ts";
import { readFileLimited, writeFileAtomic } from "../files/atomic-file.ts";
import { readError, systemCode, writeError } from "../files/file-errors.ts";
import { makeFolder } from "../files/make-folder.ts";
import { syncFolder } from "../files/publish.ts";
import type { SealedPlace } from "./sealed-file.ts";

/** Largest sealed file that is read, in bytes. Keys and token caches have some kilobytes. */
const maxSealedBytes = 4_194_304;
const extension = ".vault";

/** What a setup id and a purpose may look like; nothing in them leads to another folder. */
export const nameForm = /^[A-Za-z0-9][A-Za-z0-9-]{0,99}$/;

/** A sealed file, in the setup's own folder or in the trash. */
export interface SealedFile extends SealedPlace {
  path: string;
  /** Name in the trash; null where the setup is not deleted. */
  trashEntry: string | null;
}

/** Where sealed files lie. */
export interface VaultPlaces {
  /** With `trashEntry` the one that went to the trash with its setup. */
  fileFor(setupId: string, purpose: string, trashEntry?: string | null): string;
  /** Every sealed file of the setups, whatever key it was sealed with. */
  sealedFiles(): Promise<SealedFile[]>;
  /** Those of deleted setups. */
  trashedFiles(): Promise<SealedFile[]>;
}

/** The app's places: `<setupsFolder>/<setup id>/vault/<purpose>.vault`, and the same in the trash. */
export function vaultPlaces(setupsFolder: string, trashFolder: string): VaultPlaces {
  const fileIn = (setupFolder: string, purpose: string) =>
    join(setupFolder, "vault", `${purpose}${extension}`);

  async function filesIn(setupFolder: string, setupId: string, trashEntry: string | null) {
    const files: SealedFile[] = [];
    for (const name of await namesIn(join(setupFolder, "vault"))) {
      const purpose = name.slice(0, -extension.length);
      if (!name.endsWith(extension) || !nameForm.test(purpose)) continue;
      files.push({ setupId, purpose, path: fileIn(setupFolder, purpose), trashEntry });
    }
    return files;
  }

  return {
    fileFor: (setupId, purpose, trashEntry = null) =>
      fileIn(trashEntry === null ? join(setupsFolder, setupId) : join(trashFolder, trashEntry), purpose),
    async sealedFiles() {
      const files: SealedFile[] = [];
      for (const setupId of await namesIn(setupsFolder)) {
        if (nameForm.test(setupId))
          files.push(...(await filesIn(join(setupsFolder, setupId), setupId, null)));
      }
      return files;
    },
    async trashedFiles() {
      const files: SealedFile[] = [];
      for (const entry of await namesIn(trashFolder)) {
        const setupId = trashEntryForm.exec(entry)?.[1];
        if (setupId !== undefined) files.push(...(await filesIn(join(trashFolder, entry), setupId, entry)));
      }
      return files;
    },
  };
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes(systemCode(error))) return [];
    throw readError(folder, error);
  }
}

/** The sealed file's bytes; null when there is none. Errors: file-too-large, read-failed. */
export async function readSealed(path: string): Promise<Buffer | null> {
  try {
    return await readFileLimited(path, maxSealedBytes, { allowEmpty: true });
  } catch (error) {
    if (error instanceof AppError && error.code === "file-not-found") return null;
    throw error;
  }
}

/**
 * Writes a sealed file, making its folder (for the owner alone) when needed, but never the setup's: one that was
 * removed meanwhile must not come back as an empty shell. Errors: as `writeFileAtomic`.
 */
export async function writeSealed(path: string, content: Buffer): Promise<void> {
  await makeFolder(dirname(path));
  await writeFileAtomic(path, content, { replace: true });
}

/** When a sealed file was last written (ISO 8601, UTC); null when it is gone or does not tell. */
export async function writtenAt(path: string): Promise<string | null> {
  try {
    return (await stat(path)).mtime.toISOString();
  } catch {
    return null;
  }
}

/** Deletes a sealed file. Errors: as `writeFileAtomic`. */
export async function deleteSealed(path: string): Promise<void> {
  try {
    await outlastBusy(() => unlink(path), process.platform);
    await syncFolder(dirname(path));
  } catch (error) {
    if (systemCode(error) !== "ENOENT") throw writeError(path, error);
  }
}
