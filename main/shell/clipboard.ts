import { rm } from "node:fs/promises";
import { clipboard, powerMonitor } from "electron";
import { AppError } from "../errors.ts";
import { readFileLimited, writeFileAtomic } from "../files/atomic-file.ts";
import type { RandomBytes } from "../ports.ts";
import { createSecretClipboard, type SecretClipboard } from "./secret-clipboard.ts";

/** The system's clipboard; secrets also leave it when the screen is locked or the computer goes to sleep. */
export function openClipboard(options: {
  markerFile: string;
  randomBytes: RandomBytes;
  onError: (message: string, error: unknown) => void;
}): SecretClipboard {
  const secrets = createSecretClipboard({
    clipboard: {
      readText: () => clipboard.readText(),
      writeText: (text) => clipboard.writeText(text),
      clear: () => clipboard.clear(),
    },
    after: (milliseconds, work) => {
      const timer = setTimeout(() => void work(), milliseconds);
      return () => clearTimeout(timer);
    },
    marker: {
      read: () => markerText(options.markerFile),
      write: (text) => writeFileAtomic(options.markerFile, text, { replace: true }),
      remove: () => rm(options.markerFile, { force: true }),
    },
    randomBytes: options.randomBytes,
    onError: options.onError,
  });
  powerMonitor.on("lock-screen", () => void secrets.clearNow());
  powerMonitor.on("suspend", () => void secrets.clearNow());
  return secrets;
}

const largestMarker = 1_000;

/** What a crash left behind; a file that is too large or empty is no marker of ours. */
async function markerText(path: string): Promise<string | null> {
  try {
    return (await readFileLimited(path, largestMarker)).toString("utf8");
  } catch (error) {
    if (error instanceof AppError && error.code !== "read-failed") return null;
    throw error;
  }
}
