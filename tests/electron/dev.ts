/** `npm run dev`: the app with hot reload of the page, started anew when main or preload change. */
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { join } from "node:path";
import { build } from "vite";
import type { Rolldown } from "vite";
import { forgetBuild } from "../support/build.ts";
import { root } from "../support/project.ts";
import { hasDisplay, noDisplay } from "./display.ts";
import { startDevServer } from "./dev-server.ts";
import { electronSwitches, fetchElectron } from "./electron-program.ts";

if (!hasDisplay()) {
  console.error(noDisplay);
  process.exit(1);
}

process.chdir(root);
forgetBuild();
const server = await startDevServer();
const electron = await fetchElectron();
let child: ChildProcess | undefined;
let restarting = false;
let ending = false;

await Promise.all(["vite.main.config.ts", "vite.preload.config.ts"].map(watch));
open();
console.log(
  `The page comes from ${server.url}; the app runs ${electron === undefined ? "on the stand-in" : "in Electron"}.`,
);
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => void end(0));

/** Builds and keeps building; resolves after the first build that works. One that fails is told, and nothing restarts. */
async function watch(config: string): Promise<void> {
  const watcher = (await build({
    configFile: join(root, config),
    mode: "development",
    logLevel: "warn",
    build: { watch: {}, emptyOutDir: false },
  })) as Rolldown.RolldownWatcher;
  let works = false;
  let failed = false;
  await new Promise<void>((resolve) => {
    watcher.on("event", (event) => {
      if (event.code === "START") failed = false;
      if (event.code === "ERROR") {
        failed = true;
        console.error(event.error.message);
      }
      if (event.code !== "END" || failed) return;
      if (works) restart();
      else resolve();
      works = true;
    });
  });
}

/** Ends the app, which then opens anew: two at once would not share their data folder. */
function restart(): void {
  restarting = child?.kill() === true;
}

function open(): void {
  restarting = false;
  const [program, host] =
    electron === undefined
      ? [process.execPath, [join(root, "tests", "electron", "stand-in.ts")]]
      : [electron, electronSwitches()];
  child = spawn(program, [...host, root, ...process.argv.slice(2)], {
    stdio: "inherit",
    env: { ...process.env, EXCHANGE_ROLLOUT_DEV_URL: server.url },
  });
  child.on("exit", (code) => {
    child = undefined;
    if (restarting) open();
    else void end(code ?? 0);
  });
}

async function end(code: number): Promise<void> {
  if (ending) return;
  ending = true;
  child?.kill();
  await server.close();
  process.exit(code);
}
