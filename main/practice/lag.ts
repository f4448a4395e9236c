import type { Clock } from "../ports.ts";

/** How long a new object stays unseen: until so many requests asked for it and so much time has passed. */
export interface Lag {
  reads: number;
  ms: number;
}

export interface Replication {
  /** Marks an object as new. */
  created(id: string): void;
  /** What one request can see; it counts once for each object, however often it looks. */
  view(): (id: string) => boolean;
}

/** New objects of a directory that is eventually consistent: not known everywhere at once. */
export function createReplication(clock: Clock, lag: () => Lag): Replication {
  const young = new Map<string, { since: number; readsLeft: number; ms: number }>();
  return {
    created(id) {
      const { reads, ms } = lag();
      if (reads > 0 || ms > 0) young.set(id, { since: clock.now().getTime(), readsLeft: reads, ms });
    },
    view() {
      const answers = new Map<string, boolean>();
      return (id) => {
        const known = answers.get(id);
        if (known !== undefined) return known;
        const age = young.get(id);
        let visible = true;
        if (age !== undefined) {
          visible = age.readsLeft <= 0 && clock.now().getTime() >= age.since + age.ms;
          age.readsLeft -= 1;
          if (visible) young.delete(id);
        }
        answers.set(id, visible);
        return visible;
      };
    },
  };
}
