import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

const onLinux = [
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "microsoft-edge",
  "microsoft-edge-stable",
];

const onMac = [
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
];

const onWindows = [
  "Google\\Chrome\\Application\\chrome.exe",
  "Microsoft\\Edge\\Application\\msedge.exe",
  "Chromium\\Application\\chrome.exe",
];

/** What to tell a person whose machine has none of the browsers. */
export const noChromium =
  "No Chromium, Google Chrome or Microsoft Edge found. Install one of them (Debian and Ubuntu: " +
  "apt-get install chromium) or set CHROME_PATH to its program file.";

/** Path of an installed Chromium, Chrome or Edge; CHROME_PATH wins. Undefined when there is none. */
export function findChromium(
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string | undefined {
  if (environment["CHROME_PATH"]) return environment["CHROME_PATH"];
  return candidates(environment, platform).find(isProgram);
}

/**
 * The same for windows that nobody sees. Debian packs Chromium's shell without windows by itself: it starts in half
 * the time.
 */
export function findHeadlessChromium(
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string | undefined {
  const shell =
    platform === "linux" && !environment["CHROME_PATH"]
      ? onPath(["chromium-headless-shell"], environment).find(isProgram)
      : undefined;
  return shell ?? findChromium(environment, platform);
}

function candidates(environment: NodeJS.ProcessEnv, platform: NodeJS.Platform): string[] {
  if (platform === "darwin") {
    return [...onMac, ...onMac.map((path) => join(environment["HOME"] ?? "/", path))];
  }
  if (platform === "win32") {
    const roots = ["ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA"].map((name) => environment[name]);
    return onWindows.flatMap((path) =>
      roots.filter((root) => root !== undefined).map((root) => join(root, path)),
    );
  }
  return onPath(onLinux, environment);
}

function onPath(names: readonly string[], environment: NodeJS.ProcessEnv): string[] {
  const folders = (environment["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  return names.flatMap((name) => [...folders, "/usr/bin", "/snap/bin"].map((folder) => join(folder, name)));
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
