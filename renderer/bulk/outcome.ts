import type { BatchView } from "../../preload/model/bulk.ts";

/** How a batch stands; texts are `bulk.ended.<kind>`. */
export interface Outcome {
  /** "closed": opened from its folder and not looked at yet. */
  kind: "complete" | "failed" | "stopped" | "closed";
  good: number;
  failed: number;
  finished: number;
  total: number;
}

export function outcomeOf({ rows }: Pick<BatchView, "rows">): Outcome {
  const count = (...states: string[]) => rows.filter(({ state }) => states.includes(state)).length;
  const good = count("made", "verified");
  const failed = count("failed");
  const total = rows.length;
  const finished = good + failed;
  const kind = failed > 0 ? "failed" : good === total ? "complete" : finished === 0 ? "closed" : "stopped";
  return { kind, good, failed, finished, total };
}
