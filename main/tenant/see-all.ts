import type { ActualTenant } from "./actual.ts";
import { defaultLimitMs, waitsOf } from "./applied.ts";
import type { ApplyOptions } from "./applied.ts";
import type { Change } from "./change.ts";
import { lookAgain } from "./look.ts";
import { waitWithin } from "./pace.ts";
import { readers, readTenant } from "./read.ts";

export interface Seen {
  actual: ActualTenant;
  /** Changes that are done but cannot be seen yet. */
  unseen: readonly string[];
}

/**
 * Reads everything back after changes were made, and looks again, within the limit, at those that are not visible
 * yet. Rejects with the signal's reason when it is aborted meanwhile.
 */
export async function seeAll(
  options: ApplyOptions,
  done: readonly Change[],
  last: ActualTenant,
): Promise<Seen> {
  const { graph, pace, planner, signal } = options;
  const waits = waitsOf(options);
  const read = readers(graph, waits);
  const limitMs = options.limitMs ?? defaultLimitMs;
  const startedAt = pace.now().getTime();
  const target = { ...options.target, application: { ...options.target.application } };
  if (last.application.known && last.application.value !== null && !isDeleted(done)) {
    // The alternate key may become known everywhere later than the application itself.
    target.application.appId = last.application.value.appId;
  }
  let actual = await readTenant(graph, target, pace, waits, last);
  for (let attempt = 1; ; attempt += 1) {
    const unseen = unseenOf(done, planner(actual), actual);
    const [first] = unseen;
    if (first === undefined) return { actual, unseen: [] };
    const wait = {
      reason: "replication",
      what: first.id,
      attempt,
      startedAt,
      limitMs,
      askedMs: null,
    } as const;
    if (!(await waitWithin(pace, wait, options.onWait, signal))) {
      return { actual, unseen: unseen.map(({ id }) => id) };
    }
    for (const part of new Set(unseen.map((change) => change.part))) {
      const look = await lookAgain(read, target, actual, part, true);
      if (look.kind === "seen") actual = look.actual;
    }
  }
}

function isDeleted(done: readonly Change[]): boolean {
  return done.some(({ kind }) => kind === "delete-application");
}

/** Still planned, or hidden because its part could not be read: both mean that it was not seen. */
function unseenOf(done: readonly Change[], planned: readonly Change[], actual: ActualTenant): Change[] {
  const open = new Set(planned.map(({ id }) => id));
  return done.filter(({ id, part }) => open.has(id) || !actual[part].known);
}
