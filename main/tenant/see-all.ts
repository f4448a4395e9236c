import type { ActualTenant, Known } from "./actual.ts";
import { defaultLimitMs, waitsOf } from "./applied.ts";
import type { ApplyOptions } from "./applied.ts";
import { isVisible } from "./change.ts";
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
  const target = { ...options.target, toUndo: false, application: { ...options.target.application } };
  if (done.some(({ kind }) => kind === "delete-application")) {
    // Looked for by its unique name: nobody waits for what is to be gone.
    target.application.appId = null;
  } else if (last.application.known && last.application.value !== null) {
    // The alternate key may become known everywhere later than the application itself.
    target.application.appId = last.application.value.appId;
  }
  let actual = await readTenant(graph, target, pace, waits, last);
  for (let attempt = 1; ; attempt += 1) {
    const unseen = unseenOf(done, planner(actual), actual);
    const [first] = unseen;
    if (first === undefined) return { actual, unseen: [] };
    const { application, servicePrincipal } = actual;
    if (unseen.every(({ part }) => [application, servicePrincipal, actual[part]].some(isBarred))) {
      return { actual, unseen: unseen.map(({ id }) => id) };
    }
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
    // What hangs on an object that was not found was not read either.
    if (!isFound(application) || !isFound(servicePrincipal)) {
      actual = await readTenant(graph, target, pace, waits, last);
      continue;
    }
    const before = actual;
    const looks = [...new Set(unseen.map((change) => change.part))].map(
      async (part) => [part, await lookAgain(read, target, before, part, true)] as const,
    );
    for (const [part, look] of await Promise.all(looks)) {
      if (look.kind === "seen") actual = { ...actual, [part]: look.actual[part] };
    }
  }
}

/** Still planned, or hidden because its part or what that hangs on was not read: both mean that it was not seen. */
function unseenOf(done: readonly Change[], planned: readonly Change[], actual: ActualTenant): Change[] {
  const open = new Set(planned.map(({ id }) => id));
  return done.filter((change) => open.has(change.id) || !isVisible(change, actual));
}

function isFound(part: Known<unknown>): boolean {
  return part.known && part.value !== null;
}

/** Waiting does not help where a right or the sign-in is missing. */
function isBarred(part: Known<unknown>): boolean {
  return !part.known && (part.reason === "no-right" || part.reason === "not-signed-in");
}
