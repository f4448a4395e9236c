import type { ErrorView, Result } from "../../preload/model/errors.ts";
import { translate } from "../i18n.ts";
import { attempt } from "../store/api.ts";
import { pageState } from "../store/page-state.ts";
import { cancelTask, newTask } from "../store/tasks.ts";
import { announce } from "../ui/index.ts";

/** Long work on a setup's certificate; texts are `certificate.working.<kind>`. */
export type WorkKind = "create" | "request" | "import" | "export-pfx" | "export-pem";

export interface Work {
  task: string;
  kind: WorkKind;
  canceling: boolean;
}

export interface WorkState {
  work: Work | null;
  /** Why the last work of a kind failed; stays until it is tried again. */
  failure: { kind: WorkKind; error: ErrorView } | null;
}

const idle: WorkState = { work: null, failure: null };
const store = pageState<{ setups: Record<string, WorkState> }>(() => ({ setups: {} }));

/** The work under way. It goes on when the user looks at another step meanwhile. */
export function useWork(setupId: string): WorkState {
  return store((state) => state.setups[setupId] ?? idle);
}

function set(setupId: string, state: WorkState): void {
  store.setState(({ setups }) => ({ setups: { ...setups, [setupId]: state } }));
}

/**
 * Runs one piece of work; a second one while the first is running is not begun.
 * Gives its value, or null when it failed (then `failure` says why) or was canceled.
 */
export async function runWork<T>(
  setupId: string,
  kind: WorkKind,
  run: (task: string) => Promise<Result<T>>,
): Promise<T | null> {
  if (store.getState().setups[setupId]?.work) return null;
  const task = newTask();
  set(setupId, { work: { task, kind, canceling: false }, failure: null });
  const result = await attempt(run(task));
  const canceled = !result.ok && result.error.code === "canceled";
  set(setupId, { work: null, failure: result.ok || canceled ? null : { kind, error: result.error } });
  if (result.ok) return result.value;
  if (canceled) announce(translate("certificate.canceled"), "polite");
  return null;
}

/** Asks main to stop; the work ends with "canceled" when it does. */
export async function cancelWork(setupId: string): Promise<void> {
  const work = store.getState().setups[setupId]?.work;
  if (!work || work.canceling) return;
  set(setupId, { work: { ...work, canceling: true }, failure: null });
  await cancelTask(work.task);
  // Between two jobs there is nothing to stop; then the user may ask again.
  const still = store.getState().setups[setupId]?.work;
  if (still?.task === work.task) set(setupId, { work: { ...still, canceling: false }, failure: null });
}

export function dismissFailure(setupId: string): void {
  const state = store.getState().setups[setupId];
  if (state) set(setupId, { ...state, failure: null });
}
