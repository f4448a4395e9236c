import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { mkdirSync, statfsSync } from "node:fs";
import type { Readable, Writable } from "node:stream";
import { pipeTransport } from "./transport.ts";
import type { Transport } from "./transport.ts";

export interface LaunchOptions {
  program: string;
  /** Folder of the browser profile. */
  profile: string;
  headless: boolean;
  /** For `--remote-debugging-port`; undefined opens none. */
  debuggingPort: string | undefined;
  language: string;
  title: string;
  /** More switches. */
  switches?: readonly string[];
}

/** Starts a Chromium that ends with this process, as then its pipes close. `errors` is what it writes to stderr. */
export function launchChromium(options: LaunchOptions): {
  child: ChildProcess;
  transport: Transport;
  errors: Readable;
} {
  mkdirSync(options.profile, { recursive: true, mode: 0o700 });
  const child = spawn(options.program, chromiumArguments(options), {
    stdio: ["ignore", "ignore", "pipe", "pipe", "pipe"],
    windowsHide: true,
  });
  const [, , errors, output, input] = child.stdio as [null, null, Readable, Writable, Readable];
  return { child, transport: pipeTransport(output, input), errors };
}

/** For a browser without windows: all of it but its pages in one process. */
export const fewProcesses = ["--in-process-gpu", "--enable-features=NetworkServiceInProcess2"];

/** Containers often give a browser too little shared memory; then it takes files, which are slower. */
export function sharedMemory(): string[] {
  return process.platform !== "linux" || freeBytes("/dev/shm") >= 2 ** 30 ? [] : ["--disable-dev-shm-usage"];
}

function freeBytes(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return 0;
  }
}

/** What a window shows before the app's page. */
function blankPage(title: string): string {
  const blank = `<meta name="color-scheme" content="light dark"><title>${title}</title>`;
  return `data:text/html,${encodeURIComponent(blank)}`;
}

function chromiumArguments(options: LaunchOptions): string[] {
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
          ...fewProcesses,
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
    ...sharedMemory(),
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
    ...(options.switches ?? []),
    // The shell knows no app windows: none of its windows has a frame.
    `${/headless-shell/.test(options.program) ? "" : "--app="}${blankPage(options.title)}`,
  ];
}
