/** What to tell someone whose session can't show a window. */
export const noDisplay =
  "There is no display to open a window on: start this from a desktop session, or set DISPLAY or WAYLAND_DISPLAY.";

/** Whether a window could be seen here. */
export function hasDisplay(
  environment: NodeJS.ProcessEnv = process.env,
  platform = process.platform,
): boolean {
  if (platform !== "linux" || environment["EXCHANGE_ROLLOUT_HEADLESS"] === "1") return true;
  return Boolean(environment["DISPLAY"] || environment["WAYLAND_DISPLAY"]);
}
