import { app } from "electron";

/** Claims to be the only running copy for this data folder; a later copy only brings this one to the front. */
export function claimSingleInstance(onSecond: () => void): boolean {
  if (!app.requestSingleInstanceLock()) return false;
  app.on("second-instance", onSecond);
  return true;
}
