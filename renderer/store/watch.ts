import type { WatchView } from "../../preload/model/watch.ts";
import { call, rollout } from "./api.ts";
import { pageState } from "./page-state.ts";

const store = pageState<{ view: WatchView | null }>(() => ({ view: null }));

/** Verifying all setups, as main last told; null until its first answer. */
export function useWatch(): WatchView | null {
  return store((state) => state.view);
}

export async function loadWatch(): Promise<void> {
  accept(await call(rollout().watch.view()));
}

/** Begins; main tells of progress, and this resolves when it is over. */
export async function runWatch(): Promise<WatchView | null> {
  const view = await call(rollout().watch.run());
  accept(view);
  return view;
}

export async function cancelWatch(): Promise<void> {
  accept(await call(rollout().watch.cancel()));
}

function accept(view: WatchView | null): void {
  if (view !== null) store.setState({ view });
}
