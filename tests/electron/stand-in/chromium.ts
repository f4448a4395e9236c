import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { EventEmitter } from "node:events";
import { mkdirSync } from "node:fs";
import type { Readable, Writable } from "node:stream";
import { DevTools } from "./devtools.ts";
import type { Session } from "./devtools.ts";

export interface ChromiumOptions {
  program: string;
  /** Folder of the browser profile. */
  profile: string;
  headless: boolean;
  /** For `--remote-debugging-port`; undefined opens none. */
  debuggingPort: string | undefined;
  language: string;
  title: string;
}

export interface Target {
  targetId: string;
  type: string;
  url: string;
  openerId?: string;
}

/** The running browser: starts it, attaches to each of its pages before their first script. */
export class Chromium extends EventEmitter<{ page: [Session, Target]; exit: [] }> {
  readonly devTools: DevTools;
  readonly #child: ChildProcess;
  /** The hidden page, from when it is asked for. */
  #hidden: Promise<string> | undefined;

  constructor(options: ChromiumOptions) {
    super();
    mkdirSync(options.profile, { recursive: true, mode: 0o700 });
    const [, , errors, output, input] = (this.#child = spawn(options.program, chromiumArguments(options), {
      stdio: ["ignore", "ignore", "pipe", "pipe", "pipe"],
      windowsHide: true,
    })).stdio as [null, null, Readable, Writable, Readable];
    this.devTools = new DevTools(output, input);
    passOn(errors);
    this.#child.on("exit", () => this.emit("exit"));
    this.#child.on("error", () => this.emit("exit"));
  }

  get browser(): Session {
    return this.devTools.browser;
  }

  /** Resolves with Chromium's version once pages are attached to. */
  async ready(): Promise<string> {
    const { browser } = this;
    browser.on("Target.attachedToTarget", (event: { sessionId: string; targetInfo: Target }) => {
      const session = this.devTools.session(event.sessionId);
      if (event.targetInfo.type === "page") this.#attached(session, event.targetInfo);
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
    return product.replace(/^.*\//, "");
  }

  /** A page that no window shows. */
  async openHidden(): Promise<Session> {
    const created = this.browser.send<{ targetId: string }>("Target.createTarget", {
      url: "about:blank",
      hidden: true,
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

  /** Ends the browser at once. */
  kill(): void {
    this.#child.kill("SIGKILL");
  }
}

function chromiumArguments(options: ChromiumOptions): string[] {
  const blank = `<meta name="color-scheme" content="light dark"><title>${options.title}</title>`;
  const asRoot = process.platform === "linux" && process.getuid?.() === 0;
  return [
    "--remote-debugging-pipe",
    ...(options.debuggingPort === undefined ? [] : [`--remote-debugging-port=${options.debuggingPort}`]),
    `--user-data-dir=${options.profile}`,
    ...(options.headless
      ? [
          "--headless",
          "--disable-gpu",
          "--window-size=1280,860",
          "--screen-info={1920x1080}",
          "--hide-scrollbars",
        ]
      : []),
    // Chromium refuses to run its sandbox as root.
    ...(asRoot ? ["--no-sandbox", "--test-type"] : []),
    // The pages of this browser are the app's own; nothing of it has business outside this machine.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1",
    "--no-proxy-server",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-breakpad",
    "--disable-dev-shm-usage",
    "--disable-search-engine-choice-screen",
    "--disable-features=Translate,OptimizationHints,MediaRouter,AutofillServerCommunication,CertificateTransparencyComponentUpdater",
    "--disable-session-crashed-bubble",
    "--hide-crash-restore-bubble",
    "--no-first-run",
    "--no-default-browser-check",
    "--password-store=basic",
    "--use-mock-keychain",
    `--lang=${options.language}`,
    `--accept-lang=${options.language}`,
    // The shell knows no app windows: none of its windows has a frame.
    `${/headless-shell/.test(options.program) ? "" : "--app="}data:text/html,${encodeURIComponent(blank)}`,
  ];
}

/** Where the debugging port listens must reach whoever asked for it; the rest is the browser talking to itself. */
function passOn(errors: Readable): void {
  let text = "";
  errors.setEncoding("utf8").on("data", (chunk: string) => {
    text += chunk;
    const lines = text.split("\n");
    text = lines.pop() ?? "";
    for (const line of lines) {
      if (line.startsWith("DevTools listening on ")) process.stderr.write(`\n${line}\n`);
    }
  });
}
