import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright/test";
import type { Browser } from "playwright/test";
import { electronSwitches } from "../electron/electron-program.ts";
import type { Target } from "../electron/stand-in/chromium.ts";
import { DevTools } from "../electron/stand-in/devtools.ts";
import { findHeadlessChromium, noChromium } from "../electron/stand-in/find-chromium.ts";
import { fewProcesses, launchChromium, sharedMemory } from "../electron/stand-in/launch.ts";

/** A browser of this worker in which one app at a time has its windows; starting one costs more than the app does. */
export interface LentBrowser {
  /** DevTools address for the stand-in's EXCHANGE_ROLLOUT_BROWSER. */
  address: string;
  /** To be called once the app has ended: waits until nothing of it is left there. */
  giveBack(): Promise<void>;
}
interface Owned {
  address: string;
  devTools: DevTools;
  kill(): void;
}

const idle = new Map<string, Owned[]>();
let person: Promise<Browser> | undefined;

/** Compiling what runs for seconds costs more than it saves: it is interpreted, or translated as it stands. */
export const quickScripts = ["--no-turbofan", "--no-maglev"];
/** Most objects of a page live for a moment: with more room for the young ones, they are collected less often. */
const quickPages = [`--js-flags=${[...quickScripts, "--min-semi-space-size=32"].join(" ")}`];

/** One process for all pages of a context: the practice tenant's hosts are as many sites. */
const oneRenderer = ["--disable-site-isolation-trials", "--renderer-process-limit=1"];

/** The browser of the person at the computer, for whom each test makes contexts of its own. */
export function personBrowser(): Promise<Browser> {
  const executablePath = findHeadlessChromium();
  person ??= chromium.launch({
    args: [...electronSwitches(), ...oneRenderer, ...quickPages, ...fewProcesses, ...sharedMemory()],
    // Playwright's own, whatever the computer has.
    ignoreDefaultArgs: ["--disable-dev-shm-usage"],
    ...(executablePath !== undefined && { executablePath }),
  });
  return person;
}

/** Lends a browser in which no other app has windows. */
export async function lendBrowser(language: string): Promise<LentBrowser> {
  const free = idle.get(language) ?? [];
  idle.set(language, free);
  // Like the stand-in: some Chromium ends at its start.
  const owned = free.pop() ?? (await launch(language).catch(() => launch(language)));
  return {
    address: owned.address,
    giveBack: async () => {
      if (await isEmpty(owned)) free.push(owned);
      else owned.kill();
    },
  };
}

async function launch(language: string): Promise<Owned> {
  const program = findHeadlessChromium();
  if (program === undefined) throw new Error(noChromium);
  const profile = mkdtempSync(join(tmpdir(), "exchange-rollout-browser-"));
  const { child, transport, errors } = launchChromium({
    program,
    profile,
    headless: true,
    debuggingPort: "0",
    language,
    title: "",
    // Every frame of a movement is drawn by the processor. Apps with a browser of their own do without these switches.
    switches: ["--force-prefers-reduced-motion", ...quickPages],
  });
  const kill = () => {
    child.kill("SIGKILL");
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  process.once("exit", kill);
  const address = await new Promise<string>((resolve, reject) => {
    let text = "";
    errors.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
      const found = /DevTools listening on (\S+)/.exec(text)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once("exit", (code) => reject(new Error(`${program} ended with code ${code}:\n${text}`)));
  });
  return { address, devTools: new DevTools(transport), kill };
}

/** The app's windows close with its connection, which takes the browser a moment. */
async function isEmpty({ devTools }: Owned): Promise<boolean> {
  const until = Date.now() + 10_000;
  while (Date.now() < until) {
    const { browserContextIds } = await devTools.browser.send<{ browserContextIds: string[] }>(
      "Target.getBrowserContexts",
    );
    const { targetInfos } = await devTools.browser.send<{ targetInfos: Target[] }>("Target.getTargets");
    const left = targetInfos.filter(({ type }) => type === "page");
    if (browserContextIds.length === 0 && left.length <= 1) return true;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return false;
}
