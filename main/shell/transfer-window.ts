import type { Command } from "../../preload/contract.ts";
import type { Strip } from "../api/services.ts";
import type { AppWindow } from "./window.ts";

export interface TransferWindowPorts {
  /** Opens the strip's window; `onClosed` when it has gone, by whoever's hand. */
  openWindow: (onClosed: () => void) => Promise<AppWindow>;
  /** Tells the page in the open window which setup it shows now. */
  tell: (setupId: string) => void;
  /** Picture under the mouse while a file is dragged. */
  dragIcon: string;
}

/** The strip as the rest of the shell sees it. */
export interface TransferWindow extends Strip {
  /** The open window, or null. */
  window(): AppWindow | null;
  /** Waits until the place of every strip that was open is on disk, also of one that has closed. */
  flush(): Promise<void>;
}

/** The one strip: opened a second time it comes to the front, and shows the setup that was asked for last. */
export function createTransferWindow(ports: TransferWindowPorts): TransferWindow {
  let shown: string | null = null;
  let window: AppWindow | null = null;
  let opening: Promise<AppWindow> | null = null;
  let leaving: Promise<unknown> = Promise.resolve();

  function closed(): void {
    // The end of the app closes the strip before the last work is waited for.
    leaving = Promise.all([leaving, window?.flush()]);
    shown = null;
    window = null;
    opening = null;
  }

  async function openFirst(): Promise<void> {
    const mine = ports.openWindow(closed);
    opening = mine;
    try {
      const opened = await mine;
      if (opening === mine) window = opened;
    } catch (error) {
      closed();
      throw error;
    }
  }

  return {
    window: () => window,
    setupId: () => shown,
    async open(setupId) {
      shown = setupId;
      if (opening === null) return openFirst();
      const opened = await opening;
      ports.tell(setupId);
      opened.focus();
    },
    close: () => window?.close(),
    flush: async () => {
      await window?.flush();
      await leaving;
    },
    drag: (path) => window?.webContents.startDrag({ file: path, icon: ports.dragIcon }),
  };
}

/** Commands that the strip carries out while it is in front; all others are the main window's. */
const ofStrip: ReadonlySet<Command> = new Set<Command>(["copy-value", "open-portal"]);

/** Which window a command of the menu is for. */
export function windowFor(command: Command, stripInFront: boolean): "main" | "strip" {
  return stripInFront && ofStrip.has(command) ? "strip" : "main";
}
