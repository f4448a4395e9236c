import { rollout } from "../store/api.ts";
import { loadInfo } from "../store/app.ts";
import { coalesced } from "../store/coalesced.ts";
import { runCommand } from "../store/commands.ts";
import { currentRoute, navigate } from "../store/route.ts";
import { loadSetup } from "../store/setups.ts";

export interface StripEvents {
  /** Shows this setup with its present values, also when it is the one on the screen. */
  show: (setupId: string) => void;
  /** Stops listening. */
  stop: () => void;
}

/**
 * Listens to what main tells the strip. Reminders, and whatever else leads to other setups and screens, are the main
 * window's. `onNamed` is called when main names the setup to show.
 */
export function listenInStrip(onNamed: () => void): StripEvents {
  const api = rollout();
  const refreshInfo = coalesced(loadInfo);
  // Never two at a time: the answer that comes last must be the newest.
  const refresh = coalesced(loadShown);
  const show = (setupId: string): void => {
    navigate({ screen: "setup", setupId });
    refresh();
  };
  const stops = [
    api.on("changed", ({ setupId }) => {
      if (setupId === null) refreshInfo();
      // What concerns more than one setup, such as the keychain, may concern this one too.
      if (setupId === null || setupId === shownSetup()) refresh();
    }),
    api.on("transfer", ({ setupId }) => {
      onNamed();
      show(setupId);
    }),
    api.on("command", ({ name }) => {
      runCommand(name);
    }),
  ];
  return {
    show,
    stop: () => {
      for (const stop of stops) stop();
    },
  };
}

function shownSetup(): string | null {
  const route = currentRoute();
  return route.screen === "setup" ? route.setupId : null;
}

async function loadShown(): Promise<void> {
  const setupId = shownSetup();
  if (setupId !== null) await loadSetup(setupId);
}
