import { defineConfig } from "playwright/test";
import { keepCompiledCode } from "./tests/support/compiled-code.ts";

keepCompiledCode();

/** End-to-end tests of the built app, in Electron where its program is, else on the stand-in. */
export default defineConfig({
  testDir: "tests/e2e",
  // Node reads TypeScript by itself, and keeps what it compiled.
  build: { external: ["**/*.ts"] },
  testMatch: "**/*.test.ts",
  outputDir: "test-results",
  globalSetup: "./tests/e2e/global-setup.ts",
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  workers: 2,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: [["list"]],
});
