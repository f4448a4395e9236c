import type { CertificateFacts, ExportKind, KeyProvider } from "../../preload/model/certificates.ts";
import type { CertificateRecord, SetupDocument } from "./document.ts";
import { addEvidence, withdraw } from "./intents.ts";

export interface NewRecord {
  origin: CertificateRecord["origin"];
  certificate: Uint8Array;
  chain: readonly Uint8Array[];
  facts: CertificateFacts;
  chainFacts: readonly CertificateFacts[];
  keyProvider: KeyProvider;
  pfx: CertificateRecord["pfx"];
}

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");

/**
 * Makes a certificate the setup's own (step 9). Facts about the one before are withdrawn; the same one again, whose
 * key came back, keeps its facts and files. A request that still waits for its authority stays, because its key
 * cannot be made again.
 */
export function recordCertificate(document: SetupDocument, record: NewRecord, now: Date): SetupDocument {
  const { origin, facts, keyProvider, pfx } = record;
  const same = document.certificate?.facts.sha1 === facts.sha1 ? document.certificate : null;
  const recorded: SetupDocument = {
    ...(same === null ? withdraw(document, "certificate", now) : document),
    request: origin === "authority" ? null : document.request,
    certificate: {
      facts,
      origin,
      recordedAt: now.toISOString(),
      chain: record.chainFacts.map(({ subject, sha256, notAfter }) => ({ subject, sha256, notAfter })),
      // Says what the recorded PFX asks for.
      keyProvider: same === null || same.pfx === null ? keyProvider : same.keyProvider,
      der: base64(record.certificate),
      chainDer: record.chain.map(base64),
      pfx: same?.pfx ?? null,
      exports: same?.exports ?? [],
    },
  };
  return pfx === null ? recorded : recordPfx(recorded, pfx, keyProvider, now);
}

/**
 * A PFX that the app has opened with its password: the one verified fact of step 9. `keyProvider` is what this file
 * asks for, which may differ from the one that the certificate came in.
 */
export function recordPfx(
  document: SetupDocument,
  pfx: NonNullable<CertificateRecord["pfx"]>,
  keyProvider: KeyProvider,
  now: Date,
): SetupDocument {
  if (document.certificate === null) return document;
  const recorded = { ...document, certificate: { ...document.certificate, pfx, keyProvider } };
  if (pfx.openedAt === null) return recorded;
  const { sha1 } = document.certificate.facts;
  return addEvidence(withdraw(recorded, "certificate", now), "certificate", {
    basis: "verified",
    at: now,
    by: "",
    note: "",
    facts: { certificate: sha1, "SHA-256 (PFX)": pfx.sha256 },
  });
}

/**
 * A PFX that was imported into the setup that was `before`. A dropped file has no known place: the same file keeps
 * the one it had, and another one does not push out a saved PFX that the setup's password still opens.
 */
export function recordImportedPfx(
  document: SetupDocument,
  before: SetupDocument,
  pfx: NonNullable<CertificateRecord["pfx"]>,
  keyProvider: KeyProvider,
  now: Date,
): SetupDocument {
  const present = document.certificate;
  const known = before.certificate?.facts.sha1 === present?.facts.sha1 ? before.certificate?.pfx : null;
  if (pfx.path !== null || !known || known.path === null) return recordPfx(document, pfx, keyProvider, now);
  if (known.sha256 === pfx.sha256)
    return recordPfx(document, { ...known, openedAt: pfx.openedAt }, keyProvider, now);
  return present?.pfx ? document : recordPfx(document, pfx, keyProvider, now);
}

/** With another password the saved PFX no longer belongs to what the setup knows; it has to be saved again. */
export function forgetPfx(document: SetupDocument, now: Date): SetupDocument {
  const { certificate } = document;
  if (certificate === null || certificate.pfx === null) return document;
  return { ...withdraw(document, "certificate", now), certificate: { ...certificate, pfx: null } };
}

/** Takes `forgetPfx` back after what it was for did not come about: PFX and facts are again those of `before`. */
export function restorePfx(document: SetupDocument, before: SetupDocument): SetupDocument {
  const { certificate } = document;
  const pfx = before.certificate?.pfx ?? null;
  if (certificate === null || certificate.pfx !== null || pfx === null) return document;
  if (certificate.facts.sha1 !== before.certificate?.facts.sha1) return document;
  const stood = new Set(before.evidence.filter((one) => one.withdrawnAt === null).map(({ id }) => id));
  return {
    ...document,
    certificate: { ...certificate, pfx },
    evidence: document.evidence.map((one) =>
      one.step === "certificate" && stood.has(one.id) ? { ...one, withdrawnAt: null } : one,
    ),
  };
}

/** Notes where something was saved; the newest of a kind replaces the one before. */
export function recordExport(
  document: SetupDocument,
  kind: ExportKind,
  path: string,
  now: Date,
): SetupDocument {
  const { certificate } = document;
  if (certificate === null) return document;
  const others = certificate.exports.filter((one) => one.kind !== kind);
  const exports = [...others, { kind, at: now.toISOString(), path }];
  return { ...document, certificate: { ...certificate, exports } };
}

export function removeCertificate(document: SetupDocument, now: Date): SetupDocument {
  return { ...withdraw(document, "certificate", now), certificate: null };
}
