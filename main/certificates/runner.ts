import type { CertificatePhase } from "../../preload/model/certificates.ts";
import { errorCodes } from "../../preload/model/errors.ts";
import { AppError } from "../errors.ts";
import type { Answer, Job, JobKind, WorkerMessage } from "./jobs.ts";
import { secretsOf } from "./jobs.ts";
import { erase } from "./secrets.ts";

/** A process that runs `worker.ts`. Messages are cloned as structured data. */
export interface WorkerProcess {
  postMessage(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  onExit(listener: (code: number) => void): void;
  kill(): void;
}

export type SpawnWorker = () => WorkerProcess;

export interface RunOptions {
  /** Aborting ends the process at once; the job fails with AppError canceled. */
  signal?: AbortSignal;
  onPhase?: (phase: CertificatePhase) => void;
  /** Other limit than the kind's own, in milliseconds. */
  timeLimitMs?: number;
}

/** How long each kind of job may take, in milliseconds; then its process is ended. */
export const timeLimitsMs: Record<JobKind, number> = {
  create: 120_000,
  "create-with-pfx": 120_000,
  "create-pair": 120_000,
  "create-request": 120_000,
  "accept-issued": 10_000,
  import: 10_000,
  inspect: 10_000,
  "write-pfx": 60_000,
  "write-pem": 60_000,
  "seal-list": 60_000,
  "open-list": 60_000,
  "self-test": 10_000,
};

/**
 * Does one job in a process of its own and ends that process. The job's `password`, `key` and `list` now belong to
 * the runner, which erases them: pass copies of what is needed again. Erase the answer's `key` after use.
 * Throws the worker's AppError, canceled, or certificate-worker-failed (crash or time limit).
 */
export function runJob<K extends JobKind>(
  spawn: SpawnWorker,
  job: Job<K>,
  { signal, onPhase, timeLimitMs = timeLimitsMs[job.kind] }: RunOptions = {},
): Promise<Answer<K>> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      erase(...secretsOf(job));
      reject(new AppError("canceled"));
      return;
    }
    const { kind } = job;
    let worker: WorkerProcess | null = null;
    let settled = false;
    const settle = (finish: () => void) => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      signal?.removeEventListener("abort", cancel);
      worker?.kill();
      finish();
    };
    const fail = (error: AppError) => settle(() => reject(error));
    const cancel = () => fail(new AppError("canceled"));
    const timer = setTimeout(() => {
      fail(
        new AppError("certificate-worker-failed", { job: kind, reason: "time", limit: timeLimitMs / 1000 }),
      );
    }, timeLimitMs);
    signal?.addEventListener("abort", cancel);
    try {
      worker = spawn();
      worker.onExit((code) => {
        fail(new AppError("certificate-worker-failed", { job: kind, reason: "exit", code }));
      });
      worker.onMessage((message) => {
        if (!isWorkerMessage(message)) return;
        if (message.type === "phase") {
          if (!settled) onPhase?.(message.phase);
        } else if (message.type === "failed") {
          fail(new AppError(message.error.code, message.error.details));
        } else {
          const { answer } = message;
          // An answer that comes after the cancellation is nobody's.
          if (settled) erase(...secretsOf(answer));
          settle(() => resolve(answer));
        }
      });
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a process has no origin
      worker.postMessage(job);
    } catch (error) {
      fail(new AppError("certificate-worker-failed", { job: kind, reason: "start" }, error));
    } finally {
      erase(...secretsOf(job));
    }
  });
}

function isWorkerMessage(message: unknown): message is WorkerMessage {
  if (typeof message !== "object" || message === null || !("type" in message)) return false;
  if (message.type === "phase") return "phase" in message;
  if (message.type === "done") return "answer" in message && typeof message.answer === "object";
  if (message.type !== "failed" || !("error" in message)) return false;
  const { error } = message;
  return (
    typeof error === "object" &&
    error !== null &&
    "code" in error &&
    errorCodes.some((code) => code === error.code)
  );
}
