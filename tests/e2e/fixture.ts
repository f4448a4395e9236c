import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test as base } from "playwright/test";
import type { Page, TestInfo } from "playwright/test";
import { App } from "./app.ts";
import type { AppOptions } from "./app.ts";
import "./quick-connection.ts";
import "./quick-stacks.ts";

/** With TRACE=1 a test that failed leaves a trace. */
const traced = process.env["TRACE"] === "1";

interface Options {
  /** Set with `test.use({ appOptions: { language: "de" } })`. */
  appOptions: Partial<AppOptions>;
  /** Problems that this test causes on purpose; any other one fails it. */
  expectedProblems: RegExp[];
}
interface Fixtures {
  /** The running app on a fresh user data folder. */
  app: App;
  /** The app's window. After `app.restart()` use `app.page`. */
  page: Page;
}

/** A test with the built app: `test("…", async ({ page, app }) => …)`. Fails on anything a page must not do. */
export const test = base.extend<Fixtures & Options>({
  appOptions: [{}, { option: true }],
  expectedProblems: [[], { option: true }],

  app: async ({ appOptions, expectedProblems }, provide, testInfo) => {
    const userDataDir = await mkdtemp(join(tmpdir(), "exchange-rollout-e2e-"));
    const app = new App(userDataDir, appOptions);
    try {
      const page = await app.start();
      if (traced) await page.context().tracing.start({ snapshots: true, title: testInfo.title });
      await provide(app);
      if (testInfo.status !== testInfo.expectedStatus) await attachEvidence(app, testInfo);
    } finally {
      await app.end();
      await rm(userDataDir, { recursive: true, force: true, maxRetries: 5 });
    }
    const problems = app.problems.filter(
      (problem) => !expectedProblems.some((expected) => expected.test(problem)),
    );
    if (problems.length > 0) throw new Error(`The app did what it must not:\n${problems.join("\n")}`);
  },

  page: async ({ app }, provide) => {
    await provide(app.page);
  },
});

export { expect } from "playwright/test";

/** What the app has said and shown, for a test that failed. */
async function attachEvidence(app: App, testInfo: TestInfo): Promise<void> {
  const output = testInfo.outputPath("output.txt");
  await writeFile(output, app.output);
  await testInfo.attach("output", { path: output });
  const screenshot = testInfo.outputPath("page.png");
  const trace = testInfo.outputPath("trace.zip");
  // The app may have ended; then its output is all there is.
  if (!app.isRunning) return;
  await app.page.screenshot({ path: screenshot }).catch(() => undefined);
  if (!traced) return;
  await app.page
    .context()
    .tracing.stop({ path: trace })
    .catch(() => undefined);
}
