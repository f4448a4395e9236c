import { createPrivateKey } from "node:crypto";
import { AppError } from "../errors.ts";
import {
  bitsOf,
  childrenOf,
  der,
  derOctets,
  derOid,
  derSequence,
  derSetOf,
  expectTag,
  octetsOf,
  oidOf,
  readDer,
  tags,
} from "./der.ts";
import type { EncryptionScheme } from "./encryption.ts";
import { pbes2Encryptor, readScheme } from "./encryption.ts";
import type { PfxPassword } from "./kdf.ts";
import { curveBits, keyTypes, oids } from "./oids.ts";
import { erase, secretCopy } from "./secrets.ts";

/** AT_KEYEXCHANGE: the key may sign and decrypt; what Windows gives an imported RSA key by default. */
const keyExchange = Buffer.from([0x04, 0x10]);

/**
 * Adds Microsoft's key specification to a PKCS #8 private key, as a key usage attribute of the key itself.
 * Works on octets only, so that the key never becomes a string. Erase the result.
 */
export function withKeySpec(pkcs8: Buffer): Buffer {
  const [version, algorithm, key] = childrenOf(readDer(pkcs8));
  if (!version || !algorithm || !key) throw new AppError("certificate-not-recognised", { reason: "key" });
  const attribute = derSequence(derOid(oids.keyUsage), derSetOf(der(tags.bitString, keyExchange)));
  return derSequence(version.raw, algorithm.raw, key.raw, der(tags.context0, attribute));
}

/** Public facts of a private key. */
export interface KeyFacts {
  keyType: string;
  keyBits: number;
}

/** Kind of a key from a PKCS #8 PrivateKeyInfo, without loading it. */
export function privateKeyType(pkcs8: Buffer): string {
  const [, algorithm] = childrenOf(readDer(pkcs8));
  const id = oidOf(childrenOf(algorithm)[0]);
  return keyTypes[id] ?? id;
}

/** Kind and size of a public key in SubjectPublicKeyInfo form. */
export function publicKeyFacts(spki: Buffer): KeyFacts {
  const [algorithm, key] = childrenOf(readDer(spki));
  const [id, parameters] = childrenOf(algorithm);
  const type = oidOf(id);
  if (type === oids.rsaEncryption || type === oids.rsassaPss) {
    const modulus = expectTag(childrenOf(readDer(bitsOf(key)))[0], tags.integer).content;
    return { keyType: keyTypes[type] ?? type, keyBits: bitLength(modulus) };
  }
  const curve = parameters?.tag === tags.oid ? oidOf(parameters) : "";
  return { keyType: keyTypes[type] ?? type, keyBits: curveBits[curve] ?? bitsOf(key).length * 8 };
}

function bitLength(integer: Buffer): number {
  const first = integer.findIndex((octet) => octet !== 0);
  return first < 0 ? 0 : (integer.length - first) * 8 - Math.clz32(integer[first] ?? 0) + 24;
}

/** OpenSSL's own limit for public operations; a private one with more would run for minutes. */
const maxKeyBits = 16_384;

/**
 * A private key in any of the plain forms (PKCS #8, PKCS #1) as PKCS #8 without attributes, and its public half.
 * Throws AppError certificate-not-rsa, certificate-too-complex when it is absurdly long, or
 * certificate-not-recognised when it is damaged. Erase `pkcs8`.
 */
export function loadRsaKey(key: Buffer, type: "pkcs8" | "pkcs1"): { pkcs8: Buffer; spki: Buffer } {
  if (type === "pkcs8") {
    const keyType = privateKeyType(key);
    if (keyType !== "RSA") throw new AppError("certificate-not-rsa", { keyType });
  }
  const modulus = childrenOf(readDer(type === "pkcs8" ? octetsOf(childrenOf(readDer(key))[2]) : key))[1];
  if ((modulus?.content.length ?? 0) * 8 > maxKeyBits + 8) {
    throw new AppError("certificate-too-complex", { reason: "key" });
  }
  try {
    const loaded = createPrivateKey({ key, format: "der", type });
    const exported = loaded.export({ format: "der", type: "pkcs8" });
    const pkcs8 = secretCopy(exported);
    erase(exported);
    return { pkcs8, spki: publicKeyOf(pkcs8) };
  } catch (error) {
    // OpenSSL's own message may quote parts of the key.
    throw new AppError("certificate-not-recognised", { reason: "key" }, safeCause(error));
  }
}

/** What may be logged of a failure of OpenSSL: its code. */
export function safeCause(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "unknown";
}

/** The public half of an RSA private key, as SubjectPublicKeyInfo, computed from the octets. */
export function publicKeyOf(pkcs8: Buffer): Buffer {
  const [, algorithm, keyNode] = childrenOf(readDer(pkcs8));
  const [, modulus, exponent] = childrenOf(readDer(octetsOf(keyNode)));
  if (!algorithm || !modulus || !exponent) {
    throw new AppError("certificate-not-recognised", { reason: "key" });
  }
  const publicKey = derSequence(modulus.raw, exponent.raw);
  return derSequence(algorithm.raw, der(tags.bitString, Buffer.from([0]), publicKey));
}

/** Parts of an EncryptedPrivateKeyInfo. */
export function readEncryptedKey(bytes: Buffer): { scheme: EncryptionScheme; encrypted: Buffer } {
  const [algorithm, data] = childrenOf(readDer(bytes));
  return { scheme: readScheme(algorithm), encrypted: octetsOf(data) };
}

/** An EncryptedPrivateKeyInfo with PBES2 (AES-256-CBC, PBKDF2-HMAC-SHA-256), readable in FIPS mode too. */
export async function encryptKey(
  pkcs8: Buffer,
  password: PfxPassword,
  iterations: number,
  random: (size: number) => Buffer,
): Promise<Buffer> {
  const engine = await pbes2Encryptor(password, iterations, random);
  return derSequence(engine.algorithm, derOctets(engine.encrypt(pkcs8)));
}
