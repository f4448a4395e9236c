import { builtinModules } from "node:module";
import { defineConfig } from "vite";

/** Main process and certificate worker: CommonJS bundles; only Electron, keytar and Node stay outside. */
export default defineConfig({
  build: {
    ssr: true,
    outDir: "dist/main",
    emptyOutDir: true,
    target: "node24",
    minify: false,
    sourcemap: false,
    rollupOptions: {
      input: { index: "main/index.ts", worker: "main/certificates/worker.ts" },
      external: ["electron", "keytar", ...builtinModules, /^node:/],
      output: {
        format: "cjs",
        // Names stay as they are for the log; only blanks and comments go.
        minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
        entryFileNames: "[name].cjs",
        chunkFileNames: "chunk-[name]-[hash].cjs",
      },
    },
  },
  ssr: { noExternal: true, external: ["electron", "keytar"] },
});
