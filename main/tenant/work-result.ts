import type { OutcomeView, WorkResultView } from "../../preload/model/tenant.ts";
import type { Applied, Outcome, Stop } from "./applied.ts";
import { graphProblem, problemOf } from "./problem.ts";

/** How the work ended, as the user reads it. */
export function workResult(kind: WorkResultView["kind"], applied: Applied, now: Date): WorkResultView {
  const at = now.toISOString();
  const unseen = new Set(applied.unseen);
  return {
    kind,
    at,
    outcomes: applied.outcomes.map((outcome) => outcomeView(outcome, unseen, at)),
    stop: applied.stop === null ? null : stopView(applied.stop),
    remaining: applied.remaining.length,
  };
}

function outcomeView(outcome: Outcome, unseen: ReadonlySet<string>, at: string): OutcomeView {
  const { change } = outcome;
  const kind = outcome.kind === "done" && unseen.has(change.id) ? "unseen" : outcome.kind;
  const failed = outcome.kind === "refused" || outcome.kind === "failed";
  return {
    change: change.id,
    changeKind: change.kind,
    kind,
    at,
    problem: failed ? graphProblem(outcome.code, outcome.facts) : null,
    needs: outcome.kind === "held-back" ? [...outcome.needs] : [],
  };
}

function stopView(stop: Stop): NonNullable<WorkResultView["stop"]> {
  return { kind: stop.kind, problem: stop.kind === "interrupted" ? problemOf(stop.error) : null };
}
