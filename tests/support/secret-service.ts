import { execFile, fork, spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { AppError } from "../../main/errors.ts";
import type { Keychain } from "../../main/ports.ts";
import type { ErrorCode } from "../../preload/model/errors.ts";

const run = promisify(execFile);
const child = fileURLToPath(new URL("keychain-child.ts", import.meta.url));

/** A real Secret Service (gnome-keyring on a D-Bus of its own) in a temporary home. */
export interface SecretService {
  env: NodeJS.ProcessEnv;
  /** Ends gnome-keyring, if it runs, and starts it: with its collection unlocked, or locked as after a login without. */
  restart(how: "unlocked" | "locked"): Promise<void>;
  /** Locks the collection while the service runs. */
  lock(): Promise<void>;
  /** Stops the service from answering, without ending it, and lets it go on. */
  freeze(): void;
  thaw(): void;
  stop(): Promise<void>;
}

export interface RealKeychain extends Keychain {
  stop(): Promise<void>;
}

/** Starts the bus only; `restart` starts the service. Fails with the package's name when a program is missing. */
export async function startSecretService(): Promise<SecretService> {
  const home = mkdtempSync(join(tmpdir(), "exchange-rollout-keyring-"));
  mkdirSync(join(home, "run"), { mode: 0o700 });
  const env: NodeJS.ProcessEnv = {
    PATH: process.env["PATH"],
    HOME: home,
    XDG_RUNTIME_DIR: join(home, "run"),
  };
  writeFileSync(join(home, "bus.conf"), busWithoutActivation(join(home, "run", "session")));
  const busArgs = ["--nofork", "--print-address=1", `--config-file=${join(home, "bus.conf")}`];
  const bus = await start("dbus-daemon", "dbus", busArgs, env);
  env["DBUS_SESSION_BUS_ADDRESS"] = await firstLine(bus);
  let service: ChildProcess | null = null;

  async function owned(): Promise<boolean> {
    const { stdout } = await run("dbus-send", [...toBus, "org.freedesktop.DBus.NameHasOwner", secrets], {
      env,
    });
    return stdout.includes("true");
  }

  async function end(process: ChildProcess | null): Promise<void> {
    if (process === null || process.exitCode !== null || process.signalCode !== null) return;
    const ended = once(process, "exit");
    process.kill("SIGCONT");
    process.kill("SIGTERM");
    await ended;
  }

  return {
    env,
    async restart(how) {
      await end(service);
      const args = ["--foreground", "--components=secrets", ...(how === "unlocked" ? ["--unlock"] : [])];
      service = await start("gnome-keyring-daemon", "gnome-keyring", args, env);
      service.stdin?.end(how === "unlocked" ? "keyring password" : "");
      for (let tries = 0; !(await owned()); tries += 1) {
        if (tries > 100) throw new Error("gnome-keyring did not take its name on the bus within 10 s");
        await wait(100);
      }
    },
    async lock() {
      const login = "array:objpath:/org/freedesktop/secrets/collection/login";
      const method = "org.freedesktop.Secret.Service.Lock";
      const target = [`--dest=org.freedesktop.secrets`, "/org/freedesktop/secrets"];
      await run("dbus-send", ["--session", "--print-reply", ...target, method, login], { env });
    },
    freeze: () => void service?.kill("SIGSTOP"),
    thaw: () => void service?.kill("SIGCONT"),
    async stop() {
      await end(service);
      await end(bus);
      rmSync(home, { recursive: true, force: true });
    },
  };
}

const secrets = "string:org.freedesktop.secrets";
const toBus = ["--session", "--print-reply", "--dest=org.freedesktop.DBus", "/org/freedesktop/DBus"];

/** The bus must not start the keychain services that are installed on this machine. */
function busWithoutActivation(socket: string): string {
  return `<busconfig><type>session</type><listen>unix:path=${socket}</listen><policy context="default">
    <allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
    </policy></busconfig>`;
}

async function start(
  program: string,
  packageName: string,
  args: string[],
  env: NodeJS.ProcessEnv,
): Promise<ChildProcess> {
  const started = spawn(program, args, { env, stdio: ["pipe", "pipe", "ignore"] });
  try {
    await once(started, "spawn");
  } catch (error) {
    throw new Error(`${program} is missing: apt-get install ${packageName} libsecret-1-0`, { cause: error });
  }
  return started;
}

async function firstLine(process: ChildProcess): Promise<string> {
  let text = "";
  for await (const chunk of process.stdout ?? []) {
    text += String(chunk);
    if (text.includes("\n")) break;
  }
  return text.split("\n")[0] ?? "";
}

/** The real keytar in a new process with `env`: as after a start of the app. */
export async function openRealKeychain(env: NodeJS.ProcessEnv): Promise<RealKeychain> {
  const worker = fork(child, [], { env, execArgv: [], stdio: ["ignore", "inherit", "inherit", "ipc"] });
  const waiting = new Map<number, (answer: Answer) => void>();
  let last = 0;
  await once(worker, "message");
  worker.on("message", (answer: Answer) => {
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  });

  async function call<T>(method: keyof Keychain, args: string[]): Promise<T> {
    const id = (last += 1);
    const answered = new Promise<Answer>((resolve) => waiting.set(id, resolve));
    worker.send({ id, method, args });
    const answer = await answered;
    if (answer.code !== undefined) throw new AppError(answer.code, answer.details);
    return answer.value as T;
  }

  return {
    getPassword: (...args) => call("getPassword", args),
    setPassword: (...args) => call("setPassword", args),
    deletePassword: (...args) => call("deletePassword", args),
    async stop() {
      if (worker.exitCode !== null || worker.signalCode !== null) return;
      const ended = once(worker, "exit");
      worker.kill("SIGKILL");
      await ended;
    },
  };
}

interface Answer {
  id: number;
  value?: unknown;
  code?: ErrorCode;
  details?: Record<string, string | number>;
}
