import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import type { Plugin } from "vite";

const textsOfReactAria =
  /\/react-aria[^/]*\/dist\/.+\/intl\/(?:\w+\/)?(?!en-US|de-DE)[a-z]{2}-[A-Z]{2}\.mjs$/;

/** Gives react-aria's own texts in English where the app does not speak the language: about 100 kB less. */
const onlyOurLanguages: Plugin = {
  name: "only-our-languages",
  enforce: "pre",
  load: (id) => (textsOfReactAria.test(id) ? 'export { default } from "./en-US.mjs";' : undefined),
};

const page = (name: string) => fileURLToPath(new URL(`renderer/${name}.html`, import.meta.url));

/** The renderer: static files that main serves under app://. */
export default defineConfig({
  root: "renderer",
  base: "./",
  plugins: [onlyOurLanguages, react()],
  build: {
    outDir: "../dist/renderer",
    emptyOutDir: true,
    target: "chrome150",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: { input: [page("index"), page("transfer")] },
  },
});
