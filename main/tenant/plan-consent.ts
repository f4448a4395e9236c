import { known } from "./actual.ts";
import type { ActualTenant } from "./actual.ts";
import { placeholders } from "./change.ts";
import type { Change } from "./change.ts";
import type { OfferedRow } from "./resolve.ts";
import { absent, permissionShown, scopeShown } from "./shown.ts";
import { grantRole, grantScopes } from "./rights.ts";

function principalId(actual: ActualTenant): string {
  const { servicePrincipal } = actual;
  return (servicePrincipal.known ? servicePrincipal.value?.id : undefined) ?? placeholders.servicePrincipalId;
}

/** Consent to the application permissions, one change each: they may need different roles. */
export function roleChanges(rows: readonly OfferedRow[], actual: ActualTenant, creating: boolean): Change[] {
  const grants = creating ? known([]) : actual.roleGrants;
  if (!grants.known) return [];
  const principal = principalId(actual);
  return rows
    .filter(({ row }) => row.type === "Application")
    .filter(({ offer }) =>
      grants.value.every(
        ({ resourceId, appRoleId }) =>
          resourceId !== offer.value.resourceId || appRoleId.toLowerCase() !== offer.value.id,
      ),
    )
    .map((resolved) => {
      const { row, offer } = resolved;
      return {
        id: `grant-role:${row.id}`,
        kind: "grant-role",
        steps: ["admin-consent"],
        before: [absent],
        after: [permissionShown(resolved)],
        effects: [`grant:${row.id}`],
        request: {
          method: "POST",
          path: `/servicePrincipals/${principal}/appRoleAssignments`,
          body: { principalId: principal, resourceId: offer.value.resourceId, appRoleId: offer.value.id },
          scopes: ["AppRoleAssignment.ReadWrite.All", "Application.Read.All"],
        },
        right: grantRole(row.resourceAppId),
        needs: ["create-service-principal"],
        inverse: {
          kind: "revoke-role",
          resourceAppId: row.resourceAppId,
          appRoleId: offer.value.id,
          value: row.value,
        },
        part: "roleGrants",
        replaces: false,
      };
    });
}

/** Consent for everybody to the delegated permissions, one change for each API; existing scopes stay. */
export function scopeChanges(rows: readonly OfferedRow[], actual: ActualTenant, creating: boolean): Change[] {
  const grants = creating ? known([]) : actual.scopeGrants;
  if (!grants.known) return [];
  const delegated = rows.filter(({ row }) => row.type === "Delegated");
  const resources = [...new Set(delegated.map(({ row }) => row.resourceAppId))];
  return resources.flatMap((resourceAppId) => {
    const ofResource = delegated.filter(({ row }) => row.resourceAppId === resourceAppId);
    const resourceId = ofResource[0]?.offer.value.resourceId ?? "";
    const forAll = grants.value.filter(
      (grant) => grant.resourceId === resourceId && grant.consentType === "AllPrincipals",
    );
    const granted = new Set(forAll.flatMap(({ scopes }) => scopes));
    const missing = ofResource.filter(({ row }) => !granted.has(row.value));
    if (missing.length === 0) return [];
    const scopes = missing.map(({ row }) => row.value);
    const [existing] = forAll;
    const change: Change = {
      id: `grant-scopes:${resourceAppId}`,
      kind: "grant-scopes",
      steps: ["admin-consent"],
      before: existing === undefined ? [absent] : existing.scopes.map(scopeShown),
      after: missing.map(permissionShown),
      effects: missing.map(({ row }) => `grant:${row.id}`),
      request:
        existing === undefined
          ? {
              method: "POST",
              path: "/oauth2PermissionGrants",
              body: {
                clientId: principalId(actual),
                consentType: "AllPrincipals",
                principalId: null,
                resourceId,
                scope: scopes.join(" "),
              },
              scopes: ["DelegatedPermissionGrant.ReadWrite.All"],
            }
          : {
              method: "PATCH",
              path: `/oauth2PermissionGrants/${existing.id}`,
              body: { scope: [...existing.scopes, ...scopes].join(" ") },
              scopes: ["DelegatedPermissionGrant.ReadWrite.All"],
            },
      right: grantScopes,
      needs: ["create-service-principal"],
      inverse: { kind: "revoke-scopes", resourceAppId, scopes },
      part: "scopeGrants",
      replaces: existing !== undefined,
    };
    return [change];
  });
}
