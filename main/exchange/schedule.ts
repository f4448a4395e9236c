/** How long the app waits for what is verified in the tenant and not accepted yet, in milliseconds. */
export const waitLimitMs = 90 * 60_000;

const pausesMs = [15_000, 30_000, 60_000, 120_000, 300_000] as const;

/** When to try again and when to give up. */
export interface Waiting {
  nextAt: string;
  giveUpAt: string;
}

/**
 * The next attempt of a series that began at `startedAt` and has had `attempts` so far. The last one is made at the
 * limit itself; null after it.
 */
export function nextWait(startedAt: Date, attempts: number, now: Date): Waiting | null {
  const giveUp = startedAt.getTime() + waitLimitMs;
  if (now.getTime() >= giveUp) return null;
  const pause = pausesMs[Math.min(attempts, pausesMs.length) - 1] ?? pausesMs[0];
  return {
    nextAt: new Date(Math.min(now.getTime() + pause, giveUp)).toISOString(),
    giveUpAt: new Date(giveUp).toISOString(),
  };
}
