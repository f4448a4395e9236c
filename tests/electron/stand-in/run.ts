import { createRequire, registerHooks } from "node:module";
import { join, resolve } from "node:path";
import { createElectron } from "./electron.ts";
import { findChromium, findHeadlessChromium, noChromium } from "./find-chromium.ts";
import { parseCommandLine } from "./switches.ts";

/**
 * Runs the built app in this process with the module `electron` resolved to the stand-in. The arguments are
 * those of the `electron` program: `[-r module] <folder> [--switches]`.
 */
export function runStandIn(args: readonly string[]): void {
  const commandLine = parseCommandLine(args);
  const preloadAt = commandLine.rest.indexOf("-r");
  const [, preloaded] = preloadAt < 0 ? [] : commandLine.rest.splice(preloadAt, 2);
  const folder = resolve(commandLine.rest[0] ?? ".");
  const headless = process.env["EXCHANGE_ROLLOUT_HEADLESS"] === "1";
  const program = headless ? findHeadlessChromium() : findChromium();
  if (program === undefined) {
    process.stderr.write(`${noChromium}\n`);
    process.exit(1);
  }

  const { electron, host } = createElectron(folder, program, commandLine, headless);
  resolveElectronTo(electron);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => host.app.quit());
  const fail = (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    host.app.exit(1);
  };
  host.onFault = fail;

  const require = createRequire(join(folder, "package.json"));
  if (preloaded !== undefined) require(resolve(preloaded));
  const { main } = require("./package.json") as { main: string };
  require(`./${main}`);
  // An app that asked to quit at once, as a second instance does, needs no browser.
  setImmediate(() => {
    if (!host.app.isQuitting) host.start().catch(fail);
  });
}

/** From here on `require("electron")` gives this object. */
function resolveElectronTo(electron: object): void {
  const key = "exchange-rollout.electron";
  const address = "stand-in:electron";
  Object.defineProperty(globalThis, Symbol.for(key), { value: electron });
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === "electron" || specifier === "electron/main"
        ? { url: address, format: "commonjs", shortCircuit: true }
        : next(specifier, context),
    load: (url, context, next) =>
      url === address
        ? {
            format: "commonjs",
            source: `module.exports = globalThis[Symbol.for(${JSON.stringify(key)})];`,
            shortCircuit: true,
          }
        : next(url, context),
  });
}
