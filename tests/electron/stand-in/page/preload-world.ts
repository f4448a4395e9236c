import type { createCodec } from "../codec.ts";
import type { drawMenu, MenuRow } from "./menu-overlay.ts";
import type { linkWorlds } from "./worlds.ts";

/** What the preload's world tells Node; `binding` is a function that only this world has. */
export type FromPage =
  | { kind: "invoke"; id: number; channel: string; args: unknown[] }
  | { kind: "send"; channel: string; args: unknown[] }
  | { kind: "accelerator"; index: number }
  | { kind: "menu"; id: number; index: number | null }
  | { kind: "menubar" }
  | { kind: "open"; url: string }
  | { kind: "media" }
  | { kind: "resize" }
  | { kind: "focus" }
  | { kind: "blur" };

/** A key press as the accelerators describe it. */
export interface KeyPress {
  key: string;
  code: string;
  control: boolean;
  meta: boolean;
  alt: boolean;
  shift: boolean;
}

interface Setup {
  secret: string;
  binding: string;
  accelerators: (KeyPress | null)[];
  process: Record<string, unknown>;
}

/** What Node may call in the preload's world. */
export interface PreloadWorld {
  deliver(channel: string, text: string): void;
  reply(id: number, ok: boolean, text: string): void;
  setAccelerators(accelerators: (KeyPress | null)[]): void;
  showMenu(id: number, rows: MenuRow[], at: { x: number; y: number }): void;
}

/**
 * The isolated world in which the preload runs: gives it `require("electron")` with ipcRenderer and
 * contextBridge, and reports keys and window events. Sent to the page as text.
 */
export function createPreloadWorld(
  setup: Setup,
  makeCodec: typeof createCodec,
  link: typeof linkWorlds,
  draw: typeof drawMenu,
  preload: (
    require: (name: string) => unknown,
    module: { exports: object },
    exports: object,
    process: object,
  ) => void,
): PreloadWorld {
  const codec = makeCodec();
  const bridge = link(setup.secret, false);
  const post = (globalThis as unknown as Record<string, (text: string) => void>)[setup.binding];
  const tell = (message: FromPage) => post?.(codec.encode(message));
  const listeners = new Map<string, ((event: object, ...args: unknown[]) => void)[]>();
  const replies = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let accelerators = setup.accelerators;
  let lastId = 0;

  function unknown(owner: string, known: object): object {
    return new Proxy(known, {
      get(target, key) {
        if (typeof key === "string" && !(key in target) && key !== "then" && key !== "__esModule") {
          throw new Error(`The stand-in for Electron does not know ${owner}.${key}`);
        }
        return Reflect.get(target, key) as unknown;
      },
    });
  }

  const ipcRenderer = unknown("ipcRenderer", {
    invoke: (channel: string, ...args: unknown[]) =>
      new Promise((resolve, reject) => {
        lastId += 1;
        tell({ kind: "invoke", id: lastId, channel, args });
        replies.set(lastId, { resolve, reject });
      }),
    send: (channel: string, ...args: unknown[]) => tell({ kind: "send", channel, args }),
    on: (channel: string, listener: () => void) => {
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
      return ipcRenderer;
    },
    removeListener: (channel: string, listener: () => void) => {
      listeners.set(
        channel,
        (listeners.get(channel) ?? []).filter((known) => known !== listener),
      );
      return ipcRenderer;
    },
  });
  const contextBridge = unknown("contextBridge", {
    exposeInMainWorld: (name: string, value: unknown) => bridge.expose(name, value),
  });
  const modules: Record<string, unknown> = { electron: unknown("electron", { ipcRenderer, contextBridge }) };

  function require(name: string): unknown {
    if (name in modules) return modules[name];
    throw new Error(`module not found: ${name}`);
  }

  window.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || !event.isTrusted) return;
    if (event.key === "F10" && !event.shiftKey) {
      event.preventDefault();
      tell({ kind: "menubar" });
      return;
    }
    const index = accelerators.findIndex(
      (wanted) =>
        wanted !== null &&
        (wanted.key === event.key.toLowerCase() || wanted.code === event.code) &&
        wanted.control === event.ctrlKey &&
        wanted.meta === event.metaKey &&
        wanted.alt === event.altKey &&
        wanted.shift === event.shiftKey,
    );
    if (index < 0) return;
    event.preventDefault();
    tell({ kind: "accelerator", index });
  });
  // A link with a target would open a browser window before Node could refuse it.
  window.addEventListener(
    "click",
    (event) => {
      const anchor = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
      if (!anchor || !anchor.target || anchor.target === "_self" || event.defaultPrevented) return;
      event.preventDefault();
      tell({ kind: "open", url: anchor.href });
    },
    false,
  );
  bridge.receive("open", ({ url }) => tell({ kind: "open", url: String(url) }));
  window.addEventListener("resize", () => tell({ kind: "resize" }));
  window.addEventListener("focus", () => tell({ kind: "focus" }));
  window.addEventListener("blur", () => tell({ kind: "blur" }));
  for (const feature of [
    "(prefers-color-scheme: dark)",
    "(forced-colors: active)",
    "(prefers-contrast: more)",
  ]) {
    matchMedia(feature).addEventListener("change", () => tell({ kind: "media" }));
  }

  const module = { exports: {} };
  preload(require, module, module.exports, setup.process);

  return {
    deliver(channel, text) {
      const args = codec.decode(text) as unknown[];
      for (const listener of listeners.get(channel) ?? []) listener({ senderId: 0, ports: [] }, ...args);
    },
    reply(id, ok, text) {
      const reply = replies.get(id);
      replies.delete(id);
      const value = codec.decode(text);
      if (ok) reply?.resolve(value);
      else reply?.reject(value as Error);
    },
    setAccelerators(next) {
      accelerators = next;
    },
    showMenu(id, rows, at) {
      draw(rows, at, (index) => tell({ kind: "menu", id, index }));
    },
  };
}
