import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createPublicKey,
  hash,
  pbkdf2Sync,
  verify,
} from "node:crypto";

const zeros = (size: number): Buffer => Buffer.alloc(size);
const probe = "self-test";

/** A public key made for this test and its signature of the probe. */
const rsaKey =
  "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAzmjrgW60ITVnLo/EN8iVm+vfcB38Ul+ExzeREzfda9NQR/0ABcOuxDGL7KX8ojHVq2QPyH560uYbiRmmQJUYvlgugMmVhLPGVussdvsdp4iMVHAY8EHkkREuLxkTL5sTZRxglSziPNl39aV5xmNI07HkDYErKqpyPTjEfiooSSyNHwwdAlkAg0rHiPfTfaUtIQVpH/bDghWVQZXV93bof/7j0YrYGkz6Zx9Q5uJLTgE+Nn/wS4P1xBqT8W3y8QfplQi+SUp2L5Lw4mejSdB5/YLYPjQz4LGddT8FNitkei9kuAYvDH1FNrqPoHhppbQn7khk228T9+qZXgp5p5/47wIDAQAB";
const rsaSignature =
  "fMGvWKTy4tf3plmd315udHFh4gHSlpMpOeft9Z051aavepCApeQpjM/VK3ORb9FC0J6eaRXOpKPJNMYu4S+BUNd9Gh3e10eu0NMDmiZrR6IlNXKYLtencHI8GppNl6vnWxj0iizU37Dl4MNntbJwPqStZzCZOKh+W/ugiLgXAk9jQB1PV27O9C6cmifLqjOsVx2dePO2GtgCStSkjmKgf5Twa8yEZ0u4uNZ3MUcYBEOt1zWmLFid1o69NW09AVRA/dyWGrG7OEYBtpwNdhbiBruQnGhF4GOBpC0fYCTwn4NSkASgzZ7OC/1rgAwpFwPUI1r9XD5AmW2sIJvO1vRDCw==";

function cipherWorks(name: string, keyLength: number, ivLength: number): boolean {
  const key = Buffer.alloc(keyLength, "0123456789abcdefghijklmnopqrstuv");
  const encrypt = createCipheriv(name, key, zeros(ivLength));
  const encrypted = Buffer.concat([encrypt.update(probe), encrypt.final()]);
  const decrypt = createDecipheriv(name, key, zeros(ivLength));
  return Buffer.concat([decrypt.update(encrypted), decrypt.final()]).toString() === probe;
}

/** Compares with the published digest of nothing, in every way the digest is used here. */
function digestWorks(name: string, ofNothing: string): boolean {
  return (
    createHash(name).digest("hex").startsWith(ofNothing) &&
    hash(name, "", "hex").startsWith(ofNothing) &&
    createHmac(name, "key").update(probe).digest().length > 0
  );
}

function pbkdf2Works(digest: string, expected: string): boolean {
  return pbkdf2Sync("password", "salt", 2, expected.length / 2, digest).toString("hex") === expected;
}

function rsaWorks(): boolean {
  const key = createPublicKey({ key: Buffer.from(rsaKey, "base64"), format: "der", type: "spki" });
  return verify("sha256", Buffer.from(probe), key, Buffer.from(rsaSignature, "base64"));
}

const tests: Record<string, () => boolean> = {
  "AES-256-CBC": () => cipherWorks("aes-256-cbc", 32, 16),
  "AES-128-CBC": () => cipherWorks("aes-128-cbc", 16, 16),
  "3DES-CBC": () => cipherWorks("des-ede3-cbc", 24, 8),
  "SHA-1": () => digestWorks("sha1", "da39a3ee5e6b4b0d"),
  "SHA-256": () => digestWorks("sha256", "e3b0c44298fc1c14"),
  "SHA-384": () => digestWorks("sha384", "38b060a751ac9638"),
  "SHA-512": () => digestWorks("sha512", "cf83e1357eefb8bd"),
  "PBKDF2-HMAC-SHA-256": () =>
    pbkdf2Works("sha256", "ae4d0c95af6b46d32d0adff928f06dd02a303f8ef3c251dfd6e2d85a95474c43"),
  "PBKDF2-HMAC-SHA-1": () => pbkdf2Works("sha1", "ea6c014dc72d6f8ccd1ed92ace1d41f0d8de8957"),
  "RSA-SHA-256": rsaWorks,
};

/**
 * Names of the algorithms that this runtime's cryptography lacks or computes wrongly; empty is good. Electron
 * is built on BoringSSL, other builds on OpenSSL in FIPS mode. Takes a few milliseconds.
 */
export function missingCrypto(): string[] {
  return failingTests(tests);
}

/** Names of the tests that give false or throw. */
export function failingTests(candidates: Record<string, () => boolean>): string[] {
  return Object.entries(candidates)
    .filter(([, works]) => {
      try {
        return !works();
      } catch {
        return true;
      }
    })
    .map(([name]) => name);
}
