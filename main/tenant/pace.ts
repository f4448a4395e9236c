/** Time for services that wait. */
export interface Pace {
  now(): Date;
  /** Resolves after `ms` milliseconds; rejects with the signal's reason as soon as it is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Real time. */
export const realPace: Pace = {
  now: () => new Date(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const timer = setTimeout(() => {
        signal?.removeEventListener("abort", stop);
        resolve();
      }, ms);
      function stop(): void {
        clearTimeout(timer);
        reject(signal?.reason instanceof Error ? signal.reason : new DOMException("Aborted", "AbortError"));
      }
      signal?.addEventListener("abort", stop, { once: true });
    }),
};

/** Why the app waits; texts are `tenant.waits.<reason>`. */
export type WaitReason = "throttled" | "unavailable" | "offline" | "replication";

/** One wait, told before it begins. */
export interface Wait {
  reason: WaitReason;
  /** What is waited for: a change's id, or the path of a request. */
  what: string;
  /** When the next attempt is made, ISO 8601. */
  until: string;
  /** When the app gives up, ISO 8601. */
  giveUpAt: string;
  attempt: number;
}

export type OnWait = (wait: Wait) => void;

/** Pauses between attempts in milliseconds: short first, then steady. */
const pauses = [500, 1000, 2000, 3000, 5000] as const;

/** The pause before attempt `attempt + 1`, counted from 1. What the service asked for is never undercut. */
export function pauseAfter(attempt: number, askedMs: number | null): number {
  const own = pauses[Math.min(attempt, pauses.length) - 1] ?? 5000;
  return Math.max(own, askedMs ?? 0);
}

/** `Retry-After` in milliseconds: seconds or a date (RFC 9110, 10.2.3); null when absent or unreadable. */
export function retryAfterMs(header: string | null, now: Date): number | null {
  if (header === null) return null;
  const trimmed = header.trim();
  if (/^\d{1,6}$/.test(trimmed)) return Number(trimmed) * 1000;
  const date = Date.parse(trimmed);
  return Number.isNaN(date) ? null : Math.max(0, date - now.getTime());
}

/** Waits for a next attempt within a limit; tells the wait first. Gives false when the limit would be passed. */
export async function waitWithin(
  pace: Pace,
  wait: {
    reason: WaitReason;
    what: string;
    attempt: number;
    startedAt: number;
    limitMs: number;
    askedMs: number | null;
  },
  onWait: OnWait | undefined,
  signal?: AbortSignal,
): Promise<boolean> {
  const pause = pauseAfter(wait.attempt, wait.askedMs);
  const now = pace.now().getTime();
  const giveUpAt = wait.startedAt + wait.limitMs;
  if (now + pause > giveUpAt) return false;
  onWait?.({
    reason: wait.reason,
    what: wait.what,
    until: new Date(now + pause).toISOString(),
    giveUpAt: new Date(giveUpAt).toISOString(),
    attempt: wait.attempt,
  });
  await pace.sleep(pause, signal);
  return true;
}
