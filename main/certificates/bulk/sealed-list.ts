import {
  configure,
  ERR_INVALID_PASSWORD,
  Uint8ArrayReader,
  Uint8ArrayWriter,
  ZipReader,
  ZipWriter,
} from "@zip.js/zip.js";
import { AppError } from "../../errors.ts";
import { checkPassword } from "../password.ts";

/**
 * The list is a ZIP with AES-256 (WinZip's AE-2), because 7-Zip, WinZip, Keka and every Linux desktop open it
 * without this app. Its key derivation is a weak one (1,000 rounds of PBKDF2), so its password is never a person's
 * choice: the app generates it with more than 128 bits.
 */
const entryName = "passwords.csv";
/** Largest list that is unpacked, in bytes; a thousand rows have a tenth of it. */
const maxListBytes = 4_194_304;

// It already runs in a process of its own.
configure({ useWebWorkers: false });

/** Seals a CSV. `password` is ASCII and stays the caller's to erase. Throws AppError password-*. */
export async function sealList(list: Uint8Array, password: Uint8Array): Promise<Uint8Array> {
  checkPassword(password);
  const writer = new ZipWriter(new Uint8ArrayWriter(), {
    rawPassword: Uint8Array.from(password),
    encryptionStrength: 3,
  });
  await writer.add(entryName, new Uint8ArrayReader(Uint8Array.from(list)));
  return writer.close();
}

/**
 * Opens a sealed list. Throws AppError password-wrong, or batch-unreadable for anything that is no such list or was
 * changed.
 */
export async function openList(archive: Uint8Array, password: Uint8Array): Promise<Uint8Array> {
  try {
    const reader = new ZipReader(new Uint8ArrayReader(Uint8Array.from(archive)), {
      rawPassword: Uint8Array.from(password),
    });
    const entry = (await reader.getEntries()).find((one) => one.filename === entryName);
    if (entry === undefined || entry.directory || !entry.encrypted || entry.uncompressedSize > maxListBytes) {
      throw new AppError("batch-unreadable");
    }
    return await entry.getData(new Uint8ArrayWriter());
  } catch (error) {
    if (error instanceof AppError) throw error;
    const wrong = error instanceof Error && error.message === ERR_INVALID_PASSWORD;
    throw new AppError(wrong ? "password-wrong" : "batch-unreadable", {}, wrong ? undefined : error);
  }
}
