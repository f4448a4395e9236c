import type { ErrorView, Result } from "../../preload/model/errors.ts";
import type { AllActivityView } from "../../preload/model/setup.ts";
import { attempt, rollout } from "./api.ts";
import { pageState } from "./page-state.ts";

interface ActivityState {
  /** The setup whose log it is; null for the logs of all setups. */
  setupId: string | null;
  activity: AllActivityView | null;
  error: ErrorView | null;
}

const store = pageState<ActivityState>(() => ({ setupId: null, activity: null, error: null }));

export function useActivity(): ActivityState {
  return store();
}

/** Fetches the log of a setup, or of all; the one in view stays when it is the same. */
export async function loadActivity(setupId: string | null): Promise<void> {
  if (store.getState().setupId !== setupId) store.setState({ setupId, activity: null, error: null });
  const result = setupId === null ? await attempt(rollout().setups.allActivity()) : await logOf(setupId);
  if (store.getState().setupId !== setupId) return;
  store.setState(result.ok ? { activity: result.value, error: null } : { error: result.error });
}

/** One setup's log in the form of all. Its name and mark stand in the header already. */
async function logOf(setupId: string): Promise<Result<AllActivityView>> {
  const result = await attempt(rollout().setups.activity({ setupId }));
  if (!result.ok) return result;
  const { entries, chain } = result.value;
  const named = { setupId, setupName: "" };
  return {
    ok: true,
    value: {
      entries: entries.map((entry) => ({ ...entry, ...named, practice: false })),
      broken: chain.brokenAt === null ? [] : [{ ...named, brokenAt: chain.brokenAt }],
      unreadable: [],
    },
  };
}
