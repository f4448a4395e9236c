import { call, rollout } from "../store/api.ts";
import { showSaved } from "../store/toasts.ts";

/** Saves the diagnostics file where the user wants it, and says where that is. */
export async function saveDiagnostics(): Promise<void> {
  const chosen = await call(rollout().app.saveDiagnostics());
  if (chosen === null || chosen.canceled) return;
  showSaved("settings.data.diagnosticsSaved", chosen.path);
}
