import type { Pace } from "../tenant/pace.ts";
import type { Cause } from "./token-cause.ts";

/** Attempts of one request; all of them only read, so that a repeat does no harm. */
const mostTries = 3;
/** A longer wait is told instead of made, in milliseconds. */
const longestPauseMs = 60_000;
const pausesMs = [1_000, 3_000] as const;

export type Outcome<T> = { value: T } | { cause: Cause; retryAfterMs: number | null };

/** Repeats what fails in passing, and waits as long as the service asks for, within limits. */
export async function withRetries<T>(
  pace: Pace,
  signal: AbortSignal,
  work: () => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  for (let tries = 1; ; tries += 1) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other is the point
    const outcome = await work();
    signal.throwIfAborted();
    if ("value" in outcome || tries === mostTries || !isPassing(outcome.cause)) return outcome;
    const pause = Math.max(pausesMs[tries - 1] ?? 3_000, outcome.retryAfterMs ?? 0);
    if (pause > longestPauseMs) return outcome;
    // oxlint-disable-next-line no-await-in-loop -- one after the other is the point
    await pace.sleep(pause, signal);
  }
}

function isPassing({ cause }: Cause): boolean {
  return cause === "throttled" || cause === "service-unavailable" || cause === "connection-lost";
}
