import { createPrivateKey } from "node:crypto";
import type { Inspection } from "../../preload/model/certificates.ts";
import { maxCertificateFileBytes } from "../../preload/model/certificates.ts";
import { AppError } from "../errors.ts";
import type { DerNode } from "./der.ts";
import { childrenOf, numberOf, oidOf, readDer, tags } from "./der.ts";
import type { EncryptionScheme } from "./encryption.ts";
import { openEncrypted } from "./encryption.ts";
import { IterationBudget, pfxPassword } from "./kdf.ts";
import { oids } from "./oids.ts";
import type { PemBlock } from "./pem.ts";
import { decodeBase64, readPem } from "./pem.ts";
import type { PfxFile } from "./pfx-read.ts";
import { readPfx } from "./pfx-read.ts";
import { privateKeyType, readEncryptedKey, safeCause } from "./pkcs8.ts";
import { erase, secretCopy } from "./secrets.ts";

/** A private key outside a PFX. */
export type FoundKey =
  | { form: "pkcs8" | "pkcs1"; bytes: Buffer }
  | { form: "encrypted"; scheme: EncryptionScheme; encrypted: Buffer }
  | { form: "legacy"; cipher: string; text: string; keyType: string }
  | { form: "other"; keyType: string };

/** What a file holds, as far as it can be seen without a password. */
export interface Material {
  kind: Inspection["kind"];
  pfx: PfxFile | null;
  certificates: Buffer[];
  keys: FoundKey[];
  request: Buffer | null;
  /** Certificates came in a PKCS #7 container. */
  pkcs7: boolean;
}

type DerKind = "pfx" | "certificate" | "request" | "pkcs7" | "pkcs8" | "pkcs1" | "encrypted-key" | "ec-key";

/** Ciphers of OpenSSL's old PEM form that every runtime has. */
const legacyCiphers = new Set(["AES-128-CBC", "AES-192-CBC", "AES-256-CBC", "DES-EDE3-CBC"]);

/** Refuses by size alone: AppError file-empty or file-too-large. */
export function checkFileSize(size: number): void {
  if (size === 0) throw new AppError("file-empty");
  if (size > maxCertificateFileBytes) {
    throw new AppError("file-too-large", { size, limit: maxCertificateFileBytes });
  }
}

/**
 * Recognises PFX, CER, PEM, PKCS #7, PKCS #8 and requests by their content, never by the file's name.
 * Throws AppError file-empty, file-too-large, certificate-not-recognised, -truncated, -too-complex,
 * -iterations-too-high.
 */
export function recognise(bytes: Buffer): Material {
  checkFileSize(bytes.length);
  const material: Material = {
    kind: "pem",
    pfx: null,
    certificates: [],
    keys: [],
    request: null,
    pkcs7: false,
  };
  if (bytes[0] === tags.sequence) addDer(bytes, material);
  else addText(textOf(bytes), material);
  const { pfx, request, keys, certificates, pkcs7 } = material;
  if (pfx) material.kind = "pfx";
  else if (keys.length > 0) material.kind = certificates.length > 0 ? "pem" : "private-key";
  else if (certificates.length > 0) material.kind = pkcs7 ? "pkcs7" : "certificate";
  else if (request) material.kind = "request";
  else throw new AppError("certificate-not-recognised", { reason: "content" });
  return material;
}

function textOf(bytes: Buffer): string {
  // Windows PowerShell redirects into UTF-16.
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.subarray(2).toString("utf16le");
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return bytes.subarray(marked ? 3 : 0).toString("latin1");
}

function addText(text: string, material: Material): void {
  const blocks = readPem(text);
  if (blocks) {
    for (const block of blocks) addBlock(block, material);
    return;
  }
  // Bare Base64, as Azure Key Vault hands out a PFX.
  const bytes = decodeBase64(text);
  if (bytes[0] !== tags.sequence) throw new AppError("certificate-not-recognised", { reason: "content" });
  addDer(bytes, material);
}

function addBlock({ label, bytes, legacyCipher, text }: PemBlock, material: Material): void {
  if (legacyCipher !== null) {
    const keyType = label === "RSA PRIVATE KEY" ? "RSA" : label.replace(/ ?PRIVATE KEY/, "");
    material.keys.push({ form: "legacy", cipher: legacyCipher, text, keyType });
  } else if (!/PARAMETERS|PUBLIC KEY|CRL/.test(label)) addDer(bytes, material);
}

function addDer(bytes: Buffer, material: Material): void {
  const kind = derKind(bytes);
  if (kind === "pfx") material.pfx = readPfx(bytes);
  else if (kind === "certificate") material.certificates.push(readDer(bytes).raw);
  else if (kind === "request") material.request = readDer(bytes).raw;
  else if (kind === "pkcs7") {
    material.pkcs7 = true;
    material.certificates.push(...certificatesOfPkcs7(bytes));
  } else if (kind === "encrypted-key") addEncryptedKey(bytes, material);
  else if (kind === "ec-key") material.keys.push({ form: "other", keyType: "EC" });
  else if (kind === "pkcs8" && privateKeyType(bytes) !== "RSA") {
    material.keys.push({ form: "other", keyType: privateKeyType(bytes) });
  } else material.keys.push({ form: kind, bytes: readDer(bytes).raw });
}

function addEncryptedKey(bytes: Buffer, material: Material): void {
  const { scheme, encrypted } = readEncryptedKey(bytes);
  if (scheme.iterations > 0) new IterationBudget().spend(scheme.iterations, scheme.runs);
  material.keys.push({ form: "encrypted", scheme, encrypted });
}

/** Tells the formats apart by their first elements. */
function derKind(bytes: Buffer): DerKind {
  const parts = childrenOf(plausible(bytes));
  const [first, second, third] = parts;
  if (first?.tag === tags.integer) {
    if (second?.tag === tags.octetString) return "ec-key";
    if (second?.tag === tags.integer && parts.length >= 9) return "pkcs1";
    if (third?.tag === tags.octetString && numberOf(first) <= 1) return "pkcs8";
    if (second?.tag === tags.sequence && numberOf(first) === 3) return "pfx";
  }
  if (first?.tag === tags.oid && oidOf(first) === oids.signedData) return "pkcs7";
  if (first?.tag === tags.sequence && second?.tag === tags.octetString) return "encrypted-key";
  if (first?.tag === tags.sequence && third?.tag === tags.bitString) {
    return childrenOf(first).length > 4 ? "certificate" : "request";
  }
  throw new AppError("certificate-not-recognised", { reason: "content" });
}

/** A sequence that is longer than the file is only "truncated" when its beginning looks like one of ours. */
function plausible(bytes: Buffer): DerNode {
  try {
    return readDer(bytes);
  } catch (error) {
    const header = 2 + ((bytes[1] ?? 0) > 0x80 ? (bytes[1] ?? 0) & 0x7f : 0);
    const next = bytes[header] ?? -1;
    const known = next === tags.integer || next === tags.sequence || next === tags.oid;
    if (error instanceof AppError && error.code === "certificate-truncated" && !known && bytes.length > 8) {
      throw new AppError("certificate-not-recognised", { reason: "content" }, error);
    }
    throw error;
  }
}

function certificatesOfPkcs7(bytes: Buffer): Buffer[] {
  const [, wrapped] = childrenOf(readDer(bytes));
  const signedData = childrenOf(childrenOf(wrapped)[0]);
  const set = signedData.find((node) => node.tag === tags.context0);
  return set ? childrenOf(set).map((node) => node.raw) : [];
}

/** Whether a password is needed for this key. */
export function isLockedKey(key: FoundKey): boolean {
  return key.form === "encrypted" || key.form === "legacy";
}

/**
 * The key in PKCS #8 or PKCS #1. Throws AppError password-wrong, certificate-not-rsa or
 * certificate-unsupported-encryption. Erase it.
 */
export async function openKey(
  key: FoundKey,
  password: Uint8Array,
): Promise<{ bytes: Buffer; type: "pkcs8" | "pkcs1" }> {
  if (key.form === "other") throw new AppError("certificate-not-rsa", { keyType: key.keyType });
  if (key.form === "legacy") return { bytes: openLegacy(key.text, key.cipher, password), type: "pkcs8" };
  if (key.form !== "encrypted") return { bytes: secretCopy(key.bytes), type: key.form };
  const form = pfxPassword(password);
  try {
    const bytes = await openEncrypted(key.scheme, key.encrypted, form, new IterationBudget());
    if (bytes[0] !== tags.sequence) throw new AppError("password-wrong");
    return { bytes, type: "pkcs8" };
  } finally {
    erase(form.utf8, form.bmp);
  }
}

function openLegacy(text: string, cipher: string, password: Uint8Array): Buffer {
  if (!legacyCiphers.has(cipher.toUpperCase())) {
    throw new AppError("certificate-unsupported-encryption", { algorithm: cipher });
  }
  if (password.length === 0) throw new AppError("password-wrong");
  const passphrase = secretCopy(password);
  try {
    const key = createPrivateKey({ key: text, format: "pem", passphrase });
    const exported = key.export({ format: "der", type: "pkcs8" });
    const copy = secretCopy(exported);
    erase(exported);
    return copy;
  } catch (error) {
    throw new AppError("password-wrong", {}, safeCause(error));
  } finally {
    erase(passphrase);
  }
}
