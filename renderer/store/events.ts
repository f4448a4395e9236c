import { loadActivity } from "./activity.ts";
import { rollout } from "./api.ts";
import { loadInfo } from "./app.ts";
import { noteRow } from "./batch.ts";
import { coalesced } from "./coalesced.ts";
import { runCommand } from "./commands.ts";
import { loadDoctor } from "./doctor.ts";
import { loadReminders, renewReminders, showReminders } from "./reminders.ts";
import { currentRoute, navigate } from "./route.ts";
import { loadList, loadSetup } from "./setups.ts";
import { noteTask } from "./tasks.ts";
import { loadWatch } from "./watch.ts";

/** Often enough that a number of days is never wrong for long. */
const renewalPauseMs = 3_600_000;

/** Listens to what main tells the main window, until the returned function is called. */
export function listen(): () => void {
  const api = rollout();
  const refreshList = coalesced(loadList);
  const refreshInfo = coalesced(loadInfo);
  const refreshWatch = coalesced(loadWatch);
  const refreshDoctor = coalesced(loadDoctor);
  const refreshSetup = coalesced(loadShown);
  const stops = [
    api.on("changed", ({ setupId }) => {
      const route = currentRoute();
      if (setupId === null) {
        refreshInfo();
        refreshList();
        // What concerns more than one setup, such as the keychain, may concern the open one too.
        refreshSetup();
        if (route.screen === "watch") refreshWatch();
        if (route.screen === "settings") refreshDoctor();
      } else {
        const concerned = "setupId" in route ? route.setupId === setupId : route.screen === "activity";
        if (concerned) refreshSetup();
        if (route.screen === "home") refreshList();
      }
    }),
    api.on("task", noteTask),
    api.on("row", noteRow),
    api.on("reminder", ({ reminders }) => showReminders(reminders)),
    api.on("command", ({ name }) => {
      runCommand(name);
    }),
    api.on("show", ({ setupId, step, field }) =>
      navigate({ screen: "setup", setupId, step, ...(field === undefined ? {} : { field }) }),
    ),
  ];
  void loadReminders();
  const renewal = setInterval(() => void renewReminders(), renewalPauseMs);
  return () => {
    clearInterval(renewal);
    for (const stop of stops) stop();
  };
}

/** Fetches again what the screen shows of a setup. */
async function loadShown(): Promise<void> {
  const route = currentRoute();
  if (["setup", "access", "dry-run", "rotation"].includes(route.screen) && "setupId" in route)
    await loadSetup(route.setupId);
  if (route.screen === "activity") await loadActivity("setupId" in route ? route.setupId : null);
}
