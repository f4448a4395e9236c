import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "../errors.ts";
import { removeLeftoverTempFiles, writeFileAtomic } from "../files/atomic-file.ts";
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
  trash(id: string): Promise<void>;
  restore(id: string): Promise<SetupDocument>;
  folder(id: string): string;
}

const documentFile = "setup.json";
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
  const queues = new Map<string, Promise<unknown>>();
  const folder = (id: string) => join(setupsFolder, id);

  async function load(id: string): Promise<void> {
    const file = join(folder(id), documentFile);
    try {
      for (const place of [folder(id), join(folder(id), "vault")]) await removeLeftoverTempFiles(place);
      const document = parseDocument(await readFile(file, "utf8"));
      if (document.id !== id) throw new AppError("setup-unreadable", { file });
      documents.set(id, document);
      unreadable.delete(id);
    } catch (error) {
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
    await mkdir(folder(document.id), { recursive: true, mode: 0o700 });
    await writeFileAtomic(join(folder(document.id), documentFile), serializeDocument(document), {
      replace: true,
    });
    documents.set(document.id, document);
    return document;
  }

  function inTurn<T>(id: string, work: () => Promise<T>): Promise<T> {
    const turn = (queues.get(id) ?? Promise.resolve()).then(work, work);
    queues.set(
      id,
      turn.catch(() => undefined),
    );
    return turn;
  }

  return {
    documents: () => [...documents.values()],
    unreadable: () => [...unreadable.values()],
    get,
    folder,
    add: (document) => inTurn(document.id, () => save(document)),
    update: (id, change) =>
      inTurn(id, async () => {
        const before = get(id);
        const after = change(before);
        return after === before ? before : save(after);
      }),
    trash: (id) =>
      inTurn(id, async () => {
        if (!documents.has(id) && !unreadable.has(id)) throw new AppError("setup-not-found");
        await mkdir(trashFolder, { recursive: true, mode: 0o700 });
        await rm(join(trashFolder, id), { recursive: true, force: true });
        await rename(folder(id), join(trashFolder, id));
        documents.delete(id);
        unreadable.delete(id);
      }),
    restore: (id) =>
      inTurn(id, async () => {
        try {
          await rename(join(trashFolder, id), folder(id));
        } catch (cause) {
          throw new AppError("setup-not-found", {}, cause);
        }
        await load(id);
        return get(id);
      }),
  };
}

/** Days a removed setup can be brought back. */
export const trashDays = 30;

async function emptyTrash(trashFolder: string, now: Date): Promise<void> {
  const names = await readdir(trashFolder).catch(() => []);
  for (const name of names.filter((one) => setupIdForm.test(one))) {
    const path = join(trashFolder, name);
    const { ctimeMs } = await stat(path);
    if (now.getTime() - ctimeMs > trashDays * 86_400_000) await rm(path, { recursive: true, force: true });
  }
}

/** SHA-256 of a file's content, upper-case hex. */
export function contentHash(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex").toUpperCase();
}
