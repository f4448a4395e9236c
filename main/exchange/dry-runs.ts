import type { DryRunCause } from "../../preload/model/exchange.ts";
import { erase } from "../certificates/secrets.ts";
import { AppError } from "../errors.ts";
import type { DryRunRecord, SetupDocument } from "../setups/document.ts";
import { effective, fieldProblem } from "../setups/fields.ts";
import type { Setups } from "../setups/setups.ts";
import type { Pace } from "../tenant/pace.ts";
import type { Attempted, AttemptPorts, Connection } from "./attempt.ts";
import { attemptDryRun, notTried } from "./attempt.ts";
import { lightOff } from "./causes.ts";
import { afterAttempt, outcomeNote, stopped, triedValues } from "./record.ts";

/** The dry runs of all setups. One setup has one at a time. */
export interface DryRuns {
  /**
   * Begins a new series and resolves when its first attempt has ended; further ones follow by themselves while the
   * app waits for the tenant. `password` is erased when the series ends; null takes the kept one each time. While one is under
   * way a second call only waits for it. Errors: setup-not-found, not-allowed (values are missing), those of saving.
   */
  run(setupId: string, password: Buffer | null): Promise<void>;
  /** Ends the attempt under way and the wait for the next one. */
  stop(setupId: string): Promise<void>;
  /** Goes on with the waits that the app was closed in. */
  resume(): void;
  /** Whether an attempt is under way now. */
  isRunning(setupId: string): boolean;
  /** Ends everything without writing it down, so that it goes on at the next start. */
  close(): void;
}

export interface DryRunOptions extends AttemptPorts {
  setups: Pick<Setups, "list" | "document" | "change">;
  connectionOf(setupId: string): Promise<Connection>;
  pace: Pace;
  /** The kept PFX password, the caller's to erase; null when it is not kept. Errors: those of the vault. */
  keptPassword(setupId: string): Promise<Buffer | null>;
  /** The setup's view has changed without being asked for. */
  onChange(setupId: string): void;
  onError(message: string, error: unknown): void;
}

interface Series {
  abort: AbortController;
  typed: Buffer | null;
  running: boolean;
  /** Ends with the attempt under way. */
  attempt: Promise<void>;
}

export function createDryRuns(options: DryRunOptions): DryRuns {
  const { setups, pace } = options;
  const series = new Map<string, Series>();

  function begin(setupId: string, typed: Buffer | null, work: (own: Series) => Promise<void>): Series {
    const own: Series = { abort: new AbortController(), typed, running: false, attempt: Promise.resolve() };
    series.set(setupId, own);
    own.attempt = work(own);
    return own;
  }

  function end(setupId: string, own: Series): void {
    erase(own.typed);
    if (series.get(setupId) === own) series.delete(setupId);
  }

  /** One attempt and what is written down of it. Gives whether another one follows. */
  async function attempt(setupId: string, own: Series, startedAt: Date, attempts: number): Promise<boolean> {
    own.running = true;
    options.onChange(setupId);
    try {
      const before = setups.document(setupId);
      const tried = triedValues(before);
      if (tried === null || !hasIds(before)) throw new AppError("not-allowed");
      const attempted = await tryOnce(setupId, own, before);
      own.abort.signal.throwIfAborted();
      const facts = { tried, startedAt, attempts, now: pace.now() };
      const dryRun = afterAttempt(setups.document(setupId), attempted, facts);
      await setups.change(setupId, outcomeNote(dryRun), (document) => ({ ...document, dryRun }));
      return dryRun.waiting !== null;
    } finally {
      own.running = false;
    }
  }

  async function tryOnce(setupId: string, own: Series, document: SetupDocument): Promise<Attempted> {
    const { certificate } = document;
    if (certificate === null) throw new AppError("certificate-missing");
    const password = await passwordOf(setupId, own);
    if (typeof password === "string") return notTried(lightOff("certificate", password));
    try {
      const input = {
        connection: await options.connectionOf(setupId),
        tenantId: effective(document, "tenantId"),
        applicationId: effective(document, "applicationId"),
        domain: fieldProblem(document, "tenantDomain") === null ? effective(document, "tenantDomain") : "",
        certificate,
      };
      return await attemptDryRun(options, input, password, own.abort.signal);
    } finally {
      if (password !== own.typed) erase(password);
    }
  }

  async function passwordOf(setupId: string, own: Series): Promise<Buffer | DryRunCause> {
    if (own.typed !== null) return own.typed;
    try {
      return (await options.keptPassword(setupId)) ?? "password-missing";
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return "vault-locked";
    }
  }

  /** Waits and tries again until it passes, fails otherwise, or has waited long enough. */
  async function goOn(setupId: string, own: Series): Promise<void> {
    try {
      for (;;) {
        const { dryRun, ...document } = setups.document(setupId);
        if (dryRun === null || dryRun.waiting === null) return;
        const pause = Date.parse(dryRun.waiting.nextAt) - pace.now().getTime();
        // oxlint-disable-next-line no-await-in-loop -- one attempt after the other is the point
        if (pause > 0) await pace.sleep(pause, own.abort.signal);
        own.abort.signal.throwIfAborted();
        const now = setups.document(setupId);
        if (!isSame(dryRun, now)) {
          // oxlint-disable-next-line no-await-in-loop -- the last thing that is done
          await setups.change(setupId, null, stopped);
          return;
        }
        const startedAt = new Date(dryRun.startedAt);
        const trying = attempt(setupId, own, startedAt, dryRun.attempts + 1);
        own.attempt = trying.then(ignore, ignore);
        // oxlint-disable-next-line no-await-in-loop -- one attempt after the other is the point
        const more = await trying;
        options.onChange(document.id);
        if (!more) return;
      }
    } catch (error) {
      // Stopped, or the setup is gone: then there is nobody to tell.
      if (own.abort.signal.aborted || (error instanceof AppError && error.code === "setup-not-found")) return;
      options.onError("dry run ended early", error);
    } finally {
      end(setupId, own);
      options.onChange(setupId);
    }
  }

  async function run(setupId: string, password: Buffer | null): Promise<void> {
    const under = series.get(setupId);
    if (under?.running === true) {
      erase(password);
      await under.attempt;
      return;
    }
    if (under !== undefined) await stop(setupId);
    const own = begin(setupId, password, async (mine) => {
      try {
        const more = await attempt(setupId, mine, pace.now(), 1);
        if (more) void goOn(setupId, mine);
        else end(setupId, mine);
      } catch (error) {
        end(setupId, mine);
        if (!mine.abort.signal.aborted) throw error;
      }
    });
    await own.attempt;
  }

  async function stop(setupId: string): Promise<void> {
    const own = series.get(setupId);
    if (own !== undefined) {
      own.abort.abort();
      // What an attempt writes at its end must not come after this.
      await own.attempt.catch(ignore);
      end(setupId, own);
    }
    const { dryRun } = setups.document(setupId);
    if (dryRun === null || dryRun.waiting === null) return;
    await setups.change(setupId, { kind: "dry-run-stopped", step: null }, stopped);
  }

  return {
    run,
    stop,
    resume() {
      for (const { id, problem } of setups.list()) {
        if (problem !== null || series.has(id)) continue;
        const waiting = setups.document(id).dryRun?.waiting ?? null;
        if (waiting === null) continue;
        begin(id, null, (own) => goOn(id, own));
      }
    },
    isRunning: (setupId) => series.get(setupId)?.running ?? false,
    close() {
      for (const [setupId, own] of series) {
        own.abort.abort();
        end(setupId, own);
      }
    },
  };
}

const ignore = (): void => undefined;

function hasIds(document: SetupDocument): boolean {
  return (["tenantId", "applicationId"] as const).every(
    (field) => effective(document, field) !== "" && fieldProblem(document, field) === null,
  );
}

/** Whether the setup still has the values that were tried. */
function isSame(record: DryRunRecord, document: SetupDocument): boolean {
  const now = triedValues(document);
  return now !== null && JSON.stringify(now) === JSON.stringify(record.tried);
}
