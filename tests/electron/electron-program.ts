import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../support/project.ts";

const folder = join(root, "node_modules", "electron");
const reachMilliseconds = 4_000;
const downloadMilliseconds = 300_000;

/** Path of Electron's program when it is on this machine already. */
export function findElectron(): string | undefined {
  const pathFile = join(folder, "path.txt");
  const name = existsSync(pathFile) ? readFileSync(pathFile, "utf8") : "electron";
  const program = join(process.env["ELECTRON_OVERRIDE_DIST_PATH"] ?? join(folder, "dist"), name);
  return existsSync(program) ? program : undefined;
}

/** Path of Electron's program, downloaded when it is missing and its server answers. */
export async function fetchElectron(): Promise<string | undefined> {
  const found = findElectron();
  if (found !== undefined || !(await serverAnswers())) return found;
  process.stdout.write("Downloading Electron; this happens once.\n");
  spawnSync(process.execPath, [join(folder, "install.js")], {
    stdio: "ignore",
    timeout: downloadMilliseconds,
  });
  return findElectron();
}

/** Asked first, because the download itself retries for a long time where there is no network. */
async function serverAnswers(): Promise<boolean> {
  const mirror = process.env["ELECTRON_MIRROR"] ?? process.env["npm_config_electron_mirror"];
  try {
    const signal = AbortSignal.timeout(reachMilliseconds);
    await fetch(mirror ?? "https://github.com/electron/electron/releases", {
      method: "HEAD",
      redirect: "manual",
      signal,
    });
    return true;
  } catch {
    return false;
  }
}

/** Switches that Electron needs where it runs: Chromium refuses its sandbox to root. */
export function electronSwitches(): string[] {
  return process.platform === "linux" && process.getuid?.() === 0 ? ["--no-sandbox"] : [];
}
