import type { Events } from "../../preload/contract.ts";
import type { AppInfo, Settings } from "../../preload/model/app.ts";
import type { Clock } from "../ports.ts";
import type { Printer } from "../rollout/printer.ts";
import type { ReportWords } from "../rollout/report/words.ts";
import type { Setups } from "../setups/setups.ts";

export interface FileChoice {
  /** Remembers the last folder per purpose. */
  purpose: string;
  titleKey: string;
  /** Extensions without the dot, best first. */
  extensions: string[];
}

/** What the shell lends to the handlers, so that they run without Electron. */
export interface Shell {
  saveDialog(choice: FileChoice & { defaultName: string }): Promise<string | null>;
  openDialog(choice: FileChoice): Promise<string | null>;
  folderDialog(choice: { purpose: string; titleKey: string }): Promise<string | null>;
  copyText(text: string): Promise<void>;
  /** Copies a secret and clears it from the clipboard after that many seconds. */
  copySecret(text: string, seconds: number): Promise<void>;
  openExternal(url: string): Promise<void>;
  showInFolder(path: string): void;
  openFolder(path: string): Promise<void>;
  emit<E extends keyof Events>(event: E, payload: Events[E]): void;
  appInfo(): AppInfo;
  settings(): Settings;
  saveSettings(change: Partial<Settings>): Promise<Settings>;
  /** Texts in a language, or in the app's own. */
  words(language?: ReportWords["language"]): ReportWords;
  /** The last lines of the log, redacted. */
  recentLog(): Promise<string>;
}

export interface Services {
  setups: Setups;
  shell: Shell;
  printer: Printer;
  clock: Clock;
  version: string;
}
