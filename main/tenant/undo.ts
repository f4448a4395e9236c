import type { ActualTenant } from "./actual.ts";
import type { JournalLine } from "./applied.ts";
import type { Change, Inverse } from "./change.ts";
import { isCertificate } from "./key-credentials.ts";
import { assignDirectoryRole, changeApplication, grantRole, grantScopes } from "./rights.ts";
import { absent, scopeShown } from "./shown.ts";
import { isAbout, isTaken, takesBack } from "./undo-id.ts";

/**
 * What this app changed and has not taken back, newest first, from the journal's lines in their order. A line
 * "sending" without an answer counts: the change may be in the tenant. What was only found is somebody else's.
 */
export function ownChanges(lines: readonly Pick<JournalLine, "phase" | "change" | "inverse">[]): Inverse[] {
  const own = new Map<string, Inverse>();
  /** Attempts without an answer. A refusal of the last one says nothing about those that a crash cut off before. */
  const unanswered = new Map<string, number>();
  for (const { phase, change, inverse } of lines) {
    if (inverse === null) {
      if (phase === "done" || phase === "found") {
        own.delete(change);
        unanswered.delete(change);
      }
      continue;
    }
    const id = takesBack(inverse);
    const open = unanswered.get(id) ?? 0;
    if (phase === "sending" && (open > 0 || !own.has(id))) {
      unanswered.set(id, open + 1);
      if (!own.has(id)) own.set(id, inverse);
    } else if (phase === "done") {
      unanswered.delete(id);
    } else if (phase === "refused" && open > 0) {
      unanswered.set(id, open - 1);
      if (open === 1) own.delete(id);
    }
  }
  return [...own.values()].toReversed();
}

/**
 * The changes that take `inverses` back, in their order, each computed from what is there now: what others added
 * meanwhile stays, and what is gone already needs nothing.
 */
export function planUndo(inverses: readonly Inverse[], actual: ActualTenant): Change[] {
  const changes = inverses.flatMap((inverse) => undoOf(inverse, actual));
  return changes.map((change, index) => ({
    ...change,
    needs: change.kind === "delete-application" ? changes.slice(0, index).map(({ id }) => id) : [],
  }));
}

function undoOf(inverse: Inverse, actual: ActualTenant): Change[] {
  if (!actual.application.known || actual.application.value === null) return [];
  const application = actual.application.value;
  if (!isAbout(inverse, application) || isTaken(inverse, actual)) return [];
  const path = `/applications/${application.id}`;
  const principal = actual.servicePrincipal.known ? actual.servicePrincipal.value : null;
  const id = takesBack(inverse);
  const common = {
    id,
    effects: [id],
    after: [absent],
    inverse: null,
    needs: [],
    replaces: false,
    right: changeApplication,
  } as const;
  const write = ["Application.ReadWrite.All"] as const;
  switch (inverse.kind) {
    case "delete-application":
      return [
        {
          ...common,
          kind: inverse.kind,
          steps: ["create-application"],
          part: "application",
          before: [{ key: "application", params: { name: application.displayName } }],
          request: { method: "DELETE", path, scopes: write },
        },
      ];
    case "set-audience":
      return [
        {
          ...common,
          kind: inverse.kind,
          steps: ["single-tenant"],
          part: "application",
          before: [{ key: "audience", params: { value: application.signInAudience } }],
          after: [{ key: "audience", params: { value: inverse.value } }],
          request: { method: "PATCH", path, body: { signInAudience: inverse.value }, scopes: write },
        },
      ];
    case "unrequest-permissions": {
      const gone = (resourceAppId: string, entry: { id: string; type: string }) =>
        inverse.entries.some(
          (other) =>
            other.resourceAppId === resourceAppId && other.id === entry.id && other.type === entry.type,
        );
      const kept = application.requiredResourceAccess
        .map((resource) => ({
          ...resource,
          resourceAccess: resource.resourceAccess.filter((entry) => !gone(resource.resourceAppId, entry)),
        }))
        .filter(({ resourceAccess }) => resourceAccess.length > 0);
      return [
        {
          ...common,
          kind: inverse.kind,
          steps: ["api-permissions"],
          part: "application",
          replaces: true,
          before: inverse.entries.map((entry) => scopeShown(entry.id)),
          request: { method: "PATCH", path, body: { requiredResourceAccess: kept }, scopes: write },
        },
      ];
    }
    case "remove-certificate": {
      const { subject, sha1 } = inverse;
      const keyCredentials = application.keyCredentials.filter((key) => !isCertificate(key, inverse));
      return [
        {
          ...common,
          kind: inverse.kind,
          steps: ["upload-certificate"],
          part: "application",
          replaces: true,
          before: [{ key: "certificate", params: { subject, sha1, notAfter: "" } }],
          request: { method: "PATCH", path, body: { keyCredentials }, scopes: write },
        },
      ];
    }
    case "delete-service-principal":
      if (principal === null) return [];
      return [
        {
          ...common,
          kind: inverse.kind,
          steps: ["register-application"],
          part: "servicePrincipal",
          before: [{ key: "service-principal", params: {} }],
          request: { method: "DELETE", path: `/servicePrincipals/${principal.id}`, scopes: write },
        },
      ];
    case "hide-service-principal":
      if (principal === null) return [];
      return [
        {
          ...common,
          kind: inverse.kind,
          steps: ["register-application"],
          part: "servicePrincipal",
          replaces: true,
          before: [{ key: "listed", params: {} }],
          after: [{ key: "not-listed", params: {} }],
          request: {
            method: "PATCH",
            path: `/servicePrincipals/${principal.id}`,
            body: { tags: principal.tags.filter((tag) => tag !== inverse.tag) },
            scopes: write,
          },
        },
      ];
    case "revoke-role": {
      const grant = roleGrantOf(inverse, actual);
      if (principal === null || grant === undefined) return [];
      return [
        {
          ...common,
          kind: inverse.kind,
          steps: ["admin-consent"],
          part: "roleGrants",
          before: [scopeShown(inverse.value)],
          right: grantRole(inverse.resourceAppId),
          request: {
            method: "DELETE",
            path: `/servicePrincipals/${principal.id}/appRoleAssignments/${grant.id}`,
            scopes: ["AppRoleAssignment.ReadWrite.All"],
          },
        },
      ];
    }
    case "revoke-scopes": {
      const grant = scopeGrantOf(inverse, actual);
      if (grant === undefined) return [];
      const kept = grant.scopes.filter((scope) => !inverse.scopes.includes(scope));
      const scopes = ["DelegatedPermissionGrant.ReadWrite.All"] as const;
      const grantPath = `/oauth2PermissionGrants/${grant.id}`;
      return [
        {
          ...common,
          kind: inverse.kind,
          steps: ["admin-consent"],
          part: "scopeGrants",
          replaces: true,
          before: inverse.scopes.map(scopeShown),
          right: grantScopes,
          request:
            kept.length === 0
              ? { method: "DELETE", path: grantPath, scopes }
              : { method: "PATCH", path: grantPath, body: { scope: kept.join(" ") }, scopes },
        },
      ];
    }
    default: {
      const assignment = roleAssignmentOf(inverse, actual);
      if (assignment === undefined) return [];
      return [
        {
          ...common,
          kind: inverse.kind,
          steps: ["exchange-role"],
          part: "roleAssignments",
          before: [{ key: "role", params: { role: inverse.roleDefinitionId } }],
          right: assignDirectoryRole,
          request: {
            method: "DELETE",
            path: `/roleManagement/directory/roleAssignments/${assignment.id}`,
            scopes: ["RoleManagement.ReadWrite.Directory"],
          },
        },
      ];
    }
  }
}

function resourceIdOf(resourceAppId: string, actual: ActualTenant): string | null {
  const resource = actual.resources[resourceAppId];
  return resource?.known === true ? (resource.value?.id ?? null) : null;
}

function roleGrantOf(inverse: Extract<Inverse, { kind: "revoke-role" }>, actual: ActualTenant) {
  const resourceId = resourceIdOf(inverse.resourceAppId, actual);
  if (!actual.roleGrants.known) return undefined;
  return actual.roleGrants.value.find(
    (grant) => grant.resourceId === resourceId && grant.appRoleId === inverse.appRoleId,
  );
}

function scopeGrantOf(inverse: Extract<Inverse, { kind: "revoke-scopes" }>, actual: ActualTenant) {
  const resourceId = resourceIdOf(inverse.resourceAppId, actual);
  if (!actual.scopeGrants.known) return undefined;
  return actual.scopeGrants.value.find(
    (grant) =>
      grant.resourceId === resourceId &&
      grant.consentType === "AllPrincipals" &&
      grant.scopes.some((scope) => inverse.scopes.includes(scope)),
  );
}

function roleAssignmentOf(inverse: Extract<Inverse, { kind: "unassign-role" }>, actual: ActualTenant) {
  if (!actual.roleAssignments.known) return undefined;
  return actual.roleAssignments.value.find(
    ({ roleDefinitionId, directoryScopeId }) =>
      roleDefinitionId === inverse.roleDefinitionId && directoryScopeId === "/",
  );
}
