import { readFileSync } from "node:fs";

export interface Totals {
  passed: number;
  failed: number;
  skipped: number;
}
export const noTotals: Totals = { passed: 0, failed: 0, skipped: 0 };

export function addTotals(left: Totals, right: Totals): Totals {
  return {
    passed: left.passed + right.passed,
    failed: left.failed + right.failed,
    skipped: left.skipped + right.skipped,
  };
}

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
}
interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
}

/** Totals of vitest's JSON report. A run that failed counts at least one failure, also when no test did. */
export function vitestTotals(path: string, ok: boolean): Totals {
  return atLeastOneFailure(ok, () => {
    const report = JSON.parse(readFileSync(path, "utf8")) as VitestReport;
    return {
      passed: report.numPassedTests,
      failed: report.numFailedTests,
      skipped: report.numPendingTests + report.numTodoTests,
    };
  });
}

/** Totals of Playwright's JSON report; a test that passed only at the second try has failed. */
export function playwrightTotals(path: string, ok: boolean): Totals {
  return atLeastOneFailure(ok, () => {
    const { stats } = JSON.parse(readFileSync(path, "utf8")) as PlaywrightReport;
    return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped };
  });
}

function atLeastOneFailure(ok: boolean, read: () => Totals): Totals {
  try {
    const totals = read();
    const nothingRan = totals.passed + totals.failed === 0;
    return (ok && !nothingRan) || totals.failed > 0 ? totals : { ...totals, failed: 1 };
  } catch {
    // No report: the run broke before it could write one.
    return { passed: 0, failed: 1, skipped: 0 };
  }
}
