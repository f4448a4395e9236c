import { scrypt, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import type { RandomBytes } from "../ports.ts";

export interface ClipboardPort {
  readText(): Promise<string>;
  writeText(text: string): Promise<void>;
  clear(): void;
}

/** Starts a timer and gives the way to stop it. */
export type After = (milliseconds: number, work: () => Promise<void>) => () => void;

/** One small file that outlives a crash; read gives null when there is none. */
export interface MarkerFile {
  read(): Promise<string | null>;
  write(text: string): Promise<void>;
  remove(): Promise<void>;
}

export interface SecretClipboardPorts {
  clipboard: ClipboardPort;
  after: After;
  marker: MarkerFile;
  randomBytes: RandomBytes;
  onError: (message: string, error: unknown) => void;
}

export interface SecretClipboard {
  /** Copies something that need not be hidden. */
  copyText(text: string): Promise<void>;
  /** Copies a secret and takes it away again after that many seconds, if it is still there. */
  copySecret(text: string, seconds: number): Promise<void>;
  /** Takes a secret away now, or as soon as it can: the screen is locked, or the computer goes to sleep. */
  clearNow(): Promise<void>;
  /** Takes a secret away in one attempt: the app is about to end, and nothing of it is left to try again. */
  clearAtEnd(): Promise<void>;
  /** Takes away what an earlier run left behind when it ended without warning. */
  clearAfterCrash(): Promise<void>;
}

/** Recognises a secret without holding it. Slow to compute, because the marker lies on the disk. */
interface Fingerprint {
  salt: Buffer;
  hash: Buffer;
}

const markerForm = z.object({ salt: z.base64().length(24), hash: z.base64().length(44) });
/** scrypt's usual cost for interactive use: about 50 ms and 16 MB, outside the event loop. */
const cost = { N: 16_384, r: 8, p: 1 } as const;
const retryMilliseconds = 2_000;
const retries = 5;

/** Copying with clearing. Only what we put there is cleared: whatever the user copied since stays. */
export function createSecretClipboard(ports: SecretClipboardPorts): SecretClipboard {
  const { clipboard, marker } = ports;
  let current: Fingerprint | null = null;
  let stopTimer: (() => void) | null = null;

  function stop(): void {
    stopTimer?.();
    stopTimer = null;
  }

  async function clearIfOurs(fingerprint: Fingerprint): Promise<void> {
    const text = await clipboard.readText();
    if (text !== "" && (await matches(fingerprint, text))) clipboard.clear();
    // A newer secret may have been copied meanwhile; the marker is then its own.
    if (current !== null && current !== fingerprint) return;
    current = null;
    await marker.remove();
  }

  /** Another program may hold the clipboard for a moment; the marker stays until it worked. */
  async function clearOrRetry(fingerprint: Fingerprint, left: number): Promise<void> {
    try {
      await clearIfOurs(fingerprint);
    } catch (error) {
      if (left === 0 || current !== fingerprint) ports.onError("clipboard not cleared", error);
      else stopTimer = ports.after(retryMilliseconds, () => clearOrRetry(fingerprint, left - 1));
    }
  }

  async function clear(attemptsLeft: number): Promise<void> {
    stop();
    if (current !== null) await clearOrRetry(current, attemptsLeft);
  }

  return {
    copyText: (text) => clipboard.writeText(text),
    async copySecret(text, seconds) {
      const fingerprint = await fingerprintOf(text, ports.randomBytes(16));
      stop();
      current = fingerprint;
      // Marker first: a crash between the two leaves a marker without a secret, never the other way round.
      await marker
        .write(
          JSON.stringify({
            salt: fingerprint.salt.toString("base64"),
            hash: fingerprint.hash.toString("base64"),
          }),
        )
        .catch((error: unknown) => ports.onError("clipboard marker not written", error));
      await clipboard.writeText(text);
      stopTimer = ports.after(seconds * 1000, () => clearOrRetry(fingerprint, retries));
    },
    clearNow: () => clear(retries),
    clearAtEnd: () => clear(0),
    async clearAfterCrash() {
      try {
        const left = parseMarker(await marker.read());
        if (left === null) await marker.remove();
        else await clearIfOurs(left);
      } catch (error) {
        ports.onError("clipboard of the last run not cleared", error);
      }
    },
  };
}

function parseMarker(text: string | null): Fingerprint | null {
  if (text === null) return null;
  try {
    const { salt, hash } = markerForm.parse(JSON.parse(text));
    return { salt: Buffer.from(salt, "base64"), hash: Buffer.from(hash, "base64") };
  } catch {
    return null;
  }
}

function fingerprintOf(text: string, salt: Buffer): Promise<Fingerprint> {
  return new Promise((resolve, reject) => {
    scrypt(text, salt, 32, cost, (error, hash) => {
      if (error === null) resolve({ salt, hash });
      else reject(error);
    });
  });
}

async function matches(fingerprint: Fingerprint, text: string): Promise<boolean> {
  const other = await fingerprintOf(text, fingerprint.salt);
  return timingSafeEqual(other.hash, fingerprint.hash);
}
