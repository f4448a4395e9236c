import { presentCertificate } from "../setups/certificates-in-use.ts";
import type { CertificateRecord, SetupDocument } from "../setups/document.ts";
import { effective, fieldProblem } from "../setups/fields.ts";
import type { Change } from "./change.ts";
import { desiredTenant } from "./desired.ts";
import type { DesiredCertificate, DesiredTenant } from "./desired.ts";

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
  request: SetupDocument["tenant"]["request"],
): Change[] {
  if (request === null) return [...changes];
  const allowed = new Set(request.effects);
  const kept = changes.filter(({ effects }) => effects.every((effect) => allowed.has(effect)));
  const ids = new Set(kept.map(({ id }) => id));
  // What needs a change that is not part of the request cannot be made from it.
  return kept.filter(({ needs }) => needs.every((id) => ids.has(id)));
}
