import type { AppInfo, Settings } from "../../preload/model/app.ts";
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

/** Fetches the app's facts; false when main does not answer. */
export async function loadInfo(): Promise<boolean> {
  const result = await attempt(rollout().app.info());
  if (result.ok) await applyInfo(result.value);
  return result.ok;
}

export async function saveSettings(change: Partial<Settings>): Promise<void> {
  const info = await call(rollout().app.saveSettings(change));
  if (info !== null) await applyInfo(info);
}

/** Looks again whether the keychain answers. */
export async function retryVault(): Promise<void> {
  const info = await call(rollout().app.retryVault());
  if (info !== null) await applyInfo(info);
}

/** Starts with a new vault key; only after the user agreed. */
export async function renewVault(): Promise<void> {
  const info = await call(rollout().app.renewVault());
  if (info !== null) await applyInfo(info);
}
