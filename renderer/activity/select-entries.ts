import type { StepId } from "../../preload/model/guide.ts";
import type { ActivityEntry } from "../../preload/model/setup.ts";

export interface ActivityFilter {
  step: StepId | "all";
  kind: string;
  search: string;
}

/** The entries that match, newest first. `words` gives the sentence the user sees, which is what is searched. */
export function selectEntries(
  entries: readonly ActivityEntry[],
  filter: ActivityFilter,
  words: (entry: ActivityEntry) => string,
): ActivityEntry[] {
  const wanted = filter.search.trim().toLocaleLowerCase();
  return entries
    .filter(
      (entry) =>
        (filter.step === "all" || entry.step === filter.step) &&
        (filter.kind === "all" || entry.kind === filter.kind) &&
        (wanted === "" || words(entry).toLocaleLowerCase().includes(wanted)),
    )
    .toReversed();
}
