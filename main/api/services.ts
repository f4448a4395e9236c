import type { Events } from "../../preload/contract.ts";
import type { AppInfo, Settings } from "../../preload/model/app.ts";
import type { ProxySettings } from "../../preload/model/proxy.ts";
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
  /** Brings the main window to the front. */
  focusWindow(): void;
  emit<E extends keyof Events>(event: E, payload: Events[E]): void;
  appInfo(): AppInfo;
  settings(): Settings;
  saveSettings(change: Partial<Settings>): Promise<Settings>;
  /** Texts in a language, or in the app's own. */
  words(language?: ReportWords["language"]): ReportWords;
  /** The last lines of the log, redacted. */
  recentLog(): Promise<string>;
}

/** The transfer strip: a second, small window of which there is at most one. */
export interface Strip {
  /** Opens it for a setup, or shows that setup in the open one. */
  open(setupId: string): Promise<void>;
  close(): void;
  /** The setup it shows; null when it is not open. */
  setupId(): string | null;
  /** Begins the system's own drag of this file out of the strip. */
  drag(path: string): void;
}

/** The way to the network that the settings name. */
export interface AppProxy {
  /** Everything sent from now on goes this way; what is under way by another one is broken off. */
  use(settings: ProxySettings): Promise<void>;
}

export interface Services {
  setups: Setups;
  shell: Shell;
  strip: Strip;
  printer: Printer;
  proxy: AppProxy;
  clock: Clock;
  version: string;
}
