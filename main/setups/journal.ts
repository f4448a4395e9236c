import { open } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import type { ActivityView } from "../../preload/model/setup.ts";
import { readFileLimited } from "../files/atomic-file.ts";
import { readError, systemCode, writeError } from "../files/file-errors.ts";
import { syncFolder } from "../files/publish.ts";
import { AppError } from "../errors.ts";
import { firstPrevious, journalLine, lineHash, maxLineBytes, readJournal } from "./journal-lines.ts";
import type { JournalEntry } from "./journal-lines.ts";

/** Largest journal that is read, in bytes; some hundred thousand entries. */
const maxJournalBytes = 134_217_728;
const lineEnd = 0x0a;

/** What was done in one setup: lines are only ever added. */
export interface Journal {
  /**
   * Adds an entry; on return it is on the disk. Calls run one after the other. A last line that a crash left
   * unfinished is moved to `<file>.torn`, and an entry of kind "journal-torn" (details: `bytes`) tells so.
   * Errors: disk-full, folder-read-only, file-not-found, write-failed; then nothing was added.
   */
  append(entry: JournalEntry): Promise<void>;
  /** All entries, oldest first, and whether the chain is whole. Errors: file-too-large, read-failed. */
  read(): Promise<ActivityView>;
  /** Resolves when all appends that were asked for are over. */
  settled(): Promise<void>;
}

/** The end of a journal file: where its last whole line ends, that line's hash, and what follows it. */
interface Tail {
  end: number;
  previous: string;
  torn: Buffer;
}

/** Opens the journal `file`; it is created by the first entry. */
export function openJournal(file: string): Journal {
  let queue: Promise<unknown> = Promise.resolve();
  /** The tail as this process left it; read anew when the file's size says that somebody else wrote. */
  let known: Tail | null = null;

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = queue.then(work, work);
    queue = turn.catch(() => undefined);
    return turn;
  }

  async function append(entry: JournalEntry): Promise<void> {
    // Built before anything is touched: an entry that is refused leaves no trace.
    journalLine(entry, firstPrevious);
    let handle: FileHandle | null = null;
    try {
      handle = await open(file, "a+", 0o600);
      const { size } = await handle.stat();
      const tail = known?.end === size ? known : await readTail(handle, size);
      known = null;
      if (size === 0) await syncFolder(dirname(file));
      const mended = tail.torn.length === 0 ? tail : await moveTornAside(handle, file, tail, entry.at);
      known = await add(handle, mended, entry);
    } catch (error) {
      throw writeError(file, error);
    } finally {
      await handle?.close();
    }
  }

  async function read(): Promise<ActivityView> {
    try {
      return readJournal(await readFileLimited(file, maxJournalBytes, { allowEmpty: true }));
    } catch (error) {
      if (error instanceof AppError && error.code === "file-not-found") return readJournal(Buffer.alloc(0));
      throw readError(file, error);
    }
  }

  return {
    append: (entry) => inTurn(() => append(entry)),
    read: () => inTurn(read),
    settled: () => inTurn(async () => undefined),
  };
}

/** Writes one line at the end and waits for the disk. A line that went in only partly is taken back. */
async function add(handle: FileHandle, tail: Tail, entry: JournalEntry): Promise<Tail> {
  const line = Buffer.from(journalLine(entry, tail.previous), "utf8");
  try {
    await handle.appendFile(line);
    await handle.sync();
  } catch (error) {
    await handle.truncate(tail.end).catch(() => undefined);
    throw error;
  }
  return {
    end: tail.end + line.length,
    previous: lineHash(line.subarray(0, -1)),
    torn: Buffer.alloc(0),
  };
}

async function moveTornAside(handle: FileHandle, file: string, tail: Tail, at: string): Promise<Tail> {
  const aside = await open(`${file}.torn`, "a", 0o600);
  try {
    await aside.appendFile(Buffer.concat([tail.torn, Buffer.of(lineEnd)]));
    await aside.sync();
  } finally {
    await aside.close();
  }
  await syncFolder(dirname(file));
  await handle.truncate(tail.end);
  return add(
    handle,
    { ...tail, torn: Buffer.alloc(0) },
    { at, kind: "journal-torn", step: null, details: { bytes: tail.torn.length } },
  );
}

/** Reads backwards until the last whole line is in: a journal is long, its last line short. */
async function readTail(handle: FileHandle, size: number): Promise<Tail> {
  for (let length = Math.min(size, maxLineBytes); ; length = Math.min(size, length * 4)) {
    const start = size - length;
    const content = Buffer.alloc(length);
    for (let filled = 0; filled < length;) {
      const { bytesRead } = await handle.read(content, filled, length - filled, start + filled);
      if (bytesRead === 0) throw new AppError("read-failed", { path: "journal", reason: systemCode(null) });
      filled += bytesRead;
    }
    const lastEnd = content.lastIndexOf(lineEnd);
    const lineStart = lastEnd <= 0 ? -1 : content.lastIndexOf(lineEnd, lastEnd - 1);
    if (lastEnd !== -1 && (lineStart !== -1 || start === 0)) {
      return {
        end: start + lastEnd + 1,
        previous: lineHash(content.subarray(lineStart + 1, lastEnd)),
        torn: Buffer.from(content.subarray(lastEnd + 1)),
      };
    }
    if (start === 0) return { end: 0, previous: firstPrevious, torn: content };
  }
}
