import type { Fact, Verification } from "./verify.ts";

/** A fact that was in place and is not any more (or the other way round), between two readings. */
export interface Drift {
  fact: Fact;
  before: Fact["outcome"];
  /** When the tenant was last read with the earlier result, ISO 8601. */
  since: string;
}

/**
 * What changed between two readings. An unknown on either side is no drift: what cannot be read has not changed.
 */
export function drift(earlier: Verification, later: Verification): Drift[] {
  const before = new Map(earlier.facts.map((fact) => [fact.id, fact.outcome]));
  return later.facts.flatMap((fact) => {
    const was = before.get(fact.id);
    if (was === undefined || was.result === "unknown" || fact.outcome.result === "unknown") return [];
    return was.result === fact.outcome.result ? [] : [{ fact, before: was, since: earlier.readAt }];
  });
}
