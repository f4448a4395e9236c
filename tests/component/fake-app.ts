import type { AppInfo } from "../../preload/model/app.ts";
import type { SetupSecrets } from "../../preload/model/secrets.ts";
import type { FakeState, Inputs } from "./fake-state.ts";
import { readyVault } from "./fake-state.ts";

/** The app itself and its settings. */
export function fakeApp(state: FakeState): Inputs<"app"> {
  return {
    info: () => state.info,
    saveSettings: (change) => {
      const merged = { ...state.info.settings, ...(change as Partial<AppInfo["settings"]>) };
      const language = merged.language === "system" ? state.info.language : merged.language;
      const locale = language === "de" ? "de-DE" : "en-GB";
      state.info = { ...state.info, settings: merged, language, locale };
      return state.info;
    },
    copyText: () => null,
    retryVault: () => state.info,
    renewVault: () => {
      state.info = { ...state.info, vault: readyVault };
      return state.info;
    },
    saveDiagnostics: () => ({ canceled: false, path: "/home/anna/diagnostics.json" }),
    showUserData: () => null,
  };
}

/** Verifying all setups; it ends when the test says so. */
export function fakeWatch(state: FakeState): Inputs<"watch"> {
  return {
    view: () => state.watch,
    run: () => {
      state.watch = { ...state.watch, running: true, at: state.now().toISOString(), results: [] };
      return state.watch;
    },
    cancel: () => state.watch,
  };
}

/** The connection doctor. */
export function fakeDoctor(state: FakeState): Inputs<"doctor"> {
  return {
    view: () => state.doctor,
    run: ({ cloud }) => {
      state.doctor = { ...state.doctor, cloud, at: state.now().toISOString() };
      return state.doctor;
    },
    copy: () => null,
  };
}

/** What is kept, without the secrets. */
export function fakeSecrets(state: FakeState): Inputs<"secrets"> {
  const without = (gone: (one: SetupSecrets, id: string) => boolean) => {
    state.secrets = state.secrets
      .map((one) => ({ ...one, secrets: one.secrets.filter(({ id }) => !gone(one, id)) }))
      .filter(({ secrets }) => secrets.length > 0);
    return state.secrets;
  };
  return {
    list: () => state.secrets,
    remove: ({ setupId, id, deleted = null }) =>
      without((one, name) => one.setupId === setupId && one.deleted === deleted && name === id),
    removeAll: ({ setupId, deleted = null }) =>
      without((one) => one.setupId === setupId && one.deleted === deleted),
  };
}
