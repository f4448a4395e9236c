import { mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Plugin } from "vite";
import { root } from "./project.ts";

const folder = join(root, "node_modules", ".cache", "exchange-rollout");
const bundles = new Map<string, Promise<string>>();

/**
 * One file with all that a program of the tests is made of, for tests that start it often: it starts several times
 * as fast as from its sources. `source` is relative to the project's folder. Made anew once in each process.
 */
export function bundledChild(source: string): Promise<string> {
  const bundle = bundles.get(source) ?? makeBundle(source);
  bundles.set(source, bundle);
  return bundle;
}

async function makeBundle(source: string): Promise<string> {
  const { build } = await import("vite");
  const name = basename(source).replace(/\.ts$/, ".mjs");
  mkdirSync(folder, { recursive: true });
  const own = mkdtempSync(join(folder, "child-"));
  await build({
    configFile: false,
    root,
    logLevel: "error",
    plugins: [ownAddresses],
    build: {
      ssr: source,
      target: "node24",
      outDir: own,
      minify: false,
      rollupOptions: { output: { entryFileNames: name, codeSplitting: false } },
    },
    ssr: { noExternal: true, external: ["keytar"] },
  });
  // Under one name, so that Node finds what it compiled before; moved, because others may make the same.
  renameSync(join(own, name), join(folder, name));
  rmSync(own, { recursive: true });
  return join(folder, name);
}

/** Modules that look for files beside themselves still find them. */
const ownAddresses: Plugin = {
  name: "own-addresses",
  transform: (code, id) =>
    id.endsWith(".ts") && code.includes("import.meta.url")
      ? code.replaceAll("import.meta.url", JSON.stringify(pathToFileURL(id).href))
      : null,
};
