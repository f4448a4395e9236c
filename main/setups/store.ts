import { createHash } from "node:crypto";
import { access, mkdir, readdir, rename, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "../errors.ts";
import { removeLeftoverTempFiles, writeFileAtomic } from "../files/atomic-file.ts";
import { systemCode, writeError } from "../files/file-errors.ts";
import { makeFolder } from "../files/make-folder.ts";
import { createTurns } from "../turns.ts";
import type { SetupDocument } from "./document.ts";
import { serializeDocument } from "./document.ts";
import { documentFile, forEachFolder, readDocument } from "./document-file.ts";
import type { TrashedSetup } from "./trash.ts";
import { emptyEntry, emptyTrash, listTrash, makeRoom, setupOfEntry } from "./trash.ts";

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
  /** What lies in the trash, removed last first. Errors: read-failed. */
  deleted(): Promise<TrashedSetup[]>;
  /**
   * Brings a setup back from the trash, without `entry` the one removed last. Errors: setup-not-found, setup-exists
   * (it is there again; the one in the trash stays), those of `get` (it is back, but unreadable) and writeFileAtomic.
   */
  restore(id: string, entry?: string): Promise<SetupDocument>;
  /** Deletes what lies in the trash under this name. Errors: setup-not-found and those of writeFileAtomic. */
  deleteForGood(entry: string): Promise<void>;
  folder(id: string): string;
  /** Resolves when every change that was asked for is on the disk. */
  settled(): Promise<void>;
}

const setupIdForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

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
      documents.set(id, await readDocument(folder(id), id));
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
  await forEachFolder(ids, load);

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
    deleted: () => listTrash(trashFolder),
    restore: (id, entry = id) =>
      turns.inTurn(id, async () => {
        if (setupOfEntry(entry) !== id) throw new AppError("setup-not-found");
        // Renaming over a folder means something else on every system; an empty one is no setup.
        if (!(await removeEmpty(folder(id))) && (await exists(folder(id))))
          throw new AppError("setup-exists");
        try {
          await rename(join(trashFolder, entry), folder(id));
        } catch (error) {
          if (systemCode(error) === "ENOENT") throw new AppError("setup-not-found", {}, error);
          throw writeError(folder(id), error);
        }
        await load(id);
        return get(id);
      }),
    deleteForGood: (entry) => {
      const id = setupOfEntry(entry);
      if (id === null) throw new AppError("setup-not-found");
      return turns.inTurn(id, () => emptyEntry(trashFolder, entry));
    },
  };
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** Removes a folder if it is empty, and tells whether it was. */
function removeEmpty(folder: string): Promise<boolean> {
  return rmdir(folder).then(
    () => true,
    () => false,
  );
}

/** SHA-256 of a file's content, upper-case hex. */
export function contentHash(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex").toUpperCase();
}
