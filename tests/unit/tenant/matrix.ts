import { afterAll, beforeEach, expect, test } from "vitest";
import type { Call, Fault } from "../../../main/practice/faults.ts";
import type { PracticeTenant } from "../../../main/practice/practice.ts";
import { testCertificate } from "../practice/certificates.ts";
import { signingKey } from "../practice/support.ts";
import {
  contents,
  createWorld,
  pass,
  rollOut,
  signedIn,
  snapshot,
  startApp,
  startedAt,
  stopClock,
  takeBack,
} from "./rollout.ts";
import type { App, RunEnd, Scenario, Snapshot, World } from "./rollout.ts";

const day = 86_400_000;
const files = testCertificate(
  "contoso.org",
  new Date(startedAt.getTime() - day).toISOString(),
  new Date(startedAt.getTime() + 364 * day).toISOString(),
);

const claims = JSON.stringify({ access_token: { nbf: { essential: true, value: "1795000000" } } });

interface Trouble {
  name: string;
  fault: Fault;
  /** How often the same request is hit; once when left out. */
  times?: number;
  /** Hits this request, or every one, until the run is over; a change then ends with a stop of this form. */
  lasting?: RegExp;
  everything?: boolean;
}

const ever = Number.POSITIVE_INFINITY;
const faults: readonly Trouble[] = [
  { name: "429", fault: { kind: "throttled", retryAfterSeconds: 7 } },
  { name: "503", fault: { kind: "unavailable" } },
  { name: "refused", fault: { kind: "refused" } },
  { name: "lost before", fault: { kind: "lost-before" } },
  { name: "lost after", fault: { kind: "lost-after" } },
  { name: "404 ×3", fault: { kind: "not-found" }, times: 3 },
  { name: "401", fault: { kind: "unauthorized" } },
  { name: "401 claims", fault: { kind: "unauthorized", claims } },
  { name: "403", fault: { kind: "forbidden" } },
  { name: "403 for ever", fault: { kind: "forbidden" }, times: ever, lasting: /^refused \S+ forbidden/ },
  {
    name: "no network",
    fault: { kind: "refused" },
    times: ever,
    lasting: /^interrupted (offline|unauthorized)/,
    everything: true,
  },
];

/** One part of the way: from where, what one run does, and what must be there at its end. */
interface Leg {
  name: string;
  scenario: Scenario;
  from?: Snapshot;
  run: (world: World, app: App) => Promise<RunEnd>;
  /** Which calls of a clean run are hit. */
  hit: (call: Call) => boolean;
  wanted: readonly string[];
  /** What is there after everything was taken back. */
  undone?: readonly string[];
}

/** Hits the whole flow, call by call, in one scenario, and prints how each ended. */
export function testMatrix(scenario: Scenario): void {
  const tables: string[] = [];

  beforeEach(stopClock);
  afterAll(() => {
    process.stdout.write(`\n${tables.join("\n\n")}\n`);
  });

  test("whatever call fails how, the tenant ends the same", { timeout: 900_000 }, async () => {
    const whole = createWorld({ scenario, files, signingKey });
    const before = contents(whole);
    const app = startApp(whole);
    await signedIn(whole, app);
    const atSignIn = snapshot(whole);
    expect(await rollOut(whole, app)).toEqual({ verified: true, stops: [] });
    const wanted = contents(whole);
    expect(wanted).toEqual([...new Set(wanted)]);
    expect(wanted.filter((word) => /^application|^principal|^key own|^role 29232/.test(word))).toHaveLength(
      4,
    );
    expect(before.filter((word) => !word.startsWith("application") && !wanted.includes(word))).toEqual([]);
    const prepared = snapshot(whole);
    const legs: Leg[] = [
      {
        name: "sign-in",
        scenario,
        run: rollOut,
        hit: ({ service, number }) => service === "login" && number <= 5,
        wanted,
      },
      {
        name: "silent renewal, reading, changes, reading back",
        scenario,
        from: atSignIn,
        run: rollOut,
        hit: () => true,
        wanted,
        undone: before,
      },
      {
        name: "taking back",
        scenario,
        from: prepared,
        run: takeBack,
        hit: ({ service }) => service === "graph",
        wanted: before,
      },
    ];
    const problems: string[] = [];
    let cells = 0;
    for (const leg of legs) {
      const found = await matrix(leg);
      tables.push(found.table);
      problems.push(...found.problems);
      cells += found.cells;
    }
    tables.push(`${scenario}, all: ${cells - problems.length} of ${cells} passed`);
    expect(problems).toEqual([]);
  });
}

/** Every call of one leg × every fault; gives the table and what went wrong. */
async function matrix(leg: Leg): Promise<{ table: string; cells: number; problems: string[] }> {
  const make = () =>
    createWorld({ scenario: leg.scenario, files, signingKey, ...(leg.from && { from: leg.from }) });
  const clean = make();
  expect(await leg.run(clean, startApp(clean))).toEqual({ verified: true, stops: [] });
  const calls = clean.calls.filter(leg.hit);
  const rows: [label: string, cells: string[]][] = [];
  const problems: string[] = [];
  for (const call of calls) {
    const cells: string[] = [];
    for (const how of faults) {
      const world = make();
      inject(world.practice, call.number, how);
      try {
        const ends = await runUntilVerified(leg, world, call, how);
        cells.push(String(ends.length));
      } catch (error) {
        problems.push(`${call.number} ${labelOf(call, clean)} × ${how.name}: ${(error as Error).message}`);
        cells.push("✗");
      }
    }
    rows.push([labelOf(call, clean), cells]);
  }
  const total = calls.length * faults.length;
  const passed = total - problems.length;
  const table = tableOf(`${leg.scenario}, ${leg.name}: ${passed} of ${total} passed`, rows);
  return { table, cells: total, problems };
}

const mostRuns = 4;

/** The person comes back a minute later, until all is well. Every stop before that has a typed reason. */
async function runUntilVerified(leg: Leg, world: World, call: Call, how: Trouble): Promise<RunEnd[]> {
  const app = startApp(world);
  const ends: RunEnd[] = [];
  while (ends.at(-1)?.verified !== true) {
    if (ends.length === mostRuns) throw new Error(`never verified: ${JSON.stringify(ends)}`);
    if (ends.length > 0) pass(61_000);
    const end = await leg.run(world, app);
    expect(end.stops.filter((stop) => /untyped|unknown *$/.test(stop))).toEqual([]);
    expect(end.verified || end.stops.length > 0).toBe(true);
    ends.push(end);
    if (how.lasting !== undefined) {
      world.practice.faults.clear();
      if (call.service === "graph" && call.method !== "GET" && ends.length === 1) {
        expect(end.stops.join("; ")).toMatch(how.lasting);
      }
    }
  }
  expect(contents(world)).toEqual(leg.wanted);
  if (leg.undone !== undefined && (call.method !== "GET" || how.times !== undefined)) {
    world.practice.faults.clear();
    expect((await takeBack(world, app)).verified).toBe(true);
    expect(contents(world)).toEqual(leg.undone);
  }
  return ends;
}

/** The fault hits one call, and the same request again as often as it says. */
function inject(practice: PracticeTenant, number: number, { fault, times = 1, everything }: Trouble) {
  let hit: string | null = null;
  practice.faults.add({
    on: (call) => {
      if (everything === true) return call.number >= number;
      if (call.number === number) hit = wordOf(call);
      return hit === wordOf(call);
    },
    fault,
    times,
  });
}

function wordOf({ method, path }: Call): string {
  return `${method} ${path.replace(/\?.*/, "")}`;
}

function labelOf(call: Call, { practice: { data }, desired }: World): string {
  const known = [...data.applications, ...data.deletedApplications].find(
    ({ displayName }) => displayName === desired.application.displayName,
  );
  return `${call.service} ${wordOf(call)}`
    .replaceAll(data.tenantId, "{tenant}")
    .replaceAll(known?.appId ?? "?", "{appId}")
    .replaceAll(known?.id ?? "?", "{application}")
    .replace(/(servicePrincipals\/)[0-9a-f-]{36}/, "$1{principal}")
    .replace(/\/[\w-]{40,}$/, "/{id}");
}

function tableOf(title: string, rows: readonly [label: string, cells: string[]][]): string {
  const width = Math.max(...rows.map(([label]) => label.length));
  const line = (label: string, cells: readonly string[]) =>
    `${label.padEnd(width)}  ${cells.map((cell, index) => cell.padStart(faults[index]?.name.length ?? 0)).join("  ")}`;
  return [
    `${title}; each cell is the number of runs until verified`,
    line(
      "",
      faults.map(({ name }) => name),
    ),
    ...rows.map(([label, cells]) => line(label, cells)),
  ].join("\n");
}
