import { absorb } from "./absorb.ts";
import type { ActualTenant } from "./actual.ts";
import { defaultLimitMs, lineOf, waitsOf } from "./applied.ts";
import type { ApplyOptions, JournalLine, Outcome, Stop } from "./applied.ts";
import { covered } from "./change.ts";
import type { Change } from "./change.ts";
import { TokenError } from "./graph.ts";
import type { GraphAnswer } from "./graph.ts";
import { GraphError } from "./graph-error.ts";
import type { GraphErrorFacts } from "./graph-error.ts";
import { lookAgain } from "./look.ts";
import { waitWithin } from "./pace.ts";
import type { WaitReason } from "./pace.ts";
import { readers } from "./read.ts";
import { boundInverse } from "./undo-id.ts";

/**
 * What was there when it was planned and is not seen now may only be unknown to the replica that was asked. It counts
 * as gone, and no longer as this app's own, after so many looks in a row.
 */
const looksUntilGone = 4;

export interface CarriedOut {
  actual: ActualTenant;
  outcome: Outcome | null;
  stop: Stop | null;
}

/**
 * One change: look where it matters, send once, look again where the answer leaves it open, until it is in place,
 * refused, or the time is over. Errors: those of the journal.
 */
export async function carryOut(
  options: ApplyOptions,
  first: Change,
  before: ActualTenant,
  /** It was sent before without an answer. */
  unsure = false,
): Promise<CarriedOut> {
  const { graph, pace, target, planner, confirmed, journal, signal } = options;
  const read = readers(graph, waitsOf(options));
  const startedAt = pace.now().getTime();
  const limitMs = options.limitMs ?? defaultLimitMs;
  let actual = before;
  let change = first;
  const last: { error: GraphError | null } = { error: null };
  let mustLook = change.replaces || unsure;
  /** An attempt may have been carried out without an answer: what is found later can be this app's own. */
  let maybeDone = unsure;
  /** Looks in a row that did not show what is to be taken away. */
  let absent = 0;
  try {
    for (let attempt = 1; ; attempt += 1) {
      if (mustLook) {
        const look = await lookAgain(read, target, actual, change.part, change.request.method === "DELETE");
        if (look.kind === "seen") {
          actual = look.actual;
          const planned = planner(actual).find(({ id }) => id === change.id);
          if (planned !== undefined) {
            absent = 0;
            change = planned;
            if (!covered(change, confirmed)) {
              return { actual, outcome: null, stop: { kind: "plan-changed", changes: [change] } };
            }
            mustLook = false;
          } else if (change.inverse !== null || maybeDone || (absent += 1) >= looksUntilGone) {
            await journal(lineOf("found", change, pace));
            return { actual, outcome: { kind: "found", change }, stop: null };
          }
        } else if (look.why === "not-signed-in" || look.why === "offline") {
          // The reading itself has waited as long as that makes sense.
          const error = unanswered(look.why === "offline" ? "offline" : "unauthorized", change, look.detail);
          return { actual, outcome: null, stop: { kind: "interrupted", change: change.id, error } };
        } else if (look.why === "no-right" && !maybeDone) {
          return { actual, outcome: { kind: "unreadable", change }, stop: null };
        }
      }
      if (!mustLook) {
        const sent = await send();
        if (sent.outcome !== null || sent.stop !== null) return sent;
        // "Not ready" is a clear answer: it was not carried out, and there is nothing to see.
        mustLook = maybeDone || last.error?.code !== "not-ready";
      }
      const { error } = last;
      const reason = waitReason(error);
      const askedMs = error?.facts.retryAfterMs ?? null;
      const wait = { reason, what: change.id, attempt, startedAt, limitMs, askedMs };
      if (!(await waitWithin(pace, wait, options.onWait, signal))) {
        const code = error?.code ?? "unavailable";
        return { actual, outcome: { kind: "failed", change, code, facts: error?.facts ?? null }, stop: null };
      }
    }
  } catch (thrown) {
    if (signal?.aborted === true) return { actual, outcome: null, stop: { kind: "canceled" } };
    if (thrown instanceof TokenError) {
      return { actual, outcome: null, stop: { kind: "interrupted", change: change.id, error: thrown.cause } };
    }
    throw thrown;
  }

  /** Sends the change once. An outcome of null and no stop: open, look again. */
  async function send(): Promise<CarriedOut> {
    const inverse = boundInverse(change, actual.application, target.application.uniqueName);
    const line = (phase: JournalLine["phase"], ids?: GraphErrorFacts | GraphAnswer) =>
      lineOf(phase, change, pace, ids, inverse);
    await journal(line("sending"));
    let answer: GraphAnswer;
    try {
      answer = await graph.send(change.request, waitsOf(options));
    } catch (thrown) {
      // Anything but Graph's own errors (no token, canceled in a wait) means that nothing was carried out.
      const failure = thrown instanceof GraphError ? thrown : null;
      last.error = failure;
      maybeDone ||= failure?.facts.mayHaveActed === true;
      if (!maybeDone) await journal(line("refused", failure?.facts));
      if (failure === null) throw thrown;
      return ending(failure);
    }
    last.error = null;
    const next = absorb(actual, change, answer.body);
    if (next === null) return { actual, outcome: null, stop: null };
    actual = next;
    await journal(line("done", answer));
    return { actual, outcome: { kind: "done", change, requestId: answer.requestId }, stop: null };
  }

  function ending(failure: GraphError): CarriedOut {
    switch (failure.code) {
      case "lost":
      case "unavailable":
      case "answer-invalid":
      case "already-exists":
      case "not-ready":
      case "not-found":
        return { actual, outcome: null, stop: null };
      case "offline":
      case "throttled":
      case "unauthorized":
      case "canceled":
        return { actual, outcome: null, stop: { kind: "interrupted", change: change.id, error: failure } };
      default:
        return {
          actual,
          outcome: { kind: "refused", change, code: failure.code, facts: failure.facts },
          stop: null,
        };
    }
  }
}

/** The error of a look that got no answer. */
function unanswered(code: "offline" | "unauthorized", change: Change, text: string): GraphError {
  return new GraphError(code, {
    method: "GET",
    path: change.request.path,
    status: null,
    graphCode: "",
    text,
    requestId: "",
    clientRequestId: "",
    mayHaveActed: false,
    retryAfterMs: null,
  });
}

function waitReason(error: GraphError | null): WaitReason {
  if (error?.code === "unavailable") return "unavailable";
  return error?.code === "lost" ? "offline" : "replication";
}
