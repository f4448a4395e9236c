import { createPrivateKey, createPublicKey, sign, verify } from "node:crypto";
import type { KeyProvider } from "../../preload/model/certificates.ts";
import { AppError } from "../errors.ts";
import { certificateOfKey, orderChain } from "./chain.ts";
import { openPfx } from "./pfx-read.ts";
import { loadRsaKey, publicKeyOf } from "./pkcs8.ts";
import { isLockedKey, openKey, recognise } from "./recognise.ts";
import { erase } from "./secrets.ts";
import type { Certificate } from "./x509.ts";
import { readCertificate } from "./x509.ts";

/** Shortest RSA key that is accepted; Microsoft recommends at least this. */
export const minKeyBits = 2048;
/** Clocks differ by minutes. */
const clockSkewMs = 300_000;

/** A key with its certificate, ready for use. Erase `key`. */
export interface Adopted {
  /** PKCS #8 in DER. */
  key: Buffer;
  certificate: Certificate;
  /** Authorities, nearest first. */
  chain: Certificate[];
  friendlyName: string | null;
  keyProvider: KeyProvider;
}

/**
 * Takes key, certificate and chain out of a PFX or PEM that shall be used for the connector. `password` is UTF-8.
 * Without a time (null) it only has to open and to be a pair: the check of a file that was recorded before.
 * Throws an AppError for everything that would keep the connector from working: password-wrong,
 * certificate-no-private-key, -several-keys, -not-rsa, -key-mismatch, -key-too-short, -weak-signature,
 * -expired, -not-yet-valid and what `recognise` throws.
 */
export async function adoptFile(bytes: Buffer, password: Uint8Array, now: Date | null): Promise<Adopted> {
  const material = recognise(bytes);
  if (material.pfx) {
    const opened = await openPfx(material.pfx, password);
    const keys = opened.keys.map(({ pkcs8 }) => pkcs8);
    const certificates = opened.certificates.map(({ der }) => readCertificate(der));
    try {
      const adopted = adoptKey(onlyOne(keys), "pkcs8", certificates, now);
      const own = opened.certificates.find(({ der }) => der.equals(adopted.certificate.der));
      return {
        ...adopted,
        friendlyName: own?.attributes.friendlyName ?? null,
        keyProvider: providerOf(opened.keys[0]?.attributes.cspName ?? null),
      };
    } finally {
      erase(...keys);
    }
  }
  const key = onlyOne(material.keys);
  const certificates = material.certificates.map(readCertificate);
  const opened = await openKey(key, isLockedKey(key) ? password : new Uint8Array());
  try {
    const adopted = adoptKey(opened.bytes, opened.type, certificates, now);
    return { ...adopted, friendlyName: null, keyProvider: "unspecified" };
  } finally {
    erase(opened.bytes);
  }
}

function onlyOne<T>(keys: readonly T[]): T {
  const [key, second] = keys;
  if (key === undefined) throw new AppError("certificate-no-private-key");
  if (second !== undefined) throw new AppError("certificate-several-keys", { count: keys.length });
  return key;
}

function adoptKey(
  key: Buffer,
  type: "pkcs8" | "pkcs1",
  certificates: readonly Certificate[],
  now: Date | null,
): Pick<Adopted, "key" | "certificate" | "chain"> {
  const { pkcs8, spki } = loadRsaKey(key, type);
  try {
    const certificate = certificateOfKey(spki, certificates);
    if (!certificate || !worksTogether(pkcs8, certificate.spki))
      throw new AppError("certificate-key-mismatch");
    if (now) assertUsable(certificate, now);
    return { key: pkcs8, certificate, chain: orderChain(certificate, certificates).chain };
  } catch (error) {
    erase(pkcs8);
    throw error;
  }
}

/** Signs with the key and verifies with the certificate: a damaged key can carry the right public half. */
export function worksTogether(pkcs8: Buffer, spki: Buffer): boolean {
  const probe = Buffer.from("key and certificate belong together");
  try {
    const signature = sign("sha256", probe, createPrivateKey({ key: pkcs8, format: "der", type: "pkcs8" }));
    return verify("sha256", probe, createPublicKey({ key: spki, format: "der", type: "spki" }), signature);
  } catch {
    return false;
  }
}

/** Throws the AppError that says why this certificate cannot serve the connector now. */
export function assertUsable({ facts, weakSignature }: Certificate, now: Date): void {
  const { keyType, keyBits, notBefore, notAfter } = facts;
  if (keyType !== "RSA") throw new AppError("certificate-not-rsa", { keyType });
  if (keyBits < minKeyBits)
    throw new AppError("certificate-key-too-short", { bits: keyBits, min: minKeyBits });
  if (weakSignature) {
    throw new AppError("certificate-weak-signature", { algorithm: facts.signatureAlgorithm });
  }
  if (Date.parse(notAfter) <= now.getTime()) throw new AppError("certificate-expired", { notAfter });
  if (Date.parse(notBefore) > now.getTime() + clockSkewMs) {
    throw new AppError("certificate-not-yet-valid", { notBefore });
  }
}

/**
 * Takes an authority's answer for a key that waits: certificate and chain as DER, PEM or PKCS #7. `key` is PKCS #8.
 * Throws AppError certificate-request-mismatch when none of the certificates carries that key, and what
 * `assertUsable` and `recognise` throw.
 */
export function acceptIssued(
  key: Buffer,
  answers: readonly Buffer[],
  now: Date,
): { certificate: Certificate; chain: Certificate[]; complete: boolean } {
  const certificates = answers.flatMap((bytes) => recognise(bytes).certificates).map(readCertificate);
  if (certificates.length === 0)
    throw new AppError("certificate-not-recognised", { reason: "no-certificate" });
  const certificate = certificateOfKey(publicKeyOf(key), certificates);
  if (!certificate) throw new AppError("certificate-request-mismatch");
  assertUsable(certificate, now);
  const { chain, complete } = orderChain(certificate, certificates);
  return { certificate, chain, complete };
}

/** Which of Windows' key stores the name in the PFX stands for. */
export function providerOf(cspName: string | null): KeyProvider {
  if (!cspName) return "unspecified";
  return /key storage provider|platform crypto provider/i.test(cspName) ? "cng" : "csp";
}
