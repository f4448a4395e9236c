import { Buffer } from "node:buffer";
import { createHash, createPublicKey, generateKeyPair, sign, verify } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { promisify } from "node:util";
import { z } from "zod";

/** The key with which the practice tenant signs its tokens. */
export interface SigningKey {
  privateKey: KeyObject;
  publicKey: KeyObject;
  kid: string;
}

/** RSA 2048, made anew for each run; tokens of an earlier run are refused and renewed. */
export async function newSigningKey(): Promise<SigningKey> {
  const { privateKey, publicKey } = await promisify(generateKeyPair)("rsa", { modulusLength: 2048 });
  const kid = createHash("sha256")
    .update(publicKey.export({ type: "spki", format: "der" }))
    .digest()
    .subarray(0, 20)
    .toString("base64url");
  return { privateKey, publicKey, kid };
}

/** The public key as a JSON Web Key (RFC 7517). */
export function publicJwk(key: SigningKey, issuer: string): object {
  const { n, e } = createPublicKey(key.publicKey.export({ type: "spki", format: "pem" })).export({
    format: "jwk",
  });
  return { kty: "RSA", use: "sig", kid: key.kid, x5t: key.kid, n, e, issuer };
}

/** A JWT signed with RS256 (RFC 7519, RFC 7515). */
export function signJwt(key: SigningKey, claims: object): string {
  const header = { typ: "JWT", alg: "RS256", x5t: key.kid, kid: key.kid };
  const signed = `${encode(header)}.${encode(claims)}`;
  return `${signed}.${sign("sha256", Buffer.from(signed), key.privateKey).toString("base64url")}`;
}

/** The token verified last with a key: a client sends the same one with each request. */
const lastVerified = new WeakMap<SigningKey, { token: string; claims: ParsedJwt["claims"] }>();

/** The claims when the signature is right; null for anything else. Times are not checked. */
export function verifiedClaims(key: SigningKey, token: string): Readonly<ParsedJwt["claims"]> | null {
  const last = lastVerified.get(key);
  if (last?.token === token) return last.claims;
  const jwt = parseJwt(token);
  if (jwt === null || jwt.header["alg"] !== "RS256") return null;
  if (!verify("sha256", jwt.signed, key.publicKey, jwt.signature)) return null;
  lastVerified.set(key, { token, claims: jwt.claims });
  return jwt.claims;
}

export interface ParsedJwt {
  header: Record<string, unknown>;
  claims: Record<string, unknown>;
  signed: Buffer;
  signature: Buffer;
}

/** The parts of a compact JWT, nothing verified; null when it is none. */
export function parseJwt(token: string): ParsedJwt | null {
  const parts = token.split(".");
  const [header = "", claims = "", signature = ""] = parts;
  const [parsedHeader, parsedClaims] = [decode(header), decode(claims)];
  if (parts.length !== 3 || parsedHeader === null || parsedClaims === null) return null;
  return {
    header: parsedHeader,
    claims: parsedClaims,
    signed: Buffer.from(`${header}.${claims}`),
    signature: Buffer.from(signature, "base64url"),
  };
}

const json = z.record(z.string(), z.unknown());

function decode(part: string): Record<string, unknown> | null {
  try {
    const result = json.safeParse(JSON.parse(Buffer.from(part, "base64url").toString("utf8")));
    return result.success ? result.data : null;
  } catch {
    return null;
  }
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
