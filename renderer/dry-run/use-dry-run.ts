import { useEffect, useRef, useState } from "react";
import type { SetupView } from "../../preload/model/setup.ts";
import { useT } from "../i18n.ts";
import { rollout } from "../store/api.ts";
import { change } from "../store/setups.ts";
import { announce } from "../ui/index.ts";
import { obstacleTitle } from "./words.ts";

interface DryRunActions {
  pending: "run" | "stop" | null;
  run: (password?: string) => void;
  stop: () => void;
}

/** What can be done on the screen. While a run is under way, only stopping. */
export function useDryRun(setupId: string): DryRunActions {
  const [pending, setPending] = useState<DryRunActions["pending"]>(null);
  async function carryOut(what: "run" | "stop", password?: string): Promise<void> {
    setPending(what);
    const input = password === undefined ? { setupId } : { setupId, password };
    await change(what === "run" ? rollout().dryRun.run(input) : rollout().dryRun.stop({ setupId }));
    setPending((now) => (now === what ? null : now));
  }
  return {
    pending,
    run: (password) => void carryOut("run", password),
    stop: () => void carryOut("stop"),
  };
}

/** Says it once when the state changes while the page is open; attempts and countdowns stay silent. */
export function useAnnouncedState({ dryRun }: SetupView): void {
  const t = useT();
  const { state } = dryRun;
  const text = state === "never" ? "" : t(`dryRun.announce.${state}`, { cause: obstacleTitle(dryRun, t) });
  const last = useRef(state);
  useEffect(() => {
    if (last.current === state) return;
    // A wait that goes on is no news.
    const silent = text === "" || (last.current === "waiting" && state === "running");
    last.current = state;
    if (!silent) announce(text, "polite");
  }, [state, text]);
}
