import fc from "fast-check";
import { permissions } from "../../../main/guide/permissions.ts";
import { enterpriseApplicationTag, exchangeAdministrator } from "../../../main/tenant/desired.ts";
import { certificate } from "./bench.ts";
import { emptyTenant } from "./graph-model.ts";
import type { ModelState } from "./graph-model.ts";

function foreignKey(index: number) {
  return {
    keyId: `foreign-key-${index}`,
    customKeyIdentifier: "FFFF",
    key: Buffer.from(`theirs ${index}`).toString("base64"),
    type: "AsymmetricX509Cert",
    usage: "Verify",
  };
}

/** A tenant in any state between empty and prepared, with things that others made. */
export const anyTenant: fc.Arbitrary<ModelState> = fc
  .record({
    gone: fc.subarray(permissions.map(({ id }) => id)),
    application: fc.boolean(),
    principal: fc.boolean(),
    tagged: fc.boolean(),
    audience: fc.constantFrom("AzureADMyOrg", "AzureADMultipleOrgs"),
    requested: fc.subarray([...permissions]),
    granted: fc.subarray([...permissions]),
    foreignScopes: fc.subarray(["Mail.Read", "Calendars.Read"]),
    foreignRole: fc.boolean(),
    foreignKeys: fc.integer({ min: 0, max: 3 }),
    ownConsents: fc.boolean(),
    key: fc.boolean(),
    role: fc.boolean(),
  })
  .map((wanted) => {
    const state = emptyTenant(wanted.gone);
    if (!wanted.application) return state;
    state.applications.push({
      id: "object-1",
      appId: "app-own",
      displayName: "IAM.cloud Exchange Online",
      uniqueName: "exchange-rollout-setup-1",
      signInAudience: wanted.audience,
      createdDateTime: "2026-01-01T00:00:00Z",
      requiredResourceAccess: [
        { resourceAppId: "foreign-api", resourceAccess: [{ id: "foreign", type: "Role" }] },
        ...wanted.requested.map(({ resourceAppId, guid, type }) => ({
          resourceAppId,
          resourceAccess: [{ id: guid, type: type === "Delegated" ? "Scope" : "Role" }],
        })),
      ],
      keyCredentials: [
        ...Array.from({ length: wanted.foreignKeys }, (_, index) => foreignKey(index)),
        ...(wanted.key ? [{ customKeyIdentifier: certificate.sha1, keyId: "own-key" }] : []),
      ],
    });
    if (!wanted.principal) return state;
    const tags = wanted.tagged ? [enterpriseApplicationTag, "HideApp"] : ["HideApp"];
    state.servicePrincipals.push({ id: "sp-own", appId: "app-own", accountEnabled: true, tags });
    for (const resource of state.resources) {
      const rows = wanted.granted.filter((row) => row.resourceAppId === resource.appId);
      const scopes = [
        ...wanted.foreignScopes,
        ...rows.filter(({ type }) => type === "Delegated").map(({ value }) => value),
      ];
      if (scopes.length > 0) {
        state.scopeGrants.push({
          id: `grant-${resource.id}`,
          clientId: "sp-own",
          consentType: "AllPrincipals",
          resourceId: resource.id,
          scope: scopes.join(" "),
        });
      }
      if (wanted.ownConsents) {
        state.scopeGrants.push({
          id: `person-${resource.id}`,
          clientId: "sp-own",
          consentType: "Principal",
          resourceId: resource.id,
          scope: "Notes.Read",
        });
      }
      for (const row of rows.filter(({ type }) => type === "Application")) {
        state.roleGrants.push({
          id: `role-${row.id}`,
          principalId: "sp-own",
          resourceId: resource.id,
          appRoleId: row.guid,
        });
      }
    }
    if (wanted.role) assign(state, exchangeAdministrator);
    if (wanted.foreignRole) assign(state, "foreign-role");
    return state;
  });

function assign(state: ModelState, roleDefinitionId: string): void {
  state.roleAssignments.push({
    id: `assigned-${roleDefinitionId}`,
    principalId: "sp-own",
    roleDefinitionId,
    directoryScopeId: "/",
  });
}

/** Every single thing that there is, as comparable words. */
export function contents(state: ModelState): string[] {
  return [
    ...state.applications.flatMap(({ id, signInAudience, requiredResourceAccess, keyCredentials }) => [
      `application ${id}`,
      `audience ${id} ${signInAudience}`,
      ...keyCredentials.map((key) => `key ${id} ${key.keyId ?? ""} ${key.key ?? ""}`),
      ...requiredResourceAccess.flatMap(({ resourceAppId, resourceAccess }) =>
        resourceAccess.map((entry) => `request ${resourceAppId} ${entry.type} ${entry.id}`),
      ),
    ]),
    ...state.servicePrincipals.flatMap(({ id, tags }) => [`sp ${id}`, ...tags.map((tag) => `tag ${tag}`)]),
    ...state.roleGrants.map((grant) => `role ${grant.resourceId} ${grant.appRoleId}`),
    ...state.scopeGrants.flatMap(({ resourceId, consentType, scope }) =>
      scope.split(" ").map((one) => `scope ${resourceId} ${consentType} ${one}`),
    ),
    ...state.roleAssignments.map(({ roleDefinitionId }) => `assigned ${roleDefinitionId}`),
  ];
}
