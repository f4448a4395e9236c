import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { join } from "node:path";
import { chromium, expect } from "playwright/test";
import type { Browser, Page } from "playwright/test";
import { electronSwitches, findElectron } from "../electron/electron-program.ts";
import { hasDisplay } from "../electron/display.ts";
import { inMountsOf, withPrivateMounts } from "../support/private-mount.ts";
import { root } from "../support/project.ts";
import { appPage, isAppPage } from "./app-page.ts";
import { lendBrowser, quickScripts } from "./browsers.ts";
import type { LentBrowser } from "./browsers.ts";
import type { Hooks } from "./hooks.ts";
import { MainProcess } from "./main-process.ts";
import { watchPage } from "./watch-page.ts";

/** Long, because a busy machine is no reason to fail. */
const startMilliseconds = 60_000;

export interface AppOptions {
  /** Language of the system as the app sees it, for example "de" or "en". */
  language: string;
  /** "memory": secrets live in the process; "none": no keychain; "real": the system's own. */
  keychain: "memory" | "none" | "real";
  /** More environment variables. */
  environment: Record<string, string>;
  /** The built app, or another folder with a package.json. */
  folder: string;
  /** More switches of the command line, for example "--practice". */
  switches: string[];
  /** For how many seconds new objects of practice tenants stay unseen: long enough to be waited for once. */
  practiceLag: number;
  /** On the stand-in, starts the app's own browser, as it is for its users, and not windows in the worker's. */
  ownBrowser: boolean;
  /** Gives the app mounts of its own, for disks that are full or read-only; Linux only. */
  privateMounts: boolean;
}

const defaults: AppOptions = {
  language: "en",
  keychain: "memory",
  environment: {},
  folder: root,
  switches: [],
  practiceLag: 0.4,
  ownBrowser: false,
  privateMounts: false,
};

/** The running app: started, watched, driven and ended by a test. */
export class App {
  /** Everything that a test must not cause: requests, errors, dialogs no one expected. */
  readonly problems: string[] = [];
  readonly userDataDir: string;
  readonly #options: AppOptions;
  #child: ChildProcess | undefined;
  #browser: Browser | undefined;
  #lent: LentBrowser | undefined;
  #main: MainProcess | undefined;
  #page: Page | undefined;
  #output = "";

  constructor(userDataDir: string, options: Partial<AppOptions> = {}) {
    this.userDataDir = userDataDir;
    this.#options = { ...defaults, ...options };
  }

  /** The app's window; another one after a restart. */
  get page(): Page {
    if (!this.#page) throw new Error("The app does not run");
    return this.#page;
  }
  get isRunning(): boolean {
    return this.#page !== undefined;
  }
  /** What the app has written to its console since it was started. */
  get output(): string {
    return this.#output;
  }
  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  /** Starts the app and gives its window once that has loaded. */
  async start(): Promise<Page> {
    const devTools = await this.#launch();
    this.#browser = await chromium.connectOverCDP(devTools, { noDefaults: true });
    const [context] = this.#browser.contexts();
    if (!context) throw new Error("The app has no browser context");
    for (const known of context.pages()) watchPage(known, this.problems);
    context.on("page", (opened) => watchPage(opened, this.problems));
    await this.#hasWindow();
    const page = await appPage(context, this.#options.environment["EXCHANGE_ROLLOUT_DEV_URL"]);
    page.setDefaultTimeout(20_000);
    this.#page = page;
    await page.waitForLoadState("load");
    return page;
  }

  /**
   * Starts the app with nobody at its window, whose page has the preload's methods but not its own scripts: for tests
   * of main alone that start it often. {@link inWindow} reaches the page.
   */
  async startAlone(): Promise<void> {
    await this.#launch({ EXCHANGE_ROLLOUT_TEST_SCRIPTS: "none" });
    await this.#hasWindow();
  }

  /** Runs a function in the page of the app's window, from the main process; both cross as JSON. */
  async inWindow<Result, Argument>(
    run: (argument: Argument) => Result | Promise<Result>,
    argument: Argument,
  ): Promise<Result> {
    return this.evaluate(
      async ({ BrowserWindow }, code) =>
        (await BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(code)) as Result,
      `(${run.toString()})(${JSON.stringify(argument)})`,
    );
  }

  /** Starts the process; gives the address of the DevTools of its windows. */
  async #launch(environment: Record<string, string> = {}): Promise<string> {
    this.#output = "";
    if (!this.#options.ownBrowser && findElectron() === undefined)
      this.#lent = await lendBrowser(this.#options.language);
    const child = this.spawn(
      ["--inspect=0"],
      ["-r", join(root, "tests", "e2e", "main-hooks.cjs")],
      ["--remote-debugging-port=0"],
      environment,
    );
    this.#child = child;
    this.#listen(child);
    const [inspector, devTools] = await Promise.all([
      this.#announced(child, /Debugger listening on (ws:\S+)/),
      this.#announced(child, /DevTools listening on (ws:\S+)/),
    ]);
    this.#main = await MainProcess.connect(inspector);
    return devTools;
  }

  /** Starts one more process of the app on the same data; gives its exit code. */
  async startSecondInstance(args: string[] = []): Promise<number | null> {
    const child = this.spawn([], [], args);
    return new Promise((resolve) => child.on("exit", resolve));
  }

  /** Runs a function in the main process; see {@link MainProcess.evaluate}. */
  evaluate: MainProcess["evaluate"] = (run, argument) => {
    if (!this.#main) throw new Error("The app does not run");
    return this.#main.evaluate(run, argument);
  };

  /** The next "Save" dialog gives this path; null cancels it. */
  async nextSaveDialog(path: string | null): Promise<void> {
    await this.#queue("showSaveDialog", { canceled: path === null, filePath: path ?? "" });
  }
  /** The next "Open" dialog gives this path; null cancels it. */
  async nextOpenDialog(path: string | null): Promise<void> {
    await this.#queue("showOpenDialog", { canceled: path === null, filePaths: path === null ? [] : [path] });
  }
  /** The next message box is answered with this button, counted from 0. */
  async nextMessageBox(button: number): Promise<void> {
    await this.#queue("showMessageBox", { response: button, checkboxChecked: false });
  }
  /** Dialogs the app has shown, with their options. */
  dialogs(): Promise<Hooks["asked"]> {
    return this.evaluate(
      () => (globalThis as unknown as { exchangeRolloutTest: Hooks }).exchangeRolloutTest.asked,
    );
  }
  /** Addresses that went to the system's browser. */
  openedExternally(): Promise<string[]> {
    return this.evaluate(
      () => (globalThis as unknown as { exchangeRolloutTest: Hooks }).exchangeRolloutTest.opened,
    );
  }
  /** Files and folders that the app has shown in the file manager. */
  shownInFolder(): Promise<string[]> {
    return this.evaluate(
      () => (globalThis as unknown as { exchangeRolloutTest: Hooks }).exchangeRolloutTest.shown,
    );
  }
  /** Files that the app has begun to drag out of a window. */
  dragged(): Promise<string[]> {
    return this.evaluate(
      () => (globalThis as unknown as { exchangeRolloutTest: Hooks }).exchangeRolloutTest.dragged,
    );
  }
  /** The transfer strip's window, once it shows its page. */
  async strip(): Promise<Page> {
    const isStrip = (page: Page) => isAppPage(page.url()) && page.url().includes("transfer.html");
    await expect.poll(() => this.page.context().pages().filter(isStrip).length).toBe(1);
    const strip = this.page.context().pages().find(isStrip);
    if (!strip) throw new Error("The strip has closed");
    strip.setDefaultTimeout(20_000);
    await strip.getByRole("list").first().waitFor();
    return strip;
  }
  clipboardText(): Promise<string> {
    return this.evaluate(({ clipboard }) => clipboard.readText());
  }

  /** Quits as the user would, and starts again on the same data. */
  async restart(): Promise<Page> {
    await this.quit();
    return this.start();
  }
  /** Quits as the user would; gives the exit code. */
  async quit(): Promise<number | null> {
    const child = this.#child;
    if (!child) return null;
    await this.#collectProblems();
    const ended = exitOf(child);
    // It may end before its answer has left.
    const asked = this.evaluate(({ app }) => {
      setImmediate(() => app.quit());
    }).catch(() => undefined);
    const code = await ended;
    await asked;
    await this.#forget();
    return code;
  }
  /** Resolves with the exit code once the app has ended by itself. */
  ended(): Promise<number | null> {
    return this.#child ? exitOf(this.#child) : Promise.resolve(null);
  }
  /** Kills the main process without warning. */
  async kill9(): Promise<void> {
    const child = this.#child;
    if (!child) return;
    const ended = exitOf(child);
    child.kill("SIGKILL");
    await ended;
    await this.#forget();
  }

  /** Notes what the main process has seen, then ends it in any state. */
  async end(): Promise<void> {
    await this.#collectProblems().catch(() => undefined);
    await this.kill9();
  }

  /** Runs a shell script among the app's own mounts; gives what it prints. Needs `privateMounts`. */
  inMounts(shell: string): string {
    return inMountsOf(this.pid, shell);
  }

  spawn(
    nodeSwitches: string[],
    hooks: string[],
    args: string[],
    environment: Record<string, string> = {},
  ): ChildProcess {
    const { folder, language, privateMounts, practiceLag, switches } = this.#options;
    const electron = findElectron();
    const shared = [
      ...hooks,
      folder,
      `--user-data-dir=${this.userDataDir}`,
      `--lang=${language}`,
      `--practice-lag=${practiceLag}`,
      ...switches,
      ...args,
    ];
    const [program, all] =
      electron === undefined
        ? [
            process.execPath,
            [
              ...nodeSwitches,
              ...(this.#lent ? quickScripts : []),
              join(root, "tests", "electron", "stand-in.ts"),
              ...shared,
            ],
          ]
        : [
            electron,
            [
              ...nodeSwitches,
              ...electronSwitches(),
              ...(hasDisplay() ? [] : ["--ozone-platform=headless"]),
              ...shared,
            ],
          ];
    const [first = program, ...rest] = [...(privateMounts ? withPrivateMounts : []), program, ...all];
    return spawn(first, rest, {
      env: { ...this.#environment(), ...environment },
      stdio: ["pipe", "pipe", "pipe"],
    });
  }

  #environment(): NodeJS.ProcessEnv {
    const { language, keychain, environment } = this.#options;
    const { NODE_OPTIONS: _options, LC_ALL: _all, LC_MESSAGES: _messages, ...inherited } = process.env;
    return {
      ...inherited,
      LANGUAGE: language,
      LANG: `${language}.UTF-8`,
      ...(process.env["HEADED"] === "1" ? {} : { EXCHANGE_ROLLOUT_HEADLESS: "1" }),
      ...(this.#lent ? { EXCHANGE_ROLLOUT_BROWSER: this.#lent.address } : {}),
      ...(keychain === "real" ? {} : { EXCHANGE_ROLLOUT_KEYCHAIN: keychain }),
      ...environment,
    };
  }

  /** Keeps what the app writes; Node waits for its inspector to leave before it ends, so that one leaves. */
  #listen(child: ChildProcess): void {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (data: Buffer) => {
        this.#output += data.toString();
        if (this.#output.includes("Waiting for the debugger to disconnect")) this.#main?.close();
      });
    }
  }

  #announced(child: ChildProcess, pattern: RegExp): Promise<string> {
    return new Promise((resolve, reject) => {
      const finish = () => {
        clearTimeout(timer);
        child.stdout?.off("data", look);
        child.stderr?.off("data", look);
      };
      const fail = (why: string) => {
        finish();
        reject(new Error(`The app ${why}:\n${this.#output}`));
      };
      const look = () => {
        const address = pattern.exec(this.#output)?.[1];
        if (address === undefined) return;
        finish();
        resolve(address);
      };
      const timer = setTimeout(() => fail("did not start in time"), startMilliseconds);
      child.stdout?.on("data", look);
      child.stderr?.on("data", look);
      child.on("exit", (code) => fail(`ended with code ${code}`));
    });
  }

  async #hasWindow(): Promise<void> {
    const loaded = this.evaluate(async ({ BrowserWindow }, limit) => {
      const until = Date.now() + limit;
      while (Date.now() < until) {
        const [window] = BrowserWindow.getAllWindows();
        if (window?.isVisible() && !window.webContents.isLoading()) return true;
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      return false;
    }, startMilliseconds);
    if (!(await loaded)) throw new Error(`The app shows no window:\n${this.#output}`);
  }

  async #queue(name: keyof Hooks["answers"], answer: object): Promise<void> {
    await this.evaluate(
      (_electron, queued) => {
        const hooks = (globalThis as unknown as { exchangeRolloutTest: Hooks }).exchangeRolloutTest;
        hooks.answers[queued.name].push(queued.answer);
      },
      { name, answer },
    );
  }

  async #collectProblems(): Promise<void> {
    if (!this.#main) return;
    this.problems.push(
      ...(await this.evaluate(() =>
        (globalThis as unknown as { exchangeRolloutTest: Hooks }).exchangeRolloutTest.problems.splice(0),
      )),
    );
  }

  async #forget(): Promise<void> {
    this.#main?.close();
    await this.#browser?.close().catch(() => undefined);
    await this.#lent?.giveBack();
    this.#lent = undefined;
    this.#child = undefined;
    this.#main = undefined;
    this.#browser = undefined;
    this.#page = undefined;
  }
}

function exitOf(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => child.once("exit", resolve));
}
