import { z } from "zod";
import { known } from "./actual.ts";
import type { ActualTenant, Application, Known, ServicePrincipal } from "./actual.ts";
import type { Change } from "./change.ts";
import { createdEntity, keyCredentialEntity, requiredResourceEntity } from "./entities.ts";

const bodies = {
  application: z.object({
    displayName: z.string().optional(),
    signInAudience: z.string().optional(),
    requiredResourceAccess: z.array(requiredResourceEntity).optional(),
    keyCredentials: z.array(keyCredentialEntity).optional(),
  }),
  servicePrincipal: z.object({ appId: z.string().optional(), tags: z.array(z.string()) }),
  roleGrant: z.object({ resourceId: z.string(), appRoleId: z.string() }),
  scopeGrant: z.object({ resourceId: z.string().optional(), scope: z.string() }),
  roleAssignment: z.object({ roleDefinitionId: z.string(), directoryScopeId: z.string() }),
};

/**
 * The tenant as it is after a change that Graph answered with success, so that the next change can be planned
 * without reading everything again. Null when the answer does not say enough (a create without its identifiers).
 */
export function absorb(actual: ActualTenant, change: Change, answer: unknown): ActualTenant | null {
  const created = createdEntity.safeParse(answer);
  const id = created.success ? created.data.id : null;
  const { method, path, body } = change.request;
  if (method === "DELETE") return withoutDeleted(actual, change, path);
  if (change.kind === "restore-application") return restored(actual);
  switch (change.part) {
    case "application":
      return absorbApplication(actual, change, id, created.data?.appId ?? null);
    case "servicePrincipal": {
      const sent = bodies.servicePrincipal.parse(body);
      const before = actual.servicePrincipal;
      if (before.known && before.value !== null) {
        return { ...actual, servicePrincipal: known({ ...before.value, tags: sent.tags }) };
      }
      if (id === null) return null;
      const principal: ServicePrincipal = {
        id,
        appId: sent.appId ?? "",
        accountEnabled: true,
        tags: sent.tags,
      };
      return { ...actual, servicePrincipal: known(principal) };
    }
    case "roleGrants":
      return {
        ...actual,
        roleGrants: added(actual.roleGrants, { id: id ?? "", ...bodies.roleGrant.parse(body) }),
      };
    case "scopeGrants":
      return absorbScopes(actual, path, id, bodies.scopeGrant.parse(body));
    default: {
      const sent = bodies.roleAssignment.parse(body);
      return { ...actual, roleAssignments: added(actual.roleAssignments, { id: id ?? "", ...sent }) };
    }
  }
}

function added<T>(part: Known<readonly T[]>, item: T): Known<readonly T[]> {
  return part.known ? known([...part.value, item]) : part;
}

/** Restoring brings the registration back as it was, without its service principal. */
function restored(actual: ActualTenant): ActualTenant | null {
  const { deletedApplication } = actual;
  if (!deletedApplication.known || deletedApplication.value === null) return null;
  const { deletedAt: _, ...application } = deletedApplication.value;
  return { ...actual, application: known(application), deletedApplication: known(null) };
}

function absorbApplication(
  actual: ActualTenant,
  change: Change,
  id: string | null,
  appId: string | null,
): ActualTenant | null {
  const sent = bodies.application.parse(change.request.body);
  const before = actual.application;
  const given = {
    ...(sent.displayName !== undefined && { displayName: sent.displayName }),
    ...(sent.signInAudience !== undefined && { signInAudience: sent.signInAudience }),
    ...(sent.requiredResourceAccess && { requiredResourceAccess: sent.requiredResourceAccess }),
    ...(sent.keyCredentials && { keyCredentials: sent.keyCredentials }),
  };
  if (before.known && before.value !== null) {
    return { ...actual, application: known({ ...before.value, ...given }) };
  }
  if (id === null || appId === null) return null;
  const application: Application = {
    id,
    appId: appId.toLowerCase(),
    displayName: "",
    uniqueName: null,
    signInAudience: "",
    createdAt: null,
    disabledByMicrosoft: false,
    requiredResourceAccess: [],
    keyCredentials: [],
    ...given,
  };
  return { ...actual, application: known(application) };
}

function absorbScopes(
  actual: ActualTenant,
  path: string,
  id: string | null,
  sent: { resourceId?: string | undefined; scope: string },
): ActualTenant {
  const scopes = sent.scope.split(/\s+/).filter((scope) => scope !== "");
  if (!actual.scopeGrants.known) return actual;
  if (sent.resourceId !== undefined) {
    const grant = { id: id ?? "", resourceId: sent.resourceId, consentType: "AllPrincipals", scopes };
    return { ...actual, scopeGrants: added(actual.scopeGrants, grant) };
  }
  const grantId = path.slice(path.lastIndexOf("/") + 1);
  return {
    ...actual,
    scopeGrants: known(
      actual.scopeGrants.value.map((grant) => (grant.id === grantId ? { ...grant, scopes } : grant)),
    ),
  };
}

function withoutDeleted(actual: ActualTenant, change: Change, path: string): ActualTenant {
  const id = path.slice(path.lastIndexOf("/") + 1);
  const without = <T extends { id: string }>(part: Known<readonly T[]>): Known<readonly T[]> =>
    part.known ? known(part.value.filter((item) => item.id !== id)) : part;
  switch (change.part) {
    case "application":
      return { ...actual, application: known(null) };
    case "servicePrincipal":
      return {
        ...actual,
        servicePrincipal: known(null),
        roleGrants: known([]),
        scopeGrants: known([]),
        roleAssignments: known([]),
      };
    case "roleGrants":
      return { ...actual, roleGrants: without(actual.roleGrants) };
    case "scopeGrants":
      return { ...actual, scopeGrants: without(actual.scopeGrants) };
    default:
      return { ...actual, roleAssignments: without(actual.roleAssignments) };
  }
}
