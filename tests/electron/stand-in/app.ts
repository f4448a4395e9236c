import { EventEmitter } from "node:events";
import { readFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { guard, knownEvent } from "./guard.ts";
import { appEvents } from "./known-names.ts";
import { lockSingleInstance } from "./single-instance.ts";
import type { CommandLine } from "./switches.ts";

interface PackageFile {
  name: string;
  productName?: string;
  version: string;
}

/** Electron's app. */
export class App extends EventEmitter {
  readonly isPackaged = false;
  readonly #folder: string;
  readonly #commandLine: CommandLine;
  readonly #paths = new Map<string, string>();
  readonly #ready: PromiseWithResolvers<void> = Promise.withResolvers();
  readonly #package: PackageFile;
  #name: string;
  #isReady = false;
  #quitting = false;
  /** What must end before the process does. */
  onExit: () => void = () => undefined;
  /** Closes every window; false when one of them refused. */
  closeWindows: () => Promise<boolean> = () => Promise.resolve(true);

  readonly commandLine = guard("app.commandLine", {
    hasSwitch: (name: string) => this.#commandLine.switches.has(name),
    getSwitchValue: (name: string) => this.#commandLine.switches.get(name) ?? "",
    appendSwitch: (name: string, value = "") => void this.#commandLine.switches.set(name, value),
    removeSwitch: (name: string) => void this.#commandLine.switches.delete(name),
    appendArgument: () => undefined,
  });

  constructor(folder: string, commandLine: CommandLine) {
    super();
    this.#folder = folder;
    this.#commandLine = commandLine;
    this.#package = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as PackageFile;
    this.#name = this.#package.productName ?? this.#package.name;
    const userData = commandLine.switches.get("user-data-dir");
    if (userData) this.#paths.set("userData", userData);
  }

  override on(name: string, listener: (...args: never[]) => void): this {
    knownEvent("app", appEvents, name);
    return super.on(name, listener as (...args: unknown[]) => void);
  }
  override once(name: string, listener: (...args: never[]) => void): this {
    knownEvent("app", appEvents, name);
    return super.once(name, listener as (...args: unknown[]) => void);
  }

  get name(): string {
    return this.#name;
  }
  getName(): string {
    return this.#name;
  }
  setName(name: string): void {
    this.#name = name;
  }
  getVersion(): string {
    return this.#package.version;
  }
  getAppPath(): string {
    return this.#folder;
  }
  getPath(name: string): string {
    const path = this.#paths.get(name) ?? this.#defaultPath(name);
    if (path === undefined) throw new Error(`The stand-in for Electron does not know app.getPath("${name}")`);
    return path;
  }
  setPath(name: string, path: string): void {
    this.#paths.set(name, path);
  }
  getLocale(): string {
    return this.getPreferredSystemLanguages()[0] ?? "en-US";
  }
  getSystemLocale(): string {
    return this.getLocale();
  }
  getLocaleCountryCode(): string {
    return this.getLocale().split("-")[1] ?? "";
  }
  getPreferredSystemLanguages(): string[] {
    return systemLanguages(process.env);
  }

  whenReady(): Promise<void> {
    return this.#ready.promise;
  }
  isReady(): boolean {
    return this.#isReady;
  }
  /** The browser runs: tells the app. */
  setReady(): void {
    this.#isReady = true;
    this.emit("will-finish-launching", {});
    this.emit("ready", {}, {});
    this.#ready.resolve();
  }
  /** There will be no browser. */
  get isQuitting(): boolean {
    return this.#quitting;
  }

  requestSingleInstanceLock(): boolean {
    const folder = join(this.getPath("userData"), "stand-in");
    return lockSingleInstance(folder, ({ args, directory }) =>
      this.emit("second-instance", {}, args, directory, null),
    );
  }
  hasSingleInstanceLock(): boolean {
    return true;
  }
  releaseSingleInstanceLock(): void {}

  quit(): void {
    if (this.#quitting) return;
    const event = preventable();
    this.emit("before-quit", event);
    if (event.defaultPrevented) return;
    this.#quitting = true;
    this.closeWindows().then(
      (closed) => {
        this.#quitting = closed;
        if (closed) this.windowsClosed();
      },
      () => this.exit(1),
    );
  }
  /** No window is left while quitting. */
  windowsClosed(): void {
    const event = preventable();
    this.emit("will-quit", event);
    if (event.defaultPrevented) this.#quitting = false;
    else this.exit(0);
  }
  exit(code = 0): void {
    this.emit("quit", {}, code);
    this.onExit();
    process.exit(code);
  }
  relaunch(): void {
    throw new Error("The stand-in for Electron does not know app.relaunch");
  }
  focus(): void {}
  show(): void {}
  hide(): void {}

  // These change nothing that a page in Chromium could show.
  enableSandbox(): void {}
  disableHardwareAcceleration(): void {}
  setAppUserModelId(): void {}
  setAboutPanelOptions(): void {}
  showAboutPanel(): void {}
  setAccessibilitySupportEnabled(): void {}
  addRecentDocument(): void {}
  clearRecentDocuments(): void {}

  #defaultPath(name: string): string | undefined {
    const home = homedir();
    const inHome: Record<string, string> = {
      home: ".",
      desktop: "Desktop",
      documents: "Documents",
      downloads: "Downloads",
      music: "Music",
      pictures: "Pictures",
      videos: "Videos",
    };
    const folder = inHome[name];
    if (folder !== undefined) return join(home, folder);
    if (name === "appData") return appDataFolder(home);
    if (name === "userData" || name === "sessionData") return join(appDataFolder(home), this.#name);
    if (name === "logs" || name === "crashDumps") return join(this.getPath("userData"), name);
    if (name === "temp") return tmpdir();
    return name === "exe" || name === "module" ? process.execPath : undefined;
  }
}

function preventable() {
  return {
    defaultPrevented: false,
    preventDefault() {
      this.defaultPrevented = true;
    },
  };
}

function appDataFolder(home: string): string {
  if (process.platform === "win32") return process.env["APPDATA"] ?? join(home, "AppData", "Roaming");
  if (process.platform === "darwin") return join(home, "Library", "Application Support");
  return process.env["XDG_CONFIG_HOME"] ?? join(home, ".config");
}

/** The user's languages as BCP 47 tags, first choice first (glibc's order of variables). */
export function systemLanguages(environment: NodeJS.ProcessEnv): string[] {
  const listed = [
    ...(environment["LANGUAGE"] ?? "").split(":"),
    environment["LC_ALL"] ?? environment["LC_MESSAGES"] ?? environment["LANG"] ?? "",
  ];
  const tags = listed
    .map((entry) => entry.replace(/[.@].*$/, "").replaceAll("_", "-"))
    .filter((tag) => /^[a-z]{2,3}(-|$)/i.test(tag));
  return tags.length > 0 ? [...new Set(tags)] : [Intl.DateTimeFormat().resolvedOptions().locale];
}
