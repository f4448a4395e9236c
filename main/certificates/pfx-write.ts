import { createHash, createHmac, randomBytes } from "node:crypto";
import type { PfxProfile } from "../../preload/model/certificates.ts";
import {
  der,
  derBmpString,
  derInteger,
  derNull,
  derOctets,
  derOid,
  derSequence,
  derSetOf,
  tags,
} from "./der.ts";
import type { Encryptor } from "./encryption.ts";
import { pbes2Encryptor, tripleDesEncryptor } from "./encryption.ts";
import type { PfxPassword } from "./kdf.ts";
import { pfxPassword, pkcs12Kdf, pkcs12Purpose } from "./kdf.ts";
import { oids } from "./oids.ts";
import { checkPassword } from "./password.ts";
import { withKeySpec } from "./pkcs8.ts";
import { erase, secretCopy } from "./secrets.ts";

/**
 * Iterations of key, certificate and MAC alike: an attacker takes the cheapest of the three. Microsoft's
 * X509CertificateLoader refuses more than 300,000 per derivation. The function of the older profile has to run
 * seven times.
 */
export const pfxIterations: Record<PfxProfile, number> = { strong: 100_000, "older-windows": 20_000 };

/**
 * With this name Windows imports the key into its classic cryptographic provider that can sign with SHA-256
 * (type 24). Exchange Online's module for Windows PowerShell cannot use keys of the newer CNG store.
 */
export const cspName = "Microsoft Enhanced RSA and AES Cryptographic Provider";

export interface PfxContent {
  /** PKCS #8 in DER. */
  key: Buffer;
  /** The key's certificate in DER. */
  certificate: Buffer;
  /** Certificates of the authorities, nearest first. */
  chain: readonly Buffer[];
  /** Shown by Windows and Java; printable text. */
  friendlyName: string;
}

/** Keys derived from the password before the content is known. */
export interface PreparedPfx {
  finish(content: PfxContent): Buffer;
}

/**
 * Writes a PFX (PKCS #12, RFC 7292). `password` is UTF-8 and stays the caller's to erase.
 * Throws AppError password-* when the password is not printable ASCII of the right length.
 */
export async function writePfx(
  content: PfxContent,
  password: Uint8Array,
  profile: PfxProfile,
): Promise<Buffer> {
  return (await preparePfx(password, profile)).finish(content);
}

/**
 * Does the slow part of a PFX. All derivations run side by side: PBKDF2 on the thread pool, the one of the
 * MAC here meanwhile. Start it together with the key generation.
 */
export async function preparePfx(password: Uint8Array, profile: PfxProfile): Promise<PreparedPfx> {
  checkPassword(password);
  const forms = pfxPassword(password);
  const iterations = pfxIterations[profile];
  const strong = profile === "strong";
  try {
    const newEngine = strong ? pbes2Encryptor : tripleDesEncryptor;
    const engines = [newEngine(forms, iterations, randomBytes), newEngine(forms, iterations, randomBytes)];
    const mac = macKey(forms, strong ? "sha256" : "sha1", iterations);
    const [keyEngine, certificateEngine] = await Promise.all(engines);
    return { finish: (content) => assemble(content, keyEngine, certificateEngine, mac) };
  } finally {
    erase(forms.utf8, forms.bmp);
  }
}

interface MacKey {
  digest: "sha256" | "sha1";
  salt: Buffer;
  iterations: number;
  key: Buffer;
}

function macKey(password: PfxPassword, digest: MacKey["digest"], iterations: number): MacKey {
  const salt = randomBytes(16);
  const length = digest === "sha256" ? 32 : 20;
  const purpose = pkcs12Purpose.mac;
  const key = pkcs12Kdf({ digest, password: password.bmp, salt, iterations, purpose, length });
  return { digest, salt, iterations, key };
}

function assemble(
  content: PfxContent,
  keyEngine: Encryptor | undefined,
  certificateEngine: Encryptor | undefined,
  mac: MacKey,
): Buffer {
  if (!keyEngine || !certificateEngine) throw new TypeError("two engines expected");
  const localKeyId = createHash("sha1").update(content.certificate).digest();
  const certificates = derSequence(
    certificateBag(content.certificate, [
      attribute(oids.localKeyId, derOctets(localKeyId)),
      ...(content.friendlyName ? [attribute(oids.friendlyName, derBmpString(content.friendlyName))] : []),
    ]),
    ...content.chain.map((authority) => certificateBag(authority, [])),
  );
  const safe = derSequence(
    encryptedContent(certificateEngine, certificates),
    dataContent(derSequence(keyBag(content.key, keyEngine, localKeyId))),
  );
  const pfx = derSequence(derInteger(3), dataContent(safe), macData(mac, safe));
  erase(mac.key);
  return pfx;
}

function keyBag(pkcs8: Buffer, engine: Encryptor, localKeyId: Buffer): Buffer {
  const spliced = withKeySpec(pkcs8);
  const plain = secretCopy(spliced);
  erase(spliced);
  const encrypted = engine.encrypt(plain);
  erase(plain);
  // No friendlyName here: Windows would take it as the container's name, and the next key would collide with it.
  return bag(oids.shroudedKeyBag, derSequence(engine.algorithm, derOctets(encrypted)), [
    attribute(oids.localKeyId, derOctets(localKeyId)),
    attribute(oids.microsoftCspName, derBmpString(cspName)),
  ]);
}

function certificateBag(certificate: Buffer, attributes: Buffer[]): Buffer {
  const value = derSequence(derOid(oids.x509Certificate), der(tags.context0, derOctets(certificate)));
  return bag(oids.certBag, value, attributes);
}

function bag(type: string, value: Buffer, attributes: Buffer[]): Buffer {
  const set = attributes.length > 0 ? [derSetOf(...attributes)] : [];
  return derSequence(derOid(type), der(tags.context0, value), ...set);
}

function attribute(type: string, value: Buffer): Buffer {
  return derSequence(derOid(type), derSetOf(value));
}

function dataContent(bytes: Buffer): Buffer {
  return derSequence(derOid(oids.data), der(tags.context0, derOctets(bytes)));
}

function encryptedContent(engine: Encryptor, plain: Buffer): Buffer {
  const info = derSequence(derOid(oids.data), engine.algorithm, der(0x80, engine.encrypt(plain)));
  const encryptedData = derSequence(derInteger(0), info);
  return derSequence(derOid(oids.encryptedData), der(tags.context0, encryptedData));
}

function macData({ digest, salt, iterations, key }: MacKey, content: Buffer): Buffer {
  const value = createHmac(digest, key).update(content).digest();
  const algorithm = derSequence(derOid(oids[digest]), derNull());
  return derSequence(derSequence(algorithm, derOctets(value)), derOctets(salt), derInteger(iterations));
}
