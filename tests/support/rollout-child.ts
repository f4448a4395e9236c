import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from "node:fs";
import { createInterface } from "node:readline";
import type { ActualTenant } from "../../main/tenant/actual.ts";
import { apply } from "../../main/tenant/apply.ts";
import type { JournalLine } from "../../main/tenant/applied.ts";
import type { DesiredTenant } from "../../main/tenant/desired.ts";
import { createGraph } from "../../main/tenant/graph.ts";
import { plan } from "../../main/tenant/plan.ts";
import { readTenant } from "../../main/tenant/read.ts";
import { ownChanges, planUndo } from "../../main/tenant/undo.ts";
import { verify } from "../../main/tenant/verify.ts";

/**
 * What a process of its own is to do in a practice tenant that another process serves: a line of JSON on its input,
 * answered by one on its output. Jobs that are given together are done side by side.
 */
export interface RolloutJob {
  id: string;
  work: "roll out" | "take back";
  /** Address of the practice tenant's server. */
  origin: string;
  graphHost: string;
  token: string;
  desired: DesiredTenant;
  /** File of the journal, one line for each of its lines. */
  journal: string;
  /** ISO 8601; waiting only moves it on. */
  now: string;
}

export interface RolloutAnswer {
  id: string;
  /** The facts and changes that the job left open. */
  open: string[];
}

export function readLines(file: string): JournalLine[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").split("\n").slice(0, -1);
  return lines.map((line) => JSON.parse(line) as JournalLine);
}

/** Does a job; gives which facts and changes are still open. */
async function work(job: RolloutJob): Promise<string[]> {
  let now = Date.parse(job.now);
  const pace = {
    now: () => new Date(now),
    sleep: async (ms: number) => {
      now += ms;
    },
  };
  const graph = createGraph({
    fetch: (url, init) => {
      const { host, pathname, search } = new URL(url);
      return fetch(`${job.origin}/${host}${pathname}${search}`, init);
    },
    getToken: async () => job.token,
    pace,
    newId: () => crypto.randomUUID(),
    host: job.graphHost,
  });
  const inverses = ownChanges(readLines(job.journal));
  const undo = job.work === "take back";
  const target = { ...job.desired, toUndo: undo };
  const planner = (actual: ActualTenant) => (undo ? planUndo(inverses, actual) : plan(job.desired, actual));
  const reading = await readTenant(graph, target, pace);
  const file = openSync(job.journal, "a");
  const { actual, stop, outcomes, remaining, unseen } = await apply({
    graph,
    pace,
    target,
    planner,
    confirmed: planner(reading),
    reading,
    journal: async (line) => {
      writeSync(file, `${JSON.stringify(line)}\n`);
      fsyncSync(file);
    },
  });
  closeSync(file);
  const facts = undo ? [] : verify(job.desired, actual).facts;
  return [
    ...(stop === null ? [] : [stop.kind]),
    ...outcomes.filter(({ kind }) => kind !== "done" && kind !== "found").map(({ kind }) => kind),
    ...facts.filter(({ outcome }) => outcome.result !== "satisfied").map(({ id }) => id),
    ...remaining.map(({ id }) => id),
    ...unseen,
  ];
}

if (import.meta.main) {
  const doing: Promise<void>[] = [];
  const answer = async (job: RolloutJob) => {
    const done: RolloutAnswer = { id: job.id, open: await work(job) };
    process.stdout.write(`${JSON.stringify(done)}\n`);
  };
  for await (const line of createInterface({ input: process.stdin })) {
    doing.push(answer(JSON.parse(line) as RolloutJob));
  }
  await Promise.all(doing);
  // Connections that are kept open would hold the process for seconds.
  process.exit();
}
