import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** The renderer: static files that main serves under app://. */
export default defineConfig({
  root: "renderer",
  base: "./",
  plugins: [react()],
  build: {
    outDir: "../dist/renderer",
    emptyOutDir: true,
    target: "chrome150",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
});
