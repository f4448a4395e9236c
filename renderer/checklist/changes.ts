import type { ErrorView, Result } from "../../preload/model/errors.ts";
import type { SetupSummary, SetupView } from "../../preload/model/setup.ts";
import { attempt } from "../store/api.ts";
import { acceptView } from "../store/setups.ts";
import { showError } from "../store/toasts.ts";
import { announce } from "../ui/index.ts";
import { keepFocus } from "./keep-focus.ts";

type Say = (summary: SetupSummary) => string;

/** Carries out a change asked for in a dialog and announces it; gives why it failed, which the dialog has to say. */
export async function changeInDialog(
  promise: Promise<Result<SetupView>>,
  say: Say,
): Promise<ErrorView | null> {
  const result = await attempt(promise);
  if (!result.ok) return result.error;
  acceptView(result.value);
  announce(say(result.value.summary));
  keepFocus();
  return null;
}

/** Carries out a change and announces it, or shows what went wrong; gives whether it worked. */
export async function changeInPage(promise: Promise<Result<SetupView>>, say: Say): Promise<boolean> {
  const failure = await changeInDialog(promise, say);
  if (failure !== null) showError(failure);
  return failure === null;
}
