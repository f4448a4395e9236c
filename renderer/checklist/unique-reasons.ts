import type { Reason } from "../../preload/model/setup.ts";

/** Tells reasons apart by their words; two that read the same are one to the reader, wherever they lead. */
export function reasonKey(reason: Reason): string {
  return JSON.stringify([reason.key, reason.params]);
}

/** The reasons of the second list that the first one does not say already. */
export function furtherReasons(said: readonly Reason[], reasons: readonly Reason[]): Reason[] {
  const known = new Set(said.map(reasonKey));
  return uniqueReasons(reasons).filter((reason) => !known.has(reasonKey(reason)));
}

/** The reasons without those that would only repeat a sentence. */
export function uniqueReasons(reasons: readonly Reason[]): Reason[] {
  return [
    ...new Map(reasons.toReversed().map((reason) => [reasonKey(reason), reason])).values(),
  ].toReversed();
}
