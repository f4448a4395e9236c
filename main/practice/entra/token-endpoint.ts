import { createHash } from "node:crypto";
import type { Person } from "../data.ts";
import type { Tenant } from "../tenant.ts";
import { verifyAssertion } from "./client-assertion.ts";
import { findClient } from "./clients.ts";
import type { Client } from "./clients.ts";
import { blockedByPolicy, EntraFailure, unknownApplication } from "./errors.ts";
import { askedScopes, resourceNamed } from "./scopes.ts";
import type { Sessions } from "./sessions.ts";
import { refreshTokenKey, tokenForApplication, tokensForPerson } from "./tokens.ts";

type Form = URLSearchParams;

/** Answers a token request (RFC 6749, 7636, 8628, 7523). Errors: EntraFailure. */
export async function token(
  tenant: Tenant,
  sessions: Sessions,
  form: Form,
  authority: string,
): Promise<object> {
  const grantType = form.get("grant_type");
  const client = clientOf(tenant, form);
  switch (grantType) {
    case "authorization_code":
      return fromCode(tenant, sessions, client, form);
    case "refresh_token":
      return fromRefreshToken(tenant, client, form);
    case "device_code":
    case "urn:ietf:params:oauth:grant-type:device_code":
      return fromDeviceCode(tenant, sessions, client, form);
    case "client_credentials":
      return forApplication(tenant, sessions, client, form, authority);
    case null:
      throw new EntraFailure("invalid_request", 900144, missing("grant_type"));
    default:
      throw new EntraFailure(
        "unsupported_grant_type",
        70003,
        `The app requested an unsupported grant type '${grantType}'.`,
      );
  }
}

function missing(name: string): string {
  return `The request body must contain the following parameter: '${name}'.`;
}

/** Errors: EntraFailure. */
function clientOf(tenant: Tenant, form: Form): Client {
  const clientId = form.get("client_id");
  if (clientId === null) throw new EntraFailure("invalid_request", 900144, missing("client_id"));
  const client = findClient(tenant, clientId);
  if (client === null) throw unknownApplication(clientId, tenant.data.displayName);
  return client;
}

function personOf(tenant: Tenant, personId: string): Person {
  const person = tenant.data.people.find(({ id }) => id === personId);
  if (person === undefined) {
    throw new EntraFailure("invalid_grant", 50034, "The user account does not exist in the directory.");
  }
  if (person.blocked) throw blockedByPolicy();
  return person;
}

async function fromCode(tenant: Tenant, sessions: Sessions, client: Client, form: Form): Promise<object> {
  const code = sessions.codes.get(form.get("code") ?? "");
  if (code === undefined) {
    throw new EntraFailure("invalid_grant", 9002313, "Invalid request. Request is malformed or invalid.");
  }
  if (code.clientId !== client.appId) {
    throw new EntraFailure(
      "invalid_grant",
      700005,
      "Provided Authorization Code is intended to use against other tenant or application, thus rejected.",
    );
  }
  if (code.redeemed) {
    throw new EntraFailure(
      "invalid_grant",
      54005,
      "OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.",
    );
  }
  if (code.expires < tenant.clock.now().getTime()) {
    throw new EntraFailure(
      "invalid_grant",
      70008,
      "The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource.",
    );
  }
  if (form.get("redirect_uri") !== code.redirectUri) {
    throw new EntraFailure(
      "invalid_client",
      500112,
      `The reply address '${form.get("redirect_uri") ?? ""}' does not match the reply address '${code.redirectUri}' provided when requesting Authorization code.`,
      { status: 400 },
    );
  }
  checkVerifier(code.challenge, form.get("code_verifier"));
  code.redeemed = true;
  const asked = askedScopes(tenant, client, code.scope);
  return tokensForPerson(tenant, client, personOf(tenant, code.personId), asked, code.nonce);
}

/** PKCE (RFC 7636 section 4.6). Errors: EntraFailure. */
function checkVerifier(challenge: string | null, verifier: string | null): void {
  if (challenge === null && verifier === null) return;
  if (challenge === null || verifier === null) {
    throw new EntraFailure(
      "invalid_grant",
      50148,
      "The code_verifier does not match the code_challenge supplied in the authorization request for PKCE.",
    );
  }
  if (createHash("sha256").update(verifier).digest("base64url") === challenge) return;
  throw new EntraFailure(
    "invalid_grant",
    501481,
    "The Code_Verifier does not match the code_challenge supplied in the authorization request.",
  );
}

async function fromRefreshToken(tenant: Tenant, client: Client, form: Form): Promise<object> {
  const known = tenant.data.refreshTokens[refreshTokenKey(form.get("refresh_token") ?? "")];
  if (known === undefined || known.clientId !== client.appId) {
    throw new EntraFailure("invalid_grant", 9002313, "Invalid request. Request is malformed or invalid.");
  }
  const asked = askedScopes(tenant, client, form.get("scope") ?? "openid offline_access");
  return tokensForPerson(tenant, client, personOf(tenant, known.personId), asked, null);
}

async function fromDeviceCode(
  tenant: Tenant,
  sessions: Sessions,
  client: Client,
  form: Form,
): Promise<object> {
  const code = form.get("device_code") ?? form.get("code") ?? "";
  const device = sessions.devices.get(code);
  if (device === undefined || device.clientId !== client.appId) {
    throw new EntraFailure(
      "bad_verification_code",
      70018,
      "Invalid verification code due to User typing in wrong user code for device code flow.",
    );
  }
  if (device.expires < tenant.clock.now().getTime()) {
    throw new EntraFailure(
      "expired_token",
      70020,
      "The provided value for the input parameter 'device_code' is not valid. This device code has expired.",
    );
  }
  switch (device.state.kind) {
    case "pending":
      throw new EntraFailure(
        "authorization_pending",
        70016,
        "OAuth 2.0 device flow error. Authorization is pending. Continue polling.",
      );
    case "declined":
      throw new EntraFailure("authorization_declined", 65004, "User declined to consent to access the app.");
    default: {
      const person = personOf(tenant, device.state.personId);
      sessions.devices.delete(code);
      return tokensForPerson(tenant, client, person, askedScopes(tenant, client, device.scope), null);
    }
  }
}

async function forApplication(
  tenant: Tenant,
  sessions: Sessions,
  client: Client,
  form: Form,
  authority: string,
): Promise<object> {
  if (authority === "common" || authority === "organizations") {
    throw new EntraFailure(
      "invalid_request",
      50059,
      "No tenant-identifying information found in either the request or implied by any provided credentials.",
    );
  }
  if (client.isPublic) {
    throw new EntraFailure(
      "invalid_client",
      700025,
      "Client is public so neither 'client_assertion' nor 'client_secret' should be presented.",
    );
  }
  authenticate(tenant, sessions, client, form);
  const scope = form.get("scope") ?? "";
  if (!scope.endsWith("/.default")) {
    throw new EntraFailure(
      "invalid_scope",
      1002012,
      `The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`,
    );
  }
  const resource = resourceNamed(tenant, scope.slice(0, -"/.default".length));
  const principal = tenant.data.servicePrincipals.find(({ appId }) => appId === client.appId);
  if (principal === undefined || !tenant.replication.view()(principal.id)) {
    throw new EntraFailure(
      "invalid_client",
      7000229,
      `The client application ${client.appId} is missing service principal in the tenant ${tenant.data.tenantId}. See instructions here: https://go.microsoft.com/fwlink/?linkid=2225119`,
    );
  }
  if (!principal.accountEnabled) {
    throw new EntraFailure(
      "unauthorized_client",
      7000112,
      `Application '${client.appId}'(${client.name}) is disabled.`,
    );
  }
  return tokenForApplication(tenant, client, principal, resource);
}

const jwtBearer = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

function authenticate(tenant: Tenant, sessions: Sessions, client: Client, form: Form): void {
  if (form.has("client_secret")) {
    throw new EntraFailure(
      "invalid_client",
      7000215,
      `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${client.appId}'.`,
    );
  }
  const assertion = form.get("client_assertion");
  if (assertion === null) {
    throw new EntraFailure(
      "invalid_client",
      7000218,
      "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
    );
  }
  if (form.get("client_assertion_type") !== jwtBearer) {
    throw new EntraFailure("invalid_request", 900144, missing("client_assertion_type"));
  }
  verifyAssertion(tenant, client, assertion, sessions.assertions);
}
