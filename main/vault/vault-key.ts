import { AppError } from "../errors.ts";
import type { Keychain, RandomBytes } from "../ports.ts";
import { keyLength, takeKey } from "./sealed-file.ts";
import type { VaultKey } from "./sealed-file.ts";

/** What the keychain said about the vault's key. `detail` is its answer in words, never a secret. */
export type KeyLookup =
  | { kind: "key"; key: VaultKey }
  /** The keychain works (it took, gave back and deleted a trial entry) and holds no key. */
  | { kind: "none" }
  /** An entry of that name is there, but it is not a key. */
  | { kind: "damaged" }
  | { kind: "locked"; detail: string }
  | { kind: "unavailable"; detail: string };

export interface KeychainEntryOptions {
  keychain: Keychain;
  service: string;
  account: string;
  randomBytes: RandomBytes;
  /** How long one call may take, in milliseconds. */
  timeoutMs: number;
  /** The keychain answered after its time was over, for instance because the user unlocked it. */
  onLateAnswer: () => void;
}

/** The one entry in the system's keychain that holds the vault's key. */
export interface KeychainEntry {
  lookUp(): Promise<KeyLookup>;
  /** Stores a new random key and reads it back. An entry that is not a key is copied to another account first. */
  create(label: string): Promise<KeyLookup>;
  /** Whether a call has not been answered yet. */
  waiting(): boolean;
}

/**
 * Each call has a time limit, because a locked keychain may wait for a dialog. Only one call runs at a time:
 * one that never ends holds a thread of Node's small pool, and a second one would soon stop all file work.
 */
export function openKeychainEntry(options: KeychainEntryOptions): KeychainEntry {
  const { keychain, service, account, randomBytes, timeoutMs } = options;
  let running: Promise<unknown> | null = null;

  async function call<T>(work: () => Promise<T>): Promise<T> {
    if (running !== null) await withinLimit(running.catch(() => undefined));
    const answer = work();
    const settled = answer.then(
      () => undefined,
      () => undefined,
    );
    running = settled;
    void settled.then(() => {
      if (running === settled) running = null;
    });
    return withinLimit(answer);
  }

  async function withinLimit<T>(answer: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(
        () => reject(new AppError("keychain-locked", { reason: `no answer within ${timeoutMs} ms` })),
        timeoutMs,
      );
    });
    try {
      return await Promise.race([answer, limit]);
    } finally {
      clearTimeout(timer);
    }
  }

  function read(): Promise<string | null> {
    let late = false;
    return call(() => {
      const answer = keychain.getPassword(service, account);
      void answer.then(
        (value) => {
          if (late && value !== null) options.onLateAnswer();
        },
        () => undefined,
      );
      return answer;
    }).catch((error: unknown) => {
      late = true;
      throw error;
    });
  }

  /** A locked Secret Service whose dialog was dismissed answers a read with "nothing"; a write tells the truth. */
  async function probe(): Promise<void> {
    const trial = `${account}-trial`;
    const value = randomBytes(12).toString("hex");
    await call(() => keychain.setPassword(service, trial, value));
    const readBack = await call(() => keychain.getPassword(service, trial));
    await call(() => keychain.deletePassword(service, trial));
    if (readBack !== value)
      throw new AppError("no-keychain", { reason: "it does not keep what it is given" });
  }

  return {
    waiting: () => running !== null,
    async lookUp() {
      try {
        const stored = await read();
        if (stored !== null) return decode(stored);
        await probe();
        return { kind: "none" };
      } catch (error) {
        return failed(error);
      }
    },
    async create(label) {
      const fresh = randomBytes(keyLength);
      try {
        const old = await read();
        if (old !== null) {
          const there = decode(old);
          if (there.kind === "key") return there;
          await call(() => keychain.setPassword(service, `${account}.${label}`, old));
        }
        await call(() => keychain.setPassword(service, account, fresh.toString("base64")));
        const stored = await read();
        if (stored === null) return { kind: "unavailable", detail: "it does not keep what it is given" };
        return decode(stored);
      } catch (error) {
        return failed(error);
      } finally {
        fresh.fill(0);
      }
    },
  };
}

function decode(stored: string): KeyLookup {
  const bytes = Buffer.from(stored, "base64");
  if (bytes.length === keyLength && bytes.toString("base64") === stored) {
    return { kind: "key", key: takeKey(bytes) };
  }
  bytes.fill(0);
  return { kind: "damaged" };
}

function failed(error: unknown): KeyLookup {
  const detail = describe(error);
  const locked = error instanceof AppError && error.code === "keychain-locked";
  return { kind: locked ? "locked" : "unavailable", detail };
}

function describe(error: unknown): string {
  if (error instanceof AppError) {
    return [error.details["reason"], error.details["answer"]].filter((one) => one !== undefined).join(": ");
  }
  return error instanceof Error ? error.message.slice(0, 300) : "it failed without saying why";
}
