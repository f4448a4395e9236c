import { presentCertificate } from "../setups/certificates-in-use.ts";
import type { CertificateRecord, SetupDocument } from "../setups/document.ts";
import { effective, fieldProblem } from "../setups/fields.ts";
import type { Change } from "./change.ts";
import { desiredTenant } from "./desired.ts";
import type { DesiredCertificate, DesiredTenant } from "./desired.ts";
import type { TenantRequest } from "./request-file.ts";

/** What the documentation asks of this setup's tenant, with the values that are usable. */
export function wantedOf(document: SetupDocument): DesiredTenant {
  const usable = (field: "tenantId" | "applicationId") =>
    fieldProblem(document, field) === null ? effective(document, field) : "";
  return desiredTenant({
    setupId: document.id,
    profile: document.tenant.profile,
    displayName: effective(document, "applicationName"),
    tenantId: usable("tenantId"),
    applicationId: usable("applicationId"),
    certificate: certificateOf(document),
    besideNamesake: document.tenant.besideNamesake,
  });
}

/** While the certificate is exchanged: the new one once it is there, until then the old one. */
function certificateOf(document: SetupDocument): DesiredCertificate | null {
  const certificate = presentCertificate(document);
  return certificate === null ? null : desiredCertificate(certificate);
}

export function desiredCertificate(certificate: CertificateRecord): DesiredCertificate {
  const { sha1, sha256, subject, notBefore, notAfter, selfSigned } = certificate.facts;
  return { sha1, sha256, der: certificate.der, subject, notBefore, notAfter, selfSigned };
}

/** A setup that came from a colleague's request does what was asked there, and nothing beyond it. */
export function withinRequest(
  changes: readonly Change[],
  request: Pick<TenantRequest, "effects"> | null,
): Change[] {
  if (request === null) return [...changes];
  const asked = new Set(request.effects);
  const kept = new Map<string, Change>();
  // In a plan's order: what needs a change that cannot be made from the request cannot be made from it either.
  for (const change of changes) {
    const isAsked = change.effects.every((effect) => asked.has(effect));
    if (isAsked && change.needs.every((id) => kept.has(id))) kept.set(change.id, change);
  }
  return [...kept.values()];
}

/** The changes beyond a request that keep something it asks for from being made, each once. */
export function beyondRequest(changes: readonly Change[], request: Pick<TenantRequest, "effects">): Change[] {
  const asked = new Set(request.effects);
  const kept = new Set(withinRequest(changes, request).map(({ id }) => id));
  const dropped = new Map(changes.filter(({ id }) => !kept.has(id)).map((change) => [change.id, change]));
  /** Of a chain of changes only the first one: the others wait for it. */
  function firstOf(change: Change): Change[] {
    const before = change.needs.flatMap((id) => dropped.get(id) ?? []);
    return before.length === 0 ? [change] : before.flatMap(firstOf);
  }
  const missed = [...dropped.values()].filter(({ effects }) => effects.some((effect) => asked.has(effect)));
  return [...new Set(missed.flatMap(firstOf))];
}
