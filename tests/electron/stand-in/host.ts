import { join } from "node:path";
import { acceleratorsOf, Menu } from "./menu.ts";
import type { MenuItem } from "./menu.ts";
import type { App } from "./app.ts";
import { BrowserWindow } from "./browser-window.ts";
import { Chromium } from "./chromium.ts";
import type { Target } from "./chromium.ts";
import type { Session as DevToolsSession } from "./devtools.ts";
import { dialogBinding, dialogPage } from "./dialog-page.ts";
import type { Answer, Question } from "./dialog-page.ts";
import type { IpcMain } from "./ipc-main.ts";
import { showMenu } from "./page/menu-overlay.ts";
import type { FromPage, KeyPress } from "./page/preload-world.ts";
import type { Session } from "./session.ts";
import type { CommandLine } from "./switches.ts";
import { readAppearance } from "./theme.ts";
import type { NativeTheme } from "./theme.ts";
import type { WebContents } from "./web-contents.ts";

export interface Page {
  session: DevToolsSession;
  targetId: string;
}
const dialogOrigin = "https://dialog.stand-in.invalid";

/** What the stand-in's parts share: the browser, its pages and who wants to know of them. */
export class Host {
  readonly app: App;
  readonly session: Session;
  readonly ipcMain: IpcMain;
  readonly theme: NativeTheme;
  onFault: (error: unknown) => void = (error) => {
    throw error;
  };
  readonly #program: string;
  readonly #commandLine: CommandLine;
  readonly #headless: boolean;
  readonly #firstPage = Promise.withResolvers<Page>();
  readonly #openings: PromiseWithResolvers<Page>[] = [];
  readonly #dialogs: ((page: Page) => void)[] = [];
  readonly #menus = new Map<number, (index: number | null) => void>();
  #chromium: Promise<Chromium> | undefined;
  #running: Chromium | undefined;
  #firstPageSeen = false;
  #firstPageTaken = false;
  #menuItems: MenuItem[] = [];

  constructor(
    parts: { app: App; session: Session; ipcMain: IpcMain; theme: NativeTheme },
    program: string,
    commandLine: CommandLine,
    headless: boolean,
  ) {
    this.app = parts.app;
    this.session = parts.session;
    this.ipcMain = parts.ipcMain;
    this.theme = parts.theme;
    this.#program = program;
    this.#commandLine = commandLine;
    this.#headless = headless;
    this.theme.onSource = (scheme) => {
      for (const window of BrowserWindow.getAllWindows()) {
        window.webContents.withPage((page) => emulateScheme(page, scheme));
      }
    };
    this.app.onExit = () => this.#running?.kill();
    this.app.closeWindows = () => closeAllWindows();
  }

  /** Starts the browser; resolves when the app may open windows. */
  async start(): Promise<void> {
    const chromium = await this.chromium();
    const page = await this.#firstPage.promise;
    this.theme.update(await readAppearance(page.session));
    chromium.removeAllListeners("exit");
    chromium.on("exit", () => this.#browserGone());
    this.app.setReady();
  }

  chromium(): Promise<Chromium> {
    this.#chromium ??= this.#launch();
    return this.#chromium;
  }
  get isHeadless(): boolean {
    return this.#headless;
  }
  browser(): DevToolsSession {
    return this.#browser().browser;
  }
  #browser(): Chromium {
    if (!this.#running) throw new Error("The app opened a window before it was ready");
    return this.#running;
  }

  /** The page of a new window, still blank; the first is the one that Chromium started with. */
  async openPage(): Promise<Page> {
    const first = !this.#firstPageTaken;
    this.#firstPageTaken = true;
    const page = await (first ? this.#firstPage.promise : this.#openWindow());
    // The blank page's own loading must be over before that of the app's page is listened for.
    await readAppearance(page.session);
    return page;
  }

  async #openWindow(): Promise<Page> {
    const opening = Promise.withResolvers<Page>();
    this.#openings.push(opening);
    await this.#browser().openWindow("about:blank");
    return opening.promise;
  }

  /** Asks in a window of its own; undefined when that window is closed. */
  async ask(window: BrowserWindow | undefined, question: Question): Promise<Answer | undefined> {
    if (!window) throw new Error("The stand-in for Electron shows dialogs only over a window");
    const answer = Promise.withResolvers<Answer | undefined>();
    this.#dialogs.push(({ session, targetId }) => {
      session.on("closed", () => answer.resolve(undefined));
      session.on("Runtime.bindingCalled", ({ payload }: { payload: string }) => {
        answer.resolve(JSON.parse(payload) as Answer);
        this.browser().tell("Target.closeTarget", { targetId });
      });
      serveDialog(session, dialogPage(question)).catch((error: unknown) => this.fail(error));
    });
    window.webContents.openDialog(`${dialogOrigin}/`, 560, question.path === undefined ? 220 : 260);
    return answer.promise;
  }

  accelerators(): (KeyPress | null)[] {
    const { items, presses } = acceleratorsOf(Menu.getApplicationMenu());
    this.#menuItems = items;
    return presses;
  }
  acceleratorsChanged(): void {
    const presses = this.accelerators();
    for (const window of BrowserWindow.getAllWindows()) window.webContents.setAccelerators(presses);
  }
  focusedWindow(): BrowserWindow | undefined {
    return BrowserWindow.getFocusedWindow() ?? undefined;
  }

  /** Shows a menu in the page; resolves with the chosen item. */
  showMenu(
    window: BrowserWindow,
    items: MenuItem[],
    at: { x: number; y: number },
  ): Promise<MenuItem | undefined> {
    return showMenu(window.webContents, this.#menus, items, at);
  }

  /** News from a page's preload world that is none of the app's business. */
  pageSaid(contents: WebContents, message: FromPage): void {
    const window = BrowserWindow.fromWebContents(contents);
    if (!window) return;
    if (message.kind === "accelerator")
      this.#menuItems[message.index]?.click({ triggeredByAccelerator: true }, window);
    else if (message.kind === "menu") this.#menus.get(message.id)?.(message.index);
    else if (message.kind === "menubar") Menu.getApplicationMenu()?.popup({ window });
    else if (message.kind === "focus" || message.kind === "blur") window.setFocused(message.kind === "focus");
    else if (message.kind === "resize") void window.measure();
    else if (message.kind === "media")
      contents.withPage(async (page) => this.theme.update(await readAppearance(page)));
  }

  /** Makes a new page prefer what the app's theme says. */
  emulateTheme(page: DevToolsSession): void {
    emulateScheme(page, this.theme.scheme).catch((error: unknown) => this.fail(error));
  }

  async setPermission(name: string, origin: string, granted: boolean): Promise<void> {
    const setting = granted ? "granted" : "denied";
    // A browser that does not know the permission has no such feature to deny.
    await this.#browser()
      .setPermission({ name }, setting, origin)
      .catch(() => undefined);
  }

  allWindowsClosed(): void {
    if (this.app.isQuitting) return;
    if (this.app.listenerCount("window-all-closed") === 0) this.app.quit();
    else this.app.emit("window-all-closed");
  }

  /** A fault of the stand-in or a call it does not know: the process ends with it. */
  fail(error: unknown): void {
    if (!this.app.isQuitting) this.onFault(error);
  }

  /** Some Chromium ends at its start: its threads read the environment while others change it. */
  async #launch(): Promise<Chromium> {
    return this.#launchOnce().catch((error: unknown) => {
      if (this.app.isQuitting) throw error;
      process.stderr.write(`Stand-in: ${String(error)}. It is started once more.\n`);
      return this.#launchOnce();
    });
  }

  async #launchOnce(): Promise<Chromium> {
    const chromium = new Chromium({
      program: this.#program,
      profile: join(this.app.getPath("userData"), "stand-in", "profile"),
      headless: this.#headless,
      debuggingPort: this.#commandLine.switches.get("remote-debugging-port"),
      language: this.app.getLocale(),
      title: this.app.getName(),
      shared: this.#headless ? process.env["EXCHANGE_ROLLOUT_BROWSER"] : undefined,
    });
    this.#running = chromium;
    chromium.on("page", (session, target) => this.#attached(session, target));
    const ended = new Promise<never>((_resolve, reject) => {
      chromium.once("exit", () => reject(new Error(`${this.#program} ended before it had opened a window`)));
    });
    Object.defineProperty(process.versions, "chrome", {
      value: await Promise.race([chromium.ready(), ended]),
    });
    return chromium;
  }

  /** A page has come to be: a window that was asked for, a dialog, or one that the app's page tried to open. */
  #attached(session: DevToolsSession, target: Target): void {
    const page = { session, targetId: target.targetId };
    const opening = this.#openings.shift();
    const dialog = opening ? undefined : this.#dialogs.shift();
    if (dialog) return dialog(page);
    if (!opening && this.#firstPageSeen) {
      BrowserWindow.getAllWindows()[0]?.webContents.opened(target.url);
      return this.browser().tell("Target.closeTarget", { targetId: target.targetId });
    }
    session.tell("Runtime.runIfWaitingForDebugger");
    this.#firstPageSeen = true;
    (opening ?? this.#firstPage).resolve(page);
  }

  #browserGone(): void {
    for (const window of BrowserWindow.getAllWindows()) window.closedByUser();
    if (!this.app.isQuitting) this.app.quit();
  }
}

async function emulateScheme(page: DevToolsSession, scheme: string): Promise<void> {
  await page.send("Emulation.setEmulatedMedia", {
    features: [{ name: "prefers-color-scheme", value: scheme }],
  });
}

function closeAllWindows(): Promise<boolean> {
  for (const window of BrowserWindow.getAllWindows()) window.close();
  return Promise.resolve(BrowserWindow.getAllWindows().length === 0);
}

async function serveDialog(session: DevToolsSession, html: string): Promise<void> {
  session.on("Fetch.requestPaused", ({ requestId }: { requestId: string }) =>
    session.tell("Fetch.fulfillRequest", {
      requestId,
      responseCode: 200,
      responseHeaders: [{ name: "content-type", value: "text/html; charset=utf-8" }],
      body: Buffer.from(html).toString("base64"),
    }),
  );
  // Some of these are answered only once the page runs.
  await Promise.all([
    session.send("Fetch.enable", { patterns: [{ urlPattern: "*" }] }),
    session.send("Runtime.enable"),
    session.send("Runtime.addBinding", { name: dialogBinding }),
    session.send("Runtime.runIfWaitingForDebugger"),
  ]);
}
