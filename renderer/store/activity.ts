import { create } from "zustand";
import type { ErrorView } from "../../preload/model/errors.ts";
import type { ActivityView } from "../../preload/model/setup.ts";
import { attempt, rollout } from "./api.ts";

interface ActivityState {
  setupId: string | null;
  activity: ActivityView | null;
  error: ErrorView | null;
}

const store = create<ActivityState>(() => ({ setupId: null, activity: null, error: null }));

export function useActivity(): ActivityState {
  return store();
}

/** Fetches the log of a setup; the one in view stays when it is the same setup's. */
export async function loadActivity(setupId: string): Promise<void> {
  if (store.getState().setupId !== setupId) store.setState({ setupId, activity: null, error: null });
  const result = await attempt(rollout().setups.activity({ setupId }));
  if (store.getState().setupId !== setupId) return;
  store.setState(result.ok ? { activity: result.value, error: null } : { error: result.error });
}
