import type { CertificateFacts, Inspection } from "../../preload/model/certificates.ts";
import type { ErrorCode, ErrorView } from "../../preload/model/errors.ts";
import type { CertificateRecord } from "../../main/setups/document.ts";

/** The moment at which the samples are looked at. */
export const now = new Date(2026, 10, 24, 10, 12);
export const anna = "Anna Adler";
export const sha1 = "5F98EBBFE735CDDAE00E33E0FD69050EF9220254";
export const folder = "/home/anna/Documents/Contoso";
/** Name of the opened file between the worlds. */
export const certificateFile = "00000000-0000-4000-8000-0000000000f1";

/** An error as it reaches the renderer. */
export function wrong(code: ErrorCode, details: ErrorView["details"] = {}): ErrorView {
  return { code, messageKey: `errors.${code}`, details };
}

const issued: CertificateFacts = {
  subject: "CN=exchange.contoso.org, O=Contoso AG",
  issuer: "CN=Contoso Issuing CA 2, O=Contoso AG",
  commonName: "exchange.contoso.org",
  dnsNames: ["exchange.contoso.org", "contoso.org"],
  serial: "1A00000004C0FFEE00BEEF0000000000",
  notBefore: "2026-06-01T08:00:00.000Z",
  notAfter: "2028-06-01T08:00:00.000Z",
  sha1: "0A1B2C3D4E5F60718293A4B5C6D7E8F901234567",
  sha256: "9C1A7E4402B5D86F13E0A97B5C42D81E6F0A3B9C7D5E2F1804A6B8C9D0E1F2A3",
  keyType: "RSA",
  keyBits: 2048,
  signatureAlgorithm: "sha256WithRSAEncryption",
  selfSigned: false,
  keyUsage: ["digitalSignature", "keyEncipherment"],
  extendedKeyUsage: ["clientAuth", "1.3.6.1.4.1.311.10.3.4"],
};

const authority: CertificateFacts = {
  ...issued,
  subject: issued.issuer,
  issuer: "CN=Contoso Root CA, O=Contoso AG",
  commonName: "Contoso Issuing CA 2",
  dnsNames: [],
  sha1: "7777777777777777777777777777777777777777",
  sha256: "7".repeat(64),
  keyBits: 4096,
  keyUsage: ["keyCertSign", "cRLSign"],
  extendedKeyUsage: [],
};

/** A PFX as Windows exports it by default: CNG key, 3DES, two thousand rounds. */
export const windowsPfx: Inspection = {
  fileName: "exchange-2026.pfx",
  kind: "pfx",
  size: 4_182,
  locked: false,
  certificate: issued,
  chain: [authority],
  request: null,
  hasPrivateKey: true,
  isPair: true,
  keyProvider: "cng",
  friendlyName: "IAM.cloud Exchange",
  protection: {
    profile: "older-windows",
    keyCipher: "3DES-CBC",
    certificateCipher: "3DES-CBC",
    kdf: "PKCS12 SHA-1",
    keyIterations: 2_000,
    certificateIterations: 2_000,
    mac: "HMAC-SHA1",
    macIterations: 2_000,
  },
  readers: [
    { reader: "windows-server-2016", verdict: "opens", reason: "classic" },
    { reader: "windows-server-2019", verdict: "opens", reason: "classic" },
    { reader: "dotnet-9-loader", verdict: "opens", reason: "within-limits" },
    { reader: "java", verdict: "opens", reason: "classic" },
    { reader: "openssl-3", verdict: "opens", reason: "classic" },
    { reader: "openssl-fips", verdict: "refuses", reason: "fips" },
  ],
  fits: "with-warnings",
  findings: [
    { id: "rsa-key", level: "ok", details: { bits: 2048 } },
    { id: "pair", level: "ok", details: {} },
    {
      id: "provider-cng",
      level: "warning",
      details: { provider: "Microsoft Software Key Storage Provider" },
    },
    { id: "valid", level: "ok", details: { notAfter: "2028-06-01T08:00:00.000Z", days: 555 } },
    { id: "chain-incomplete", level: "warning", details: { issuer: "CN=Contoso Root CA, O=Contoso AG" } },
  ],
};

/** The same before its password is known. */
export const lockedPfx: Inspection = {
  ...windowsPfx,
  locked: true,
  certificate: null,
  chain: [],
  isPair: null,
  keyProvider: null,
  friendlyName: null,
  fits: "unknown",
  findings: [{ id: "locked", level: "warning", details: {} }],
};

/** Only the public part. */
export const publicCer: Inspection = {
  ...windowsPfx,
  fileName: "exchange-2026.cer",
  kind: "certificate",
  size: 1_203,
  chain: [],
  hasPrivateKey: false,
  isPair: null,
  keyProvider: null,
  friendlyName: null,
  protection: null,
  readers: [],
  fits: "yes",
  findings: [{ id: "public-only", level: "ok", details: {} }],
};

/** The same in the container in which authorities send it. */
export const pkcs7: Inspection = {
  ...publicCer,
  fileName: "exchange-2026.p7b",
  kind: "pkcs7",
  fits: "with-warnings",
  findings: [{ id: "pkcs7", level: "warning", details: {} }],
};

/** A PFX that cannot be used: elliptic curve, expired. */
export const unfitPfx: Inspection = {
  ...windowsPfx,
  fileName: "old-elliptic.pfx",
  certificate: { ...issued, keyType: "EC", keyBits: 256, notAfter: "2025-01-01T00:00:00.000Z" },
  fits: "no",
  findings: [
    { id: "not-rsa", level: "problem", details: { keyType: "EC" } },
    { id: "expired", level: "problem", details: { notAfter: "2025-01-01T00:00:00.000Z" } },
  ],
};

/** A certificate request. */
export const requestFile: Inspection = {
  ...publicCer,
  fileName: "contoso.csr",
  kind: "request",
  certificate: null,
  request: {
    subject: "CN=contoso.org",
    dnsNames: ["contoso.org"],
    keyType: "RSA",
    keyBits: 3072,
    signatureValid: true,
  },
  fits: "unknown",
  findings: [{ id: "request", level: "ok", details: {} }],
};

/** A certificate as main records it after PFX and CER were saved. */
export function savedCertificate(): CertificateRecord {
  const at = new Date(2026, 10, 24, 10, 8).toISOString();
  return {
    facts: {
      subject: "CN=contoso.onmicrosoft.com",
      issuer: "CN=contoso.onmicrosoft.com",
      commonName: "contoso.onmicrosoft.com",
      dnsNames: ["contoso.onmicrosoft.com"],
      serial: "4D1F00C2A97E63B18F5502D4E6A7B9C0",
      notBefore: new Date(2026, 10, 23).toISOString(),
      notAfter: new Date(2027, 10, 23, 23, 59).toISOString(),
      sha1,
      sha256: "9C1A7E4402B5D86F13E0A97B5C42D81E6F0A3B9C7D5E2F1804A6B8C9D0E1F2A3",
      keyType: "RSA",
      keyBits: 3072,
      signatureAlgorithm: "sha256WithRSAEncryption",
      selfSigned: true,
      keyUsage: ["digitalSignature", "keyEncipherment"],
      extendedKeyUsage: ["clientAuth"],
    },
    origin: "created",
    recordedAt: at,
    chain: [],
    keyProvider: "csp",
    der: "",
    chainDer: [],
    pfx: {
      profile: "strong",
      sha256: "A".repeat(64),
      savedAt: at,
      path: `${folder}/contoso.pfx`,
      openedAt: at,
    },
    exports: [
      { kind: "pfx", at, path: `${folder}/contoso.pfx` },
      { kind: "cer-der", at, path: `${folder}/contoso.cer` },
    ],
  };
}
