import { EventEmitter } from "node:events";
import { existsSync } from "node:fs";
import { codec } from "./codec.ts";
import type { Session as DevToolsSession } from "./devtools.ts";
import { Frames } from "./frames.ts";
import type { Frame } from "./frames.ts";
import { knownEvent } from "./guard.ts";
import type { Host } from "./host.ts";
import { contentsEvents } from "./known-names.ts";
import { interceptRequests } from "./loading.ts";
import { bindingName, pageScripts, preloadWorldName, worldVariable } from "./page/scripts.ts";
import type { FromPage, KeyPress } from "./page/preload-world.ts";
import { printToPdf } from "./print-to-pdf.ts";
import { toAppUrl, toPageUrl } from "./urls.ts";
import { PageZoom } from "./zoom.ts";

interface ScriptFault {
  text: string;
  executionContextId?: number;
  exception?: { description?: string };
}
type OpenHandler = (details: { url: string; frameName: string; disposition: string }) => { action: string };

/** Electron's webContents over one DevTools session. */
export class WebContents extends EventEmitter {
  static #lastId = 0;
  readonly id: number;
  readonly session: Host["session"];
  readonly #host: Host;
  readonly #frames = new Frames();
  readonly #page: Promise<DevToolsSession>;
  #devTools: DevToolsSession | undefined;
  #expected: string | undefined;
  #openHandler: OpenHandler | undefined;
  readonly #pageZoom: PageZoom;
  #zoom = 1;
  #destroyed = false;

  constructor(host: Host, page: Promise<DevToolsSession>, preload: string) {
    super();
    WebContents.#lastId += 1;
    this.id = WebContents.#lastId;
    this.#host = host;
    this.session = host.session;
    this.#pageZoom = new PageZoom(host.isHeadless);
    this.#page = page.then((devTools) => this.#attach(devTools, preload));
    this.#page.catch((error: unknown) => host.fail(error));
  }

  get mainFrame(): Frame {
    return this.#frames.main;
  }

  override on(name: string, listener: (...args: never[]) => void): this {
    knownEvent("webContents", contentsEvents, name);
    return super.on(name, listener as (...args: unknown[]) => void);
  }

  async loadURL(url: string): Promise<void> {
    const page = await this.#page;
    this.#expected = url;
    const address = toPageUrl(url, this.session.schemes);
    await this.#setPermissions(address);
    const loaded = new Promise<void>((resolve) => page.once("Page.loadEventFired", () => resolve()));
    const { errorText } = await page.send<{ errorText?: string }>("Page.navigate", { url: address });
    if (errorText) {
      this.emit("did-fail-load", {}, -2, errorText, url, true);
      throw new Error(`${errorText} loading '${url}'`);
    }
    await loaded;
  }

  getURL(): string {
    return this.#frames.main.url;
  }
  getTitle(): string {
    return this.#host.app.getName();
  }
  isDestroyed(): boolean {
    return this.#destroyed;
  }
  isLoading(): boolean {
    return this.#expected !== undefined;
  }
  isDevToolsOpened(): boolean {
    return false;
  }
  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler;
  }
  reload(): void {
    this.#expected = this.getURL();
    this.tell("Page.reload");
  }
  focus(): void {
    this.tell("Page.bringToFront");
  }
  getZoomFactor(): number {
    return this.#zoom;
  }
  get zoomFactor(): number {
    return this.#zoom;
  }
  getZoomLevel(): number {
    return Math.log(this.#zoom) / Math.log(1.2);
  }
  setZoomLevel(level: number): void {
    this.setZoomFactor(1.2 ** level);
  }
  setZoomFactor(factor: number): void {
    if (factor === this.#zoom) return;
    this.#zoom = factor;
    this.applyZoom();
  }
  /** Lays the page out anew for the zoom factor, after a change of it or of the window's size. */
  applyZoom(): void {
    this.withPage((page) => this.#pageZoom.apply(page, this.#zoom));
  }
  /** Resolves once the page has the size that its zoom gives it. */
  zoomSettled(): Promise<void> {
    return this.#pageZoom.settled();
  }
  setVisualZoomLevelLimits(): Promise<void> {
    return Promise.resolve();
  }

  /** Sends a message to the preload's listeners. */
  send(channel: string, ...args: unknown[]): void {
    this.#callWorld("deliver", channel, codec.encode(args));
  }

  /** Runs an expression in the page's own world. */
  async executeJavaScript(code: string): Promise<unknown> {
    const page = await this.#page;
    const { result, exceptionDetails } = await page.send<{
      result: { value: unknown };
      exceptionDetails?: { text: string };
    }>("Runtime.evaluate", { expression: code, awaitPromise: true, returnByValue: true, userGesture: true });
    if (exceptionDetails) throw new Error(exceptionDetails.text);
    return result.value;
  }

  /** A page in Chromium cannot carry a file to another program: it says so, and checks only what Electron would. */
  startDrag({ file, icon }: { file: string; icon: string }): void {
    for (const path of [file, icon]) {
      if (!existsSync(path)) throw new Error(`There is no ${path} to drag`);
    }
    process.stderr.write("The stand-in for Electron cannot drag a file out of its window.\n");
  }

  async printToPDF(options: Parameters<typeof printToPdf>[1]): Promise<Buffer> {
    return printToPdf(await this.#page, options);
  }

  /** An editing command such as "copy" on the page's focus. */
  edit(command: string): void {
    void this.executeJavaScript(`document.execCommand(${JSON.stringify(command)})`).catch(() => undefined);
  }

  setAccelerators(accelerators: (KeyPress | null)[]): void {
    this.#callWorld("setAccelerators", accelerators);
  }

  /** A DevTools command on this page; ignored when the page is gone. */
  tell(method: string, params: Record<string, unknown> = {}): void {
    this.withPage((page) => page.send(method, params));
  }
  /** Does something with the page; failing means that it is gone. */
  withPage(use: (page: DevToolsSession) => Promise<unknown>): void {
    this.#page.then(use).catch(() => undefined);
  }

  /** Opens a small window without tabs, from the preload's world: the page's own window.open is refused. */
  openDialog(url: string, width: number, height: number): void {
    const [x, y] = ["screenX + (outerWidth - ", "screenY + (outerHeight - "].map(
      (start, index) => `${start}${[width, height][index]}) / 3`,
    );
    this.withPage((page) =>
      page.send("Runtime.evaluate", {
        contextId: this.#frames.mainWorld,
        userGesture: true,
        expression: `void window.open(${JSON.stringify(url)}, "_blank", \`noopener,popup,width=${width},height=${height},left=\${${x}},top=\${${y}}\`)`,
      }),
    );
  }
  showMenu(id: number, rows: object[], at: { x: number; y: number }): void {
    this.#callWorld("showMenu", id, rows, at);
  }

  /** The window is gone. */
  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.emit("destroyed");
  }

  async #attach(page: DevToolsSession, preload: string): Promise<DevToolsSession> {
    this.#devTools = page;
    const { frameTree } = await page.send<{ frameTree: { frame: { id: string } } }>("Page.getFrameTree");
    this.#frames.watch(page, frameTree.frame.id);
    this.#listen(page);
    const scripts = pageScripts(preload, this.#host.accelerators());
    await Promise.all([
      page.send("Page.enable"),
      page.send("Runtime.enable"),
      page.send("Runtime.addBinding", { name: bindingName, executionContextName: preloadWorldName }),
      page.send("Page.addScriptToEvaluateOnNewDocument", { source: scripts.page }),
      page.send("Page.addScriptToEvaluateOnNewDocument", {
        source: scripts.preload,
        worldName: preloadWorldName,
      }),
      interceptRequests(page, this.session, (url, frameId) => this.#mayNavigate(url, frameId)),
    ]);
    this.#host.emulateTheme(page);
    return page;
  }

  #listen(page: DevToolsSession): void {
    page.on(
      "Runtime.bindingCalled",
      (call: { name: string; payload: string; executionContextId: number }) => {
        if (call.name === bindingName)
          this.#receive(codec.decode(call.payload) as FromPage, call.executionContextId);
      },
    );
    this.#frames.on("navigated", (url: string) => this.emit("did-navigate", {}, url, 200, "OK"));
    page.on("Page.domContentEventFired", () => this.emit("dom-ready", {}));
    page.on("Page.loadEventFired", () => {
      this.#expected = undefined;
      this.emit("did-finish-load", {});
    });
    page.on("Runtime.exceptionThrown", ({ exceptionDetails }: { exceptionDetails: ScriptFault }) => {
      // What the page itself throws is seen by whoever watches the page; the preload's would be lost.
      if (this.#frames.ofWorld(exceptionDetails.executionContextId ?? -1) === null) return;
      const text = exceptionDetails.exception?.description ?? exceptionDetails.text;
      process.stderr.write(`Preload: ${text}\n`);
      this.emit("preload-error", {}, "", new Error(text));
    });
    page.on("Inspector.targetCrashed", () =>
      this.emit("render-process-gone", {}, { reason: "crashed", exitCode: 1 }),
    );
  }

  #mayNavigate(url: string, frameId: string): boolean {
    if (url === this.#expected) return true;
    const event = {
      url,
      isMainFrame: this.#frames.isMain(frameId),
      defaultPrevented: false,
      preventDefault() {
        this.defaultPrevented = true;
      },
    };
    this.emit("will-frame-navigate", event);
    if (event.isMainFrame) this.emit("will-navigate", event, url);
    return !event.defaultPrevented;
  }

  #receive(message: FromPage, contextId: number): void {
    const frame = this.#frames.ofWorld(contextId);
    const event = { sender: this, senderFrame: frame, processId: 0, frameId: 0, type: "frame" };
    if (message.kind === "invoke") {
      this.#host.ipcMain.answer(event, message.channel, message.args).then(
        (value) => this.#reply(contextId, message.id, true, value),
        (error: unknown) => this.#reply(contextId, message.id, false, error),
      );
    } else if (message.kind === "send") {
      this.#host.ipcMain.emit(message.channel, event, ...message.args);
    } else if (message.kind === "open") {
      this.opened(message.url);
    } else {
      this.#host.pageSaid(this, message);
    }
  }

  /** The page wants a new window; the stand-in opens none, so an app that allows one gets an error. */
  opened(url: string): void {
    const answer = this.#openHandler?.({ url: toAppUrl(url), frameName: "", disposition: "foreground-tab" });
    if (answer?.action !== "deny")
      this.#host.fail(new Error("The stand-in for Electron opens no windows for pages"));
  }

  #reply(contextId: number, id: number, ok: boolean, value: unknown): void {
    let text: string;
    try {
      text = codec.encode(value);
    } catch (error) {
      this.#reply(contextId, id, false, error);
      return;
    }
    this.#evaluateIn(contextId, "reply", [id, ok, text]);
  }

  #callWorld(method: string, ...args: unknown[]): void {
    const { mainWorld } = this.#frames;
    if (mainWorld !== undefined) this.#evaluateIn(mainWorld, method, args);
  }

  #evaluateIn(executionContextId: number, method: string, args: unknown[]): void {
    this.#devTools?.tell("Runtime.callFunctionOn", {
      executionContextId,
      functionDeclaration: `function (...args) { ${worldVariable}.${method}(...args); }`,
      arguments: args.map((value) => ({ value })),
    });
  }

  async #setPermissions(address: string): Promise<void> {
    const { protocol, origin } = new URL(address);
    if (protocol !== "https:" && protocol !== "http:") return;
    const decided = this.session.decidedPermissions(this, origin);
    await Promise.all(decided.map(({ name, granted }) => this.#host.setPermission(name, origin, granted)));
  }
}
