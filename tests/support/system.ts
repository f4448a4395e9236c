import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { findChromium, findHeadlessChromium } from "../electron/stand-in/find-chromium.ts";
import { isStarted } from "./project.ts";

interface Need {
  /** Debian's and Ubuntu's package. */
  package: string;
  why: string;
  isThere: () => boolean;
}

const needs: Need[] = [
  {
    package: "chromium",
    why: "shows the app in end-to-end tests",
    isThere: () => findChromium() !== undefined,
  },
  {
    package: "openssl",
    why: "reads and writes certificates for comparison",
    isThere: () => onPath("openssl"),
  },
];

/** Only Linux has these ways to look at certificates and these keychain services. */
const linuxNeeds: Need[] = [
  {
    package: "dbus",
    why: "carries the keychain",
    isThere: () => onPath("dbus-daemon") && onPath("dbus-run-session"),
  },
  { package: "gnome-keyring", why: "is the keychain", isThere: () => onPath("gnome-keyring-daemon") },
  {
    package: "libsecret-1-0",
    why: "connects keytar with the keychain",
    isThere: () => hasLibrary("libsecret-1.so.0"),
  },
  {
    package: "gnutls-bin",
    why: "reads and writes certificates for comparison",
    isThere: () => onPath("certtool"),
  },
  {
    package: "libnss3-tools",
    why: "reads and writes certificates for comparison",
    isThere: () => onPath("pk12util"),
  },
  {
    package: "poppler-utils",
    why: "reads reports that were printed to PDF",
    isThere: () => onPath("pdfinfo") && onPath("pdftotext"),
  },
  { package: "qpdf", why: "looks into reports that were printed to PDF", isThere: () => onPath("qpdf") },
  {
    package: "7zip",
    why: "opens sealed lists of passwords",
    isThere: () => onPath("7zz"),
  },
  {
    package: "default-jre-headless",
    why: "reads and writes certificates for comparison",
    isThere: () => onPath("keytool"),
  },
];

/** Makes the tests quicker where the system has it; they run without it as well. */
const useful: Need = {
  package: "chromium-headless-shell",
  why: "shows the app in end-to-end tests, and starts in half the time",
  isThere: () => findHeadlessChromium() !== findChromium(),
};

/**
 * Makes sure that the machine has what the tests need; installs it on Debian and Ubuntu when that is allowed.
 *
 * @returns what is still missing, as a sentence to show, or undefined when everything is there.
 */
export async function prepareSystem(): Promise<string | undefined> {
  const all = process.platform === "linux" ? [...needs, ...linuxNeeds] : needs;
  const missing = () => all.filter((need) => !need.isThere());
  if (mayInstall()) await installMissing(missing().map((need) => need.package));
  const after = missing();
  if (after.length === 0) return undefined;
  const list = after.map((need) => `  ${need.package}: ${need.why}`).join("\n");
  const names = after.map((need) => need.package).join(" ");
  return `The tests need programs that are not here:\n${list}\n${howTo(names)}`;
}

function howTo(names: string): string {
  if (process.platform !== "linux") return `Install: ${names}.`;
  return `On Debian and Ubuntu: sudo apt-get install --no-install-recommends ${names}`;
}

function mayInstall(): boolean {
  return (
    process.platform === "linux" &&
    process.getuid?.() === 0 &&
    existsSync("/etc/debian_version") &&
    onPath("apt-get")
  );
}

/** Installs these packages and what is useful, all at once: each further time, Debian goes through its manuals anew. */
async function installMissing(missing: string[]): Promise<void> {
  const wantsUseful = !process.env["CHROME_PATH"] && isDebian() && !useful.isThere();
  if (missing.length === 0 && !wantsUseful) return;
  if (missing.length > 0 || !isKnown(useful.package)) await apt(["update", "-qq"]);
  const names = wantsUseful && isKnown(useful.package) ? [...missing, useful.package] : missing;
  if (names.length === 0) return;
  console.log(`Installing ${names.join(", ")}`);
  await apt(["install", "-y", "-qq", "--no-install-recommends", ...names]);
}

/** What fails is found missing afterwards. */
function apt(args: string[]): Promise<void> {
  const child = spawn("apt-get", args, {
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  });
  return new Promise((resolve) => child.on("error", () => resolve()).on("close", () => resolve()));
}

/** Ubuntu has Chromium as a snap only. */
function isDebian(): boolean {
  return existsSync("/etc/os-release") && /^ID=debian$/m.test(readFileSync("/etc/os-release", "utf8"));
}

/** Whether the lists of packages, as they are, have it. */
function isKnown(name: string): boolean {
  return spawnSync("apt-cache", ["show", name], { stdio: "ignore" }).status === 0;
}

function onPath(program: string): boolean {
  const names = process.platform === "win32" ? [`${program}.exe`] : [program];
  const folders = [
    ...(process.env["PATH"] ?? "").split(delimiter),
    "/usr/local/bin",
    "/usr/bin",
    "/usr/sbin",
  ];
  return folders.some((folder) => names.some((name) => existsSync(join(folder, name))));
}

function hasLibrary(name: string): boolean {
  const { stdout } = spawnSync("/sbin/ldconfig", ["-p"], { encoding: "utf8" });
  return typeof stdout === "string" && stdout.includes(name);
}

if (isStarted(import.meta.url)) {
  const problem = await prepareSystem();
  console.log(problem ?? "Everything that the tests need is here.");
  process.exitCode = problem === undefined ? 0 : 1;
}
