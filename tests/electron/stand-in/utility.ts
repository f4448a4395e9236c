import { fork as forkProcess } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { EventEmitter } from "node:events";
import { fileURLToPath } from "node:url";
import { guard, knownEvent } from "./guard.ts";

export interface ForkOptions {
  env?: NodeJS.ProcessEnv;
  execArgv?: string[];
  cwd?: string;
  stdio?: "pipe" | "ignore" | "inherit" | string[];
  serviceName?: string;
}
const known = new Set(["env", "execArgv", "cwd", "stdio", "serviceName"]);

/** Electron's utility process: a Node process with `process.parentPort`. */
export class UtilityProcess extends EventEmitter {
  readonly #child: ChildProcess;

  constructor(modulePath: string, args: string[], options: ForkOptions) {
    super();
    const unknown = Object.keys(options).find((name) => !known.has(name));
    if (unknown)
      throw new Error(`The stand-in for Electron does not know utilityProcess.fork's option ${unknown}`);
    const stdio = options.stdio === "pipe" ? "pipe" : options.stdio === "ignore" ? "ignore" : "inherit";
    this.#child = forkProcess(
      fileURLToPath(new URL("utility-child.ts", import.meta.url)),
      [modulePath, ...args],
      {
        serialization: "advanced",
        execArgv: options.execArgv ?? [],
        stdio: ["ignore", stdio, stdio, "ipc"],
        ...(options.env ? { env: { ...options.env, ...compiledCode() } } : {}),
        ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      },
    );
    this.#child.on("spawn", () => this.emit("spawn"));
    this.#child.on("message", (message) => this.emit("message", message));
    this.#child.on("exit", (code) => this.emit("exit", code ?? 1));
    this.#child.on("error", (error) => this.emit("error", "FatalError", String(error), ""));
  }

  override on(name: string, listener: (...args: never[]) => void): this {
    knownEvent("utilityProcess", ["spawn", "message", "exit", "error"], name);
    return super.on(name, listener as (...args: unknown[]) => void);
  }
  get pid(): number | undefined {
    return this.#child.exitCode === null && this.#child.signalCode === null ? this.#child.pid : undefined;
  }
  get stdout() {
    return this.#child.stdout;
  }
  get stderr() {
    return this.#child.stderr;
  }
  postMessage(message: unknown, transfer: unknown[] = []): void {
    if (transfer.length > 0) throw new Error("The stand-in for Electron transfers no ports");
    if (this.#child.connected) this.#child.send(structuredClone(message) as object, () => undefined);
  }
  kill(): boolean {
    return this.#child.kill();
  }
}

/** Where Node keeps what it has compiled, if anywhere: beside it, the app chooses its process's environment. */
function compiledCode(): NodeJS.ProcessEnv {
  const { NODE_COMPILE_CACHE: folder } = process.env;
  return folder === undefined ? {} : { NODE_COMPILE_CACHE: folder };
}

export const utilityProcess = guard("utilityProcess", {
  fork: (modulePath: string, args: string[] = [], options: ForkOptions = {}) =>
    new UtilityProcess(modulePath, args, options),
});
