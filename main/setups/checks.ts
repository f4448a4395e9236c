import type { SecretPlace } from "../../preload/model/certificates.ts";
import { asksForCng } from "../../preload/model/certificates.ts";
import { daysLeft } from "../../preload/model/days.ts";
import type { AttributeId, StepId } from "../../preload/model/guide.ts";
import type { CheckView, Reason, Target } from "../../preload/model/setup.ts";
import type { CertificateRecord, SetupDocument } from "./document.ts";
import { effective, fieldProblem } from "./fields.ts";
import { tenantChecks } from "./tenant-checks.ts";

/** What is known now from outside the document. Part of the input of every decision, never stored. */
export interface Observations {
  now: Date;
  /** Where the certificate's private key is. */
  key: SecretPlace;
  /** Where the private key of the request that waits is. */
  requestKey: SecretPlace;
  password: SecretPlace;
  /** Why secrets cannot be read now, for the "unknown" results. */
  vaultProblem: "locked" | "key-lost" | null;
}

export const expiringDays = 30;

export function validity(
  certificate: CertificateRecord,
  now: Date,
): "valid" | "not-yet" | "expiring" | "expired" {
  if (Date.parse(certificate.facts.notBefore) > now.getTime()) return "not-yet";
  if (Date.parse(certificate.facts.notAfter) <= now.getTime()) return "expired";
  return daysLeft(certificate.facts.notAfter, now) < expiringDays ? "expiring" : "valid";
}

function check(
  id: string,
  result: CheckView["result"],
  params: Reason["params"] = {},
  target: Target | null = null,
  variant = "",
): CheckView {
  const suffix = variant === "" ? result : `${result}-${variant}`;
  return { id, result, reason: { key: `checks.${id}.${suffix}`, params, target }, at: null, unread: null };
}

type Checks = (document: SetupDocument, observations: Observations) => CheckView[];

function identifierChecks(document: SetupDocument): CheckView[] {
  return (["applicationId", "tenantId"] as const).map((field) => {
    const ok = effective(document, field) !== "" && fieldProblem(document, field) === null;
    return check(`${field}-form`, ok ? "satisfied" : "unsatisfied", {}, { step: "application-ids", field });
  });
}

const certificateChecks: Checks = (document, observations) => {
  const certificate = document.certificate;
  const here: Target = { step: "certificate" };
  if (certificate === null) return [check("certificate-recorded", "unsatisfied", {}, here)];
  const valid = validity(certificate, observations.now);
  const dates = { notBefore: certificate.facts.notBefore, notAfter: certificate.facts.notAfter };
  return [
    check("certificate-recorded", "satisfied", { sha1: certificate.facts.sha1 }),
    valid === "expired" || valid === "not-yet"
      ? check("certificate-valid", "unsatisfied", dates, here, valid)
      : check("certificate-valid", "satisfied", { count: daysLeft(dates.notAfter, observations.now) }),
    check("pfx-saved", certificate.pfx === null ? "unsatisfied" : "satisfied", {}, here),
    pfxOpensCheck(certificate, observations, here),
  ];
};

/** "Opened" is a dated fact about this very file (its hash); without it the answer is unknown, not no. */
function pfxOpensCheck(certificate: CertificateRecord, observations: Observations, here: Target): CheckView {
  if (certificate.pfx === null) return check("pfx-opens", "unsatisfied", {}, here);
  if (certificate.pfx.openedAt !== null)
    return check("pfx-opens", "satisfied", { at: certificate.pfx.openedAt });
  return check("pfx-opens", "unknown", {}, here, observations.vaultProblem ?? "not-tried");
}

const uploadChecks: Checks = (document) => {
  const here: Target = { step: "upload-certificate", field: "uploadedThumbprint" };
  const typed = effective(document, "uploadedThumbprint");
  if (document.certificate === null) {
    return [check("thumbprint-matches", "unsatisfied", {}, { step: "certificate" }, "no-certificate")];
  }
  if (typed === "") return [check("thumbprint-matches", "unknown", {}, here)];
  const same = fieldProblem(document, "uploadedThumbprint") === null;
  return [check("thumbprint-matches", same ? "satisfied" : "unsatisfied", {}, here)];
};

/** Checks that need no tenant, by step. */
const localChecks: Partial<Record<StepId, Checks>> = {
  "application-ids": identifierChecks,
  certificate: certificateChecks,
  "upload-certificate": uploadChecks,
};

export function checksOf(step: StepId, document: SetupDocument, observations: Observations): CheckView[] {
  return [...(localChecks[step]?.(document, observations) ?? []), ...tenantChecks(step, document)];
}

function toCertificate(key: string): Reason {
  return { key: `problems.${key}`, params: {}, target: { step: "certificate" } };
}

/** What keeps the connector's values from fitting together (step 14 and the readiness of step 15). */
export function attributeProblem(
  attribute: AttributeId,
  document: SetupDocument,
  observations: Observations,
): Reason | null {
  const certificate = document.certificate;
  if (attribute === "ConnectPFX") {
    if (certificate === null) return toCertificate("no-certificate");
    if (certificate.pfx === null) return toCertificate("no-pfx");
    const valid = validity(certificate, observations.now);
    return valid === "expired" || valid === "not-yet" ? toCertificate(`certificate-${valid}`) : null;
  }
  if (attribute === "ConnectPFXPassword") {
    if (certificate?.pfx === null || certificate === null) return toCertificate("no-pfx");
    return certificate.pfx.openedAt === null ? toCertificate("pfx-not-opened") : null;
  }
  return null;
}

/** What may keep a value from working although it fits together: it depends on the server that will use it. */
export function attributeHint(attribute: AttributeId, { certificate }: SetupDocument): Reason | null {
  const doubtful = attribute === "ConnectPFX" && certificate !== null && asksForCng(certificate);
  return doubtful ? toCertificate("pfx-cng") : null;
}
