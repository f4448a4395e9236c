import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeEach, expect, test, vi } from "vitest";
import { newSigningKey } from "../../../main/practice/jwt.ts";
import { servePractice } from "../../../main/practice/server.ts";
import { fullScopes, readScopes } from "../../../main/tenant/scopes.ts";
import { bundledChild } from "../../support/bundled-child.ts";
import { readLines } from "../../support/rollout-child.ts";
import type { RolloutJob } from "../../support/rollout-child.ts";
import { tempFolders } from "../../support/temp-folder.ts";
import { testCertificate } from "../practice/certificates.ts";
import { contents, createWorld, signedIn, snapshot, startApp, startedAt, takeBack } from "./rollout.ts";
import type { Scenario, Snapshot, World } from "./rollout.ts";

const program = await bundledChild("tests/support/rollout-child.ts");
const files = testCertificate("contoso.org", "2026-11-23T00:00:00Z", "2027-11-24T00:00:00Z");
const signingKey = await newSigningKey();
const told: string[] = [];
const temporaryFolder = tempFolders();

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: startedAt });
  return () => vi.useRealTimers();
});
afterAll(() => {
  lasting?.end();
  process.stdout.write(`\n${told.join("\n")}\n`);
});

/** Where a process is killed: before the tenant acts on a call, or after it without an answer. */
interface Point {
  call: number;
  when: "before" | "after";
}

/** A process that does jobs one after the other, until it is killed or told that there are no more. */
interface Doer {
  /** What the job left open; null when the process was killed meanwhile. Fails when it ended by itself. */
  doJob(job: RolloutJob): Promise<string[] | null>;
  kill(): void;
  end(): void;
}

function startDoer(): Doer {
  const running = spawn(process.execPath, [program], { stdio: ["pipe", "pipe", "pipe"] });
  let complaint = "";
  running.stderr.on("data", (data: Buffer) => (complaint += data.toString()));
  const answers = createInterface({ input: running.stdout })[Symbol.asyncIterator]();
  const closed = once(running, "close") as Promise<[number | null, string | null]>;
  return {
    async doJob(job) {
      running.stdin.write(`${JSON.stringify(job)}\n`);
      const answer = await answers.next();
      if (answer.done !== true) return JSON.parse(answer.value) as string[];
      const [, signal] = await closed;
      if (signal !== "SIGKILL") throw new Error(`the process ended by itself: ${complaint}`);
      return null;
    },
    kill: () => void running.kill("SIGKILL"),
    end: () => void running.stdin.end(),
  };
}

/** The process for all that is not to be killed: starting one takes longer than the work. */
let lasting: Doer | null = null;

/** Runs the job in another process; gives what that left open, or null when it was killed. */
async function run(
  world: World,
  token: string,
  work: RolloutJob["work"],
  folder: string,
  kill: Point | null,
): Promise<{ open: string[] | null; methods: string[] }> {
  const methods: string[] = [];
  const { practice, desired } = world;
  const doer = kill === null ? (lasting ??= startDoer()) : startDoer();
  const handle = async (request: Request): Promise<Response> => {
    methods.push(request.method);
    if (methods.length !== kill?.call) return practice.handle(request);
    if (kill.when === "after") await practice.handle(request);
    doer.kill();
    throw new Error("killed");
  };
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
  return { open, methods };
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
async function finish(
  world: World,
  token: string,
  work: RolloutJob["work"],
  folder: string,
): Promise<string[]> {
  if (work === "roll out") return (await run(world, token, work, folder, null)).open ?? ["killed"];
  world.journal.splice(0, Number.POSITIVE_INFINITY, ...readLines(join(folder, "journal")));
  return (await takeBack(world, startApp(world))).stops;
}

async function killEverywhere(
  scenario: Scenario,
  work: RolloutJob["work"],
  begin: { from: Snapshot; token: string },
  points: (methods: readonly string[]) => Point[],
  ends: { wanted: readonly string[]; undone: readonly string[] | null },
): Promise<void> {
  const newWorld = () => createWorld({ scenario, files, signingKey, from: begin.from });
  const inWorld = async (kill: Point | null) => {
    const world = newWorld();
    world.practice.setLag({ reads: 2, ms: 0 });
    const folder = temporaryFolder();
    writeFileSync(join(folder, "journal"), world.journal.map((line) => `${JSON.stringify(line)}\n`).join(""));
    return { world, folder, first: await run(world, begin.token, work, folder, kill) };
  };
  const clean = await inWorld(null);
  expect(clean.first.open).toEqual([]);
  const kills = points(clean.first.methods);
  for (const kill of kills) {
    const { world, folder, first } = await inWorld(kill);
    expect(first.open).toBeNull();
    const stops = await finish(world, begin.token, work, folder);
    const where = `killed ${kill.when} call ${kill.call}`;
    expect([where, stops, contents(world)]).toEqual([where, [], ends.wanted]);
    if (ends.undone !== null) {
      world.journal.splice(0, Number.POSITIVE_INFINITY, ...readLines(join(folder, "journal")));
      world.practice.setLag({ reads: 0, ms: 0 });
      const back = await takeBack(world, startApp(world));
      expect([where, back.stops, contents(world)]).toEqual([where, [], ends.undone]);
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
    expect((await run(world, begin.token, "roll out", folder, null)).open).toEqual([]);
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
    expect((await run(world, begin.token, "roll out", temporaryFolder(), null)).open).toEqual([]);
    await killEverywhere("adopted", "roll out", begin, afterChanges, {
      wanted: contents(world),
      undone: before,
    });
  },
);
