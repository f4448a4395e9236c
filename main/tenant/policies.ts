import type { ActualTenant, KeyRestriction, Known, Policies } from "./actual.ts";
import type { DesiredCertificate } from "./desired.ts";

type Certificate = Pick<DesiredCertificate, "notBefore" | "notAfter" | "selfSigned">;

/** Whether the tenant's application management policy would let a certificate in. */
export type PolicyVerdict =
  | { kind: "allowed" }
  | { kind: "refused"; because: "lifetime"; maxDays: number; days: number }
  | { kind: "refused"; because: "authority" }
  /** Could not be read, or the policy leaves it open (other authorities, persons it does not apply to). */
  | { kind: "unknown"; because: "not-read" | "exemptions" | "authority" | "lifetime-unreadable" };

const day = 86_400_000;

/**
 * What the policies mean for this certificate on an application created at `createdAt` (null: to be created now).
 * An application's own policy takes the place of the tenant's default. Source:
 * learn.microsoft.com/graph/api/resources/keycredentialconfiguration.
 */
export function certificateVerdict(
  policies: ActualTenant["policies"],
  certificate: Certificate,
  createdAt: string | null,
): PolicyVerdict {
  if (!policies.known) return { kind: "unknown", because: "not-read" };
  let verdict: PolicyVerdict = { kind: "allowed" };
  for (const restriction of inForce(policies.value, createdAt)) {
    const own = verdictOf(restriction, certificate);
    const result: PolicyVerdict =
      own.kind === "refused" && restriction.exempts ? { kind: "unknown", because: "exemptions" } : own;
    if (result.kind === "refused") return result;
    if (result.kind === "unknown") verdict = result;
  }
  return verdict;
}

/** What a certificate has to keep to, before it is made. Exemptions for persons are not counted as limits. */
export function certificateLimits(
  policies: Known<Policies>,
  createdAt: string | null,
): { maxDays: number | null; selfSigned: "allowed" | "refused" } | null {
  if (!policies.known) return null;
  const authority = inForce(policies.value, createdAt).some(
    ({ type, exempts }) => type === "trustedCertificateAuthority" && !exempts,
  );
  return {
    maxDays: longestLifetime(policies, createdAt),
    selfSigned: authority ? "refused" : "allowed",
  };
}

/** The longest certificate lifetime in days that is let in; null when nothing limits it. */
export function longestLifetime(policies: Known<Policies>, createdAt: string | null): number | null {
  if (!policies.known) return null;
  const limits = inForce(policies.value, createdAt)
    .filter(({ type }) => type === "asymmetricKeyLifetime")
    .flatMap(({ maxLifetime }) => {
      const limit = maxLifetime === null ? null : durationMs(maxLifetime);
      return limit === null ? [] : [limit / day];
    });
  return limits.length === 0 ? null : Math.min(...limits);
}

function inForce(policies: Policies, createdAt: string | null): KeyRestriction[] {
  const restrictions = policies.application ?? policies.tenant ?? [];
  return restrictions.filter(({ enabled, appsCreatedAfter }) => {
    if (!enabled) return false;
    if (appsCreatedAfter === null || createdAt === null) return true;
    return Date.parse(createdAt) >= Date.parse(appsCreatedAfter);
  });
}

function verdictOf(restriction: KeyRestriction, certificate: Certificate): PolicyVerdict {
  if (restriction.type === "asymmetricKeyLifetime") {
    const limit = restriction.maxLifetime === null ? null : durationMs(restriction.maxLifetime);
    if (limit === null) return { kind: "unknown", because: "lifetime-unreadable" };
    const lifetime = Date.parse(certificate.notAfter) - Date.parse(certificate.notBefore);
    if (lifetime <= limit) return { kind: "allowed" };
    return { kind: "refused", because: "lifetime", maxDays: limit / day, days: Math.ceil(lifetime / day) };
  }
  if (restriction.type === "trustedCertificateAuthority") {
    return certificate.selfSigned
      ? { kind: "refused", because: "authority" }
      : { kind: "unknown", because: "authority" };
  }
  return { kind: "allowed" };
}

const durationForm =
  /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

/** An ISO 8601 duration in milliseconds (a year counts 365 days, a month 30); null when it is none. */
export function durationMs(duration: string): number | null {
  const match = durationForm.exec(duration);
  if (match === null || duration === "P" || duration.endsWith("T")) return null;
  const [years, months, weeks, days, hours, minutes, seconds] = match
    .slice(1)
    .map((part) => Number(part ?? 0)) as [number, number, number, number, number, number, number];
  const wholeDays = years * 365 + months * 30 + weeks * 7 + days;
  return wholeDays * day + ((hours * 60 + minutes) * 60 + seconds) * 1000;
}
