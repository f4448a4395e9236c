import type { Chosen } from "../../preload/contract.ts";
import type { BatchChoices, BatchView, RowProgress } from "../../preload/model/bulk.ts";
import type { ErrorView, Result } from "../../preload/model/errors.ts";
import { attempt, rollout } from "./api.ts";
import { pageState } from "./page-state.ts";

/** What was tried; a failure is shown where it was tried. */
export type BatchWork = "list" | "folder" | "run";

interface BatchState {
  batch: BatchView | null;
  busy: BatchWork | null;
  /** The choices of a batch that is about to begin. */
  starting: BatchChoices | null;
  canceling: boolean;
  failure: { work: BatchWork; error: ErrorView } | null;
}

const idle: BatchState = { batch: null, busy: null, starting: null, canceling: false, failure: null };
const store = pageState<BatchState>(() => idle);

/** The list the screen works on. It goes on while the user looks at something else. */
export function useBatch(): BatchState {
  return store();
}

async function work(
  kind: BatchWork,
  call: () => Promise<Result<BatchView | null>>,
): Promise<BatchView | null> {
  if (store.getState().busy !== null) return null;
  store.setState({ busy: kind, failure: null });
  const result = await attempt(call());
  const failure = result.ok || result.error.code === "canceled" ? null : { work: kind, error: result.error };
  store.setState({ busy: null, canceling: false, failure });
  if (!result.ok || result.value === null) return null;
  store.setState({ batch: result.value });
  return result.value;
}

async function chosen(
  answer: Promise<Result<Chosen<{ batch: BatchView }>>>,
): Promise<Result<BatchView | null>> {
  const result = await answer;
  if (!result.ok) return result;
  return { ok: true, value: result.value.canceled ? null : result.value.batch };
}

export function chooseList(): Promise<BatchView | null> {
  return work("list", () => chosen(rollout().bulk.chooseList()));
}

export function offerList(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<BatchView | null> {
  return work("list", () => rollout().bulk.offerList({ file: { name, bytes } }));
}

export function chooseFolder(batchId: string): Promise<BatchView | null> {
  return work("folder", () => chosen(rollout().bulk.chooseFolder({ batchId })));
}

/** The batch of a folder: of the one that was chosen for this list, or one the user chooses now. */
export function openEarlier(batchId?: string): Promise<BatchView | null> {
  return batchId === undefined
    ? work("list", () => chosen(rollout().bulk.openFolder()))
    : work("folder", () => rollout().bulk.continueFolder({ batchId }));
}

/** Begins. The choices stay on the screen until main says that it has begun: it may still find something wrong. */
export async function startBatch(batchId: string, choices: BatchChoices): Promise<void> {
  store.setState({ starting: choices });
  const answer = await work("run", () => rollout().bulk.start({ batchId, choices }));
  store.setState({ starting: null });
  if (answer === null) await readAgain(batchId);
}

/** Shows at the rows and the folder what main found in the way of a start. */
async function readAgain(batchId: string): Promise<void> {
  const result = await attempt(rollout().bulk.view({ batchId }));
  const { batch, busy } = store.getState();
  if (result.ok && busy === null && batch?.batchId === batchId) store.setState({ batch: result.value });
}

export function resumeBatch(batchId: string, listPassword?: string): Promise<BatchView | null> {
  const typed = listPassword === undefined ? {} : { listPassword };
  return work("run", () => rollout().bulk.resume({ batchId, ...typed }));
}

/** Asks main to stop; the run ends when it has. */
export async function cancelBatch(): Promise<void> {
  const { batch, canceling } = store.getState();
  if (batch === null || canceling) return;
  store.setState({ canceling: true });
  await attempt(rollout().bulk.cancel({ batchId: batch.batchId }));
}

/** Puts the list away; main erases its passwords. */
export async function closeBatch(): Promise<void> {
  const { batch, busy } = store.getState();
  if (batch === null || busy !== null) return;
  store.setState(idle);
  await attempt(rollout().bulk.close({ batchId: batch.batchId }));
}

/**
 * News from main; the first of a run says that it has begun. Rows that did not change stay the same objects, so that
 * only one is drawn anew.
 */
export function noteRow({ batchId, number, state, error }: RowProgress): void {
  const { batch, busy, starting } = store.getState();
  if (batch === null || batch.batchId !== batchId) return;
  const before = batch.running || busy !== "run" ? batch : begun(batch, starting);
  const rows = before.rows.map((row) => (row.number === number ? { ...row, state, error } : row));
  store.setState({ batch: { ...before, rows } });
}

function begun(batch: BatchView, starting: BatchChoices | null): BatchView {
  return {
    ...batch,
    rows: batch.rows.map((row) => ({ ...row, state: "waiting", error: null })),
    choices: batch.choices ?? starting,
    running: true,
    hasRun: true,
    needsListPassword: false,
  };
}
