import type { FieldId, StepId } from "../../../preload/model/guide.ts";
import { stepIds } from "../../../preload/model/guide.ts";
import type { Observations } from "../../../main/setups/checks.ts";
import type { CertificateRecord, SetupDocument } from "../../../main/setups/document.ts";
import { newDocument } from "../../../main/setups/document.ts";
import { addEvidence, confirm } from "../../../main/setups/intents.ts";

export const now = new Date("2026-11-24T10:12:00.000Z");
export const tenantId = "6f0f2f52-0a3a-4a0e-9a3f-3a9a4a6d1c11";
export const applicationId = "0a8b5f0e-4a53-4a59-8f57-c1c4b2a7d301";
export const objectId = "7c1f2a90-35f4-4a0b-8a55-55d0b5f4c2aa";
export const sha1 = "5F98EBBFE735CDDAE00E33E0FD69050EF9220254";

export const observed: Observations = {
  now,
  key: "vault",
  requestKey: "vault",
  password: "vault",
  vaultProblem: null,
};

export function emptySetup(): SetupDocument {
  return newDocument("3e0f6a86-26b4-4a2b-93a1-6d1b0dbe8f10", "Contoso AG", "global", now);
}

export function withFields(document: SetupDocument, fields: Partial<Record<FieldId, string>>): SetupDocument {
  return { ...document, fields: { ...document.fields, ...fields } };
}

export function certificateRecord(change: Partial<CertificateRecord> = {}): CertificateRecord {
  return {
    facts: {
      subject: "CN=contoso.org",
      issuer: "CN=contoso.org",
      commonName: "contoso.org",
      dnsNames: ["contoso.org"],
      serial: "0A",
      notBefore: "2026-11-23T10:00:00.000Z",
      notAfter: "2027-11-23T10:00:00.000Z",
      sha1,
      sha256: "9".repeat(64),
      keyType: "RSA",
      keyBits: 3072,
      signatureAlgorithm: "sha256WithRSAEncryption",
      selfSigned: true,
      keyUsage: ["digitalSignature"],
      extendedKeyUsage: ["clientAuth"],
    },
    origin: "created",
    recordedAt: now.toISOString(),
    chain: [],
    keyProvider: "csp",
    der: "AA==",
    chainDer: [],
    pfx: {
      profile: "strong",
      sha256: "A".repeat(64),
      savedAt: now.toISOString(),
      path: "/x/a.pfx",
      openedAt: now.toISOString(),
    },
    exports: [],
    ...change,
  };
}

/** Every value typed, the certificate recorded and its PFX opened; no step confirmed yet. */
export function filledSetup(): SetupDocument {
  return {
    ...withFields(emptySetup(), {
      tenantName: "Contoso AG",
      tenantDomain: "contoso.onmicrosoft.com",
      applicationId,
      tenantId,
      uploadedThumbprint: sha1,
      portalUrl: "https://portal.iam.example",
    }),
    certificate: certificateRecord(),
  };
}

/** Every step before Rollout done, in the documentation's order. */
export function readySetup(): SetupDocument {
  let document = filledSetup();
  for (const step of stepIds) {
    if (step === "rollout") continue;
    document =
      step === "certificate" ? verified(document, step) : confirm(document, step, "Ada", "", observed);
  }
  return document;
}

export function verified(document: SetupDocument, step: StepId): SetupDocument {
  return addEvidence(document, step, {
    basis: "verified",
    at: now,
    by: "",
    note: "",
    facts: { certificate: sha1 },
  });
}
