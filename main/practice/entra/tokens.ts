import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import type { Person, ServicePrincipal } from "../data.ts";
import { rolesOf } from "../directory.ts";
import { plainUser } from "../graph/graph.ts";
import { newKey } from "../ids.ts";
import { signJwt } from "../jwt.ts";
import { exchangeAppId, graphAppId } from "../resources.ts";
import type { Tenant } from "../tenant.ts";
import type { Client } from "./clients.ts";
import { consentNeeded } from "./errors.ts";
import { consentedScopes, missingConsent } from "./scopes.ts";
import type { Asked } from "./scopes.ts";

/** What a refresh token is kept by; the token itself is only the client's. */
export function refreshTokenKey(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}

/** Lifetime of access tokens in seconds. */
const lifetime = 3900;

/**
 * Tokens for a signed-in person. The rights in them are those of this moment: what is granted later needs a new
 * token. Errors: EntraFailure when consent is missing.
 */
export async function tokensForPerson(
  tenant: Tenant,
  client: Client,
  person: Person,
  asked: Asked,
  nonce: string | null,
): Promise<object> {
  if (missingConsent(tenant, client, person, asked).length > 0)
    throw consentNeeded(client.appId, client.name);
  const key = await tenant.signingKey();
  const consented = client.preauthorized
    ? new Set(asked.isDefault ? ["Directory.AccessAsUser.All"] : asked.values)
    : consentedScopes(tenant, client, person, asked.resource);
  const granted = [...consented].filter((value) => value !== "offline_access").toSorted();
  const { tenantId } = tenant.data;
  const access = {
    ...common(tenant, asked.resource),
    acr: "1",
    amr: ["pwd", "mfa"],
    app_displayname: client.name,
    appid: client.appId,
    appidacr: "0",
    family_name: person.surname,
    given_name: person.givenName,
    idtyp: "user",
    name: person.displayName,
    oid: person.id,
    scp: granted.join(" "),
    sub: newKey(tenant.randomBytes),
    unique_name: person.userPrincipalName,
    upn: person.userPrincipalName,
    wids: [...rolesOf(tenant.data, person.id), plainUser],
  };
  const answer: Record<string, unknown> = {
    token_type: "Bearer",
    scope: scopeText(tenant, asked, granted),
    expires_in: lifetime,
    ext_expires_in: lifetime,
    access_token: signJwt(key, access),
    client_info: Buffer.from(JSON.stringify({ uid: person.id, utid: tenantId })).toString("base64url"),
  };
  if (asked.openId.includes("offline_access")) {
    const token = `1.${newKey(tenant.randomBytes)}${newKey(tenant.randomBytes)}`;
    tenant.data.refreshTokens[refreshTokenKey(token)] = { clientId: client.appId, personId: person.id };
    answer["refresh_token"] = token;
  }
  if (asked.openId.includes("openid")) {
    const { iat, nbf, exp, uti } = access;
    answer["id_token"] = signJwt(key, {
      aud: client.appId,
      iss: `https://${tenant.hosts.login}/${tenantId}/v2.0`,
      iat,
      nbf,
      exp,
      name: person.displayName,
      ...(nonce !== null && { nonce }),
      oid: person.id,
      preferred_username: person.userPrincipalName,
      sub: `${person.id}-${client.appId}`,
      tid: tenantId,
      uti,
      ver: "2.0",
    });
  }
  return answer;
}

/** A token for an application itself: its granted application permissions and its directory roles, as of now. */
export async function tokenForApplication(
  tenant: Tenant,
  client: Client,
  principal: ServicePrincipal,
  resource: ServicePrincipal,
): Promise<object> {
  const visible = tenant.replication.view();
  const roles = tenant.data.appRoleAssignments
    .filter(
      (grant) => grant.principalId === principal.id && grant.resourceId === resource.id && visible(grant.id),
    )
    .flatMap(({ appRoleId }) =>
      resource.appRoles.filter(({ id }) => id === appRoleId).map(({ value }) => value),
    );
  const wids = rolesOf(tenant.data, principal.id, visible);
  const claims = {
    ...common(tenant, resource),
    app_displayname: client.name,
    appid: client.appId,
    appidacr: "2",
    idp: `https://${tenant.hosts.sts}/${tenant.data.tenantId}/`,
    idtyp: "app",
    oid: principal.id,
    sub: principal.id,
    ...(roles.length > 0 && { roles }),
    ...(wids.length > 0 && { wids }),
  };
  return {
    token_type: "Bearer",
    expires_in: lifetime,
    ext_expires_in: lifetime,
    access_token: signJwt(await tenant.signingKey(), claims),
  };
}

function common(tenant: Tenant, resource: ServicePrincipal) {
  const now = Math.floor(tenant.clock.now().getTime() / 1000);
  const { tenantId } = tenant.data;
  return {
    aud: audienceOf(tenant, resource),
    iss: `https://${tenant.hosts.sts}/${tenantId}/`,
    iat: now,
    nbf: now,
    exp: now + lifetime,
    tid: tenantId,
    uti: tenant.randomBytes(16).toString("base64url"),
    ver: "1.0",
  };
}

function audienceOf(tenant: Tenant, resource: ServicePrincipal): string {
  if (resource.appId === graphAppId) return `https://${tenant.hosts.graph}`;
  if (resource.appId === exchangeAppId) return `https://${tenant.hosts.exchange}`;
  return resource.appId;
}

/** Written as the client wrote its request, with or without the API's address. */
function scopeText(tenant: Tenant, asked: Asked, granted: readonly string[]): string {
  const prefix = asked.values.length > 0 ? asked.prefix : audienceOf(tenant, asked.resource);
  return granted.map((value) => (prefix === "" || isOpenId(value) ? value : `${prefix}/${value}`)).join(" ");
}

function isOpenId(value: string): boolean {
  return value === "openid" || value === "profile" || value === "email";
}
