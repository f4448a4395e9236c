import type { StepId } from "../../preload/model/guide.ts";
import type { ActivityEntry, AllActivityEntry } from "../../preload/model/setup.ts";

/** How what an entry tells of ended; texts are `activity.results.<result>`. */
export const activityResults = ["done", "found", "waiting", "failed"] as const;
export type ActivityResult = (typeof activityResults)[number];

const ofKinds: Readonly<Record<string, ActivityResult>> = {
  "dry-run-failed": "failed",
  "dry-run-waiting": "waiting",
  "journal-torn": "failed",
  "pfx-check-failed": "failed",
  "rollout-failed": "failed",
  "tenant-drift": "failed",
};

const ofPhases: Readonly<Record<string, ActivityResult>> = {
  done: "done",
  found: "found",
  refused: "failed",
};

/** An entry's result: what a change in the tenant came to, or what its kind says. */
export function resultOf({ kind, details }: ActivityEntry): ActivityResult {
  return ofPhases[String(details["phase"] ?? "")] ?? ofKinds[kind] ?? "done";
}

/** The id by which Microsoft's support finds a request; the app's own when the service gave none. */
export function requestIdOf({ details }: ActivityEntry): string {
  return String(details["requestId"] ?? "") || String(details["clientRequestId"] ?? "");
}

export interface ActivityFilter {
  setupId: string;
  step: StepId | "all";
  kind: string;
  result: ActivityResult | "all";
  search: string;
}

export const everything: ActivityFilter = {
  setupId: "all",
  step: "all",
  kind: "all",
  result: "all",
  search: "",
};

/**
 * The entries that match, newest first. `words` gives the sentence the user sees, which is what is searched, along
 * with the request id.
 */
export function selectEntries<Entry extends AllActivityEntry>(
  entries: readonly Entry[],
  filter: ActivityFilter,
  words: (entry: Entry) => string,
): Entry[] {
  const wanted = filter.search.trim().toLocaleLowerCase();
  return entries
    .filter(
      (entry) =>
        (filter.setupId === "all" || entry.setupId === filter.setupId) &&
        (filter.step === "all" || entry.step === filter.step) &&
        (filter.kind === "all" || entry.kind === filter.kind) &&
        (filter.result === "all" || resultOf(entry) === filter.result) &&
        (wanted === "" || `${words(entry)} ${requestIdOf(entry)}`.toLocaleLowerCase().includes(wanted)),
    )
    .toReversed();
}
