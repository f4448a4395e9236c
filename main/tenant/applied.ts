import type { ActualTenant } from "./actual.ts";
import type { Change, Inverse } from "./change.ts";
import type { Graph } from "./graph.ts";
import type { GraphErrorCode, GraphErrorFacts } from "./graph-error.ts";
import type { OnWait, Pace } from "./pace.ts";
import type { ReadTarget } from "./read.ts";

/**
 * "sending" is written before a request, so that a crash cannot hide a change. "refused": that request certainly
 * changed nothing. "found": in place without a request. A "sending" without an answer may have been carried out.
 */
export const journalPhases = ["sending", "done", "found", "refused"] as const;

/** One line for the journal. */
export interface JournalLine {
  at: string;
  phase: (typeof journalPhases)[number];
  change: string;
  kind: Change["kind"];
  effects: readonly string[];
  /** What would take it back; null for changes that take something back. */
  inverse: Inverse | null;
  requestId: string;
  clientRequestId: string;
}

/** How one change ended. */
export type Outcome =
  | { kind: "done"; change: Change; requestId: string }
  /** It was in place already, by an earlier attempt or by somebody else. */
  | { kind: "found"; change: Change }
  /** The tenant said no: a missing right, a policy, a value it does not take. */
  | { kind: "refused"; change: Change; code: GraphErrorCode; facts: GraphErrorFacts }
  /** Not in place when the waiting time was over. */
  | { kind: "failed"; change: Change; code: GraphErrorCode; facts: GraphErrorFacts | null }
  /** Not tried: the part of the tenant that would show it could not be read, or what it hangs on was not found. */
  | { kind: "unreadable"; change: Change }
  /** Not tried, because these changes before it are missing. */
  | { kind: "held-back"; change: Change; needs: readonly string[] };

/** Why the work ended before every change was tried. */
export type Stop =
  | { kind: "canceled" }
  /** The tenant changed meanwhile: these changes do more than what was confirmed. */
  | { kind: "plan-changed"; changes: readonly Change[] }
  /** No connection, or a person has to sign in; the error tells which. */
  | { kind: "interrupted"; change: string; error: unknown };

export interface Applied {
  outcomes: readonly Outcome[];
  stop: Stop | null;
  /** The tenant as it was read last. */
  actual: ActualTenant;
  /** What the plan still contains. */
  remaining: readonly Change[];
  /** Ids of changes that are done but were not visible yet when the waiting time was over. */
  unseen: readonly string[];
}

export interface ApplyOptions {
  graph: Graph;
  pace: Pace;
  target: ReadTarget;
  /** The plan as it follows from what is there: `plan` for the desired tenant, or an undo. */
  planner: (actual: ActualTenant) => Change[];
  /** The reading that the confirmed plan was made from; used instead of a new one while it is fresh. */
  reading?: ActualTenant;
  /** What the user saw and confirmed; nothing beyond it is done. */
  confirmed: readonly Change[];
  /** The line must be on the disk when it resolves. A rejection ends the work before anything more is sent. */
  journal: (line: JournalLine) => Promise<void>;
  onProgress?: (progress: { change: string; done: number; total: number }) => void;
  onWait?: OnWait;
  /** Stops between changes and in waits; a request that is under way is always answered first. */
  signal?: AbortSignal;
  /** How long one change may be repeated and waited for, in milliseconds. */
  limitMs?: number;
}

/** How long a reading counts as fresh, in milliseconds. What replaces a collection is always read right before. */
export const freshMs = 60_000;

export const defaultLimitMs = 180_000;

/** The options of single calls that waiting needs. */
export function waitsOf(options: ApplyOptions): { signal?: AbortSignal; onWait?: OnWait } {
  return {
    ...(options.signal && { signal: options.signal }),
    ...(options.onWait && { onWait: options.onWait }),
  };
}

export function lineOf(
  phase: JournalLine["phase"],
  change: Change,
  pace: Pace,
  ids: { requestId: string; clientRequestId: string } = { requestId: "", clientRequestId: "" },
  inverse: Inverse | null = change.inverse,
): JournalLine {
  return {
    at: pace.now().toISOString(),
    phase,
    change: change.id,
    kind: change.kind,
    effects: change.effects,
    inverse,
    requestId: ids.requestId,
    clientRequestId: ids.clientRequestId,
  };
}
