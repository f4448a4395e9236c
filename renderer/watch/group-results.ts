import type { WatchResultView } from "../../preload/model/watch.ts";

/** What needs a person first, what is in order last. */
export const outcomes = [
  "changed",
  "other-tenant",
  "partly-read",
  "not-read",
  "busy",
  "not-signed-in",
  "as-before",
] as const satisfies readonly WatchResultView["outcome"][];

export interface ResultGroup {
  outcome: WatchResultView["outcome"];
  results: WatchResultView[];
}

/** The results under their outcomes; within one by name, but with new changes before known ones. */
export function groupResults(results: readonly WatchResultView[], locale: string): ResultGroup[] {
  const collator = new Intl.Collator(locale, { numeric: true, sensitivity: "base" });
  return outcomes.flatMap((outcome) => {
    const own = results.filter((result) => result.outcome === outcome);
    if (own.length === 0) return [];
    return {
      outcome,
      results: own.toSorted(
        (one, other) => Number(hasNew(other)) - Number(hasNew(one)) || collator.compare(one.name, other.name),
      ),
    };
  });
}

function hasNew({ drift }: WatchResultView): boolean {
  return drift.some(({ isNew }) => isNew);
}
