import type { Person, ServicePrincipal } from "../data.ts";
import { rolesOf } from "../directory.ts";
import { rolesFor } from "../graph/access.ts";
import { newKey } from "../ids.ts";
import type { Tenant } from "../tenant.ts";
import { clientPrincipal } from "./clients.ts";
import type { Client } from "./clients.ts";

/** Whether somebody may consent to delegated permissions for the whole organization. */
export function mayConsentForAll(tenant: Tenant, person: Person): boolean {
  const roles: readonly string[] = rolesFor.consent;
  return rolesOf(tenant.data, person.id).some((role) => roles.includes(role));
}

export function needsAdmin(resource: ServicePrincipal, values: readonly string[]): boolean {
  return resource.oauth2PermissionScopes.some(
    ({ value, type }) => type === "Admin" && values.includes(value),
  );
}

/** Records a consent: added to an existing grant, never instead of it. */
export function recordConsent(
  tenant: Tenant,
  client: Client,
  person: Person,
  resource: ServicePrincipal,
  values: readonly string[],
  forAll: boolean,
): void {
  const { id: clientId } = clientPrincipal(tenant, client);
  const principalId = forAll ? null : person.id;
  const existing = tenant.data.permissionGrants.find(
    (grant) =>
      grant.clientId === clientId && grant.resourceId === resource.id && grant.principalId === principalId,
  );
  if (existing !== undefined) {
    existing.scope = [...new Set([...existing.scope.split(" "), ...values])].join(" ").trim();
    return;
  }
  tenant.data.permissionGrants.push({
    id: newKey(tenant.randomBytes),
    clientId,
    consentType: forAll ? "AllPrincipals" : "Principal",
    principalId,
    resourceId: resource.id,
    scope: values.join(" "),
  });
}
