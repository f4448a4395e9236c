import { defineConfig } from "vite";

/** The sandboxed preload: one CommonJS file that may require nothing but Electron. */
export default defineConfig({
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
