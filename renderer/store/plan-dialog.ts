import { pageState } from "./page-state.ts";

/** Which plan is shown, and of which setup. */
export interface OpenPlan {
  setupId: string;
  kind: "apply" | "undo" | "removal";
}

const store = pageState<{ open: OpenPlan | null }>(() => ({ open: null }));

export function useOpenPlan(): OpenPlan | null {
  return store((state) => state.open);
}

/** Shows a plan over whatever screen of the setup is open. */
export function showPlan(setupId: string, kind: OpenPlan["kind"]): void {
  store.setState({ open: { setupId, kind } });
}

export function closePlan(): void {
  store.setState({ open: null });
}
