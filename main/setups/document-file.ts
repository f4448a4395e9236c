import { join } from "node:path";
import { AppError } from "../errors.ts";
import { readFileLimited } from "../files/atomic-file.ts";
import type { SetupDocument } from "./document.ts";
import { parseDocument } from "./document.ts";

export const documentFile = "setup.json";
/** Largest document that is read, in bytes; real ones have some kilobytes. */
const maxDocumentBytes = 67_108_864;
/** Documents are read this many at a time: enough to keep the disk busy, few enough for the file handle limit. */
const readers = 64;

/** Reads the document in a setup's folder. Errors: setup-unreadable, setup-too-new and those of readFileLimited. */
export async function readDocument(folder: string, id: string): Promise<SetupDocument> {
  const file = join(folder, documentFile);
  const document = parseDocument((await readFileLimited(file, maxDocumentBytes)).toString("utf8"));
  if (document.id !== id) throw new AppError("setup-unreadable", { file });
  return document;
}

/** Does the same for many folders, some at a time; the answers are in the order of the names. */
export async function forEachFolder<T>(
  names: readonly string[],
  work: (name: string) => Promise<T>,
): Promise<T[]> {
  const answers: T[] = [];
  for (let index = 0; index < names.length; index += readers) {
    answers.push(...(await Promise.all(names.slice(index, index + readers).map(work))));
  }
  return answers;
}
