import type { ActualTenant } from "./actual.ts";
import { freshMs, lineOf, waitsOf } from "./applied.ts";
import type { Applied, ApplyOptions, Outcome, Stop } from "./applied.ts";
import { carryOut } from "./carry-out.ts";
import { carryTogether, readyTogether } from "./carry-together.ts";
import { covered, isVisible } from "./change.ts";
import { readTenant } from "./read.ts";
import { seeAll } from "./see-all.ts";

/**
 * Carries out confirmed changes one after the other, grants together where the Graph can do that, and reads them
 * back. What is in place already is skipped, so that calling it again after any interruption goes on where it
 * stopped. A refused change does not keep those back that do not need it. Rejects when the journal does, and with the signal's reason while nothing was sent yet.
 */
export async function apply(options: ApplyOptions): Promise<Applied> {
  const { planner, confirmed, signal } = options;
  const total = confirmed.length;
  const outcomes: Outcome[] = [];
  const settled = new Set<string>();
  /** Went out together once; what is left of them goes out alone. */
  const tried = new Set<string>();
  const unsure = new Set<string>();
  let stop: Stop | null = null;
  let actual = await firstReading(options);

  const grown = planner(actual).filter(
    (change) => !covered(change, confirmed) && confirmed.some(({ id }) => id === change.id),
  );
  if (grown.length > 0) stop = { kind: "plan-changed", changes: grown };
  else outcomes.push(...(await alreadyThere(options, actual)));

  while (stop === null) {
    if (signal?.aborted === true) {
      stop = { kind: "canceled" };
      break;
    }
    const planned = planner(actual);
    const together = readyTogether(options, planned, new Set([...settled, ...tried]));
    if (together.length > 0) {
      for (const { id } of together) tried.add(id);
      options.onProgress?.({ change: together[0]?.id ?? "", done: outcomes.length, total });
      const result = await carryTogether(options, together, actual);
      ({ actual, stop } = result);
      for (const outcome of result.outcomes) settled.add(outcome.change.id);
      for (const id of result.unsure) unsure.add(id);
      outcomes.push(...result.outcomes);
      continue;
    }
    const next = planned.find((change) => !settled.has(change.id) && covered(change, confirmed));
    if (next === undefined) break;
    settled.add(next.id);
    const needs = next.needs.filter((id) => planned.some((change) => change.id === id));
    if (needs.length > 0) {
      outcomes.push({ kind: "held-back", change: next, needs });
      continue;
    }
    options.onProgress?.({ change: next.id, done: outcomes.length, total });
    const result = await carryOut(options, next, actual, unsure.has(next.id));
    ({ actual, stop } = result);
    if (result.outcome !== null) outcomes.push(result.outcome);
  }

  const done = outcomes.filter(({ kind }) => kind === "done").map(({ change }) => change);
  let unseen: readonly string[] = done.map(({ id }) => id);
  if (done.length === 0) unseen = [];
  else if (stop === null) {
    options.onProgress?.({ change: "read-back", done: outcomes.length, total });
    try {
      ({ actual, unseen } = await seeAll(options, done, actual));
    } catch (error) {
      if (signal?.aborted !== true) throw error;
      stop = { kind: "canceled" };
    }
  }
  return { outcomes, stop, actual, remaining: planner(actual), unseen };
}

async function firstReading({ reading, pace, ...options }: ApplyOptions): Promise<ActualTenant> {
  const fresh = reading !== undefined && pace.now().getTime() - Date.parse(reading.readAt) < freshMs;
  return fresh ? reading : readTenant(options.graph, options.target, pace, waitsOf({ ...options, pace }));
}

/** Confirmed changes that need nothing to be sent, and those about which nothing can be known now. */
async function alreadyThere(options: ApplyOptions, actual: ActualTenant): Promise<Outcome[]> {
  const open = new Set(options.planner(actual).flatMap(({ effects }) => effects));
  const outcomes: Outcome[] = [];
  for (const change of options.confirmed) {
    if (change.effects.some((effect) => open.has(effect))) continue;
    if (!isVisible(change, actual)) {
      outcomes.push({ kind: "unreadable", change });
      continue;
    }
    // One look that does not show it is no proof that it is gone: what is to be taken back stays this app's own.
    if (change.inverse !== null) await options.journal(lineOf("found", change, options.pace));
    outcomes.push({ kind: "found", change });
  }
  return outcomes;
}
