import type {
  ChangeView,
  NoteView,
  OutcomeView,
  PlanView,
  WorkResultView,
} from "../../preload/model/tenant.ts";

/** Whether nothing known keeps this person from making the change. */
export function isDoable(change: ChangeView): boolean {
  return change.mayDo !== "no" && change.heldBackBy.length === 0;
}

/** The roles that are missing, each once, the least first. */
export function missingRoles(changes: readonly ChangeView[]): string[] {
  return rolesOf(changes.filter(({ mayDo }) => mayDo !== "yes"));
}

/** The least role of each change, each once. */
export function rolesOf(changes: readonly ChangeView[]): string[] {
  return [...new Set(changes.flatMap(({ roles }) => roles.slice(0, 1)))];
}

/** Whether something has to be settled before anything can be planned. */
export function stopsOf(plan: PlanView): NoteView[] {
  return plan.notes.filter(({ level }) => level === "stop");
}

/** What stays open although the app has nothing to change. */
export function openNotes(plan: PlanView): NoteView[] {
  return plan.notes.filter(({ level }) => level !== "info");
}

const inPlace: ReadonlySet<OutcomeView["kind"]> = new Set(["done", "found", "unseen"]);

/** How many of the confirmed changes are in place now. */
export function countInPlace(result: WorkResultView): number {
  return result.outcomes.filter(({ kind }) => inPlace.has(kind)).length;
}

/** Whether every change is in place and nothing ended early. */
export function isComplete(result: WorkResultView): boolean {
  return result.stop === null && countInPlace(result) === result.outcomes.length;
}
