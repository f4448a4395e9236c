import { createHash } from "node:crypto";
import { mkdir, readdir, rename, rm, rmdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "../errors.ts";
import { readFileLimited, removeLeftoverTempFiles, writeFileAtomic } from "../files/atomic-file.ts";
import { systemCode, writeError } from "../files/file-errors.ts";
import { makeFolder } from "../files/make-folder.ts";
import { createTurns } from "../turns.ts";
import type { SetupDocument } from "./document.ts";
import { parseDocument, serializeDocument } from "./document.ts";

/** A setup whose document cannot be read. Its folder stays untouched. */
export interface UnreadableSetup {
  id: string;
  code: "setup-unreadable" | "setup-too-new";
  file: string;
}

export interface SetupStore {
  /** All readable documents; those in memory are what the disk holds. */
  documents(): SetupDocument[];
  unreadable(): UnreadableSetup[];
  get(id: string): SetupDocument;
  add(document: SetupDocument): Promise<SetupDocument>;
  /** Changes one document. Calls for the same setup run one after the other; memory changes only after the disk. */
  update(id: string, change: (document: SetupDocument) => SetupDocument): Promise<SetupDocument>;
  /**
   * Moves a setup with all its files to the trash. An earlier one of the same id stays there under another name.
   * Errors: setup-not-found and those of writeFileAtomic.
   */
  trash(id: string): Promise<void>;
  /** Brings back the setup of this id that was removed last. */
  restore(id: string): Promise<SetupDocument>;
  folder(id: string): string;
  /** Resolves when every change that was asked for is on the disk. */
  settled(): Promise<void>;
}

const documentFile = "setup.json";
/** Largest document that is read, in bytes; real ones have some kilobytes. */
const maxDocumentBytes = 67_108_864;
const setupIdForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Documents are read this many at a time: enough to keep the disk busy, few enough for the file handle limit. */
const readers = 64;

/** Opens `root/setups`, reads every document and keeps those in memory. Trash older than 30 days is emptied. */
export async function openSetupStore(root: string, now: Date): Promise<SetupStore> {
  const setupsFolder = join(root, "setups");
  const trashFolder = join(root, "trash");
  await mkdir(setupsFolder, { recursive: true, mode: 0o700 });
  await emptyTrash(trashFolder, now);
  const documents = new Map<string, SetupDocument>();
  const unreadable = new Map<string, UnreadableSetup>();
  const turns = createTurns();
  const folder = (id: string) => join(setupsFolder, id);

  async function load(id: string): Promise<void> {
    const file = join(folder(id), documentFile);
    try {
      for (const place of [folder(id), join(folder(id), "vault")]) await removeLeftoverTempFiles(place);
      const document = parseDocument((await readFileLimited(file, maxDocumentBytes)).toString("utf8"));
      if (document.id !== id) throw new AppError("setup-unreadable", { file });
      documents.set(id, document);
      unreadable.delete(id);
    } catch (error) {
      // Nothing in it: creating the setup was interrupted before anything was saved.
      if (await removeEmpty(folder(id))) return;
      const code =
        error instanceof AppError && error.code === "setup-too-new" ? error.code : "setup-unreadable";
      unreadable.set(id, { id, code, file });
    }
  }

  const ids = (await readdir(setupsFolder)).filter((name) => setupIdForm.test(name));
  for (let index = 0; index < ids.length; index += readers) {
    await Promise.all(ids.slice(index, index + readers).map(load));
  }

  function get(id: string): SetupDocument {
    const document = documents.get(id);
    if (document !== undefined) return document;
    const broken = unreadable.get(id);
    if (broken !== undefined) throw new AppError(broken.code, { file: broken.file });
    throw new AppError("setup-not-found");
  }

  async function save(document: SetupDocument): Promise<SetupDocument> {
    await makeFolder(folder(document.id));
    await writeFileAtomic(join(folder(document.id), documentFile), serializeDocument(document), {
      replace: true,
    });
    documents.set(document.id, document);
    return document;
  }

  return {
    documents: () => [...documents.values()],
    unreadable: () => [...unreadable.values()],
    get,
    folder,
    settled: () => turns.settled(),
    add: (document) =>
      turns.inTurn(document.id, () =>
        save(document).catch(async (error: unknown) => {
          await removeEmpty(folder(document.id));
          throw error;
        }),
      ),
    update: (id, change) =>
      turns.inTurn(id, async () => {
        const before = get(id);
        const after = change(before);
        return after === before ? before : save(after);
      }),
    trash: (id) =>
      turns.inTurn(id, async () => {
        if (!documents.has(id) && !unreadable.has(id)) throw new AppError("setup-not-found");
        try {
          await makeFolder(trashFolder);
          await makeRoom(trashFolder, id);
          await rename(folder(id), join(trashFolder, id));
        } catch (error) {
          throw writeError(folder(id), error);
        }
        documents.delete(id);
        unreadable.delete(id);
      }),
    restore: (id) =>
      turns.inTurn(id, async () => {
        try {
          await rename(join(trashFolder, id), folder(id));
        } catch (error) {
          if (systemCode(error) === "ENOENT") throw new AppError("setup-not-found", {}, error);
          throw writeError(folder(id), error);
        }
        await load(id);
        return get(id);
      }),
  };
}

/** Removes a folder if it is empty, and tells whether it was. */
function removeEmpty(folder: string): Promise<boolean> {
  return rmdir(folder).then(
    () => true,
    () => false,
  );
}

/** Days a removed setup can be brought back. */
const trashDays = 30;
/** The id of a removed setup; with a number, one that another of the same id has followed since. */
const trashedForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(\.\d+)?$/;

/** Renames an earlier removed setup of this id to `<id>.<number>`: its secrets may be the only ones of a PFX. */
async function makeRoom(trashFolder: string, id: string): Promise<void> {
  const names = new Set(await readdir(trashFolder));
  if (!names.has(id)) return;
  let number = 1;
  while (names.has(`${id}.${number}`)) number += 1;
  await rename(join(trashFolder, id), join(trashFolder, `${id}.${number}`));
}

async function emptyTrash(trashFolder: string, now: Date): Promise<void> {
  const names = await readdir(trashFolder).catch(() => []);
  for (const name of names.filter((one) => trashedForm.test(one))) {
    const path = join(trashFolder, name);
    try {
      const { ctimeMs } = await stat(path);
      if (now.getTime() - ctimeMs > trashDays * 86_400_000) await rm(path, { recursive: true, force: true });
    } catch {
      // It stays until the next start; nobody's work may wait for it.
    }
  }
}

/** SHA-256 of a file's content, upper-case hex. */
export function contentHash(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex").toUpperCase();
}
