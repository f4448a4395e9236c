import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Makes a folder for all temporary files of this run, its workers and the programs that they start. Gives what
 * removes it at the end, with whatever was left there by programs that were killed.
 */
export default function openRunFolder(): () => void {
  // Short, because the paths of sockets in it must not be long.
  const folder = mkdtempSync(join(tmpdir(), "rollout-run-"));
  for (const name of ["TMPDIR", "TMP", "TEMP"]) process.env[name] = folder;
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
