import { pageState } from "../store/page-state.ts";
import { atStart } from "./progress.ts";
import type { Progress } from "./progress.ts";

interface ProgressState {
  /** By setup, so that going to another setup and back loses no tick. It ends with the window. */
  bySetup: Readonly<Record<string, Progress>>;
  /** Counts what the user did: after each the focus goes to the row that is in turn. */
  turn: number;
}

const empty: ProgressState = { bySetup: {}, turn: 0 };
const store = pageState<ProgressState>(() => empty);

export function useProgress(setupId: string): { progress: Progress; turn: number } {
  const progress = store((state) => state.bySetup[setupId] ?? atStart);
  const turn = store((state) => state.turn);
  return { progress, turn };
}

/** Changes a setup's progress; gives the new one. */
export function changeProgress(setupId: string, change: (progress: Progress) => Progress): Progress {
  const next = change(store.getState().bySetup[setupId] ?? atStart);
  store.setState(({ bySetup, turn }) => ({ bySetup: { ...bySetup, [setupId]: next }, turn: turn + 1 }));
  return next;
}
