import type { Clock } from "../ports.ts";

/** A service limit: so many calls within so much time. */
export interface Throttle {
  calls: number;
  perMs: number;
}

/** Gives the seconds to wait when the limit is passed, else null (learn.microsoft.com/graph/throttling). */
export function createThrottle(clock: Clock, limit: Throttle | null): () => number | null {
  let recent: number[] = [];
  return () => {
    if (limit === null) return null;
    const now = clock.now().getTime();
    recent = recent.filter((at) => at > now - limit.perMs);
    const [oldest] = recent;
    if (recent.length >= limit.calls && oldest !== undefined) {
      return Math.max(1, Math.ceil((oldest + limit.perMs - now) / 1000));
    }
    recent.push(now);
    return null;
  };
}
