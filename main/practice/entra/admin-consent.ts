import type { Person } from "../data.ts";
import { rolesOf } from "../directory.ts";
import { timestamp } from "../entities.ts";
import { rolesFor } from "../graph/access.ts";
import { escape } from "../html.ts";
import { newKey } from "../ids.ts";
import { graphAppId } from "../resources.ts";
import type { Tenant } from "../tenant.ts";
import type { PageWords } from "../words.ts";
import { errorPage } from "./authorize.ts";
import { clientPrincipal, findClient } from "./clients.ts";
import type { Client } from "./clients.ts";
import { recordConsent } from "./consent.ts";
import { EntraFailure, unknownApplication } from "./errors.ts";
import { accountPicker, form, page } from "./pages.ts";

/**
 * The consent address `/{tenant}/adminconsent?client_id=…`: grants all that the registration asks for. One
 * permission that is no longer offered stops it as a whole
 * (learn.microsoft.com/entra/identity/enterprise-apps/grant-admin-consent).
 */
export function adminConsent(
  tenant: Tenant,
  query: URLSearchParams,
  posted: URLSearchParams,
  words: PageWords,
): Response {
  const clientId = query.get("client_id") ?? "";
  const client = findClient(tenant, clientId);
  if (client === null) return errorPage(tenant, words, unknownApplication(clientId, tenant.data.displayName));
  const person = tenant.data.people.find(
    ({ userPrincipalName }) => userPrincipalName === posted.get("account"),
  );
  if (person === undefined) return accountPicker(tenant, words, client.name, null);
  const wanted = wantedBy(tenant, client);
  if (wanted instanceof EntraFailure) return errorPage(tenant, words, wanted);
  if (!allowed(tenant, person, wanted)) {
    const failure = new EntraFailure("access_denied", 90094, "The grant requires admin permission.");
    return errorPage(tenant, words, failure);
  }
  if (posted.get("step") !== "consent") {
    const items = wanted
      .map(({ text, value }) => `<li>${escape(text)}<small>${escape(value)}</small></li>`)
      .join("");
    const fields = { step: "consent", account: person.userPrincipalName };
    const accept = form({ fields, button: escape(words.t("practice.sign-in.accept")) });
    return page(
      words,
      words.t("practice.sign-in.permissions"),
      `<p>${escape(words.t("practice.sign-in.wants", { app: client.name }))}</p><ul>${items}</ul>${accept}`,
    );
  }
  grant(tenant, client, person, wanted);
  return page(words, words.t("practice.sign-in.granted", { app: client.name }), "");
}

interface Wanted {
  resourceId: string;
  resourceAppId: string;
  kind: "Scope" | "Role";
  id: string;
  value: string;
  text: string;
}

function wantedBy(tenant: Tenant, client: Client): Wanted[] | EntraFailure {
  const found: Wanted[] = [];
  for (const { resourceAppId, resourceAccess } of client.application?.requiredResourceAccess ?? []) {
    const resource = tenant.data.servicePrincipals.find(({ appId }) => appId === resourceAppId);
    for (const { id, type } of resourceAccess) {
      const scope = resource?.oauth2PermissionScopes.find((offer) => offer.id === id && type === "Scope");
      const role = resource?.appRoles.find((offer) => offer.id === id && type === "Role");
      const offer = scope ?? role;
      if (resource === undefined || offer === undefined) {
        return new EntraFailure(
          "invalid_client",
          650051,
          `Claim is invalid: ${id} does not exist on resource application ${resourceAppId}.`,
        );
      }
      const text = scope?.adminConsentDisplayName ?? role?.displayName ?? offer.value;
      const kind = scope === undefined ? "Role" : "Scope";
      found.push({ resourceId: resource.id, resourceAppId, kind, id, value: offer.value, text });
    }
  }
  return found;
}

function allowed(tenant: Tenant, person: Person, wanted: readonly Wanted[]): boolean {
  const graphRole = wanted.some(({ kind, resourceAppId }) => kind === "Role" && resourceAppId === graphAppId);
  const roles: readonly string[] = graphRole ? rolesFor.consentToGraphRoles : rolesFor.consent;
  return !person.blocked && rolesOf(tenant.data, person.id).some((role) => roles.includes(role));
}

function grant(tenant: Tenant, client: Client, person: Person, wanted: readonly Wanted[]): void {
  const principal = clientPrincipal(tenant, client);
  for (const { resourceId, kind, id, value } of wanted) {
    const resource = tenant.data.servicePrincipals.find((other) => other.id === resourceId);
    if (resource === undefined) continue;
    if (kind === "Scope") {
      recordConsent(tenant, client, person, resource, [value], true);
      continue;
    }
    const exists = tenant.data.appRoleAssignments.some(
      (other) =>
        other.principalId === principal.id && other.resourceId === resourceId && other.appRoleId === id,
    );
    if (exists) continue;
    tenant.data.appRoleAssignments.push({
      id: newKey(tenant.randomBytes),
      deletedDateTime: null,
      appRoleId: id,
      createdDateTime: timestamp(tenant.clock.now()),
      principalDisplayName: principal.displayName,
      principalId: principal.id,
      principalType: "ServicePrincipal",
      resourceDisplayName: resource.displayName,
      resourceId,
    });
  }
}
