import type { FileFilter } from "electron";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import { writeFileAtomic } from "../files/atomic-file.ts";

/** Remembers, for each purpose, the folder the user chose last; the system's dialogs do not. */
export interface LastFolders {
  /** The folder for a purpose, or null when there is none any more. */
  get(purpose: string): string | null;
  /** Never fails: what the user chose goes on, even when it cannot be remembered. */
  set(purpose: string, folder: string): Promise<void>;
}

const foldersForm = z.record(z.string().max(100), z.string().max(4_000));

/** Opens the list in `path`. A list that cannot be read is forgotten: it is only comfort. */
export async function openLastFolders(path: string): Promise<LastFolders> {
  const folders = new Map(Object.entries(await readFolders(path)));
  return {
    get: (purpose) => {
      const folder = folders.get(purpose);
      return folder !== undefined && existsSync(folder) ? folder : null;
    },
    set: async (purpose, folder) => {
      if (folders.get(purpose) === folder) return;
      folders.set(purpose, folder);
      const text = `${JSON.stringify(Object.fromEntries(folders))}\n`;
      await writeFileAtomic(path, text, { replace: true }).catch(() => undefined);
    },
  };
}

async function readFolders(path: string): Promise<Record<string, string>> {
  try {
    return foldersForm.parse(JSON.parse(await readFile(path, "utf8")));
  } catch {
    return {};
  }
}

/** The folder to remember for a file that was chosen. */
export function folderOf(file: string): string {
  return dirname(file);
}

/** Filters of a dialog. When opening, one can always look at every file; when saving, the ending is ours. */
export function filtersFor(
  extensions: readonly string[],
  action: "open" | "save",
  t: (key: string) => string,
): FileFilter[] {
  const [first] = extensions;
  if (first === undefined) return [];
  const name = extensions.length > 1 ? "certificate" : first;
  const own: FileFilter = { name: t(`dialogs.types.${name}`), extensions: [...extensions] };
  return action === "save" ? [own] : [own, { name: t("dialogs.types.all"), extensions: ["*"] }];
}
