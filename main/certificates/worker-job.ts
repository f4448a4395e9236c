import { AppError } from "../errors.ts";
import type { Job, WorkerMessage } from "./jobs.ts";
import { secretsOf } from "./jobs.ts";
import { perform } from "./perform.ts";
import { erase } from "./secrets.ts";

/** Does the one job of a worker, tells its phases and its answer or error, and erases the secrets of both. */
export async function doWorkerJob(job: Job, tell: (message: WorkerMessage) => void): Promise<void> {
  try {
    tell({ type: "phase", phase: "starting" });
    const answer = await perform(job, (phase) => tell({ type: "phase", phase }));
    tell({ type: "done", answer });
    erase(...secretsOf(answer));
  } catch (error) {
    const known = error instanceof AppError ? error : new AppError("internal", {}, error);
    tell({ type: "failed", error: { code: known.code, details: known.details } });
  } finally {
    erase(...secretsOf(job));
  }
}
