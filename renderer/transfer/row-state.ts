import type { StepState } from "../../preload/model/setup.ts";
import { isStale, isTicked } from "./progress.ts";
import type { Progress } from "./progress.ts";
import type { Row } from "./rows.ts";

export interface RowState {
  icon: StepState;
  /** Texts `transfer.states.<word>`; null when there is nothing to say. */
  word: "done" | "changed" | "mend" | "leave" | null;
}

/** How a row stands: handed over, to be handed over again, or not ready to be. */
export function rowState(row: Row, progress: Progress): RowState {
  if (isTicked(progress, row)) return { icon: "done", word: "done" };
  if (isStale(progress, row)) return { icon: "needs-attention", word: "changed" };
  if (row.kind === "mend") return { icon: "needs-attention", word: "mend" };
  if (row.kind === "leave") return { icon: "not-applicable", word: "leave" };
  return { icon: "not-started", word: null };
}
