import { availableParallelism } from "node:os";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { keepCompiledCode } from "./tests/support/compiled-code.ts";

keepCompiledCode();

/** Most objects here live for a moment: with more room for the young ones, they are collected less often. */
const execArgv = ["--max-semi-space-size=64"];

export default defineConfig({
  test: {
    maxWorkers: availableParallelism(),
    globalSetup: ["tests/support/run-folder.ts"],
    projects: [
      {
        test: {
          name: "unit",
          environment: "node",
          // Half of the time a worker waits for a process that it has started: one more keeps the processors busy.
          maxWorkers: availableParallelism() + 1,
          include: ["tests/unit/**/*.test.ts"],
          // One project after the other: a worker that changes between them is started and loaded anew each time.
          sequence: { groupOrder: 0 },
          // Loading the modules again for each file takes longer than most files run.
          isolate: false,
          testTimeout: 30_000,
          execArgv,
        },
      },
      {
        plugins: [react()],
        test: {
          name: "component",
          environment: "jsdom",
          include: ["tests/component/**/*.test.tsx"],
          sequence: { groupOrder: 1 },
          setupFiles: ["tests/component/setup.ts"],
          // One page for all files of a worker; the setup clears it after each test.
          isolate: false,
          testTimeout: 30_000,
          // Hardly anything here runs long enough for V8's slowest compiler to pay.
          execArgv: [...execArgv, "--no-turbofan"],
        },
      },
    ],
  },
});
