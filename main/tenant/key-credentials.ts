import { Buffer } from "node:buffer";
import type { KeyCredential } from "./entities.ts";

interface Thumbprints {
  sha1: string;
  sha256: string;
  der: string;
}

/**
 * Whether a key credential is this certificate: by the key itself where Graph gives it, else by the identifier,
 * which is the thumbprint as hex or as base64 (both are seen; the default is the SHA-1 thumbprint).
 */
export function isCertificate(credential: KeyCredential, certificate: Thumbprints): boolean {
  if (credential.key) return sameBytes(credential.key, certificate.der);
  const identifier = credential.customKeyIdentifier ?? "";
  return [certificate.sha1, certificate.sha256].some((thumbprint) => {
    if (thumbprint === "") return false;
    const bytes = Buffer.from(thumbprint, "hex");
    return (
      identifier.toUpperCase() === thumbprint.toUpperCase() ||
      sameBytes(identifier, bytes.toString("base64")) ||
      sameBytes(identifier, Buffer.from(thumbprint.toUpperCase(), "ascii").toString("base64"))
    );
  });
}

function sameBytes(left: string, right: string): boolean {
  return left.replaceAll(/[\s=]/g, "") === right.replaceAll(/[\s=]/g, "");
}
