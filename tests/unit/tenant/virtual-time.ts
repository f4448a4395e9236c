import type { Pace } from "../../../main/tenant/pace.ts";

/** Turns of the event loop without a new wait after which everything is taken to wait. */
const quietTurns = 20;

/**
 * Time that jumps to the end of the next wait as soon as everything waits: waits at the same time overlap as they do
 * in real time, and nobody sleeps.
 */
export function virtualTime(start = new Date("2026-11-24T10:00:00Z")): Pace & { elapsedMs(): number } {
  let now = start.getTime();
  let waits: { at: number; wake: () => void }[] = [];
  let turns = 0;
  let watching = false;

  function watch(): void {
    turns += 1;
    if (turns >= quietTurns) {
      const next = waits.toSorted((a, b) => a.at - b.at)[0];
      if (next === undefined) {
        watching = false;
        return;
      }
      now = Math.max(now, next.at);
      waits = waits.filter((wait) => wait !== next);
      turns = 0;
      next.wake();
    }
    setImmediate(watch);
  }

  return {
    now: () => new Date(now),
    elapsedMs: () => now - start.getTime(),
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        signal?.throwIfAborted();
        waits.push({ at: now + ms, wake: resolve });
        turns = 0;
        if (watching) return;
        watching = true;
        setImmediate(watch);
      }),
  };
}
