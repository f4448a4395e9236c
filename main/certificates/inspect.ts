import type { Inspection, PfxProtection } from "../../preload/model/certificates.ts";
import { AppError } from "../errors.ts";
import { providerOf, worksTogether } from "./adopt.ts";
import { certificateOfKey, leafOf, orderChain } from "./chain.ts";
import type { EncryptionScheme } from "./encryption.ts";
import {
  certificateFindings,
  chainFindings,
  fitOf,
  keyFinding,
  okay,
  problem,
  protectionFindings,
  providerFinding,
  warning,
} from "./findings.ts";
import { isPrintableAscii } from "./password.ts";
import type { BagAttributes, OpenedPfx, PfxFile } from "./pfx-read.ts";
import { openPfx, shroudedKeys } from "./pfx-read.ts";
import { loadRsaKey, privateKeyType, publicKeyFacts } from "./pkcs8.ts";
import { judgeReaders } from "./readers.ts";
import type { Material } from "./recognise.ts";
import { isLockedKey, openKey, recognise } from "./recognise.ts";
import { erase } from "./secrets.ts";
import type { Certificate } from "./x509.ts";
import { readCertificate, readRequest } from "./x509.ts";

const noPassword = new Uint8Array();
/** Trying the empty password must not make the user wait; files without a password have few iterations. */
const cheapIterations = 100_000;

/**
 * Everything that can be said about a file. Without a password (null) the empty one is tried; a wrong one
 * leaves the inspection locked, with the finding "password-wrong". Expired, short or weak certificates are
 * findings. Throws the AppErrors of `recognise` for what is no such file or would cost too much.
 */
export async function inspectFile(
  fileName: string,
  bytes: Buffer,
  password: Uint8Array | null,
  now: Date,
): Promise<Inspection> {
  const material = recognise(bytes);
  const inspection = emptyInspection(fileName, material.kind, bytes.length);
  if (material.pfx) await inspectPfx(material.pfx, password, now, inspection);
  else if (material.kind === "request" && material.request) inspectRequest(material.request, inspection);
  else await inspectLoose(material, password, now, inspection);
  inspection.fits = fitOf(inspection.findings, inspection.locked);
  return inspection;
}

function emptyInspection(fileName: string, kind: Inspection["kind"], size: number): Inspection {
  return {
    fileName,
    kind,
    size,
    locked: false,
    certificate: null,
    chain: [],
    request: null,
    hasPrivateKey: false,
    isPair: null,
    keyProvider: null,
    friendlyName: null,
    protection: null,
    readers: [],
    fits: "unknown",
    findings: [],
  };
}

async function inspectPfx(
  pfx: PfxFile,
  password: Uint8Array | null,
  now: Date,
  inspection: Inspection,
): Promise<void> {
  const cheap = [pfx.mac, ...pfx.encrypted.map(({ scheme }) => scheme)].every(
    (part) => part === null || part.iterations <= cheapIterations,
  );
  const open = () => {
    if (password === null && !cheap) throw new AppError("password-wrong");
    return openPfx(pfx, password ?? noPassword);
  };
  const opened = await tryOpen(open, password, inspection);
  const shrouded = shroudedKeys(pfx.bags);
  const protection = protectionOf(pfx, opened?.keyScheme ?? shrouded[0]?.scheme ?? null);
  const attributes: BagAttributes[] = [
    ...pfx.bags.map((bag) => bag.attributes),
    ...(opened ? [...opened.keys, ...opened.certificates].map((bag) => bag.attributes) : []),
  ];
  const passwordIsAscii = password && opened ? isPrintableAscii(password) : null;
  const duplicateAttributes = attributes.some(({ duplicated }) => duplicated);
  inspection.protection = protection;
  inspection.readers = judgeReaders({ protection, passwordIsAscii, duplicateAttributes });
  inspection.findings.push(...protectionFindings(protection));
  if (passwordIsAscii === false) inspection.findings.push(warning("password-not-ascii"));
  inspection.hasPrivateKey = opened ? opened.keys.length > 0 : shrouded.length > 0;
  if (opened) {
    try {
      describeOpened(opened, now, inspection);
    } finally {
      erase(...opened.keys.map(({ pkcs8 }) => pkcs8));
    }
    return;
  }
  const cspName = attributes.find((set) => set.cspName !== null)?.cspName ?? null;
  if (shrouded.length > 0) inspection.keyProvider = providerOf(cspName);
  const visible = pfx.bags.flatMap((bag) => (bag.type === "certificate" ? [readCertificate(bag.der)] : []));
  const certificate = leafOf(visible);
  if (certificate) describeCertificate(certificate, visible, now, inspection);
}

/** Null, and the inspection marked, when it cannot be opened with this password or by this app. */
async function tryOpen<T>(
  open: () => Promise<T> | T,
  password: Uint8Array | null,
  inspection: Inspection,
): Promise<T | null> {
  try {
    return await open();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === "password-wrong") {
      inspection.findings.push(password === null ? warning("locked") : problem("password-wrong"));
    } else if (error.code === "certificate-unsupported-encryption") {
      inspection.findings.push(problem("unsupported-encryption", error.details));
    } else throw error;
    inspection.locked = true;
    return null;
  }
}

function describeOpened(opened: OpenedPfx, now: Date, inspection: Inspection): void {
  const certificates = opened.certificates.map(({ der }) => readCertificate(der));
  const [key] = opened.keys;
  const cspName = key?.attributes.cspName ?? null;
  const certificate = describeKeys(
    opened.keys.map(({ pkcs8 }) => ({ bytes: pkcs8, type: "pkcs8" as const })),
    certificates,
    now,
    inspection,
  );
  if (key) {
    inspection.keyProvider = providerOf(cspName);
    inspection.findings.push(providerFinding(inspection.keyProvider, cspName));
  }
  const own = opened.certificates.find(({ der }) => certificate && der.equals(certificate.der));
  inspection.friendlyName = own?.attributes.friendlyName ?? key?.attributes.friendlyName ?? null;
}

/** Key and certificate: are they a pair, and which certificate is it about. */
function describeKeys(
  keys: readonly { bytes: Buffer; type: "pkcs8" | "pkcs1" }[],
  certificates: readonly Certificate[],
  now: Date,
  inspection: Inspection,
): Certificate | null {
  const [key] = keys;
  if (keys.length > 1) inspection.findings.push(problem("several-keys", { count: keys.length }));
  if (!key) inspection.findings.push(problem("no-private-key"));
  const loaded = key ? tryLoad(key) : null;
  const matching = loaded ? certificateOfKey(loaded.spki, certificates) : null;
  const certificate = matching ?? leafOf(certificates);
  if (certificate) describeCertificate(certificate, certificates, now, inspection);
  else {
    if (key && !loaded) inspection.findings.push(problem("not-rsa", { keyType: privateKeyType(key.bytes) }));
    inspection.findings.push(problem("no-certificate"));
  }
  if (loaded && certificate) {
    inspection.isPair = matching !== null && worksTogether(loaded.pkcs8, matching.spki);
    inspection.findings.push(inspection.isPair ? okay("pair") : problem("key-mismatch"));
  }
  erase(loaded?.pkcs8);
  return certificate;
}

/** Null when the key is of another kind; the certificate's finding says which. */
function tryLoad(key: { bytes: Buffer; type: "pkcs8" | "pkcs1" }) {
  try {
    return loadRsaKey(key.bytes, key.type);
  } catch (error) {
    if (error instanceof AppError && error.code === "certificate-not-rsa") return null;
    throw error;
  }
}

function describeCertificate(
  certificate: Certificate,
  all: readonly Certificate[],
  now: Date,
  inspection: Inspection,
): void {
  const ordered = orderChain(certificate, all);
  inspection.certificate = certificate.facts;
  inspection.chain = ordered.chain.map(({ facts }) => facts);
  inspection.findings.push(...certificateFindings(certificate, now), ...chainFindings(certificate, ordered));
}

function inspectRequest(request: Buffer, inspection: Inspection): void {
  const { subject, dnsNames, spki, signatureValid } = readRequest(request);
  const key = publicKeyFacts(spki);
  inspection.request = { subject, dnsNames, ...key, signatureValid };
  inspection.findings.push(
    signatureValid ? okay("request") : problem("request-signature"),
    keyFinding(key.keyType, key.keyBits),
  );
}

/** Certificates and keys outside a PFX. */
async function inspectLoose(
  { certificates: ders, keys, pkcs7 }: Material,
  password: Uint8Array | null,
  now: Date,
  inspection: Inspection,
): Promise<void> {
  const certificates = ders.map(readCertificate);
  inspection.hasPrivateKey = keys.length > 0;
  if (keys.length === 0) {
    const certificate = leafOf(certificates);
    if (certificate) describeCertificate(certificate, certificates, now, inspection);
    // Public too, but not to be uploaded as it is.
    inspection.findings.push(pkcs7 ? warning("pkcs7") : okay("public-only"));
    return;
  }
  const protectedKeys = keys.filter(isLockedKey);
  if (protectedKeys.length < keys.length) inspection.findings.push(warning("key-unprotected"));
  const other = keys.find((key) => key.form === "other");
  if (other) {
    const certificate = leafOf(certificates);
    if (certificate) describeCertificate(certificate, certificates, now, inspection);
    else inspection.findings.push(problem("not-rsa", { keyType: other.keyType }), problem("no-certificate"));
    return;
  }
  const opened = await tryOpen(
    () => Promise.all(keys.map((key) => openKey(key, password ?? noPassword))),
    password,
    inspection,
  );
  if (opened) {
    describeKeys(opened, certificates, now, inspection);
    erase(...opened.map(({ bytes }) => bytes));
    return;
  }
  const certificate = leafOf(certificates);
  if (certificate) describeCertificate(certificate, certificates, now, inspection);
}

/** How a PFX is protected, as its algorithms say. */
function protectionOf({ mac, encrypted, bags }: PfxFile, key: EncryptionScheme | null): PfxProtection {
  const certificate = encrypted[0]?.scheme ?? null;
  const schemes = [key, ...encrypted.map(({ scheme }) => scheme)].filter((scheme) => scheme !== null);
  const all = (cipher: string, kdf: string) =>
    certificate !== null && schemes.every((scheme) => scheme.cipher === cipher && scheme.kdf === kdf);
  const openKeys = bags.some((bag) => bag.type === "key");
  const macName = mac?.name ?? "";
  return {
    profile: profileOf(),
    keyCipher: key?.cipher ?? "",
    certificateCipher: certificate?.cipher ?? "",
    kdf: [...new Set(schemes.map((scheme) => scheme.kdf).filter(Boolean))].join(", "),
    keyIterations: key?.iterations ?? 0,
    certificateIterations: Math.max(0, ...encrypted.map(({ scheme }) => scheme.iterations)),
    mac: macName,
    macIterations: mac?.iterations ?? 0,
  };

  function profileOf(): PfxProtection["profile"] {
    if (schemes.length === 0 || openKeys) return "none";
    if (all("AES-256-CBC", "PBKDF2-HMAC-SHA256") && macName === "HMAC-SHA256") return "strong";
    return all("3DES", "PKCS12-SHA1") && macName === "HMAC-SHA1" ? "older-windows" : "other";
  }
}
