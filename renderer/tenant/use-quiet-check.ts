import { useEffect } from "react";
import { attempt, rollout } from "../store/api.ts";
import { onReset } from "../store/page-state.ts";
import { currentRoute } from "../store/route.ts";
import { acceptView, currentView } from "../store/setups.ts";

/** Shortest time between two readings that nobody asked for, in milliseconds. */
export const quietPause = 60_000;

const lastAt = new Map<string, number>();
onReset(() => lastAt.clear());

/**
 * Reads the open setup's tenant again when the window is looked at again or the network is back: a colleague may
 * have granted what was missing. Only for whom is signed in, only what is agreed to, and without a word.
 */
export function useQuietCheck(): void {
  useEffect(() => {
    const check = (): void => void checkQuietly(Date.now());
    window.addEventListener("focus", check);
    window.addEventListener("online", check);
    return () => {
      window.removeEventListener("focus", check);
      window.removeEventListener("online", check);
    };
  }, []);
}

/** One reading, unless there was one a moment ago or something is under way. A failure shows in the next view. */
export async function checkQuietly(now: number): Promise<void> {
  const route = currentRoute();
  const view = currentView();
  if (!("setupId" in route) || view === null || view.summary.id !== route.setupId) return;
  const { signIn, work, lastRead } = view.tenant;
  if (signIn.state !== "signed-in" || work !== null) return;
  const last = Math.max(lastAt.get(route.setupId) ?? 0, lastRead === null ? 0 : Date.parse(lastRead.at));
  if (now - last < quietPause) return;
  lastAt.set(route.setupId, now);
  const result = await attempt(rollout().tenant.check({ setupId: route.setupId, quiet: true }));
  if (result.ok) acceptView(result.value);
}
