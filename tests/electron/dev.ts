/** `npm run dev`: the app with hot reload of the page, started anew when main or preload change. */
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { join } from "node:path";
import { build, createServer } from "vite";
import type { Rolldown } from "vite";
import { forgetBuild } from "../support/build.ts";
import { root } from "../support/project.ts";
import { hasDisplay, noDisplay } from "./display.ts";
import { electronSwitches, fetchElectron } from "./electron-program.ts";

if (!hasDisplay()) {
  console.error(noDisplay);
  process.exit(1);
}

process.chdir(root);
forgetBuild();
const server = await createServer({ configFile: join(root, "vite.renderer.config.ts"), clearScreen: false });
await server.listen();
const url = server.resolvedUrls?.local[0] ?? "http://localhost:5173/";
const electron = await fetchElectron();
let child: ChildProcess | undefined;
let ending = false;

await Promise.all(["vite.main.config.ts", "vite.preload.config.ts"].map(watch));
restart();
console.log(
  `The page comes from ${url}; the app runs ${electron === undefined ? "on the stand-in" : "in Electron"}.`,
);
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => void end(0));

/** Builds and keeps building; resolves after the first build. */
async function watch(config: string): Promise<void> {
  const watcher = (await build({
    configFile: join(root, config),
    mode: "development",
    logLevel: "warn",
    build: { watch: {}, emptyOutDir: false },
  })) as Rolldown.RolldownWatcher;
  let first = true;
  await new Promise<void>((resolve) => {
    watcher.on("event", (event) => {
      if (event.code !== "END") return;
      if (first) resolve();
      else restart();
      first = false;
    });
  });
}

function restart(): void {
  const old = child;
  const [program, host] =
    electron === undefined
      ? [process.execPath, [join(root, "tests", "electron", "stand-in.ts")]]
      : [electron, electronSwitches()];
  const open = () => {
    const started = spawn(program, [...host, root, ...process.argv.slice(2)], {
      stdio: "inherit",
      env: { ...process.env, EXCHANGE_ROLLOUT_DEV_URL: url },
    });
    child = started;
    // Closed by the user, not by us.
    started.on("exit", (code) => {
      if (child === started) void end(code ?? 0);
    });
  };
  child = undefined;
  if (!old) return open();
  old.once("exit", open);
  old.kill();
}

async function end(code: number): Promise<void> {
  if (ending) return;
  ending = true;
  child?.kill();
  await server.close();
  process.exit(code);
}
