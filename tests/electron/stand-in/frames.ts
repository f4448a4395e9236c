import { EventEmitter } from "node:events";
import type { Session as DevToolsSession } from "./devtools.ts";
import { preloadWorldName } from "./page/scripts.ts";
import { toAppUrl } from "./urls.ts";

/** Electron's WebFrameMain, as far as senders are checked. */
export interface Frame {
  url: string;
  origin: string;
  parent: Frame | null;
}
interface ScriptContext {
  id: number;
  name: string;
  auxData?: { frameId?: string };
}

/** A page's frames and the preload worlds in them, kept up to date from DevTools' events. */
export class Frames extends EventEmitter<{ navigated: [string] }> {
  readonly #frames = new Map<string, Frame>();
  readonly #worlds = new Map<number, string>();
  #mainId = "";
  #mainWorld: number | undefined;

  get main(): Frame {
    return this.#frames.get(this.#mainId) ?? { url: "", origin: "null", parent: null };
  }
  /** The script context of the main frame's preload, once it has run. */
  get mainWorld(): number | undefined {
    return this.#mainWorld;
  }
  isMain(frameId: string): boolean {
    return frameId === this.#mainId;
  }
  /** The frame of a preload world; null for any other script context and for a frame that has gone. */
  ofWorld(contextId: number): Frame | null {
    return this.#frames.get(this.#worlds.get(contextId) ?? "") ?? null;
  }

  watch(page: DevToolsSession, mainId: string): void {
    this.#mainId = mainId;
    page.on("Runtime.executionContextCreated", ({ context }: { context: ScriptContext }) => {
      if (context.name !== preloadWorldName) return;
      const frameId = context.auxData?.frameId ?? "";
      this.#worlds.set(context.id, frameId);
      if (this.isMain(frameId)) this.#mainWorld = context.id;
    });
    page.on("Runtime.executionContextDestroyed", (event: { executionContextId: number }) =>
      this.#worlds.delete(event.executionContextId),
    );
    page.on("Runtime.executionContextsCleared", () => this.#worlds.clear());
    page.on("Page.frameNavigated", ({ frame }: { frame: { id: string; parentId?: string; url: string } }) =>
      this.#navigated(frame.id, frame.parentId, toAppUrl(frame.url)),
    );
    page.on("Page.navigatedWithinDocument", ({ frameId, url }: { frameId: string; url: string }) => {
      const frame = this.#frames.get(frameId);
      if (frame) frame.url = toAppUrl(url);
    });
    page.on("Page.frameDetached", ({ frameId }: { frameId: string }) => this.#frames.delete(frameId));
  }

  #navigated(id: string, parentId: string | undefined, url: string): void {
    const { protocol, host } = new URL(url);
    const parent = parentId === undefined ? null : (this.#frames.get(parentId) ?? null);
    this.#frames.set(id, { url, origin: host === "" ? "null" : `${protocol}//${host}`, parent });
    if (this.isMain(id)) this.emit("navigated", url);
  }
}
