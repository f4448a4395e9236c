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
import { waitWithin } from "./pace.ts";
import { boundInverse } from "./undo-id.ts";

export interface CarriedTogether {
  actual: ActualTenant;
  outcomes: Outcome[];
  /** Ids of changes that may have been carried out without an answer: to be looked for first. */
  unsure: ReadonlySet<string>;
  stop: Stop | null;
}

const partsOfGrants: readonly Change["part"][] = ["roleGrants", "scopeGrants", "roleAssignments"];

/**
 * What of a plan can go out in one request now: grants that only add something, none of which needs another. Empty
 * when there is no more than one, or when this Graph sends changes one by one.
 */
export function readyTogether(
  { graph, confirmed }: Pick<ApplyOptions, "graph" | "confirmed">,
  planned: readonly Change[],
  settled: ReadonlySet<string>,
): Change[] {
  const ready = planned.filter(
    (change) =>
      change.request.method === "POST" &&
      !change.replaces &&
      partsOfGrants.includes(change.part) &&
      !settled.has(change.id) &&
      covered(change, confirmed) &&
      !change.needs.some((id) => planned.some((other) => other.id === id)),
  );
  return graph.sendTogether === undefined || ready.length < 2 ? [] : ready;
}

/**
 * Sends changes in one request, and again those that the tenant is not ready for yet. What is neither done nor
 * refused afterwards is left to be carried out one by one. Errors: those of the journal.
 */
export async function carryTogether(
  options: ApplyOptions,
  changes: readonly Change[],
  before: ActualTenant,
): Promise<CarriedTogether> {
  const { graph, pace, journal, signal, target } = options;
  const startedAt = pace.now().getTime();
  const limitMs = options.limitMs ?? defaultLimitMs;
  const outcomes: Outcome[] = [];
  const unsure = new Set<string>();
  let actual = before;
  let open = [...changes];
  const line = (phase: JournalLine["phase"], change: Change, ids?: GraphErrorFacts | GraphAnswer) => {
    const inverse = boundInverse(change, actual.application, target.application.uniqueName);
    return journal(lineOf(phase, change, pace, ids, inverse));
  };
  for (let attempt = 1; open.length > 0; attempt += 1) {
    for (const change of open) await line("sending", change);
    let answers;
    try {
      answers =
        (await graph.sendTogether?.(
          open.map(({ request }) => request),
          waitsOf(options),
        )) ?? [];
    } catch (thrown) {
      // No token could be had, or canceled in a wait: nothing was sent.
      for (const change of open) await line("refused", change);
      return { actual, outcomes, unsure, stop: stopOf(thrown, open[0]?.id ?? "", signal) };
    }
    const notReady: { change: Change; error: GraphError }[] = [];
    for (const [index, change] of open.entries()) {
      const answer = answers[index];
      if (answer === undefined) continue;
      if (answer instanceof GraphError) {
        const { code, facts } = answer;
        if (facts.mayHaveActed) unsure.add(change.id);
        else await line("refused", change, facts);
        if (code === "not-ready" || code === "not-found") notReady.push({ change, error: answer });
        else if (isRefusal(answer)) outcomes.push({ kind: "refused", change, code, facts });
        continue;
      }
      const next = absorb(actual, change, answer.body);
      if (next === null) {
        unsure.add(change.id);
        continue;
      }
      actual = next;
      await line("done", change, answer);
      outcomes.push({ kind: "done", change, requestId: answer.requestId });
    }
    const [first] = notReady;
    if (first === undefined) break;
    const wait = {
      reason: "replication",
      what: first.change.id,
      attempt,
      startedAt,
      limitMs,
      askedMs: null,
    } as const;
    try {
      if (!(await waitWithin(pace, wait, options.onWait, signal))) {
        for (const { change, error } of notReady) {
          outcomes.push({ kind: "failed", change, code: error.code, facts: error.facts });
        }
        break;
      }
    } catch (thrown) {
      return { actual, outcomes, unsure, stop: stopOf(thrown, first.change.id, signal) };
    }
    open = notReady.map(({ change }) => change);
  }
  return { actual, outcomes, unsure, stop: null };
}

function isRefusal({ code }: GraphError): boolean {
  return code === "forbidden" || code === "bad-request" || code === "policy-refused";
}

function stopOf(thrown: unknown, change: string, signal: AbortSignal | undefined): Stop {
  if (signal?.aborted === true) return { kind: "canceled" };
  if (thrown instanceof TokenError) return { kind: "interrupted", change, error: thrown.cause };
  throw thrown;
}
