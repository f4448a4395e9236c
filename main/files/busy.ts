import { setTimeout as wait } from "node:timers/promises";
import { systemCode } from "./file-errors.ts";

/** Virus scanners and indexers hold a file on Windows for moments; renaming over it or deleting it then fails. */
const busyCodes = new Set(["EPERM", "EACCES", "EBUSY"]);
const busyWaitsMs = [10, 30, 60, 100, 200, 400, 800];

/** Whether a file may be held by another program for now. Elsewhere than on Windows these codes mean other things. */
export function isBusy(error: unknown, platform: NodeJS.Platform): boolean {
  return platform === "win32" && busyCodes.has(systemCode(error));
}

/** Does `work` again while its file is busy, for a second and a half altogether. */
export async function outlastBusy(work: () => Promise<void>, platform: NodeJS.Platform): Promise<void> {
  for (const pause of busyWaitsMs) {
    try {
      await work();
      return;
    } catch (error) {
      if (!isBusy(error, platform)) throw error;
      await wait(pause);
    }
  }
  await work();
}
