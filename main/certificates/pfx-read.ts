import { createHmac, timingSafeEqual } from "node:crypto";
import { AppError } from "../errors.ts";
import type { DerNode } from "./der.ts";
import { childrenOf, numberOf, octetsOf, oidOf, readDer } from "./der.ts";
import type { EncryptionScheme } from "./encryption.ts";
import { openEncrypted, readPbkdf2, readScheme } from "./encryption.ts";
import type { PfxPassword } from "./kdf.ts";
import { deriveWithPbkdf2, IterationBudget, pfxPassword, pkcs12Kdf, pkcs12Purpose } from "./kdf.ts";
import { digests, hmacs, oids } from "./oids.ts";
import { readEncryptedKey } from "./pkcs8.ts";
import { erase, secretCopy } from "./secrets.ts";
import { textOf } from "./x509.ts";

/** Attributes of a bag. */
export interface BagAttributes {
  friendlyName: string | null;
  localKeyId: Buffer | null;
  cspName: string | null;
  /** The same attribute twice: Microsoft's newest loader refuses that. */
  duplicated: boolean;
}

export type Bag =
  | { type: "certificate"; der: Buffer; attributes: BagAttributes }
  | { type: "key"; pkcs8: Buffer; attributes: BagAttributes }
  | { type: "shrouded-key"; scheme: EncryptionScheme; encrypted: Buffer; attributes: BagAttributes };

export interface PfxMac {
  /** For example "HMAC-SHA256" or "PBMAC1". */
  name: string;
  iterations: number;
  verify: ((content: Buffer, password: PfxPassword) => Promise<boolean>) | null;
}

/** A PFX as far as it can be read without the password. */
export interface PfxFile {
  mac: PfxMac | null;
  /** What the MAC covers. */
  content: Buffer;
  /** Bags that lie open. */
  bags: Bag[];
  encrypted: { scheme: EncryptionScheme; bytes: Buffer }[];
}

/** A PFX opened with its password. Erase the keys. */
export interface OpenedPfx {
  keys: { pkcs8: Buffer; attributes: BagAttributes }[];
  certificates: { der: Buffer; attributes: BagAttributes }[];
  /** How the key was protected; null when it was not. */
  keyScheme: EncryptionScheme | null;
}

const maxBags = 200;
const maxNesting = 4;

/**
 * Reads the outer structure of a PFX and refuses what would cost too much, before any derivation.
 * Throws AppError certificate-not-recognised, -truncated, -too-complex or -iterations-too-high.
 */
export function readPfx(bytes: Buffer): PfxFile {
  const [version, authSafe, macNode] = childrenOf(readDer(bytes));
  const [type, wrapped] = childrenOf(authSafe);
  if (numberOf(version) !== 3 || oidOf(type) !== oids.data) {
    throw new AppError("certificate-not-recognised", { reason: "pfx" });
  }
  const content = octetsOf(childrenOf(wrapped)[0]);
  const file: PfxFile = { mac: macNode ? readMac(macNode) : null, content, bags: [], encrypted: [] };
  for (const info of childrenOf(readDer(content))) {
    const [infoType, infoContent] = childrenOf(info);
    const id = oidOf(infoType);
    const inner = childrenOf(infoContent)[0];
    if (id === oids.data) readBags(octetsOf(inner), file.bags);
    else if (id === oids.encryptedData) {
      const [, algorithm, encrypted] = childrenOf(childrenOf(inner)[1]);
      file.encrypted.push({ scheme: readScheme(algorithm), bytes: octetsOf(encrypted) });
    } else throw new AppError("certificate-unsupported-encryption", { algorithm: id });
    if (file.encrypted.length > maxBags) throw new AppError("certificate-too-complex", { reason: "bags" });
  }
  refuseCostly(file);
  return file;
}

function refuseCostly({ mac, encrypted, bags }: PfxFile): void {
  const budget = new IterationBudget();
  if (mac) budget.spend(mac.iterations);
  for (const { scheme } of [...encrypted, ...shroudedKeys(bags)]) {
    if (scheme.iterations > 0) budget.spend(scheme.iterations, scheme.runs);
  }
}

/** Encrypted keys that lie open. */
export function shroudedKeys(bags: readonly Bag[]): Extract<Bag, { type: "shrouded-key" }>[] {
  return bags.filter((bag) => bag.type === "shrouded-key");
}

/** Opens everything. `password` is UTF-8. Throws AppError password-wrong or certificate-unsupported-encryption. */
export async function openPfx(file: PfxFile, password: Uint8Array): Promise<OpenedPfx> {
  // "No password" is written in two ways: as an empty text or as nothing at all.
  const forms = [pfxPassword(password), ...(password.length === 0 ? [pfxPassword(password, true)] : [])];
  try {
    for (const form of forms) {
      const budget = new IterationBudget();
      if (!(await macFits(file, form, budget))) continue;
      const opened = await openContents(file, form, budget).catch((error: unknown) => {
        if (error instanceof AppError && error.code === "password-wrong") return null;
        throw error;
      });
      if (opened) return opened;
    }
    throw new AppError("password-wrong");
  } finally {
    for (const form of forms) erase(form.utf8, form.bmp);
  }
}

async function macFits(
  { mac, content }: PfxFile,
  form: PfxPassword,
  budget: IterationBudget,
): Promise<boolean> {
  if (!mac) return true;
  if (!mac.verify) throw new AppError("certificate-unsupported-encryption", { algorithm: mac.name });
  budget.spend(mac.iterations);
  return mac.verify(content, form);
}

async function openContents(file: PfxFile, form: PfxPassword, budget: IterationBudget): Promise<OpenedPfx> {
  const bags = [...file.bags];
  for (const { scheme, bytes } of file.encrypted) {
    const plain = await openEncrypted(scheme, bytes, form, budget);
    // Without a MAC a wrong password can leave plausible padding; the structure then makes no sense.
    readDecrypted(() => readBags(plain, bags), file.mac !== null);
  }
  const opened: OpenedPfx = { keys: [], certificates: [], keyScheme: null };
  for (const bag of bags) {
    const { attributes } = bag;
    if (bag.type === "certificate") opened.certificates.push({ der: bag.der, attributes });
    else if (bag.type === "key") opened.keys.push({ pkcs8: secretCopy(bag.pkcs8), attributes });
    else {
      const pkcs8 = await openEncrypted(bag.scheme, bag.encrypted, form, budget);
      readDecrypted(() => readDer(pkcs8), file.mac !== null);
      opened.keys.push({ pkcs8, attributes });
      opened.keyScheme = bag.scheme;
    }
  }
  return opened;
}

function readDecrypted(read: () => unknown, authenticated: boolean): void {
  try {
    read();
  } catch (error) {
    if (authenticated || !(error instanceof AppError)) throw error;
    throw new AppError("password-wrong", {}, error);
  }
}

function readBags(bytes: Buffer, into: Bag[], nesting = 0): void {
  if (nesting > maxNesting) throw new AppError("certificate-too-complex", { reason: "depth" });
  for (const node of childrenOf(readDer(bytes))) {
    const [type, wrapped, attributeSet] = childrenOf(node);
    const value = childrenOf(wrapped)[0];
    if (!value) throw new AppError("certificate-not-recognised", { reason: "bag" });
    const attributes = readAttributes(attributeSet);
    const id = oidOf(type);
    if (id === oids.certBag) {
      const [certificateType, certificate] = childrenOf(value);
      if (oidOf(certificateType) === oids.x509Certificate) {
        into.push({ type: "certificate", der: octetsOf(childrenOf(certificate)[0]), attributes });
      }
    } else if (id === oids.shroudedKeyBag) {
      into.push({ type: "shrouded-key", ...readEncryptedKey(value.raw), attributes });
    } else if (id === oids.keyBag) {
      into.push({ type: "key", pkcs8: value.raw, attributes });
    } else if (id === oids.safeContentsBag) {
      readBags(value.raw, into, nesting + 1);
    }
    if (into.length > maxBags) throw new AppError("certificate-too-complex", { reason: "bags" });
  }
}

function readAttributes(set: DerNode | undefined): BagAttributes {
  const attributes: BagAttributes = {
    friendlyName: null,
    localKeyId: null,
    cspName: null,
    duplicated: false,
  };
  const seen = new Set<string>();
  for (const node of set ? childrenOf(set) : []) {
    const [type, values] = childrenOf(node);
    const id = oidOf(type);
    const value = values?.constructed ? childrenOf(values)[0] : undefined;
    attributes.duplicated ||= seen.has(id);
    seen.add(id);
    if (id === oids.friendlyName) attributes.friendlyName = textOf(value).slice(0, 500);
    else if (id === oids.microsoftCspName) attributes.cspName = textOf(value).slice(0, 500);
    else if (id === oids.localKeyId && value) attributes.localKeyId = octetsOf(value);
  }
  return attributes;
}

function readMac(node: DerNode): PfxMac {
  const [digestInfo, saltNode, count] = childrenOf(node);
  const [algorithm, digestNode] = childrenOf(digestInfo);
  const [id, parameters] = childrenOf(algorithm);
  const expected = octetsOf(digestNode);
  const dotted = oidOf(id);
  if (dotted === oids.pbmac1) return readPbmac1(parameters, expected);
  const salt = octetsOf(saltNode);
  const iterations = count ? numberOf(count) : 1;
  const digest = digests[dotted];
  if (!digest) return { name: dotted, iterations, verify: null };
  const verify = (content: Buffer, { bmp }: PfxPassword): Promise<boolean> => {
    const purpose = pkcs12Purpose.mac;
    const key = pkcs12Kdf({ digest, password: bmp, salt, iterations, purpose, length: expected.length });
    return Promise.resolve(matches(digest, key, content, expected));
  };
  return { name: `HMAC-${digest.toUpperCase()}`, iterations, verify };
}

/** PBMAC1 (RFC 9579): the MAC's key comes from PBKDF2. */
function readPbmac1(parameters: DerNode | undefined, expected: Buffer): PfxMac {
  const [kdf, macAlgorithm] = childrenOf(parameters);
  const { salt, iterations, digest, keyLength } = readPbkdf2(childrenOf(kdf)[1]);
  const macDigest = hmacs[oidOf(childrenOf(macAlgorithm)[0])];
  const name = "PBMAC1";
  if (!digest || !macDigest || keyLength === null || keyLength > 64)
    return { name, iterations, verify: null };
  const verify = async (content: Buffer, { utf8 }: PfxPassword): Promise<boolean> => {
    const key = await deriveWithPbkdf2(utf8, salt, iterations, keyLength, digest);
    return matches(macDigest, key, content, expected);
  };
  return { name, iterations, verify };
}

function matches(digest: string, key: Buffer, content: Buffer, expected: Buffer): boolean {
  const actual = createHmac(digest, key).update(content).digest();
  erase(key);
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}
