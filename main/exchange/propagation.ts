import type { PendingThing } from "../../preload/model/exchange.ts";
import type { Observed, ObservedFact, SetupDocument } from "../setups/document.ts";
import { effective } from "../setups/fields.ts";
import type { Light } from "./causes.ts";
import { lightOff, mayBeEarly } from "./causes.ts";

/** How old a reading of the tenant may be at the first attempt, in milliseconds. */
export const readingLimitMs = 2 * 3_600_000;

/**
 * The lights with "not propagated yet" where that is the honest cause: the service refuses what the tenant, read by
 * its identifiers a short while before `since`, has. Without such a reading every refusal keeps its own cause, because
 * waiting for what was never granted helps nobody.
 */
export function withPropagation(lights: readonly Light[], document: SetupDocument, since: Date): Light[] {
  return lights.map((light) => {
    const pending = light.cause === null ? undefined : mayBeEarly[light.cause];
    if (pending === undefined) return light;
    const at = verifiedAt(pending, document, since);
    if (at === null) return light;
    return { ...lightOff(light.id, "not-propagated", { ...light.params, at }), pending };
  });
}

/** When the tenant was last seen to have it, ISO 8601; null when that is not known, or was too long ago. */
export function verifiedAt(pending: PendingThing, document: SetupDocument, since: Date): string | null {
  const { observed } = document.tenant;
  if (observed === null || !isAbout(observed, document)) return null;
  const oldest = new Date(since.getTime() - readingLimitMs).toISOString();
  const fact = (id: string): string | null => {
    const found = observed.facts.find((one) => one.id === id);
    return found !== undefined && holds(found) && found.at >= oldest ? found.at : null;
  };
  // The row says it of this permission alone; the fact says it of all that the documentation lists.
  const granted = (): string | null => {
    const row = observed.rows.find(({ id }) => id === "exchange-manage-as-app");
    if (row?.granted === "yes" && observed.readAt >= oldest) return observed.readAt;
    return row === undefined || row.granted === "yes" ? fact("permissions-granted") : null;
  };
  switch (pending) {
    case "application":
      return both(fact("application-exists"), fact("enterprise-application-exists"));
    case "certificate":
      return fact("certificate-uploaded");
    case "permission":
      return granted();
    case "role":
      return fact("role-assigned");
    default:
      return both(granted(), fact("role-assigned"));
  }
}

function holds(fact: ObservedFact): boolean {
  return fact.result === "satisfied";
}

function both(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return null;
  return one < other ? one : other;
}

function isAbout(observed: Observed, document: SetupDocument): boolean {
  const facts = document.certificate?.facts;
  const same = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();
  return (
    facts !== undefined &&
    same(observed.tenantId, effective(document, "tenantId")) &&
    same(observed.appId, effective(document, "applicationId")) &&
    (same(observed.certificate, facts.sha1) || same(observed.certificate, facts.sha256))
  );
}
