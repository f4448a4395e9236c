import type { TenantView } from "../../preload/model/tenant.ts";
import { AppError } from "../errors.ts";
import type { Clock } from "../ports.ts";
import { problemOf } from "./problem.ts";

export interface Work {
  kind: "reading" | "applying" | "undoing" | "removing";
  since: string;
  change: string | null;
  done: number;
  total: number;
  wait: { reason: string; until: string; giveUpAt: string } | null;
  canceling: boolean;
}

export interface WorksPorts {
  clock: Clock;
  onChange: () => void;
  onError: (message: string, error: unknown) => void;
}

/** What is being done in a tenant: one thing at a time, with how far it is and why the last one failed. */
export interface Works {
  present(): Work | null;
  problem(): TenantView["problem"];
  forgetProblem(): void;
  /** Resolves also when it was ended on request. Errors: AppError work-running, and those of the work itself. */
  run(kind: Work["kind"], total: number, work: (signal: AbortSignal) => Promise<void>): Promise<void>;
  progress(next: Partial<Work>): void;
  /** As the person asked for; shown until what is under way was answered. */
  cancel(): void;
  /** Ends what is under way; with a failure, the work ends with that. */
  stop(failure?: AppError): void;
  /** It was told to end. */
  isStopping(): boolean;
}

export function createWorks({ clock, onChange, onError }: WorksPorts): Works {
  let work: Work | null = null;
  let abort: AbortController | null = null;
  let problem: TenantView["problem"] = null;

  function progress(next: Partial<Work>): void {
    if (work === null) return;
    work = { ...work, ...next };
    onChange();
  }

  return {
    present: () => work,
    problem: () => problem,
    forgetProblem() {
      problem = null;
    },
    async run(kind, total, run) {
      if (work !== null) throw new AppError("work-running");
      const own = new AbortController();
      abort = own;
      problem = null;
      const since = clock.now().toISOString();
      work = { kind, since, change: null, done: 0, total, wait: null, canceling: false };
      onChange();
      try {
        await run(own.signal);
        const failure = failureOf(own.signal);
        if (failure !== null) throw failure;
      } catch (thrown) {
        const error = own.signal.aborted ? failureOf(own.signal) : thrown;
        if (error === null) return;
        problem = problemOf(error);
        onError(`${kind} ended`, error);
        if (error instanceof AppError) throw error;
      } finally {
        work = null;
        abort = null;
        onChange();
      }
    },
    progress,
    cancel() {
      if (work === null || abort === null) return;
      progress({ canceling: true });
      abort.abort();
    },
    stop(failure) {
      abort?.abort(failure);
    },
    isStopping: () => abort?.signal.aborted === true,
  };
}

/** What work was ended with; null when somebody asked for the end. */
export function failureOf(signal: AbortSignal): AppError | null {
  const reason: unknown = signal.reason;
  return reason instanceof AppError ? reason : null;
}
