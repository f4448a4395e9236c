import { execFile, execFileSync } from "node:child_process";
import { bundledChild } from "./bundled-child.ts";

export interface WriteOutcome {
  /** "written" or the AppError's code. */
  outcome: string;
  details: Record<string, string | number>;
  /** Names and sizes of what lies in the folder afterwards. */
  left: Record<string, number>;
  /** Head of the target afterwards. */
  head: string;
}

const isRoot = process.getuid?.() === 0;
/** Program and arguments to put before a command that gets a mount namespace of its own, which ends with it. */
export const withPrivateMounts = ["unshare", ...(isRoot ? [] : ["--user", "--map-root-user"]), "--mount"];

/** Runs `shell` among the mounts of the process `pid` and gives what it prints; for Linux, as {@link withPrivateMounts}. */
export function inMountsOf(pid: number, shell: string): string {
  const user = isRoot ? [] : ["--user", "--preserve-credentials"];
  return execFileSync("nsenter", ["--target", String(pid), ...user, "--mount", "sh", "-c", shell], {
    encoding: "utf8",
  });
}

/**
 * Runs `shell` (mounts, for instance) and then one write (or one journal entry of about `bytes` bytes) in a mount namespace of its own, which ends with it.
 * Needs Linux with `unshare` (util-linux); fails, naming that, where there is none.
 */
export async function writeInPrivateMount(
  shell: string,
  write: { path: string; bytes: number; replace: boolean; journal?: boolean },
): Promise<WriteOutcome> {
  const writer = await bundledChild("tests/support/write-child.ts");
  const script = `set -e\n${shell}\nexec "$0" "$@"`;
  const [program = "", ...prefix] = withPrivateMounts;
  const args = [...prefix, "sh", "-c", script, process.execPath, writer, JSON.stringify(write)];
  return new Promise((resolve, reject) => {
    execFile(program, args, (error, stdout, stderr) => {
      if (error === null) resolve(JSON.parse(stdout) as WriteOutcome);
      else
        reject(
          new Error(`needs Linux, unshare (util-linux) and the right to mount: ${stderr}`, { cause: error }),
        );
    });
  });
}
