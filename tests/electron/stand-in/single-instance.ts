import {
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  watch,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";

const heartbeatMilliseconds = 2_000;
const staleMilliseconds = 15_000;

export interface Instance {
  args: string[];
  directory: string;
}

/**
 * One process per user data folder. The first owns a lock file and touches it while it lives; a second one
 * leaves its command line in the folder beside it, which the first watches.
 *
 * @returns whether this process is the first.
 */
export function lockSingleInstance(folder: string, onSecond: (instance: Instance) => void): boolean {
  const lock = join(folder, "lock");
  const messages = join(folder, "second-instances");
  mkdirSync(messages, { recursive: true, mode: 0o700 });
  if (isAlive(lock)) {
    const message: Instance = { args: process.argv, directory: process.cwd() };
    writeFileSync(join(messages, `${process.pid}.json`), JSON.stringify(message), { mode: 0o600 });
    return false;
  }
  writeFileSync(lock, String(process.pid), { mode: 0o600 });
  for (const stale of readdirSync(messages)) rmSync(join(messages, stale), { force: true });
  watch(messages, { persistent: false }, (_event, name) => {
    const path = join(messages, String(name));
    const instance = readInstance(path);
    if (!instance) return;
    rmSync(path, { force: true });
    onSecond(instance);
  });
  setInterval(() => touch(lock), heartbeatMilliseconds).unref();
  process.on("exit", () => rmSync(lock, { force: true }));
  return true;
}

function isAlive(lock: string): boolean {
  try {
    const pid = Number(readFileSync(lock, "utf8"));
    if (pid === process.pid || Date.now() - statSync(lock).mtimeMs > staleMilliseconds) return false;
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function readInstance(path: string): Instance | undefined {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Instance;
  } catch {
    // Not written to its end yet, or taken already.
    return undefined;
  }
}

function touch(path: string): void {
  try {
    utimesSync(path, new Date(), new Date());
  } catch {
    // The folder was removed under us; the process ends with it.
  }
}
