import { resolve } from "node:path";
import { defineConfig, runnerImport } from "vite";
import type { Plugin } from "vite";

/** Builds preload/contract/names.ts as the names it has, without the schemas that it takes them from. */
const namesOfMethods: Plugin = {
  name: "names-of-methods",
  enforce: "pre",
  async load(id) {
    if (!id.endsWith("/preload/contract/names.ts")) return undefined;
    const { module, dependencies } = await runnerImport<{ methodNames: object }>(id);
    for (const file of dependencies) this.addWatchFile(resolve(file));
    return `export const methodNames = ${JSON.stringify(module.methodNames)};`;
  },
};

/** The sandboxed preload: one CommonJS file that may require nothing but Electron. */
export default defineConfig({
  plugins: [namesOfMethods],
  build: {
    ssr: true,
    outDir: "dist/preload",
    emptyOutDir: true,
    target: "chrome150",
    minify: false,
    rollupOptions: {
      input: { index: "preload/index.ts" },
      external: ["electron"],
      output: { format: "cjs", entryFileNames: "[name].cjs", codeSplitting: false },
    },
  },
  ssr: { noExternal: true, external: ["electron"] },
});
