import { createCipheriv, createDecipheriv, createHash } from "node:crypto";

/**
 * One sealed secret as bytes: version (1), key id (8), nonce (12), ciphertext, tag (16). AES-256-GCM with a
 * fresh random nonce for each write (NIST SP 800-38D, 8.2.2; far below its 2^32 writes for one key).
 */
const formatVersion = 1;
const keyIdAt = 1;
const nonceAt = 9;
const contentAt = 21;
const tagLength = 16;
export const keyLength = 32;
export const nonceLength = 12;

/** What a sealed file belongs to. A file moved to another place does not open there. */
export interface SealedPlace {
  setupId: string;
  purpose: string;
}

/** A key with the name that its files carry: the first 8 bytes of the key's SHA-256. */
export interface VaultKey {
  bytes: Buffer;
  id: Buffer;
}

export type Unsealed =
  | { kind: "open"; secret: Buffer }
  /** Sealed with a key that is not here. */
  | { kind: "other-key" }
  /** Changed since it was written, cut short, moved here from another place, or of an unknown format. */
  | { kind: "tampered" };

/** Takes over 32 random bytes as a key and zeroes `source`. */
export function takeKey(source: Buffer): VaultKey {
  const bytes = secretBuffer(keyLength);
  source.copy(bytes);
  source.fill(0);
  return {
    bytes,
    id: createHash("sha256")
      .update(bytes)
      .digest()
      .subarray(0, nonceAt - keyIdAt),
  };
}

/** Zeroed memory outside V8's moving heap: there, short Buffers leave copies behind that `fill` misses. */
export function secretBuffer(length: number): Buffer {
  return Buffer.alloc(Math.max(length, 128)).subarray(0, length);
}

/** Seals `secret`; `nonce` must be 12 bytes that were never used with this key. */
export function seal(key: VaultKey, place: SealedPlace, nonce: Buffer, secret: Uint8Array): Buffer {
  const cipher = createCipheriv("aes-256-gcm", key.bytes, nonce, { authTagLength: tagLength });
  cipher.setAAD(boundTo(place));
  const header = Buffer.concat([Buffer.of(formatVersion), key.id, nonce]);
  return Buffer.concat([header, cipher.update(secret), cipher.final(), cipher.getAuthTag()]);
}

/** Opens a sealed file. The secret is the caller's to zero. */
export function unseal(key: VaultKey, place: SealedPlace, file: Buffer): Unsealed {
  if (file.length < contentAt + tagLength || file[0] !== formatVersion) return { kind: "tampered" };
  const secret = decrypt(key, place, file);
  const named = namesKey(key, file);
  if (secret !== null && named) return { kind: "open", secret };
  // Our key opens it although it names another one: then it was the name that was changed.
  secret?.fill(0);
  return { kind: named || secret !== null ? "tampered" : "other-key" };
}

/** Whether a file says of itself that this key sealed it. */
export function namesKey(key: VaultKey, file: Buffer): boolean {
  return file[0] === formatVersion && key.id.equals(file.subarray(keyIdAt, nonceAt));
}

function decrypt(key: VaultKey, place: SealedPlace, file: Buffer): Buffer | null {
  const nonce = file.subarray(nonceAt, contentAt);
  const decipher = createDecipheriv("aes-256-gcm", key.bytes, nonce, { authTagLength: tagLength });
  decipher.setAAD(boundTo(place));
  decipher.setAuthTag(file.subarray(file.length - tagLength));
  const plain = decipher.update(file.subarray(contentAt, file.length - tagLength));
  try {
    decipher.final();
    const secret = secretBuffer(plain.length);
    plain.copy(secret);
    return secret;
  } catch {
    return null;
  } finally {
    plain.fill(0);
  }
}

function boundTo({ setupId, purpose }: SealedPlace): Buffer {
  return Buffer.from(JSON.stringify(["exchange-rollout", formatVersion, setupId, purpose]), "utf8");
}
