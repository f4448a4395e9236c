/** `npm test`: everything, with one line of totals at the end. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "./build.ts";
import { check } from "./check.ts";
import { addTotals, noTotals, playwrightTotals, vitestTotals } from "./results.ts";
import type { Totals } from "./results.ts";
import { describe, runTool } from "./run-tool.ts";
import type { Outcome } from "./run-tool.ts";
import { prepareSystem } from "./system.ts";

const start = performance.now();
const reports = mkdtempSync(join(tmpdir(), "exchange-rollout-reports-"));
let totals = noTotals;

// Downloads leave the processors to the others. Tests run two at a time: more would make those with time limits wait
// for each other.
const system = prepareSystem();
const [checks, built] = await Promise.all([check(), buildBundles()]);
for (const outcome of [...checks, built]) count("", ofOutcome(outcome), describe(outcome));
// These need nothing of the system.
await runVitest("component");
const problem = await system;
if (problem !== undefined) count("system", { passed: 0, failed: 1, skipped: 0 }, problem);
else {
  await runVitest("unit");
  if (built.ok) await runEndToEnd();
}
rmSync(reports, { recursive: true, force: true });

const { passed, failed, skipped } = totals;
console.log(`\n${((performance.now() - start) / 1_000).toFixed(0)} s`);
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed === 0 ? 0 : 1;

async function buildBundles(): Promise<Outcome> {
  const began = performance.now();
  const failure = await build().then(
    () => undefined,
    (error: unknown) => String(error),
  );
  return {
    name: "build",
    ok: failure === undefined,
    seconds: (performance.now() - began) / 1_000,
    output: failure ?? "",
  };
}

/** The package is one of the unit tests. */
async function runVitest(project: "component" | "unit"): Promise<void> {
  const report = join(reports, `${project}.json`);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const { ok } = await runTool(project, "vitest", ["run", `--project=${project}`, ...reporters], show);
  count(`${project} tests`, vitestTotals(report, ok), "");
}

/** The built app; the setup of these tests prints the host. */
async function runEndToEnd(): Promise<void> {
  const report = join(reports, "playwright.json");
  process.env["PLAYWRIGHT_JSON_OUTPUT_NAME"] = report;
  const { ok } = await runTool("end-to-end", "playwright", ["test", "--reporter=list,json"], show);
  count("end-to-end tests", playwrightTotals(report, ok), "");
}

function show(text: string): void {
  process.stdout.write(text);
}

function ofOutcome({ ok }: Outcome): Totals {
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 };
}

function count(name: string, more: Totals, text: string): void {
  totals = addTotals(totals, more);
  if (text !== "") console.log(text);
  if (name !== "")
    console.log(`${name}: ${more.passed} passed, ${more.failed} failed, ${more.skipped} skipped\n`);
}
