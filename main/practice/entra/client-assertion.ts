import { Buffer } from "node:buffer";
import { constants, createHash, verify, X509Certificate } from "node:crypto";
import type { KeyCredential } from "../data.ts";
import { parseJwt } from "../jwt.ts";
import type { ParsedJwt } from "../jwt.ts";
import type { Tenant } from "../tenant.ts";
import type { Client } from "./clients.ts";
import { EntraFailure } from "./errors.ts";

/** Difference of clocks that is let pass, in seconds. */
const clockSkew = 300;

/** Remembers which assertion used which `jti` until it expires. */
export type SeenAssertions = Map<string, { assertion: string; expires: number }>;

/**
 * Verifies a client assertion against the application's uploaded certificates: signature (PS256 or RS256),
 * thumbprint, audience, issuer, subject, time and `jti`
 * (learn.microsoft.com/entra/identity-platform/certificate-credentials, RFC 7523). The very same assertion may
 * come again until it expires, as MSAL sends it; another one with a used `jti` may not. Errors: EntraFailure.
 */
export function verifyAssertion(
  tenant: Tenant,
  client: Client,
  assertion: string,
  seen: SeenAssertions,
): void {
  const jwt = parseJwt(assertion);
  if (jwt === null) throw refused(50027, "JWT token is invalid or malformed.", "invalid_request");
  const { alg } = jwt.header;
  if (alg !== "PS256" && alg !== "RS256") {
    throw refused(
      5002738,
      `Invalid JWT token. '${String(alg)}' is not a supported signature algorithm. Supported signing algorithms are: 'PS256,RS256'`,
    );
  }
  checkNames(client, jwt);
  checkKey(tenant, client, jwt);
  checkAudience(tenant, jwt);
  const expires = checkTime(tenant, jwt);
  checkReplay(tenant, seen, `${client.appId} ${String(jwt.claims["jti"])}`, assertion, expires);
}

function checkNames(client: Client, { claims }: ParsedJwt): void {
  if (claims["iss"] !== client.appId) {
    throw refused(700021, "Client assertion application identifier doesn't match 'client_id' parameter.");
  }
  if (claims["sub"] !== client.appId) {
    throw refused(700022, "Client assertion subject doesn't match 'client_id' parameter.");
  }
  if (typeof claims["jti"] !== "string" || claims["jti"] === "") {
    throw refused(50027, "JWT token is invalid or malformed. The 'jti' claim is missing.");
  }
}

function checkKey(tenant: Tenant, client: Client, jwt: ParsedJwt): void {
  const thumbprint = jwt.header["x5t#S256"] ?? jwt.header["x5t"];
  const hash = jwt.header["x5t#S256"] === undefined ? "sha1" : "sha256";
  const keys = client.application?.keyCredentials ?? [];
  const found = keys.find(
    ({ key }) => createHash(hash).update(Buffer.from(key, "base64")).digest("base64url") === thumbprint,
  );
  if (found === undefined || !tenant.replication.view()(found.keyId))
    throw notRegistered(client, String(thumbprint));
  const now = tenant.clock.now().getTime();
  if (now < Date.parse(found.startDateTime) || now > Date.parse(found.endDateTime)) {
    throw refused(1000502, "The provided certificate is not within its specified validity window.");
  }
  if (!isSigned(found, jwt)) {
    throw refused(
      50012,
      `Client assertion contains an invalid signature. [Reason - The key was found, but the signature is invalid., Thumbprint of key used by client: '${hexOf(String(thumbprint))}']`,
    );
  }
}

function isSigned({ key }: KeyCredential, jwt: ParsedJwt): boolean {
  const { publicKey } = new X509Certificate(Buffer.from(key, "base64"));
  const padding =
    jwt.header["alg"] === "PS256"
      ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
      : { padding: constants.RSA_PKCS1_PADDING };
  return verify("sha256", jwt.signed, { key: publicKey, ...padding }, jwt.signature);
}

function notRegistered(client: Client, thumbprint: string): EntraFailure {
  return refused(
    700027,
    `The certificate with identifier used to sign the client assertion is not registered on application. [Reason - The key was not found., Thumbprint of key used by client: '${hexOf(thumbprint)}', Please visit the Azure Portal, Graph Explorer or directly use MS Graph to see configured keys for app Id '${client.appId}'. Review the documentation at https://docs.microsoft.com/en-us/graph/deployments to determine the corresponding service endpoint and https://docs.microsoft.com/en-us/graph/api/application-get?view=graph-rest-1.0&tabs=http to build a query request URL, such as 'https://graph.microsoft.com/beta/applications/${client.appId}'].`,
  );
}

function hexOf(thumbprint: string): string {
  return Buffer.from(thumbprint, "base64url").toString("hex").toUpperCase();
}

/** The token endpoint, or the issuer, of this directory by ID or by domain. */
function checkAudience(tenant: Tenant, { claims }: ParsedJwt): void {
  const { tenantId, initialDomain, defaultDomain } = tenant.data;
  const { login, sts } = tenant.hosts;
  const accepted = [tenantId, initialDomain, defaultDomain].flatMap((name) => [
    `https://${login}/${name}/oauth2/v2.0/token`,
    `https://${login}/${name}/oauth2/token`,
    `https://${login}/${name}/v2.0`,
    `https://${sts}/${name}/`,
  ]);
  if (accepted.includes(String(claims["aud"]))) return;
  throw refused(
    700023,
    "Client assertion audience claim does not match Realm issuer. Review the documentation at https://learn.microsoft.com/entra/identity-platform/certificate-credentials.",
  );
}

function checkTime(tenant: Tenant, { claims }: ParsedJwt): number {
  const now = tenant.clock.now();
  const seconds = now.getTime() / 1000;
  const { exp, nbf } = claims;
  const from = typeof nbf === "number" ? nbf : 0;
  const until = typeof exp === "number" ? exp : 0;
  if (seconds + clockSkew < from || seconds - clockSkew > until) {
    throw refused(
      700024,
      `Client assertion is not within its valid time range. Current time: ${now.toISOString()}, assertion valid from ${instant(from)}, expiry time of assertion ${instant(until)}. Review the documentation at https://learn.microsoft.com/entra/identity-platform/certificate-credentials.`,
    );
  }
  return until;
}

function instant(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? String(seconds) : date.toISOString();
}

function checkReplay(
  tenant: Tenant,
  seen: SeenAssertions,
  id: string,
  assertion: string,
  expires: number,
): void {
  const now = tenant.clock.now().getTime() / 1000;
  for (const [other, entry] of seen) {
    if (entry.expires + clockSkew < now) seen.delete(other);
  }
  const before = seen.get(id);
  if (before !== undefined && before.assertion !== assertion) {
    throw refused(
      50013,
      "Assertion failed validation. The 'jti' claim has been used by another assertion.",
      "invalid_grant",
    );
  }
  seen.set(id, { assertion, expires });
}

function refused(code: number, message: string, error = "invalid_client"): EntraFailure {
  return new EntraFailure(error, code, message);
}
