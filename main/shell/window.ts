import { BrowserWindow, nativeTheme, screen } from "electron";
import type { BrowserWindowConstructorOptions, WebContents } from "electron";
import type { Theme } from "../../preload/model/app.ts";
import { pageUrl } from "./page.ts";
import type { AppPage } from "./page.ts";
import { fitBounds, readWindowState, writeWindowState } from "./window-state.ts";
import type { Placement } from "./window-state.ts";

export interface WindowOptions {
  title: string;
  page: AppPage;
  placement: Placement;
  /** What makes this window another kind than the main one. */
  frame: Pick<
    BrowserWindowConstructorOptions,
    "alwaysOnTop" | "autoHideMenuBar" | "maximizable" | "fullscreenable"
  >;
  preload: string;
  /** Picture for the window on Linux; Windows and macOS take the app's own. */
  icon: string | null;
  stateFile: string;
  devUrl: string | null;
  /** Zoom in per cent; asked again at every load. */
  textSize: () => number;
  onClosed: () => void;
  onError: (message: string, error: unknown) => void;
}

export interface AppWindow {
  readonly webContents: WebContents;
  isFocused(): boolean;
  /** Brings the window to the front, from the task bar if need be. */
  focus(): void;
  applyTextSize(): void;
  send(channel: string, payload: unknown): void;
  close(): void;
  /** Writes the window's place and waits until it is on disk. */
  flush(): Promise<void>;
}

const ground = { light: "#f4f5f7", dark: "#16181c" } as const;
const settleMilliseconds = 400;

/** Follows the system or forces light or dark, for native parts and the page alike. */
export function applyTheme(theme: Theme): void {
  nativeTheme.themeSource = theme;
}

/** Opens a window where it was, shows it as soon as it has something to show, and loads its page. */
export async function openWindow(options: WindowOptions): Promise<AppWindow> {
  const saved = await readWindowState(options.stateFile);
  const displays = [screen.getPrimaryDisplay(), ...screen.getAllDisplays()];
  const bounds = fitBounds(
    saved?.bounds ?? null,
    displays.map((display) => display.workArea),
    options.placement,
  );
  const window = new BrowserWindow({
    ...options.frame,
    ...bounds,
    minWidth: options.placement.minimum.width,
    minHeight: options.placement.minimum.height,
    title: options.title,
    show: false,
    backgroundColor: background(),
    ...(options.icon === null ? {} : { icon: options.icon }),
    webPreferences: {
      preload: options.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      // Portal terms are no words of a dictionary, and dictionaries would be downloaded.
      spellcheck: false,
    },
  });
  if (saved?.maximized === true) window.maximize();
  window.once("ready-to-show", () => window.show());

  const applyTextSize = () => window.webContents.setZoomFactor(options.textSize() / 100);
  window.webContents.on("did-finish-load", applyTextSize);
  const recolour = () => window.setBackgroundColor(background());
  nativeTheme.on("updated", recolour);

  let timer: NodeJS.Timeout | null = null;
  let known = JSON.stringify(saved);
  let writing: Promise<void> = Promise.resolve();
  const save = () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const state = { bounds: window.getNormalBounds(), maximized: window.isMaximized() };
    // When the app quits, the windows close after the last work; nothing new may be begun then.
    if (JSON.stringify(state) === known) return;
    known = JSON.stringify(state);
    writing = writing
      .then(() => writeWindowState(options.stateFile, state))
      .catch((error: unknown) => options.onError("window state not saved", error));
  };
  const saveSoon = () => {
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(save, settleMilliseconds);
  };
  window.on("resize", saveSoon);
  window.on("move", saveSoon);
  window.on("close", save);
  window.on("closed", () => {
    nativeTheme.off("updated", recolour);
    options.onClosed();
  });

  void window
    .loadURL(pageUrl(options.page, options.devUrl))
    .catch((error: unknown) => options.onError("page not loaded", error));

  return {
    webContents: window.webContents,
    isFocused: () => !window.isDestroyed() && window.isFocused(),
    close: () => {
      if (!window.isDestroyed()) window.close();
    },
    focus: () => {
      if (window.isDestroyed()) return;
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
    applyTextSize: () => {
      if (!window.isDestroyed()) applyTextSize();
    },
    send: (channel, payload) => {
      if (!window.isDestroyed()) window.webContents.send(channel, payload);
    },
    flush: async () => {
      if (!window.isDestroyed()) save();
      await writing;
    },
  };
}

function background(): string {
  return nativeTheme.shouldUseDarkColors ? ground.dark : ground.light;
}
