import { App } from "./app.ts";
import { BrowserWindow } from "./browser-window.ts";
import { createClipboard } from "./clipboard.ts";
import { createDialog } from "./dialog.ts";
import { guard } from "./guard.ts";
import { Host } from "./host.ts";
import { IpcMain } from "./ipc-main.ts";
import { Menu, MenuItem } from "./menu.ts";
import { createNet, createScreen, Notification, powerMonitor, shell } from "./services.ts";
import { Session } from "./session.ts";
import type { CommandLine } from "./switches.ts";
import { NativeTheme } from "./theme.ts";
import { utilityProcess } from "./utility.ts";
import { WebContents } from "./web-contents.ts";

/** The module `electron` for the app in this folder, and the host that starts the browser for it. */
export function createElectron(folder: string, program: string, commandLine: CommandLine, headless: boolean) {
  const app = new App(folder, commandLine);
  const session = new Session();
  const ipcMain = new IpcMain();
  const theme = new NativeTheme();
  const host = new Host({ app, session, ipcMain, theme }, program, commandLine, headless);
  BrowserWindow.host = host;
  Menu.host = host;
  const electron = guard("electron", {
    app: guard("app", app),
    BrowserWindow,
    webContents: guard("webContents", {
      getAllWebContents: () => BrowserWindow.getAllWindows().map((window) => window.webContents),
      fromId: (id: number) => BrowserWindow.fromId(id)?.webContents,
    }),
    WebContents,
    ipcMain: guard("ipcMain", ipcMain),
    protocol: session.protocol,
    session: guard("session", {
      defaultSession: guard("session", session),
      fromPartition: (_partition: string, _options: { cache: boolean }) => guard("session", new Session()),
    }),
    dialog: createDialog(host),
    Menu,
    MenuItem,
    clipboard: createClipboard(() => host.chromium()),
    nativeTheme: guard("nativeTheme", theme),
    ...createScreen(theme),
    shell,
    net: createNet(session),
    powerMonitor,
    Notification,
    utilityProcess,
  });
  return { electron, host };
}
