import type { BatchView } from "../../preload/model/bulk.ts";

/** How a batch stands; texts are `bulk.ended.<kind>`. */
export interface Outcome {
  /** "closed": opened from its folder and not run since. */
  kind: "complete" | "failed" | "stopped" | "closed";
  good: number;
  failed: number;
  finished: number;
  total: number;
}

export function outcomeOf({ rows, hasRun }: Pick<BatchView, "rows" | "hasRun">): Outcome {
  const count = (...states: string[]) => rows.filter(({ state }) => states.includes(state)).length;
  const good = count("made", "verified");
  const failed = count("failed");
  const total = rows.length;
  const finished = good + failed;
  const kind = failed > 0 ? "failed" : good === total ? "complete" : hasRun ? "stopped" : "closed";
  return { kind, good, failed, finished, total };
}
