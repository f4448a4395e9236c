import { Buffer } from "node:buffer";

/**
 * The claims that a 401 asks for (continuous access evaluation, conditional access), as JSON for the next sign-in;
 * null when it asks for none. Source: learn.microsoft.com/entra/identity-platform/claims-challenge.
 */
export function claimsChallenge(header: string | null): string | null {
  if (header === null) return null;
  const value = /\bclaims="([^"]+)"/i.exec(header)?.[1];
  if (value === undefined) return null;
  const decoded = value.trim().startsWith("{") ? value : Buffer.from(value, "base64").toString("utf8");
  try {
    const claims: unknown = JSON.parse(decoded);
    return typeof claims === "object" && claims !== null ? JSON.stringify(claims) : null;
  } catch {
    return null;
  }
}
