/** `npm start`: builds what is out of date and opens the app. */
import { spawn } from "node:child_process";
import { buildIfNeeded } from "../support/build.ts";
import { root } from "../support/project.ts";
import { hasDisplay, noDisplay } from "./display.ts";
import { electronSwitches, fetchElectron } from "./electron-program.ts";
import { findChromium, noChromium } from "./stand-in/find-chromium.ts";
import { runStandIn } from "./stand-in/run.ts";

const args = process.argv.slice(2);

if (!hasDisplay()) fail(noDisplay);
const [electron] = await Promise.all([fetchElectron(), buildIfNeeded().catch(refuse)]);
if (electron !== undefined) openElectron(electron);
else openStandIn();

function openElectron(program: string): void {
  const child = spawn(program, [root, ...electronSwitches(), ...args], { stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => child.kill(signal));
  child.on("error", (error) => fail(error.message));
  child.on("exit", (code) => process.exit(code ?? 1));
}

function openStandIn(): void {
  const browser = findChromium();
  if (browser === undefined) fail(`Electron is not here and could not be fetched. ${noChromium}`);
  console.log(
    `Electron is not here and could not be fetched, so the app opens on its stand-in in ${browser}.`,
  );
  // In this very process: when it is killed, the browser's pipe closes and the browser ends as well.
  process.argv = [process.execPath, root, ...args];
  runStandIn([root, ...args]);
}

function refuse(error: unknown): never {
  return fail(error instanceof Error ? error.message : String(error));
}

function fail(sentence: string): never {
  console.error(sentence);
  process.exit(1);
}
