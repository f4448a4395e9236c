import type { ChildProcess } from "node:child_process";
import { EventEmitter } from "node:events";
import type { Readable } from "node:stream";
import { DevTools } from "./devtools.ts";
import type { Session } from "./devtools.ts";
import { launchChromium } from "./launch.ts";
import type { LaunchOptions } from "./launch.ts";
import { socketTransport } from "./transport.ts";

export interface ChromiumOptions extends LaunchOptions {
  /** DevTools address of a running browser to open the windows in, apart from all others there. */
  shared: string | undefined;
}

export interface Target {
  targetId: string;
  type: string;
  url: string;
  openerId?: string;
  browserContextId?: string;
}

/** The running browser: starts it or joins it, attaches to each of its pages before their first script. */
export class Chromium extends EventEmitter<{ page: [Session, Target]; exit: [] }> {
  readonly devTools: DevTools;
  readonly #options: ChromiumOptions;
  readonly #end: () => void;
  /** What keeps the pages here apart from others in a shared browser. */
  #context: { browserContextId?: string } = {};
  /** The hidden page, from when it is asked for. */
  #hidden: Promise<string> | undefined;

  constructor(options: ChromiumOptions) {
    super();
    this.#options = options;
    if (options.shared === undefined) {
      const { child, transport, errors } = launchChromium(options);
      this.devTools = new DevTools(transport);
      passOn(errors);
      this.#end = () => child.kill("SIGKILL");
      this.#endsWith(child);
    } else {
      // Whatever is opened through this socket closes with it, even when the process is killed.
      const socket = new WebSocket(options.shared);
      this.devTools = new DevTools(socketTransport(socket));
      this.#end = () => socket.close();
      socket.addEventListener("close", () => this.emit("exit"));
    }
  }

  get browser(): Session {
    return this.devTools.browser;
  }

  /** Resolves with Chromium's version once pages are attached to. */
  async ready(): Promise<string> {
    const { browser } = this;
    const { shared, debuggingPort } = this.#options;
    if (shared !== undefined)
      this.#context = await browser.send("Target.createBrowserContext", { disposeOnDetach: true });
    browser.on("Target.attachedToTarget", (event: { sessionId: string; targetInfo: Target }) => {
      const session = this.devTools.session(event.sessionId);
      const { type, browserContextId } = event.targetInfo;
      const isOurs = shared === undefined || browserContextId === this.#context.browserContextId;
      if (type === "page" && isOurs) this.#attached(session, event.targetInfo);
      else session.tell("Runtime.runIfWaitingForDebugger");
    });
    browser.on("Target.detachedFromTarget", (event: { sessionId: string }) =>
      this.devTools.session(event.sessionId).emit("closed"),
    );
    const { product } = await browser.send<{ product: string }>("Browser.getVersion");
    await browser.send("Target.setAutoAttach", {
      autoAttach: true,
      waitForDebuggerOnStart: true,
      flatten: true,
      filter: [
        { type: "page" },
        { type: "browser", exclude: true },
        { type: "tab", exclude: true },
        { exclude: true },
      ],
    });
    if (shared !== undefined) {
      // From this page, unlike from one with content, the app's page needs no further process.
      await this.openWindow("about:blank");
      if (debuggingPort !== undefined) announce(shared);
    }
    return product.replace(/^.*\//, "");
  }

  /** Opens a window; its page is told of by the event "page". */
  async openWindow(url: string): Promise<void> {
    await this.browser.send("Target.createTarget", { url, newWindow: true, ...this.#context });
  }

  /** Grants or denies a permission to the pages of an origin. */
  async setPermission(permission: object, setting: "granted" | "denied", origin: string): Promise<void> {
    await this.browser.send("Browser.setPermission", { permission, setting, origin, ...this.#context });
  }

  /** A page that no window shows. */
  async openHidden(): Promise<Session> {
    const created = this.browser.send<{ targetId: string }>("Target.createTarget", {
      url: "about:blank",
      hidden: true,
      ...this.#context,
    });
    this.#hidden = created.then(({ targetId }) => targetId);
    const { targetId } = await created;
    const { sessionId } = await this.browser.send<{ sessionId: string }>("Target.attachToTarget", {
      targetId,
      flatten: true,
    });
    return this.devTools.session(sessionId);
  }

  /** Only the browser without windows tells of a hidden page as well. */
  #attached(session: Session, target: Target): void {
    if (this.#hidden === undefined) this.emit("page", session, target);
    else {
      const decide = (hidden: string | undefined) => {
        if (hidden === target.targetId) session.tell("Runtime.runIfWaitingForDebugger");
        else this.emit("page", session, target);
      };
      this.#hidden.then(decide, () => decide(undefined));
    }
  }

  /** Ends the browser at once, or what was opened in a shared one. */
  kill(): void {
    this.#end();
  }

  #endsWith(child: ChildProcess): void {
    child.on("exit", () => this.emit("exit"));
    child.on("error", () => this.emit("exit"));
  }
}

/** Where the debugging port listens must reach whoever asked for it; the rest is the browser talking to itself. */
function passOn(errors: Readable): void {
  let text = "";
  errors.setEncoding("utf8").on("data", (chunk: string) => {
    text += chunk;
    const lines = text.split("\n");
    text = lines.pop() ?? "";
    for (const line of lines) {
      const address = /^DevTools listening on (\S+)/.exec(line)?.[1];
      if (address !== undefined) announce(address);
    }
  });
}

function announce(address: string): void {
  process.stderr.write(`\nDevTools listening on ${address}\n`);
}
