import { hash, pbkdf2 } from "node:crypto";
import { AppError } from "../errors.ts";
import { erase, secretBuffer, secretCopy } from "./secrets.ts";

/** Purposes of a key derived with the PKCS #12 function (RFC 7292, B.3). */
export const pkcs12Purpose = { key: 1, iv: 2, mac: 3 } as const;

/**
 * Highest iteration count of one derivation that is accepted in a foreign file. NSS, GnuTLS and Bouncy Castle
 * write 600,000; Windows refuses more than that.
 */
export const maxIterations = 1_000_000;
/** Highest sum over one file: about five seconds on a slow machine, inside the worker's time limit. */
const maxTotalIterations = 6_000_000;

/** Adds up what a file asks for and refuses before the first derivation. */
export class IterationBudget {
  #left = maxTotalIterations;

  /** Throws AppError certificate-iterations-too-high; `runs` is how often the function is run. */
  spend(iterations: number, runs = 1): void {
    if (iterations > maxIterations) {
      throw new AppError("certificate-iterations-too-high", {
        iterations: Number.isFinite(iterations) ? iterations : 2 ** 48,
        limit: maxIterations,
      });
    }
    if (iterations < 1) throw new AppError("certificate-not-recognised", { reason: "iterations" });
    this.#left -= iterations * runs;
    if (this.#left < 0) {
      throw new AppError("certificate-iterations-too-high", {
        iterations: maxTotalIterations - this.#left,
        limit: maxTotalIterations,
      });
    }
  }
}

/** A PFX password in the two forms the standards want: UTF-8 for PBKDF2, BMPString with a final zero for PKCS #12. */
export interface PfxPassword {
  utf8: Buffer;
  bmp: Buffer;
}

/** Both forms of a password given as UTF-8. Erase both after use. `absent` is the form without even the final zero. */
export function pfxPassword(utf8: Uint8Array, absent = false): PfxPassword {
  const own = secretBuffer(utf8.length);
  own.set(utf8);
  if (absent) return { utf8: own, bmp: secretBuffer(0) };
  const wide = secretBuffer(utf8.length * 2 + 2);
  let length = 0;
  for (let at = 0; at < own.length;) {
    const [point, width] = codePointAt(own, at);
    at += width;
    if (point > 0xffff) {
      const rest = point - 0x10000;
      length = wide.writeUInt16BE(0xd800 | (rest >> 10), length);
      length = wide.writeUInt16BE(0xdc00 | (rest & 0x3ff), length);
    } else length = wide.writeUInt16BE(point, length);
  }
  return { utf8: own, bmp: wide.subarray(0, length + 2) };
}

/** Decodes one code point of UTF-8 by hand, because a string could never be erased. */
function codePointAt(bytes: Buffer, at: number): [point: number, width: number] {
  const first = bytes[at] ?? 0;
  const follow = (index: number) => (bytes[at + index] ?? 0) & 0x3f;
  if (first < 0x80) return [first, 1];
  if (first < 0xe0) return [((first & 0x1f) << 6) | follow(1), 2];
  if (first < 0xf0) return [((first & 0x0f) << 12) | (follow(1) << 6) | follow(2), 3];
  return [((first & 0x07) << 18) | (follow(1) << 12) | (follow(2) << 6) | follow(3), 4];
}

export interface Pkcs12KdfInput {
  digest: string;
  /** BMPString with the final zero. */
  password: Buffer;
  salt: Buffer;
  iterations: number;
  purpose: (typeof pkcs12Purpose)[keyof typeof pkcs12Purpose];
  /** Bytes of key material. */
  length: number;
}

/** The key derivation of PKCS #12 (RFC 7292, appendix B.2), which node:crypto does not offer. */
export function pkcs12Kdf({ digest, password, salt, iterations, purpose, length }: Pkcs12KdfInput): Buffer {
  const block = digest === "sha384" || digest === "sha512" ? 128 : 64;
  const fill = (bytes: Buffer) => {
    const out = secretBuffer(Math.ceil(bytes.length / block) * block);
    for (let index = 0; index < out.length; index += 1) out[index] = bytes[index % bytes.length] ?? 0;
    return out;
  };
  const diversifier = Buffer.alloc(block, purpose);
  const saltBlocks = fill(salt);
  const passwordBlocks = fill(password);
  const input = secretBuffer(block + saltBlocks.length + passwordBlocks.length);
  input.set(diversifier);
  input.set(saltBlocks, block);
  input.set(passwordBlocks, block + saltBlocks.length);
  const out = secretBuffer(length);
  for (let done = 0; done < length;) {
    const derived = secretCopy(hash(digest, input, "buffer"));
    // In place, by way of text: an array for each round takes three times as long as the hash itself.
    for (let round = 1; round < iterations; round += 1)
      derived.write(hash(digest, derived, "binary"), "latin1");
    done += derived.copy(out, done);
    if (done < length) addToBlocks(input.subarray(block), derived, block);
    erase(derived);
  }
  erase(input, saltBlocks, passwordBlocks);
  return out;
}

/** Step 6C: adds the derived block plus one to every block of the input, modulo the block size. */
function addToBlocks(blocks: Buffer, derived: Buffer, block: number): void {
  for (let start = 0; start < blocks.length; start += block) {
    let carry = 1;
    for (let index = block - 1; index >= 0; index -= 1) {
      carry += (blocks[start + index] ?? 0) + (derived[index % derived.length] ?? 0);
      blocks[start + index] = carry & 0xff;
      carry >>= 8;
    }
  }
}

/** PBKDF2 on the thread pool, so that several derivations run side by side. */
export function deriveWithPbkdf2(
  password: Buffer,
  salt: Buffer,
  iterations: number,
  length: number,
  digest: string,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    pbkdf2(password, salt, iterations, length, digest, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}
