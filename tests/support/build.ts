import { existsSync, mkdirSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { build as viteBuild } from "vite";
import { isStarted, root } from "./project.ts";

const configs = ["vite.main.config.ts", "vite.preload.config.ts", "vite.renderer.config.ts"];
const sources = ["main", "preload", "renderer", "package.json", "package-lock.json", ...configs];
const outputs = ["main/index.cjs", "preload/index.cjs", "renderer/index.html", "renderer/transfer.html"].map(
  (name) => join(root, "dist", name),
);
// A page that is read from the disk may be as big as it is; tests assert the size of the package.
const quiet = { chunkSizeWarningLimit: 10_000, reportCompressedSize: false };
const stamp = join(root, "node_modules", ".cache", "exchange-rollout", "built");

/** Builds main, preload and renderer side by side into `dist`. */
export async function build(): Promise<void> {
  const startedAt = new Date();
  forgetBuild();
  process.chdir(root);
  // Vite takes what is set, so that a build asked for by a test would be one for tests, and else sets it for good;
  // what is started afterwards, such as tests, must not inherit that.
  const { NODE_ENV: environment } = process.env;
  process.env["NODE_ENV"] = "production";
  await Promise.all(
    configs.map((name) =>
      viteBuild({ configFile: join(root, name), mode: "production", logLevel: "warn", build: quiet }),
    ),
  ).finally(() => {
    if (environment === undefined) delete process.env["NODE_ENV"];
    else process.env["NODE_ENV"] = environment;
  });
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, "");
  utimesSync(stamp, startedAt, startedAt);
}

/** Whether `dist` is newer than everything it is made from. */
export function isFresh(): boolean {
  if (!existsSync(stamp) || !outputs.every((path) => existsSync(path))) return false;
  const builtAt = statSync(stamp).mtimeMs;
  return sources.every((name) => newestChange(join(root, name)) < builtAt);
}

/** Makes the next start build anew, because something else writes into `dist`. */
export function forgetBuild(): void {
  rmSync(stamp, { force: true });
}

/** Builds unless `dist` is fresh. */
export async function buildIfNeeded(): Promise<void> {
  if (!isFresh()) await build();
}

function newestChange(path: string): number {
  const found = statSync(path);
  // A folder's own time tells of files that were removed.
  const inside = found.isDirectory() ? readdirSync(path).map((name) => newestChange(join(path, name))) : [];
  return Math.max(found.mtimeMs, ...inside);
}

if (isStarted(import.meta.url)) {
  const start = performance.now();
  await build().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  });
  console.log(`Built dist/ in ${((performance.now() - start) / 1_000).toFixed(1)} s.`);
}
