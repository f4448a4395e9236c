import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeEach, expect, test, vi } from "vitest";
import { servePractice } from "../../../main/practice/server.ts";
import { fullScopes, readScopes } from "../../../main/tenant/scopes.ts";
import { bundledChild } from "../../support/bundled-child.ts";
import { readLines } from "../../support/rollout-child.ts";
import type { RolloutAnswer, RolloutJob } from "../../support/rollout-child.ts";
import { tempFolders } from "../../support/temp-folder.ts";
import { testCertificate } from "../practice/certificates.ts";
import { signingKey } from "../practice/support.ts";
import { contents, createWorld, signedIn, snapshot, startApp, stopClock, takeBack } from "./rollout.ts";
import type { Scenario, Snapshot, World } from "./rollout.ts";

const program = await bundledChild("tests/support/rollout-child.ts");
const files = testCertificate("contoso.org", "2026-11-23T00:00:00Z", "2027-11-24T00:00:00Z");
const told: string[] = [];
const temporaryFolder = tempFolders();

beforeEach(stopClock);
afterAll(() => {
  lasting?.end();
  process.stdout.write(`\n${told.join("\n")}\n`);
});

/** How many works a process does side by side until it is killed: each waits at its point for the others. */
const atOnce = 12;

/** Where a process is killed: before the tenant acts on a call, or after it without an answer. */
interface Point {
  call: number;
  when: "before" | "after";
}

/** A process that does jobs until it is killed or told that there are no more. */
interface Doer {
  /** What the job left open; null when the process was killed meanwhile. Fails when it ended by itself. */
  doJob(job: Omit<RolloutJob, "id">): Promise<string[] | null>;
  /** Kills it with all that it does at the time. */
  kill(): void;
  end(): void;
}

function startDoer(): Doer {
  const running = spawn(process.execPath, [program], { stdio: ["pipe", "pipe", "pipe"] });
  let complaint = "";
  running.stderr.on("data", (data: Buffer) => (complaint += data.toString()));
  const waiting = new Map<string, (open: string[]) => void>();
  createInterface({ input: running.stdout }).on("line", (line) => {
    const { id, open } = JSON.parse(line) as RolloutAnswer;
    waiting.get(id)?.(open);
  });
  const closed = once(running, "close") as Promise<[number | null, string | null]>;
  return {
    async doJob(job) {
      const id = `job ${waiting.size + 1}`;
      const answered = new Promise<string[]>((resolve) => waiting.set(id, resolve));
      running.stdin.write(`${JSON.stringify({ ...job, id })}\n`);
      const ended = closed.then(([, signal]) => {
        if (signal !== "SIGKILL") throw new Error(`the process ended by itself: ${complaint}`);
        return null;
      });
      return Promise.race([answered, ended]);
    },
    kill: () => void running.kill("SIGKILL"),
    end: () => void running.stdin.end(),
  };
}

/** The process for all that is not to be killed: starting one takes longer than the work. */
let lasting: Doer | null = null;

interface Work {
  world: World;
  token: string;
  work: RolloutJob["work"];
  /** Where the journal lies. */
  folder: string;
}

async function doIn(
  { world, token, work, folder }: Work,
  doer: Doer,
  handle: (request: Request) => Promise<Response>,
): Promise<string[] | null> {
  const { practice, desired } = world;
  const server = await servePractice({ ...practice, handle });
  const open = await doer.doJob({
    work,
    origin: server.origin,
    graphHost: practice.hosts.graph,
    token,
    desired,
    journal: join(folder, "journal"),
    now: new Date().toISOString(),
  });
  await server.close();
  return open;
}

/** Runs the work in another process; gives what it left open. */
async function run(work: Work): Promise<{ open: string[] | null; methods: string[] }> {
  const methods: string[] = [];
  const open = await doIn(work, (lasting ??= startDoer()), (request) => {
    methods.push(request.method);
    return work.world.practice.handle(request);
  });
  return { open, methods };
}

/**
 * Does these works in one process and kills it when each is at its point: from there on nothing of it reaches the
 * tenant. Gives what each left open: null when it was killed.
 */
async function runUntilKilled(works: readonly (Work & { kill: Point })[]): Promise<(string[] | null)[]> {
  const doer = startDoer();
  let underWay = works.length;
  const atPoint = () => {
    underWay -= 1;
    if (underWay === 0) doer.kill();
  };
  return Promise.all(
    works.map(async ({ kill, ...work }) => {
      const { practice } = work.world;
      const killed = Promise.withResolvers<never>();
      killed.promise.catch(() => undefined);
      let calls = 0;
      const open = await doIn(work, doer, async (request) => {
        calls += 1;
        const call = calls;
        if (call < kill.call) return practice.handle(request);
        if (call === kill.call) {
          if (kill.when === "after") await practice.handle(request);
          atPoint();
        }
        return killed.promise;
      });
      killed.reject(new Error("killed"));
      // Whoever never came to its point holds up nobody: its answer fails the test.
      if (open !== null) atPoint();
      return open;
    }),
  );
}

/** A world in which somebody is signed in, and the token for all that is to be done. */
async function beginning(scenario: Scenario): Promise<{ from: Snapshot; token: string }> {
  const world = createWorld({ scenario, files, signingKey });
  const app = startApp(world);
  await signedIn(world, app);
  const token = await app.identity.getToken(fullScopes(world.practice.hosts.graph, readScopes));
  return { from: snapshot(world), token };
}

/** Another process goes on with the journal on the disk: one of its own for the rollout, this one for the rest. */
async function finish(work: Work): Promise<string[]> {
  if (work.work === "roll out") return (await run(work)).open ?? ["killed"];
  readJournal(work);
  return (await takeBack(work.world, startApp(work.world))).stops;
}

function readJournal({ world, folder }: Work): void {
  world.journal.splice(0, Number.POSITIVE_INFINITY, ...readLines(join(folder, "journal")));
}

async function killEverywhere(
  scenario: Scenario,
  work: RolloutJob["work"],
  begin: { from: Snapshot; token: string },
  points: (methods: readonly string[]) => Point[],
  ends: { wanted: readonly string[]; undone: readonly string[] | null },
): Promise<void> {
  const newWork = (): Work => {
    const world = createWorld({ scenario, files, signingKey, from: begin.from });
    world.practice.setLag({ reads: 2, ms: 0 });
    const folder = temporaryFolder();
    writeFileSync(join(folder, "journal"), world.journal.map((line) => `${JSON.stringify(line)}\n`).join(""));
    return { world, token: begin.token, work, folder };
  };
  const clean = await run(newWork());
  expect(clean.open).toEqual([]);
  const kills = points(clean.methods);
  for (let first = 0; first < kills.length; first += atOnce) {
    const works = kills.slice(first, first + atOnce).map((kill) => ({ ...newWork(), kill }));
    expect(await runUntilKilled(works)).toEqual(works.map(() => null));
    for (const { kill, ...killed } of works) {
      const { world } = killed;
      vi.setSystemTime(begin.from.now);
      const stops = await finish(killed);
      const where = `killed ${kill.when} call ${kill.call}`;
      expect([where, stops, contents(world)]).toEqual([where, [], ends.wanted]);
      if (ends.undone !== null) {
        readJournal(killed);
        world.practice.setLag({ reads: 0, ms: 0 });
        const back = await takeBack(world, startApp(world));
        expect([where, back.stops, contents(world)]).toEqual([where, [], ends.undone]);
      }
    }
  }
  told.push(`${scenario}, ${work}: killed at ${kills.length} points, each went on to the same end`);
}

/** Before and after each change, before what is read back, and once before anything was changed. */
function everyPoint(methods: readonly string[]): Point[] {
  const first = methods.findIndex((method) => method !== "GET");
  return methods.flatMap((method, index): Point[] => {
    const call = index + 1;
    if (method !== "GET") return (["before", "after"] as const).map((when) => ({ call, when }));
    return index === 0 || index > first ? [{ call, when: "before" }] : [];
  });
}

function afterChanges(methods: readonly string[]): Point[] {
  return everyPoint(methods).filter(({ call, when }) => methods[call - 1] !== "GET" && when === "after");
}

test(
  "killed at any point in an empty tenant, a new process goes on to the same end",
  { timeout: 900_000 },
  async () => {
    const begin = await beginning("fresh");
    const world = createWorld({ scenario: "fresh", files, signingKey, from: begin.from });
    const before = contents(world);
    const folder = temporaryFolder();
    const work: Work = { world, token: begin.token, work: "roll out", folder };
    expect((await run(work)).open).toEqual([]);
    const wanted = contents(world);
    await killEverywhere("fresh", "roll out", begin, everyPoint, { wanted, undone: before });
    world.journal.push(...readLines(join(folder, "journal")));
    const prepared = { token: begin.token, from: snapshot(world) };
    await killEverywhere("fresh", "take back", prepared, afterChanges, { wanted: before, undone: null });
  },
);

test(
  "killed after any change to an application of others, a new process goes on to the same end",
  { timeout: 900_000 },
  async () => {
    const begin = await beginning("adopted");
    const world = createWorld({ scenario: "adopted", files, signingKey, from: begin.from });
    const before = contents(world);
    const work: Work = { world, token: begin.token, work: "roll out", folder: temporaryFolder() };
    expect((await run(work)).open).toEqual([]);
    await killEverywhere("adopted", "roll out", begin, afterChanges, {
      wanted: contents(world),
      undone: before,
    });
  },
);
