import type { Person, PermissionScope, ServicePrincipal } from "../data.ts";
import { graphAppId } from "../resources.ts";
import type { Tenant } from "../tenant.ts";
import type { Client } from "./clients.ts";
import { EntraFailure } from "./errors.ts";

/** What a client asks for, of one API. */
export interface Asked {
  resource: ServicePrincipal;
  /** As the client writes the API, for the answer's `scope`; "" when it left it out. */
  prefix: string;
  /** Delegated permissions by value, without the OpenID ones. */
  values: readonly string[];
  /** ".default": what was consented to already. */
  isDefault: boolean;
  openId: readonly string[];
}

const openIdScopes = ["openid", "profile", "email", "offline_access"];

/** Reads the `scope` parameter (RFC 6749 section 3.3). Errors: EntraFailure for unknown APIs and permissions. */
export function askedScopes(tenant: Tenant, client: Client, scope: string): Asked {
  const words = scope.split(/\s+/).filter((word) => word !== "");
  const openId = words.filter((word) => openIdScopes.includes(word));
  const rest = words
    .filter((word) => !openIdScopes.includes(word))
    .map((word) => {
      const slash = word.lastIndexOf("/");
      const prefix = slash < 0 ? "" : word.slice(0, slash);
      return { prefix, value: word.slice(slash + 1) };
    });
  const prefixes = [...new Set(rest.map(({ prefix }) => prefix))];
  const resources = [...new Set(prefixes.map((prefix) => resourceNamed(tenant, prefix)))];
  if (resources.length > 1) {
    throw new EntraFailure(
      "invalid_request",
      28000,
      `Provided value for the input parameter scope is not valid because it contains more than one resource. Scope ${scope} is not valid.`,
    );
  }
  const resource = resources[0] ?? resourceNamed(tenant, "");
  const isDefault = rest.some(({ value }) => value === ".default");
  if (isDefault && rest.length > 1) {
    throw new EntraFailure(
      "invalid_scope",
      70011,
      `The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid. .default scope can't be combined with resource-specific scopes.`,
    );
  }
  const values = isDefault ? [] : rest.map(({ value }) => knownScope(client, resource, value).value);
  return { resource, prefix: prefixes[0] ?? "", values, isDefault, openId };
}

/** The API with this name; an empty one means Microsoft Graph. Errors: EntraFailure. */
export function resourceNamed(tenant: Tenant, name: string): ServicePrincipal {
  const wanted = name === "" ? graphAppId : name.replace(/\/$/, "").toLowerCase();
  const found = tenant.data.servicePrincipals.find(({ servicePrincipalNames }) =>
    servicePrincipalNames.some((known) => known.toLowerCase() === wanted),
  );
  if (found !== undefined) return found;
  throw new EntraFailure(
    "invalid_resource",
    500011,
    `The resource principal named ${name} was not found in the tenant named ${tenant.data.displayName}. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You might have sent your authentication request to the wrong tenant.`,
  );
}

function knownScope(client: Client, resource: ServicePrincipal, value: string): PermissionScope {
  const found = resource.oauth2PermissionScopes.find(
    (offer) => offer.value.toLowerCase() === value.toLowerCase() && offer.isEnabled,
  );
  if (found !== undefined) return found;
  throw new EntraFailure(
    "invalid_client",
    650053,
    `The application '${client.name}' asked for scope '${value}' that doesn't exist on the resource '${resource.appId}'. Contact the app vendor.`,
    { status: 400 },
  );
}

/** What was consented to for this person, by themselves or for everybody, as values. */
export function consentedScopes(
  tenant: Tenant,
  client: Client,
  person: Person,
  resource: ServicePrincipal,
): Set<string> {
  const principal = tenant.data.servicePrincipals.find(({ appId }) => appId === client.appId);
  const grants = tenant.data.permissionGrants.filter(
    (grant) =>
      grant.clientId === principal?.id &&
      grant.resourceId === resource.id &&
      (grant.consentType === "AllPrincipals" || grant.principalId === person.id),
  );
  return new Set(grants.flatMap(({ scope }) => scope.split(" ").filter((value) => value !== "")));
}

/** What of the request still needs consent. Microsoft's preauthorized clients need none. */
export function missingConsent(tenant: Tenant, client: Client, person: Person, asked: Asked): string[] {
  if (client.preauthorized) return [];
  const consented = consentedScopes(tenant, client, person, asked.resource);
  return wantedScopes(client, asked).filter((value) => !consented.has(value));
}

/** The permissions that a request is about; for ".default" those of the registration. */
export function wantedScopes(client: Client, asked: Asked): string[] {
  const openId = asked.resource.appId === graphAppId ? asked.openId : [];
  if (!asked.isDefault) return [...new Set([...openId, ...asked.values])];
  const ids = (client.application?.requiredResourceAccess ?? [])
    .filter(({ resourceAppId }) => resourceAppId === asked.resource.appId)
    .flatMap(({ resourceAccess }) =>
      resourceAccess.filter(({ type }) => type === "Scope").map(({ id }) => id),
    );
  const required = asked.resource.oauth2PermissionScopes.filter(({ id }) => ids.includes(id));
  return [...new Set([...openId, ...required.map(({ value }) => value)])];
}
