import { app, systemPreferences } from "electron";
import type { PlatformFacts } from "./platform.ts";

/** Asks Electron for the facts that `platformInfo` judges. Ask again when needed: the accent colour changes. */
export function platformFacts(): PlatformFacts {
  return {
    nodePlatform: process.platform,
    electronVersion: process.versions["electron"],
    systemLocale: app.getPreferredSystemLanguages()[0] ?? app.getLocale(),
    accentColor: accentColor(),
  };
}

function accentColor(): string | null {
  try {
    return systemPreferences.getAccentColor();
  } catch {
    // Some Linux desktops have none.
    return null;
  }
}
