import { Buffer } from "node:buffer";
import { createHash, X509Certificate } from "node:crypto";
import type { RandomBytes } from "../../ports.ts";
import type { KeyCredential } from "../data.ts";
import { timestamp } from "../entities.ts";
import { isGuid, newGuid } from "../ids.ts";
import { badRequest } from "./errors.ts";

type Given = Readonly<Record<string, unknown>>;

const base64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** The stored form of a certificate; what is not given comes from it. Errors: GraphFailure. */
export function keyFromCertificate(randomBytes: RandomBytes, given: Given): KeyCredential {
  const key = text(given["key"]) ?? "";
  if (!base64.test(key) || key.length % 4 !== 0) {
    throw badRequest(`Cannot convert the literal '${key.slice(0, 40)}' to the expected type 'Edm.Binary'.`);
  }
  const certificate = parse(Buffer.from(key, "base64"));
  const der = certificate.raw;
  const validTo = new Date(certificate.validTo);
  const start = text(given["startDateTime"]) ?? timestamp(new Date(certificate.validFrom));
  const end = text(given["endDateTime"]) ?? timestamp(validTo);
  if (Number.isNaN(Date.parse(end)) || Date.parse(end) > validTo.getTime()) {
    throw badRequest("Key credential end date is invalid.", "KeyCredentialsInvalidEndDate");
  }
  if (Number.isNaN(Date.parse(start)) || Date.parse(start) < new Date(certificate.validFrom).getTime()) {
    throw badRequest("Key credential start date is invalid.", "KeyCredentialsInvalidStartDate");
  }
  const keyId = given["keyId"];
  return {
    customKeyIdentifier:
      text(given["customKeyIdentifier"]) ?? createHash("sha1").update(der).digest("hex").toUpperCase(),
    displayName: text(given["displayName"]) ?? certificate.subject.split("\n").toReversed().join(", "),
    endDateTime: timestamp(new Date(end)),
    key: der.toString("base64"),
    keyId: isGuid(keyId) ? keyId : newGuid(randomBytes),
    startDateTime: timestamp(new Date(start)),
    type: text(given["type"]) ?? "AsymmetricX509Cert",
    usage: text(given["usage"]) ?? "Verify",
  };
}

/**
 * The whole new collection of keys: an update replaces it. An entry with a known keyId and no key keeps the stored
 * one (learn.microsoft.com/graph/api/resources/keycredential). Errors: GraphFailure.
 */
export function replacedKeys(
  randomBytes: RandomBytes,
  stored: readonly KeyCredential[],
  given: readonly Given[],
): { all: KeyCredential[]; added: KeyCredential[] } {
  const added: KeyCredential[] = [];
  const all = given.map((entry) => {
    const known = stored.find(({ keyId }) => keyId === entry["keyId"]);
    if (known !== undefined) {
      const changed = (["endDateTime", "startDateTime"] as const).some((name) => {
        const value = text(entry[name]);
        return value !== null && Date.parse(value) !== Date.parse(known[name]);
      });
      const newKey = text(entry["key"]);
      if (changed || (newKey !== null && newKey !== known.key)) {
        throw badRequest(`Update to existing credential with KeyId '${known.keyId}' is not allowed.`);
      }
      return { ...known, displayName: text(entry["displayName"]) ?? known.displayName };
    }
    if (text(entry["key"]) === null) {
      throw badRequest("New key credential must have its key value set.", "KeyCredentialsInvalidKey");
    }
    if (entry["type"] !== "AsymmetricX509Cert" || entry["usage"] !== "Verify") {
      throw badRequest("Key credential type or usage is invalid.", "KeyCredentialsInvalidType");
    }
    const key = keyFromCertificate(randomBytes, entry);
    added.push(key);
    return key;
  });
  return { all, added };
}

function parse(der: Buffer): X509Certificate {
  try {
    return new X509Certificate(der);
  } catch {
    throw badRequest("Key credential value is invalid.", "KeyCredentialsInvalidKeyValue");
  }
}

function text(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
