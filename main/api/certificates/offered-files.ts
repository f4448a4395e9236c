import { randomUUID } from "node:crypto";
import type { Inspection } from "../../../preload/model/certificates.ts";
import { erase } from "../../certificates/secrets.ts";
import { AppError } from "../../errors.ts";

/** A file the user chose or dropped, while the app asks about it. */
export interface OfferedFile {
  id: string;
  name: string;
  bytes: Uint8Array;
  /** Null for a dropped file: the page never tells main a path. */
  path: string | null;
  inspection: Inspection;
}

/** Files kept at once; older ones are erased. Each may hold an encrypted private key. */
const kept = 8;

export interface OfferedFiles {
  add(file: Omit<OfferedFile, "id">): OfferedFile;
  /** @throws AppError "file-not-found" when it was offered too long ago. */
  get(id: string): OfferedFile;
  update(id: string, inspection: Inspection): void;
  /** Erases a file that is no longer asked about. */
  remove(id: string): void;
}

export function createOfferedFiles(): OfferedFiles {
  const files = new Map<string, OfferedFile>();
  const get = (id: string): OfferedFile => {
    const file = files.get(id);
    if (file === undefined) throw new AppError("file-not-found");
    return file;
  };
  const remove = (id: string) => {
    erase(files.get(id)?.bytes);
    files.delete(id);
  };
  return {
    get,
    remove,
    add: (file) => {
      for (const id of files.keys()) {
        if (files.size < kept) break;
        remove(id);
      }
      const offered = { ...file, id: randomUUID() };
      files.set(offered.id, offered);
      return offered;
    },
    update: (id, inspection) => {
      files.set(id, { ...get(id), inspection });
    },
  };
}
