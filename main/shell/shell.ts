import { basename } from "node:path";
import { app, shell as system } from "electron";
import type { Command } from "../../preload/contract.ts";
import type { AppInfo, Settings, SettingsLoss, VaultView } from "../../preload/model/app.ts";
import type { Emit } from "../api/events.ts";
import type { Shell } from "../api/services.ts";
import { AppError } from "../errors.ts";
import { linkUrl } from "../guide/links.ts";
import { platformFacts } from "./app-info.ts";
import type { Dialogs } from "./dialogs.ts";
import { openExternal, openLoopback } from "./external.ts";
import type { Log } from "./log.ts";
import { showMenu } from "./menu.ts";
import { platformInfo } from "./platform.ts";
import type { SecretClipboard } from "./secret-clipboard.ts";
import type { SettingsStore } from "./settings.ts";
import { changedTextSize } from "./text-size.ts";
import { applyTheme } from "./window.ts";
import type { Words } from "./words.ts";
import { createWords } from "./words.ts";

export interface ShellOptions {
  settings: SettingsStore;
  log: Log;
  clipboard: SecretClipboard;
  dialogs: Dialogs;
  emit: Emit;
  userDataDir: string;
  vault: () => VaultView;
  missingCrypto: () => string[];
  openAtStart: () => string | null;
  /** Applies the text size to the windows that are open. */
  applyTextSize: () => void;
  /** Gives a command of the menu to the window that it is for. */
  command: (name: Command) => void;
  focusWindow: () => void;
}

/** The shell as the handlers see it, and what the boot list needs besides. */
export interface AppShell extends Shell {
  /** Applies theme, language and text size to window and menu. Call it once when the app is ready. */
  applyLook(): void;
  /** Opens a page of the app's own loopback server. */
  openLoopback(url: string): Promise<void>;
}

/** The words of the current language, or of the one asked for. */
export type WordsOf = (language?: "en" | "de") => Words;

/** Keeps the words of the current language at hand. */
export function currentWords(settings: SettingsStore): WordsOf {
  let words: Words | null = null;
  return (asked) => {
    const facts = platformFacts();
    const { language, locale } = platformInfo(facts, settings.get());
    if (asked !== undefined && asked !== language) return createWords(asked, facts.systemLocale);
    if (words?.language !== language || words.locale !== locale) {
      words = createWords(language, facts.systemLocale);
    }
    return words;
  };
}

/** Puts the pieces of the shell together. */
export function createShell(options: ShellOptions & { words: WordsOf }): AppShell {
  const { settings, log, words, emit } = options;

  async function saveSettings(change: Partial<Settings>): Promise<Settings> {
    const saved = await settings.save(change);
    applyLook();
    return saved;
  }

  function changeLook(change: Partial<Settings>): void {
    saveSettings(change)
      .then(() => emit("changed", { setupId: null }))
      .catch((error: unknown) => log.error("settings not saved", error));
  }

  function applyLook(): void {
    const { theme } = settings.get();
    applyTheme(theme);
    options.applyTextSize();
    showMenu(
      {
        platform: platformInfo(platformFacts(), settings.get()).platform,
        development: !app.isPackaged,
        theme,
        t: words().t,
      },
      {
        command: options.command,
        zoom: (change) => changeLook({ textSize: changedTextSize(settings.get().textSize, change) }),
        setTheme: (choice) => changeLook({ theme: choice }),
        openDocumentation: () => attempt("documentation not opened", openDocumentation),
        showUserData: () => attempt("data folder not shown", () => openFolder(options.userDataDir)),
      },
    );
  }

  function attempt(message: string, work: () => Promise<void>): void {
    work().catch((error: unknown) => log.error(message, error));
  }

  return {
    ...options.dialogs,
    copyText: (text) => options.clipboard.copyText(text),
    copySecret: (text, seconds) => options.clipboard.copySecret(text, seconds),
    openExternal: openInBrowser,
    openLoopback: (url) => openLoopback(url, (checked) => system.openExternal(checked)),
    showInFolder: (path) => system.showItemInFolder(path),
    openFolder,
    focusWindow: options.focusWindow,
    emit,
    appInfo: (): AppInfo => ({
      ...platformInfo(platformFacts(), settings.get()),
      version: app.getVersion(),
      settings: settings.get(),
      settingsLoss: lossOf(settings),
      vault: options.vault(),
      userDataDir: options.userDataDir,
      missingCrypto: options.missingCrypto(),
      openAtStart: options.openAtStart(),
    }),
    settings: () => settings.get(),
    saveSettings,
    words: (language) =>
      language === undefined || language === words().language
        ? words()
        : createWords(language, platformFacts().systemLocale),
    recentLog: async () => log.recent(),
    applyLook,
  };
}

function lossOf({ isLossy, keptAside }: SettingsStore): SettingsLoss | null {
  return isLossy ? { keptAs: keptAside === null ? null : basename(keptAside) } : null;
}

async function openInBrowser(url: string): Promise<void> {
  await openExternal(url, (checked) => system.openExternal(checked));
}

async function openDocumentation(): Promise<void> {
  const link = linkUrl("documentation", {
    cloud: "global",
    applicationId: "",
    tenantId: "",
    portalUrl: "",
  });
  if ("url" in link) await openInBrowser(link.url);
}

/** Errors: file-not-found with the `path` that the system could not open. */
async function openFolder(path: string): Promise<void> {
  const problem = await system.openPath(path);
  if (problem !== "") throw new AppError("file-not-found", { path }, new Error(problem));
}
