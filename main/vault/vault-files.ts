import { readdir, stat, unlink } from "node:fs/promises";
import { dirname, join } from "node:path";
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

/** Where sealed files lie. */
export interface VaultPlaces {
  fileFor(setupId: string, purpose: string): string;
  /** Every sealed file there is, whatever key it was sealed with. */
  sealedFiles(): Promise<SealedPlace[]>;
}

/** The app's places: `<setupsFolder>/<setup id>/vault/<purpose>.vault`. */
export function vaultPlaces(setupsFolder: string): VaultPlaces {
  const folder = (setupId: string) => join(setupsFolder, setupId, "vault");
  return {
    fileFor: (setupId, purpose) => join(folder(setupId), `${purpose}${extension}`),
    async sealedFiles() {
      const places: SealedPlace[] = [];
      for (const setupId of await namesIn(setupsFolder)) {
        if (!nameForm.test(setupId)) continue;
        for (const name of await namesIn(folder(setupId))) {
          const purpose = name.slice(0, -extension.length);
          if (name.endsWith(extension) && nameForm.test(purpose)) places.push({ setupId, purpose });
        }
      }
      return places;
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
