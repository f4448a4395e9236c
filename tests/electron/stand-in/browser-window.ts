import { EventEmitter } from "node:events";
import { readFileSync } from "node:fs";
import type { Session as DevToolsSession } from "./devtools.ts";
import { knownEvent } from "./guard.ts";
import type { Host } from "./host.ts";
import { windowEvents, windowOptions } from "./known-names.ts";
import { placement } from "./placement.ts";
import type { Bounds, Placement, WindowState } from "./placement.ts";
import { WebContents } from "./web-contents.ts";

const pollMilliseconds = 500;

type Options = Partial<Bounds> & { show?: boolean; title?: string; webPreferences?: { preload?: string } };
/** Electron's BrowserWindow over one Chromium window. */
export class BrowserWindow extends EventEmitter {
  static host: Host;
  static readonly #all = new Set<BrowserWindow>();
  readonly webContents: WebContents;
  readonly id: number;
  readonly #targetId = Promise.withResolvers<string>();
  #bounds: Bounds;
  /** What to ask of Chromium once its window is there. */
  #wanted: Partial<Bounds>;
  #state: WindowState = "normal";
  #windowId: number | undefined;
  #focused = true;
  #visible: boolean;
  #closed = false;
  #title: string;
  #timer: NodeJS.Timeout | undefined;

  static getAllWindows(): BrowserWindow[] {
    return [...BrowserWindow.#all];
  }
  static getFocusedWindow(): BrowserWindow | null {
    return BrowserWindow.getAllWindows().find((window) => window.isFocused()) ?? null;
  }
  static fromWebContents(contents: WebContents): BrowserWindow | null {
    return BrowserWindow.getAllWindows().find((window) => window.webContents === contents) ?? null;
  }
  static fromId(id: number): BrowserWindow | null {
    return BrowserWindow.getAllWindows().find((window) => window.id === id) ?? null;
  }

  constructor(given: Options = {}) {
    super();
    const unknown = Object.keys(given).find((name) => !windowOptions.includes(name));
    if (unknown) throw new Error(`The stand-in for Electron does not know BrowserWindow's option ${unknown}`);
    const { x = 0, y = 0, width = 800, height = 600 } = given;
    this.#bounds = { x, y, width, height };
    this.#wanted = given.x === undefined || given.y === undefined ? { width, height } : this.#bounds;
    this.#visible = given.show ?? true;
    this.#title = given.title ?? BrowserWindow.host.app.getName();
    const preload = given.webPreferences?.preload;
    const source = preload === undefined ? "" : readFileSync(preload, "utf8");
    const page = BrowserWindow.host
      .openPage()
      .then(({ session, targetId }) => this.#opened(session, targetId));
    this.webContents = new WebContents(BrowserWindow.host, page, source);
    this.id = this.webContents.id;
    BrowserWindow.#all.add(this);
    this.webContents.once("did-finish-load", () => this.emit("ready-to-show"));
    BrowserWindow.host.app.emit("web-contents-created", {}, this.webContents);
    BrowserWindow.host.app.emit("browser-window-created", {}, this);
  }

  override on(name: string, listener: (...args: never[]) => void): this {
    knownEvent("BrowserWindow", windowEvents, name);
    return super.on(name, listener as (...args: unknown[]) => void);
  }
  override once(name: string, listener: (...args: never[]) => void): this {
    knownEvent("BrowserWindow", windowEvents, name);
    return super.once(name, listener as (...args: unknown[]) => void);
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url);
  }
  show(): void {
    this.#visible = true;
    if (this.#state === "minimized") this.#place({ windowState: "normal" });
    this.webContents.tell("Page.bringToFront");
    this.emit("show");
  }
  showInactive(): void {
    this.show();
  }
  focus(): void {
    this.webContents.tell("Page.bringToFront");
  }
  isVisible(): boolean {
    return this.#visible && this.#state !== "minimized";
  }
  isFocused(): boolean {
    return !this.#closed && this.#focused;
  }
  isDestroyed(): boolean {
    return this.#closed;
  }
  isMinimized(): boolean {
    return this.#state === "minimized";
  }
  isMaximized(): boolean {
    return this.#state === "maximized";
  }
  isFullScreen(): boolean {
    return this.#state === "fullscreen";
  }
  setFullScreen(full: boolean): void {
    this.#place({ windowState: full ? "fullscreen" : "normal" });
  }
  minimize(): void {
    this.#place({ windowState: "minimized" });
  }
  maximize(): void {
    this.#place({ windowState: "maximized" });
  }
  unmaximize(): void {
    this.#place({ windowState: "normal" });
  }
  restore(): void {
    this.#place({ windowState: "normal" });
  }
  getBounds(): Bounds {
    return { ...this.#bounds };
  }
  getNormalBounds(): Bounds {
    return { ...this.#bounds };
  }
  getSize(): [number, number] {
    return [this.#bounds.width, this.#bounds.height];
  }
  setBounds(bounds: Partial<Bounds>): void {
    this.#bounds = { ...this.#bounds, ...bounds };
    this.#wanted = this.#bounds;
    this.#place(placement(this.#bounds));
  }
  setSize(width: number, height: number): void {
    this.setBounds({ width, height });
  }
  center(): void {}
  getTitle(): string {
    return this.#title;
  }
  setTitle(title: string): void {
    this.#title = title;
    void this.webContents
      .executeJavaScript(`document.title = ${JSON.stringify(title)}`)
      .catch(() => undefined);
  }

  // Chromium's window has none of these.
  setAlwaysOnTop(): void {}
  isAlwaysOnTop(): boolean {
    return false;
  }
  setMenuBarVisibility(): void {}
  setAutoHideMenuBar(): void {}
  setMenu(): void {}
  removeMenu(): void {}
  setMinimumSize(): void {}
  setBackgroundColor(): void {}
  setContentProtection(): void {}
  setProgressBar(): void {}
  setIcon(): void {}
  flashFrame(): void {}
  setDocumentEdited(): void {}
  setRepresentedFilename(): void {}
  setTitleBarOverlay(): void {}

  /** Asks the app, then closes. */
  close(): void {
    if (!this.#closed && this.#mayClose()) this.destroy();
  }
  destroy(): void {
    if (this.#closed) return;
    void this.#targetId.promise.then((targetId) =>
      BrowserWindow.host.browser().tell("Target.closeTarget", { targetId }),
    );
    this.gone();
  }

  /** The Chromium window has gone, by our hand or the user's. */
  gone(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearInterval(this.#timer);
    this.webContents.destroy();
    BrowserWindow.#all.delete(this);
    this.emit("closed");
    if (BrowserWindow.#all.size === 0) BrowserWindow.host.allWindowsClosed();
  }

  /** The user closed the window: the app hears of it, but it is too late to refuse. */
  closedByUser(): void {
    if (this.#closed) return;
    this.#mayClose();
    this.gone();
  }

  setFocused(focused: boolean): void {
    this.#focused = focused;
    const name = focused ? "focus" : "blur";
    this.emit(name);
    this.webContents.emit(name);
    BrowserWindow.host.app.emit(`browser-window-${name}`, {}, this);
  }

  /** Reads from Chromium where the window is now. */
  async measure(): Promise<void> {
    if (this.#windowId === undefined || this.#closed) return;
    const answer = await BrowserWindow.host
      .browser()
      .send<{ bounds: Required<Placement> }>("Browser.getWindowBounds", { windowId: this.#windowId })
      .catch(() => undefined);
    if (!answer) return;
    const { left, top, width, height, windowState } = answer.bounds;
    const changed = windowState !== this.#state;
    this.#state = windowState;
    if (changed)
      this.emit(
        windowState === "maximized" ? "maximize" : windowState === "minimized" ? "minimize" : "restore",
      );
    if (windowState !== "normal") return;
    const old = this.#bounds;
    this.#bounds = { x: left, y: top, width, height };
    if (old.width !== width || old.height !== height) {
      this.webContents.applyZoom();
      this.emit("resize");
    }
    if (old.x !== left || old.y !== top) this.emit("move");
  }

  #mayClose(): boolean {
    const event = {
      defaultPrevented: false,
      preventDefault() {
        this.defaultPrevented = true;
      },
    };
    this.emit("close", event);
    return !event.defaultPrevented;
  }

  async #opened(session: DevToolsSession, targetId: string): Promise<DevToolsSession> {
    const { windowId } = await BrowserWindow.host
      .browser()
      .send<{ windowId: number }>("Browser.getWindowForTarget", { targetId });
    this.#windowId = windowId;
    this.#targetId.resolve(targetId);
    this.#place(placement(this.#wanted));
    if (this.#state !== "normal") this.#place({ windowState: this.#state });
    session.on("closed", () => this.closedByUser());
    this.#timer = setInterval(() => void this.measure(), pollMilliseconds);
    this.#timer.unref();
    return session;
  }

  #place(bounds: Placement): void {
    if (bounds.windowState) this.#state = bounds.windowState;
    if (this.#windowId === undefined || this.#closed) return;
    const { windowState, ...size } = bounds;
    const windowId = this.#windowId;
    const tell = (wanted: Placement) =>
      BrowserWindow.host.browser().tell("Browser.setWindowBounds", { windowId, bounds: wanted });
    if (windowState) tell({ windowState });
    if (Object.keys(size).length > 0) void this.webContents.zoomSettled().then(() => tell(size));
  }
}
