import { isStarted } from "./project.ts";
import { describe, runTool } from "./run-tool.ts";
import type { Outcome } from "./run-tool.ts";

/** Types, lint rules and formatting, side by side. */
export function check(): Promise<Outcome[]> {
  return Promise.all([
    // Several checkers would each make the types that they share; the other cores are busy with the linter.
    runTool("types", "tsc", ["-b", "--checkers", "1"]),
    runTool("lint", "oxlint", ["--type-aware"]),
    runTool("format", "oxfmt", ["--check", "."]),
  ]);
}

if (isStarted(import.meta.url)) {
  const outcomes = await check();
  for (const outcome of outcomes) console.log(describe(outcome));
  process.exitCode = outcomes.every(({ ok }) => ok) ? 0 : 1;
}
