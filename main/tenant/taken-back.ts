import type { ObservedFact } from "../setups/document.ts";
import type { JournalLine } from "./applied.ts";
import type { ChangeKind } from "./change.ts";
import type { DesiredTenant } from "./desired.ts";

type Line = Pick<JournalLine, "at" | "phase" | "change" | "kind" | "inverse">;

/** When this app took something back, for each fact that it undid with that: the time it was last sent. */
export type TakenBack = ReadonlyMap<string, string>;

const ofPrincipal = [
  "enterprise-application-exists",
  "enterprise-application-listed",
  "enterprise-application-enabled",
  "permissions-granted",
  "role-assigned",
];

const undoneBy: Partial<Record<ChangeKind, readonly string[]>> = {
  "delete-application": [
    "application-exists",
    "single-tenant",
    "application-id-matches",
    "permissions-requested",
    "certificate-uploaded",
    ...ofPrincipal,
  ],
  "set-audience": ["single-tenant"],
  "unrequest-permissions": ["permissions-requested"],
  "delete-service-principal": ofPrincipal,
  "hide-service-principal": ["enterprise-application-listed"],
  "revoke-role": ["permissions-granted"],
  "revoke-scopes": ["permissions-granted"],
  "remove-certificate": ["certificate-uploaded"],
  "unassign-role": ["role-assigned"],
};

/**
 * What this app itself took back and has not made again, by the log's lines in their order. A line "sending" without
 * an answer counts: it may have been carried out. What was found to be gone was somebody else's doing. Pure.
 */
export function takenBack(
  lines: readonly Line[],
  { certificate }: Pick<DesiredTenant, "certificate">,
): TakenBack {
  const sent = new Map<string, Line>();
  for (const line of lines) {
    if (line.phase === "sending" && line.inverse !== null) sent.clear();
    else if (line.phase === "sending") sent.set(line.change, line);
    else if (line.phase === "refused") sent.delete(line.change);
  }
  // The other key of an exchange is not the one that the fact is about.
  const ours = [...sent.values()].filter(
    ({ kind, change }) =>
      kind !== "remove-certificate" || (certificate !== null && change.includes(`:${certificate.sha256}`)),
  );
  return new Map(ours.flatMap(({ kind, at }) => (undoneBy[kind] ?? []).map((fact) => [fact, at])));
}

/** For so long a reading may still show what was taken back: Entra's replicas catch up one after the other. */
const lagMs = 15 * 60_000;

/** Whether a fact that held does not any more because this app took it back since it was last seen to hold. Pure. */
export function isTakenBack({ id, result, at, before }: ObservedFact, taken: TakenBack): boolean {
  const held = result === "satisfied" ? at : before?.result === "satisfied" ? before.at : null;
  const sentAt = taken.get(id);
  return held !== null && sentAt !== undefined && Date.parse(sentAt) > Date.parse(held) - lagMs;
}
