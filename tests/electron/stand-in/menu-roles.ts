import type { App } from "./app.ts";
import type { BrowserWindow } from "./browser-window.ts";
import type { Template } from "./menu.ts";

export interface Role {
  label: string;
  accelerator?: string;
  /** Chromium reacts to the key on its own. */
  byChromium?: boolean;
  submenu?: Template[];
  run?: (window: BrowserWindow | undefined, app: App) => void;
}

const editing = (label: string, command: string, accelerator: string): Role => ({
  label,
  accelerator,
  byChromium: true,
  run: (window) => window?.webContents.edit(command),
});
const zoom = (label: string, accelerator: string, change: (level: number) => number): Role => ({
  label,
  accelerator,
  run: (window) => window?.webContents.setZoomLevel(change(window.webContents.getZoomLevel())),
});
const onlyMac = (label: string): Role => ({ label, run: () => undefined });
const editMenu = ["undo", "redo", "cut", "copy", "paste", "selectAll"].map((role) => ({ role }));

/** Electron's menu roles by lower-case name. */
export const roles: Record<string, Role> = {
  undo: editing("Undo", "undo", "CmdOrCtrl+Z"),
  redo: editing("Redo", "redo", "CmdOrCtrl+Shift+Z"),
  cut: editing("Cut", "cut", "CmdOrCtrl+X"),
  copy: editing("Copy", "copy", "CmdOrCtrl+C"),
  paste: editing("Paste", "paste", "CmdOrCtrl+V"),
  pasteandmatchstyle: editing("Paste and Match Style", "paste", "CmdOrCtrl+Shift+V"),
  delete: { label: "Delete", run: (window) => window?.webContents.edit("delete") },
  selectall: editing("Select All", "selectAll", "CmdOrCtrl+A"),
  reload: { label: "Reload", accelerator: "CmdOrCtrl+R", run: (window) => window?.webContents.reload() },
  forcereload: {
    label: "Force Reload",
    accelerator: "CmdOrCtrl+Shift+R",
    run: (window) => window?.webContents.reload(),
  },
  toggledevtools: { label: "Toggle Developer Tools", accelerator: "CmdOrCtrl+Shift+I", byChromium: true },
  resetzoom: zoom("Actual Size", "CmdOrCtrl+0", () => 0),
  zoomin: zoom("Zoom In", "CmdOrCtrl+Plus", (level) => level + 0.5),
  zoomout: zoom("Zoom Out", "CmdOrCtrl+-", (level) => level - 0.5),
  togglefullscreen: {
    label: "Toggle Full Screen",
    accelerator: "F11",
    run: (window) => window?.setFullScreen(!window.isFullScreen()),
  },
  minimize: { label: "Minimize", accelerator: "CmdOrCtrl+M", run: (window) => window?.minimize() },
  zoom: { label: "Zoom", run: (window) => window?.maximize() },
  close: { label: "Close", accelerator: "CmdOrCtrl+W", run: (window) => window?.close() },
  quit: { label: "Quit", accelerator: "CmdOrCtrl+Q", run: (_window, app) => app.quit() },
  about: { label: "About", run: (_window, app) => app.showAboutPanel() },
  hide: onlyMac("Hide"),
  hideothers: onlyMac("Hide Others"),
  unhide: onlyMac("Show All"),
  services: onlyMac("Services"),
  front: onlyMac("Bring All to Front"),
  window: onlyMac("Window"),
  help: onlyMac("Help"),
  appmenu: { label: "App", submenu: [{ role: "about" }, { role: "quit" }] },
  filemenu: { label: "File", submenu: [{ role: "quit" }] },
  editmenu: { label: "Edit", submenu: editMenu },
  viewmenu: {
    label: "View",
    submenu: ["reload", "resetZoom", "zoomIn", "zoomOut", "togglefullscreen"].map((role) => ({ role })),
  },
  windowmenu: { label: "Window", submenu: [{ role: "minimize" }, { role: "close" }] },
};
