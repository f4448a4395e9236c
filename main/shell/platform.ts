import type { AppInfo, Settings } from "../../preload/model/app.ts";
import { languageFor, localeFor } from "./words.ts";

/** What the operating system and the runtime say about themselves. */
export interface PlatformFacts {
  nodePlatform: NodeJS.Platform;
  electronVersion: string | undefined;
  /** First of the user's languages, for example "de-CH". */
  systemLocale: string;
  /** As Electron gives it: RRGGBBAA in hex, or nothing. */
  accentColor: string | null;
}

export type PlatformInfo = Pick<AppInfo, "platform" | "host" | "language" | "locale" | "accentColor">;

/** The part of AppInfo that follows from the platform and the settings. */
export function platformInfo(facts: PlatformFacts, settings: Pick<Settings, "language">): PlatformInfo {
  const language = languageFor(settings, facts.systemLocale);
  return {
    platform: platformName(facts.nodePlatform),
    host: facts.electronVersion === undefined ? "stand-in" : "electron",
    language,
    locale: localeFor(language, facts.systemLocale),
    accentColor: cssColor(facts.accentColor),
  };
}

/** Everything that is neither Windows nor macOS behaves like Linux here. */
export function platformName(platform: NodeJS.Platform): AppInfo["platform"] {
  if (platform === "win32") return "windows";
  return platform === "darwin" ? "macos" : "linux";
}

/** "0078d4ff" as "#0078d4"; null when it is no such colour. */
export function cssColor(color: string | null): string | null {
  const digits = /^#?([0-9a-f]{6})(?:[0-9a-f]{2})?$/i.exec(color ?? "")?.[1];
  return digits === undefined ? null : `#${digits.toLowerCase()}`;
}

/** Environment for the certificate process: what Windows needs to load its libraries, and nothing else. */
export function workerEnvironment(env: NodeJS.ProcessEnv): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name of ["SystemRoot", "windir", "TEMP", "TMP", "TMPDIR", "LANG"]) {
    const value = env[name];
    if (value !== undefined) kept[name] = value;
  }
  return kept;
}
