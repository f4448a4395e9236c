import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's folder. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Whether this file was started by itself, as `node file.ts`. */
export function isStarted(moduleUrl: string): boolean {
  return process.argv[1] === fileURLToPath(moduleUrl);
}
