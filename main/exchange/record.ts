import type { DryRunRecord, SetupDocument } from "../setups/document.ts";
import { effective } from "../setups/fields.ts";
import type { JournalNote } from "../setups/activity.ts";
import type { Attempted } from "./attempt.ts";
import { isPassed, obstacle, passing } from "./causes.ts";
import { withPropagation } from "./propagation.ts";
import { nextWait } from "./schedule.ts";

/** The values that a dry run is about; null while there is no certificate or no PFX. */
export function triedValues(document: SetupDocument): DryRunRecord["tried"] | null {
  const { certificate, cloud } = document;
  if (certificate === null || certificate.pfx === null) return null;
  return {
    cloud,
    tenantId: effective(document, "tenantId"),
    applicationId: effective(document, "applicationId"),
    certificate: certificate.facts.sha256,
    pfx: certificate.pfx.sha256,
  };
}

export interface AttemptFacts {
  tried: DryRunRecord["tried"];
  startedAt: Date;
  /** This one included. */
  attempts: number;
  now: Date;
}

/**
 * What is written down after an attempt. The app goes on by itself while the only obstacle is that Microsoft does not
 * act yet on what the tenant has; a failure in passing does not end a wait that is under way, but begins none.
 */
export function afterAttempt(
  document: SetupDocument,
  attempted: Attempted,
  { tried, startedAt, attempts, now }: AttemptFacts,
): DryRunRecord {
  const lights = withPropagation(attempted.lights, document, startedAt);
  const cause = obstacle(lights)?.cause ?? null;
  const early = cause === "not-propagated";
  const keepsWaiting = attempts > 1 && cause !== null && passing.has(cause);
  const waiting = early || keepsWaiting ? nextWait(startedAt, attempts, now) : null;
  return {
    tried,
    startedAt: startedAt.toISOString(),
    at: now.toISOString(),
    attempts,
    lights,
    organization: attempted.organization,
    details: attempted.details,
    waiting,
    gaveUp: (early || keepsWaiting) && waiting === null,
  };
}

/** The wait ended by a person, or because what was tried is not the setup's any more. */
export function stopped(document: SetupDocument): SetupDocument {
  const { dryRun } = document;
  return dryRun === null ? document : { ...document, dryRun: { ...dryRun, waiting: null } };
}

/** What the journal says of an attempt. */
export function outcomeNote(record: DryRunRecord): JournalNote {
  const requestId = record.details.requestId ?? record.details.traceId ?? "";
  const common = { attempt: record.attempts, ...(requestId !== "" && { requestId }) };
  if (isPassed(record.lights)) {
    const organization = record.organization?.name ?? "";
    return { kind: "dry-run-passed", step: null, details: { ...common, organization } };
  }
  const cause = obstacle(record.lights)?.cause ?? "unknown";
  const kind = record.waiting === null ? "dry-run-failed" : "dry-run-waiting";
  return { kind, step: null, details: { ...common, cause } };
}
