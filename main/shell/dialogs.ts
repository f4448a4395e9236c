import { join } from "node:path";
import { dialog } from "electron";
import type { FileChoice } from "../api/services.ts";
import { filtersFor, folderOf, type LastFolders } from "./file-choices.ts";
import type { Words } from "./words.ts";

export interface DialogOptions {
  words: () => Words;
  lastFolders: LastFolders;
  /** Where a purpose without a remembered folder begins. */
  documents: string;
  downloads: string;
}

export interface Dialogs {
  saveDialog(choice: FileChoice & { defaultName: string }): Promise<string | null>;
  openDialog(choice: FileChoice): Promise<string | null>;
  folderDialog(choice: { purpose: string; titleKey: string }): Promise<string | null>;
}

/** The system's file dialogs. Each gives the chosen path, or null when the user closed it. */
export function createDialogs({ words, lastFolders, documents, downloads }: DialogOptions): Dialogs {
  return {
    async saveDialog({ purpose, titleKey, extensions, defaultName }) {
      const { t } = words();
      const { canceled, filePath } = await dialog.showSaveDialog({
        title: t(titleKey),
        defaultPath: join(lastFolders.get(purpose) ?? documents, defaultName),
        filters: filtersFor(extensions, "save", t),
        // Windows and macOS ask by themselves before a file is replaced; Linux does so when told.
        properties: ["showOverwriteConfirmation", "createDirectory"],
      });
      if (canceled || filePath === "") return null;
      await lastFolders.set(purpose, folderOf(filePath));
      return filePath;
    },
    async openDialog({ purpose, titleKey, extensions }) {
      const { t } = words();
      const { canceled, filePaths } = await dialog.showOpenDialog({
        title: t(titleKey),
        defaultPath: lastFolders.get(purpose) ?? downloads,
        filters: filtersFor(extensions, "open", t),
        properties: ["openFile"],
      });
      const [path] = filePaths;
      if (canceled || path === undefined) return null;
      await lastFolders.set(purpose, folderOf(path));
      return path;
    },
    async folderDialog({ purpose, titleKey }) {
      const { canceled, filePaths } = await dialog.showOpenDialog({
        title: words().t(titleKey),
        defaultPath: lastFolders.get(purpose) ?? documents,
        properties: ["openDirectory", "createDirectory"],
      });
      const [path] = filePaths;
      if (canceled || path === undefined) return null;
      await lastFolders.set(purpose, path);
      return path;
    },
  };
}
