import type { RolloutApi } from "../../preload/contract.ts";
import type { ErrorView, Result } from "../../preload/model/errors.ts";
import { showError } from "./toasts.ts";

declare global {
  interface Window {
    /** Put there by the preload script. */
    rollout?: RolloutApi;
  }
}

const lost: ErrorView = { code: "internal", messageKey: "errors.internal", details: {} };

/** Main's methods. */
export function rollout(): RolloutApi {
  if (window.rollout === undefined) throw new Error("The preload script did not run.");
  return window.rollout;
}

/** The answer of a call; a call that breaks down is the error "internal". */
export async function attempt<T>(promise: Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await promise;
  } catch {
    return { ok: false, error: lost };
  }
}

/** The value of a call, or null after showing what went wrong. A canceled task is no failure. */
export async function call<T>(promise: Promise<Result<T>>): Promise<T | null> {
  const result = await attempt(promise);
  if (result.ok) return result.value;
  showError(result.error);
  return null;
}

/** Whether a call worked; shows what went wrong. For methods whose answer is null anyway. */
export async function succeeded(promise: Promise<Result<unknown>>): Promise<boolean> {
  const result = await attempt(promise);
  if (!result.ok) showError(result.error);
  return result.ok;
}
