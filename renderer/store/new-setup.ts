import { pageState } from "./page-state.ts";
import { currentMoves, currentRoute, navigate, useRoute } from "./route.ts";

/** The move since which the dialog for a new setup is open; null while it is closed. */
const store = pageState<{ since: number | null }>(() => ({ since: null }));

/** Whether the dialog for a new setup is open over the start screen. Any move closes it. */
export function useCreating(): boolean {
  const { moves } = useRoute();
  return store((state) => state.since) === moves;
}

/** Asks for a new setup, on the start screen. */
export function startCreating(): void {
  const isThere = currentRoute().screen === "home";
  if (!isThere) navigate({ screen: "home" });
  const since = currentMoves();
  if (isThere) store.setState({ since });
  // The heading gets the focus first, so that it goes back there after the dialog.
  else requestAnimationFrame(() => store.setState({ since }));
}

export function stopCreating(): void {
  store.setState({ since: null });
}
