import { createCipheriv, createDecipheriv, getCiphers } from "node:crypto";
import forge from "node-forge";
import { AppError } from "../errors.ts";
import type { DerNode } from "./der.ts";
import {
  childrenOf,
  der,
  derInteger,
  derNull,
  derOctets,
  derOid,
  derSequence,
  expectTag,
  numberOf,
  octetsOf,
  oidOf,
  tags,
} from "./der.ts";
import type { IterationBudget, PfxPassword } from "./kdf.ts";
import { deriveWithPbkdf2, pkcs12Kdf, pkcs12Purpose } from "./kdf.ts";
import { hmacs, oids } from "./oids.ts";
import { erase, secretBuffer } from "./secrets.ts";

/** What an AlgorithmIdentifier of password-based encryption says. */
export interface EncryptionScheme {
  /** Readable name of the cipher, for example "AES-256-CBC". */
  cipher: string;
  /** The key derivation, for example "PBKDF2-HMAC-SHA256" or "PKCS12-SHA1". */
  kdf: string;
  iterations: number;
  /** How often the derivation runs for one decryption. */
  runs: number;
  /** Null when this app cannot decrypt it. */
  open: ((bytes: Buffer, password: PfxPassword) => Promise<Buffer>) | null;
}

interface BlockCipher {
  label: string;
  name: string;
  keyLength: number;
  ivLength: number;
}

const pbes2Ciphers: Record<string, BlockCipher> = {
  "2.16.840.1.101.3.4.1.2": { label: "AES-128-CBC", name: "aes-128-cbc", keyLength: 16, ivLength: 16 },
  "2.16.840.1.101.3.4.1.22": { label: "AES-192-CBC", name: "aes-192-cbc", keyLength: 24, ivLength: 16 },
  [oids.aes256Cbc]: { label: "AES-256-CBC", name: "aes-256-cbc", keyLength: 32, ivLength: 16 },
  "1.2.840.113549.3.7": { label: "3DES", name: "des-ede3-cbc", keyLength: 24, ivLength: 8 },
};

const pkcs12Ciphers: Record<string, BlockCipher> = {
  [oids.pbeSha1TripleDes]: { label: "3DES", name: "des-ede3-cbc", keyLength: 24, ivLength: 8 },
  "1.2.840.113549.1.12.1.4": { label: "3DES (2 keys)", name: "des-ede-cbc", keyLength: 16, ivLength: 8 },
  "1.2.840.113549.1.12.1.5": { label: "RC2-128", name: "rc2-cbc", keyLength: 16, ivLength: 8 },
  "1.2.840.113549.1.12.1.6": { label: "RC2-40", name: "rc2-40-cbc", keyLength: 5, ivLength: 8 },
};

const namedOnly: Record<string, string> = {
  "1.2.840.113549.1.12.1.1": "RC4-128",
  "1.2.840.113549.1.12.1.2": "RC4-40",
  "1.2.840.113549.1.5.3": "DES (PBES1)",
  "1.2.840.113549.1.5.6": "RC2 (PBES1)",
  "1.2.840.113549.1.5.10": "DES (PBES1)",
  "1.2.840.113549.1.5.11": "RC2 (PBES1)",
  "1.3.6.1.4.1.11591.4.11": "scrypt",
};

const unsupported = (cipher: string, kdf: string): EncryptionScheme => ({
  cipher,
  kdf,
  iterations: 0,
  runs: 0,
  open: null,
});

/** Reads an AlgorithmIdentifier of PBES2 or PKCS #12 encryption. Unknown ones are named, not refused. */
export function readScheme(node: DerNode | undefined): EncryptionScheme {
  const [algorithm, parameters] = childrenOf(node);
  const id = oidOf(algorithm);
  if (id === oids.pbes2) return readPbes2(parameters);
  const cipher = pkcs12Ciphers[id];
  if (!cipher) return unsupported(namedOnly[id] ?? id, "");
  const [saltNode, count] = childrenOf(parameters);
  const salt = octetsOf(saltNode);
  const iterations = numberOf(count);
  return {
    cipher: cipher.label,
    kdf: "PKCS12-SHA1",
    iterations,
    // SHA-1 gives 20 bytes a run: a key of 24 takes two.
    runs: Math.ceil(cipher.keyLength / 20) + 1,
    open: (bytes, password) => {
      const secrets = pkcs12KeyAndIv(password, salt, iterations, cipher);
      try {
        return Promise.resolve(decrypt(cipher, secrets.key, secrets.iv, bytes));
      } catch (error) {
        return Promise.reject(error);
      } finally {
        erase(secrets.key, secrets.iv);
      }
    },
  };
}

function readPbes2(parameters: DerNode | undefined): EncryptionScheme {
  const [kdfNode, cipherNode] = childrenOf(parameters);
  const [kdfId, kdfParameters] = childrenOf(kdfNode);
  const [cipherId, ivNode] = childrenOf(cipherNode);
  const cipher = pbes2Ciphers[oidOf(cipherId)];
  if (oidOf(kdfId) !== oids.pbkdf2) return unsupported(cipher?.label ?? "", namedOnly[oidOf(kdfId)] ?? "");
  const { salt, iterations, digest, label } = readPbkdf2(kdfParameters);
  if (!cipher) return { ...unsupported(oidOf(cipherId), label), iterations, runs: 1 };
  const iv = octetsOf(ivNode);
  if (iv.length !== cipher.ivLength) throw new AppError("certificate-not-recognised", { reason: "iv" });
  if (digest === null) return { ...unsupported(cipher.label, label), iterations, runs: 1 };
  return {
    cipher: cipher.label,
    kdf: label,
    iterations,
    runs: 1,
    open: async (bytes, password) => {
      const key = await deriveWithPbkdf2(password.utf8, salt, iterations, cipher.keyLength, digest);
      try {
        return decrypt(cipher, key, iv, bytes);
      } finally {
        erase(key);
      }
    },
  };
}

/** Parameters of PBKDF2 (RFC 8018, appendix A.2); the function defaults to HMAC-SHA-1. */
export function readPbkdf2(node: DerNode | undefined): {
  salt: Buffer;
  iterations: number;
  digest: string | null;
  keyLength: number | null;
  label: string;
} {
  const [saltNode, count, ...rest] = childrenOf(node);
  const length = rest.find((child) => child.tag === tags.integer);
  const prf = rest.find((child) => child.tag === tags.sequence);
  const prfId = prf ? oidOf(childrenOf(prf)[0]) : "1.2.840.113549.2.7";
  const digest = hmacs[prfId] ?? null;
  return {
    salt: octetsOf(expectTag(saltNode, tags.octetString)),
    iterations: numberOf(count),
    digest,
    keyLength: length ? numberOf(length) : null,
    label: `PBKDF2-HMAC-${(digest ?? prfId).toUpperCase()}`,
  };
}

function pkcs12KeyAndIv(password: PfxPassword, salt: Buffer, iterations: number, cipher: BlockCipher) {
  const derive = (purpose: 1 | 2, length: number) =>
    pkcs12Kdf({ digest: "sha1", password: password.bmp, salt, iterations, purpose, length });
  return {
    key: derive(pkcs12Purpose.key, cipher.keyLength),
    iv: derive(pkcs12Purpose.iv, cipher.ivLength),
  };
}

/** Decrypts CBC with padding. Padding that is wrong nearly always means a wrong password. */
function decrypt(cipher: BlockCipher, key: Buffer, iv: Buffer, bytes: Buffer): Buffer {
  if (cipher.label.startsWith("RC2") && !getCiphers().includes(cipher.name)) {
    return decryptRc2(key, iv, bytes);
  }
  try {
    const decipher =
      cipher.name === "des-ede-cbc"
        ? createDecipheriv("des-ede3-cbc", Buffer.concat([key, key.subarray(0, 8)]), iv)
        : createDecipheriv(cipher.name, key, iv);
    const plain = secretBuffer(bytes.length);
    const first = decipher.update(bytes);
    const last = decipher.final();
    plain.set(first);
    plain.set(last, first.length);
    const length = first.length + last.length;
    erase(first, last);
    return plain.subarray(0, length);
  } catch (error) {
    throw new AppError("password-wrong", {}, error);
  }
}

/** RC2 as older Windows protects certificates with; OpenSSL 3 and BoringSSL no longer have it. */
function decryptRc2(key: Buffer, iv: Buffer, bytes: Buffer): Buffer {
  const decipher = forge.rc2.createDecryptionCipher(key.toString("latin1"), key.length * 8);
  decipher.start(iv.toString("latin1"));
  decipher.update(forge.util.createBuffer(bytes.toString("latin1")));
  if (!decipher.finish()) throw new AppError("password-wrong");
  return Buffer.from(decipher.output.getBytes(), "latin1");
}

/** A key ready to encrypt one thing, and the AlgorithmIdentifier that describes it. */
export interface Encryptor {
  algorithm: Buffer;
  /** Encrypts and erases the key: one use only. */
  encrypt(plain: Buffer): Buffer;
}

function encryptor(algorithm: Buffer, cipher: string, key: Buffer, iv: Buffer): Encryptor {
  return {
    algorithm,
    encrypt(plain) {
      const engine = createCipheriv(cipher, key, iv);
      const encrypted = Buffer.concat([engine.update(plain), engine.final()]);
      erase(key);
      return encrypted;
    },
  };
}

/**
 * PBES2 with AES-256-CBC and PBKDF2-HMAC-SHA-256 (RFC 8018). The key length stands in the parameters because
 * old Java misreads them without it.
 */
export async function pbes2Encryptor(
  password: PfxPassword,
  iterations: number,
  random: (size: number) => Buffer,
): Promise<Encryptor> {
  const salt = random(16);
  const iv = random(16);
  const kdf = derSequence(
    derOid(oids.pbkdf2),
    derSequence(
      derOctets(salt),
      derInteger(iterations),
      derInteger(32),
      derSequence(derOid(oids.hmacSha256), derNull()),
    ),
  );
  const algorithm = derSequence(
    derOid(oids.pbes2),
    derSequence(kdf, derSequence(derOid(oids.aes256Cbc), der(tags.octetString, iv))),
  );
  const key = await deriveWithPbkdf2(password.utf8, salt, iterations, 32, "sha256");
  return encryptor(algorithm, "aes-256-cbc", key, iv);
}

/** pbeWithSHAAnd3-KeyTripleDES-CBC (RFC 7292, appendix C). */
export function tripleDesEncryptor(
  password: PfxPassword,
  iterations: number,
  random: (size: number) => Buffer,
): Promise<Encryptor> {
  const salt = random(20);
  const algorithm = derSequence(
    derOid(oids.pbeSha1TripleDes),
    derSequence(derOctets(salt), derInteger(iterations)),
  );
  const { key, iv } = pkcs12KeyAndIv(password, salt, iterations, {
    label: "3DES",
    name: "des-ede3-cbc",
    keyLength: 24,
    ivLength: 8,
  });
  return Promise.resolve(encryptor(algorithm, "des-ede3-cbc", key, iv));
}

/** Decrypts within the budget; AppError certificate-unsupported-encryption names what this app cannot open. */
export function openEncrypted(
  scheme: EncryptionScheme,
  bytes: Buffer,
  password: PfxPassword,
  budget: IterationBudget,
): Promise<Buffer> {
  if (!scheme.open) {
    throw new AppError("certificate-unsupported-encryption", {
      algorithm: [scheme.cipher, scheme.kdf].filter(Boolean).join(", "),
    });
  }
  budget.spend(scheme.iterations, scheme.runs);
  return scheme.open(bytes, password);
}
