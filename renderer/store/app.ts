import type { AppInfo, Settings } from "../../preload/model/app.ts";
import type { Result } from "../../preload/model/errors.ts";
import { setLanguage } from "../i18n.ts";
import { applyAccent } from "../ui/accent.ts";
import { attempt, call, rollout } from "./api.ts";
import { setFormatLocale } from "./format.ts";
import { pageState } from "./page-state.ts";

const store = pageState<{ info: AppInfo | null }>(() => ({ info: null }));

/** What main knows about the app; only after `loadInfo`. */
export function useInfo(): AppInfo {
  const info = store((state) => state.info);
  if (info === null) throw new Error("app info is not there yet");
  return info;
}

export function useInfoIfLoaded(): AppInfo | null {
  return store((state) => state.info);
}

/** The setup with which the app begins; null for the list. */
export function openAtStart(): string | null {
  return store.getState().info?.openAtStart ?? null;
}

/** Takes over what main says: language, formats and accent colour follow at once. */
export async function applyInfo(info: AppInfo): Promise<void> {
  setFormatLocale(info.locale);
  applyAccent(info.accentColor);
  await setLanguage(info.language, info.locale);
  store.setState({ info });
}

/** The same for an answer of main. Rejects when the texts of the app's language can't be loaded. */
async function takeOver(result: Result<AppInfo>): Promise<Result<AppInfo>> {
  if (result.ok) await applyInfo(result.value);
  return result;
}

/** Fetches the app's facts; false when main does not answer, or a text of the app can't be loaded. */
export async function loadInfo(): Promise<boolean> {
  const result = await attempt(rollout().app.info().then(takeOver));
  if (!result.ok) await speakAsSystem();
  return result.ok;
}

/** The chosen language is not known without main; the system's is the best guess. */
async function speakAsSystem(): Promise<void> {
  const { language } = navigator;
  if (!language.startsWith("de")) return;
  // Its texts may be what can't be loaded.
  await setLanguage("de", language).catch(() => setLanguage("en", "en"));
}

export async function saveSettings(change: Partial<Settings>): Promise<void> {
  await call(rollout().app.saveSettings(change).then(takeOver));
}

/** Looks again whether the keychain answers. */
export async function retryVault(): Promise<void> {
  await call(rollout().app.retryVault().then(takeOver));
}

/** Starts with a new vault key; only after the user agreed. */
export async function renewVault(): Promise<void> {
  await call(rollout().app.renewVault().then(takeOver));
}
