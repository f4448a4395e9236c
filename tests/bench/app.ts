import { randomUUID } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright/test";
import { newDocument, serializeDocument } from "../../main/setups/document.ts";
import { setField } from "../../main/setups/intents.ts";
import { App } from "../e2e/app.ts";
import type { Row } from "./row.ts";
import { median } from "./row.ts";

const starts = 5;
const creations = 5;

/** Start, memory, the long list, and how long main and page stand still while a certificate is made. */
export async function benchApp(): Promise<Row[]> {
  const few = await seed(1);
  const many = await seed(1_000);
  try {
    return [...(await startRows(few)), ...(await listRows(many)), ...(await stallRows(few))];
  } finally {
    await Promise.all(
      [few, many].map((folder) => rm(folder, { recursive: true, force: true, maxRetries: 5 })),
    );
  }
}

/** With the browser of its own that its users get: the one of the tests does without what makes long runs faster. */
function open(folder: string): App {
  return new App(folder, { keychain: "none", ownBrowser: true });
}

/** A data folder with that many setups, as the app itself writes them. */
async function seed(count: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "exchange-rollout-bench-"));
  for (let index = 0; index < count; index += 1) {
    const id = randomUUID();
    const document = newDocument(id, `Customer ${String(index).padStart(4, "0")}`, "global", new Date());
    await mkdir(join(folder, "setups", id), { recursive: true });
    const filled = setField(document, "tenantDomain", `customer${index}.onmicrosoft.com`);
    await writeFile(join(folder, "setups", id, "setup.json"), serializeDocument(filled));
  }
  return folder;
}

async function startRows(folder: string): Promise<Row[]> {
  const untilChecklist: number[] = [];
  const mainMemory: number[] = [];
  const pageMemory: number[] = [];
  for (let run = 0; run < starts; run += 1) {
    const app = open(folder);
    const started = performance.now();
    const page = await app.start();
    await openSetup(page);
    untilChecklist.push(performance.now() - started);
    await page.waitForTimeout(2_000);
    mainMemory.push(await app.evaluate(() => process.memoryUsage().rss / 1e6));
    pageMemory.push(await pageHeap(page));
    await app.end();
  }
  return [
    {
      what: "start of the program to usable checklist",
      value: median(untilChecklist),
      unit: "ms",
      target: null,
    },
    {
      what: "idle memory of the main process (resident)",
      value: median(mainMemory),
      unit: "MB",
      target: null,
    },
    { what: "idle memory of the page (script heap)", value: median(pageMemory), unit: "MB", target: null },
  ];
}

async function openSetup(page: Page): Promise<void> {
  await page.getByText("Customer 0000").first().click();
  await page.getByRole("navigation").getByText("API permissions").waitFor();
}

async function pageHeap(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  await session.send("Performance.enable");
  const { metrics } = await session.send("Performance.getMetrics");
  return (metrics.find(({ name }) => name === "JSHeapUsedSize")?.value ?? Number.NaN) / 1e6;
}

async function listRows(folder: string): Promise<Row[]> {
  const paints: number[] = [];
  const total: number[] = [];
  for (let run = 0; run < starts; run += 1) {
    const app = open(folder);
    const started = performance.now();
    const page = await app.start();
    await page
      .getByText(/^Customer \d{4}$/)
      .first()
      .waitFor();
    total.push(performance.now() - started);
    await page.reload();
    await page
      .getByText(/^Customer \d{4}$/)
      .first()
      .waitFor();
    paints.push(await page.evaluate(() => performance.now()));
    await app.end();
  }
  return [
    {
      what: "list of 1,000 setups: load of the page to first rows",
      value: median(paints),
      unit: "ms",
      target: null,
    },
    {
      what: "list of 1,000 setups: start of the program to first rows",
      value: median(total),
      unit: "ms",
      target: null,
    },
  ];
}

/** Longest time in which main or the page could not react while RSA 4096 certificates are made. */
async function stallRows(folder: string): Promise<Row[]> {
  const app = open(folder);
  const page = await app.start();
  await openSetup(page);
  await app.evaluate(() => {
    const { monitorEventLoopDelay } = process.getBuiltinModule("node:perf_hooks");
    const monitor = monitorEventLoopDelay({ resolution: 1 });
    monitor.enable();
    Object.assign(globalThis, { benchMonitor: monitor });
  });
  const mainStalls: number[] = [];
  const pageStalls: number[] = [];
  for (let run = 0; run < creations; run += 1) {
    await app.evaluate(() => Reflect.get(globalThis, "benchMonitor").reset());
    pageStalls.push(await page.evaluate(createAndWatch, randomUUID()));
    mainStalls.push(await app.evaluate(() => Reflect.get(globalThis, "benchMonitor").max / 1e6));
  }
  await app.end();
  return [
    {
      what: "longest stall of main while a certificate is made (RSA 4096)",
      value: median(mainStalls),
      unit: "ms",
      target: 16,
    },
    { what: "longest stall of the page meanwhile", value: median(pageStalls), unit: "ms", target: 50 },
  ];
}

/** Runs in the page: makes a certificate through the contract and gives the longest gap between two ticks. */
async function createAndWatch(task: string): Promise<number> {
  const { rollout } = window;
  if (rollout === undefined) throw new Error("The page has no contract");
  const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
  const setups = await rollout.setups.list();
  const setupId = setups.ok ? (setups.value[0]?.id ?? "") : "";
  let longest = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last - 4);
    last = now;
  }, 4);
  const result = await rollout.certificates.create({
    setupId,
    task,
    commonName: "contoso.org",
    organization: "",
    dnsNames: [],
    keySize: 4096,
    notBefore: day(0),
    notAfter: day(365),
  });
  clearInterval(timer);
  if (!result.ok) throw new Error(result.error.code);
  return longest;
}
