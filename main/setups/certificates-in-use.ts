import type { CertificateRecord, Evidence, SetupDocument } from "./document.ts";

/** The setup's certificate; before the new one of an exchange is there, the old one. */
export function presentCertificate({ certificate, rotation }: SetupDocument): CertificateRecord | null {
  return certificate ?? rotation?.old ?? null;
}

/** The last word since an exchange began on which certificate the portal has; null before, and without an exchange. */
export function portalConfirmation({ rotation, evidence }: SetupDocument): Evidence | null {
  if (rotation === null) return null;
  const said = evidence.filter(
    ({ step, withdrawnAt, at, facts }) =>
      step === "technical-attributes" &&
      withdrawnAt === null &&
      at >= rotation.startedAt &&
      facts["certificate"] !== undefined,
  );
  return said.at(-1) ?? null;
}

/** The confirmation that the portal has the new certificate of the exchange; null before, and without an exchange. */
export function exchangeEvidence(document: SetupDocument): Evidence | null {
  const { certificate, rotation } = document;
  if (rotation === null || certificate === null || certificate.facts.sha1 === rotation.old.facts.sha1)
    return null;
  const said = portalConfirmation(document);
  return said?.facts["certificate"] === certificate.facts.sha1 ? said : null;
}

/** Whether the connector was connected with the new certificate of the exchange. */
export function isRolledOutAnew(document: SetupDocument): boolean {
  return exchangeEvidence(document) !== null && rolloutInForce(document).record?.result === "connected";
}

/** The certificate with which IAM.cloud signs in now, and whose end would cut the connection. */
export function servingCertificate(document: SetupDocument): CertificateRecord | null {
  const { certificate, rotation } = document;
  return rotation === null || isRolledOutAnew(document) ? certificate : rotation.old;
}

/** Whether the connector signs in with the setup's certificate while no exchange of it is under way. */
export function isInUse(document: SetupDocument): boolean {
  const { certificate, rotation } = document;
  return certificate !== null && rotation === null && rolloutInForce(document).record?.result === "connected";
}

/** The record of the Rollout. One from before the exchange in the portal says nothing about what is there since. */
export function rolloutInForce(
  document: SetupDocument,
): Pick<SetupDocument["rollout"], "record" | "closedAt"> {
  const { record, closedAt } = document.rollout;
  const exchanged = exchangeEvidence(document);
  if (record !== null && exchanged !== null && record.at < exchanged.at)
    return { record: null, closedAt: null };
  return { record, closedAt };
}
