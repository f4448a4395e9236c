import type { DryRunCause, LightId, PendingThing } from "../../preload/model/exchange.ts";
import type { Target } from "../../preload/model/setup.ts";

interface Meaning {
  /** "unsatisfied" only where the answer is a no; what could not be tried is unknown. */
  result: "unsatisfied" | "unknown";
  target: Target | null;
}

const no = (target: Target | null): Meaning => ({ result: "unsatisfied", target });
const unknown = (target: Target | null = null): Meaning => ({ result: "unknown", target });

const certificate: Target = { step: "certificate" };
const upload: Target = { step: "upload-certificate" };
const applicationId: Target = { step: "application-ids", field: "applicationId" };
const tenantId: Target = { step: "application-ids", field: "tenantId" };
const consent: Target = { step: "admin-consent" };
const role: Target = { step: "exchange-role" };
const enterprise: Target = { step: "register-application" };
const portal: Target = { step: "admin-portal" };

/** What each cause does to its light, and the step that mends it. */
export const meanings: Readonly<Record<DryRunCause, Meaning>> = {
  "pfx-not-located": unknown(certificate),
  "pfx-moved": unknown(certificate),
  "pfx-unreadable": unknown(certificate),
  "pfx-changed": no(certificate),
  "pfx-damaged": no(certificate),
  "pfx-other-certificate": no(certificate),
  "password-missing": unknown(certificate),
  "password-wrong": no(certificate),
  "vault-locked": unknown(),
  "worker-failed": unknown(),
  "certificate-expired": no(certificate),
  "certificate-not-yet-valid": no(certificate),
  "certificate-not-registered": no(upload),
  "certificate-outside-validity": no(certificate),
  "assertion-refused": no(upload),
  "application-not-found": no(applicationId),
  "enterprise-application-missing": no(enterprise),
  "application-disabled": no(enterprise),
  "public-client": no(enterprise),
  "tenant-not-found": no(tenantId),
  "other-cloud": no(tenantId),
  "no-exchange": no(portal),
  "conditional-access": no(null),
  "permission-missing": no(consent),
  "role-missing": no(role),
  "role-lesser": no(role),
  "role-not-in-token": unknown(role),
  "role-unclear": unknown(role),
  "exchange-unauthorized": no(consent),
  "exchange-forbidden": no(role),
  "exchange-needs-rights": no(null),
  "exchange-error": unknown(),
  "foreign-redirect": unknown(),
  "answer-invalid": unknown(),
  "clock-wrong": unknown(),
  offline: unknown(),
  "connection-lost": unknown(),
  proxy: unknown(),
  "proxy-sign-in": unknown(),
  "proxy-page": unknown(),
  "tls-interception": unknown(),
  throttled: unknown(),
  "service-unavailable": unknown(),
  "not-propagated": unknown(),
  "not-reached": unknown(),
  unknown: unknown(),
};

/** Causes that go away by themselves, so that a wait that is under way goes on. */
export const passing: ReadonlySet<DryRunCause> = new Set([
  "offline",
  "connection-lost",
  "throttled",
  "service-unavailable",
]);

/** Refusals that the tenant's own records may contradict for a while, and what is then waited for. */
export const mayBeEarly: Readonly<Partial<Record<DryRunCause, PendingThing>>> = {
  "application-not-found": "application",
  "enterprise-application-missing": "application",
  "certificate-not-registered": "certificate",
  "permission-missing": "permission",
  "role-missing": "role",
  "exchange-unauthorized": "rights",
  "exchange-forbidden": "rights",
};

/** One answer of an attempt. */
export interface Light {
  id: LightId;
  result: "satisfied" | "unsatisfied" | "unknown";
  cause: DryRunCause | null;
  params: Record<string, string | number>;
  pending: PendingThing | null;
}

export function lightOn(id: LightId): Light {
  return { id, result: "satisfied", cause: null, params: {}, pending: null };
}

export function lightOff(id: LightId, cause: DryRunCause, params: Light["params"] = {}): Light {
  return { id, result: meanings[cause].result, cause, params, pending: null };
}

/** Whether the connection as a whole is proven: a role group leaves no trace in the token, and need not. */
export function isPassed(lights: readonly Light[]): boolean {
  return lights.every(({ result, cause }) => result === "satisfied" || cause === "role-not-in-token");
}

/** The first light that stands in the way; null when it passed. */
export function obstacle(lights: readonly Light[]): Light | null {
  return lights.find(({ result, cause }) => result !== "satisfied" && cause !== "role-not-in-token") ?? null;
}
