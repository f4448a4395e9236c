import { known } from "./actual.ts";
import type { ActualTenant, Application, DeletedApplication } from "./actual.ts";
import { openPlaceholders, placeholders } from "./change.ts";
import type { Change } from "./change.ts";
import { enterpriseApplicationTag } from "./desired.ts";
import type { DesiredTenant } from "./desired.ts";
import { certificateChange } from "./plan-certificate.ts";
import { roleChanges, scopeChanges } from "./plan-consent.ts";
import { requestedMerge } from "./requested.ts";
import { accessType, offeredRows, resolvePermissions } from "./resolve.ts";
import type { OfferedRow } from "./resolve.ts";
import { absent, permissionShown } from "./shown.ts";
import { assignDirectoryRole, changeApplication, createApplication } from "./rights.ts";

export const singleTenant = "AzureADMyOrg";

/**
 * The changes from the tenant as it is to the tenant as it is to be, in an order in which each can be made after
 * the ones before it. Nothing is planned about parts that could not be read, and nothing is ever taken away.
 */
export function plan(desired: DesiredTenant, actual: ActualTenant): Change[] {
  if (isOtherTenant(desired, actual) || !actual.application.known) return [];
  const deleted = actual.deletedApplication.known ? actual.deletedApplication.value : null;
  const restoring = actual.application.value === null && deleted !== null;
  // What is planned beside restoring is planned for the application as it will come back.
  const tenant = restoring ? { ...actual, application: known(deleted) } : actual;
  const rows = offeredRows(resolvePermissions(desired, tenant));
  const existing = tenant.application.known ? tenant.application.value : null;
  if (existing === null && !mayCreate(desired, tenant)) return [];
  const creating = existing === null;
  const changes = [
    ...(restoring ? [restoreChange(deleted)] : []),
    ...(creating
      ? [createChange(desired, rows)]
      : [...audienceChange(existing), ...requestChange(existing, rows)]),
    ...servicePrincipalChange(tenant, existing),
    ...roleChanges(rows, tenant, creating),
    ...scopeChanges(rows, tenant, creating),
    ...certificateChange(desired, tenant),
    ...assignmentChange(desired, tenant),
  ];
  const planned = new Set(changes.map(({ id }) => id));
  return changes
    .map((change) => ({ ...change, needs: change.needs.filter((id) => planned.has(id)) }))
    .filter((change) => isExecutable(change, planned));
}

/** The tenant that was read is not the setup's. */
export function isOtherTenant(desired: DesiredTenant, actual: ActualTenant): boolean {
  return (
    desired.tenantId !== "" &&
    actual.organization.known &&
    actual.organization.value.id.toLowerCase() !== desired.tenantId.toLowerCase()
  );
}

/** A twin is never made: not beside a namesake without the user's word, nor for an ID that leads nowhere. */
function mayCreate(desired: DesiredTenant, actual: ActualTenant): boolean {
  if (desired.application.appId !== null || desired.application.displayName === "") return false;
  if (!actual.sameName.known || !actual.deletedApplication.known) return false;
  return actual.sameName.value.length === 0 || desired.application.besideNamesake;
}

/** A change that needs what cannot be planned (a part was not readable) is not executable. */
function isExecutable(change: Change, planned: ReadonlySet<string>): boolean {
  const open = openPlaceholders(change.request);
  const application = open.includes(placeholders.applicationId) || open.includes(placeholders.appId);
  if (application && !planned.has("create-application")) return false;
  return !open.includes(placeholders.servicePrincipalId) || planned.has("create-service-principal");
}

function createChange(desired: DesiredTenant, rows: readonly OfferedRow[]): Change {
  const { displayName, uniqueName } = desired.application;
  return {
    id: "create-application",
    kind: "create-application",
    steps: [
      "create-application",
      "register-application",
      "single-tenant",
      "application-ids",
      "api-permissions",
    ],
    before: [absent],
    after: [
      { key: "application", params: { name: displayName } },
      { key: "audience", params: { value: singleTenant } },
      ...rows.map(permissionShown),
    ],
    effects: ["application", "audience", ...rows.map(({ row }) => `request:${row.id}`)],
    request: {
      // An upsert by alternate key: repeating it can never make a twin
      // (learn.microsoft.com/graph/api/application-upsert).
      method: "PATCH",
      path: `/applications(uniqueName='${encodeURIComponent(uniqueName)}')`,
      headers: { Prefer: "create-if-missing" },
      body: {
        displayName,
        signInAudience: singleTenant,
        requiredResourceAccess: requestedMerge([], rows).merged,
      },
      scopes: ["Application.ReadWrite.All"],
    },
    right: createApplication,
    needs: [],
    inverse: { kind: "delete-application" },
    part: "application",
    replaces: false,
  };
}

/**
 * A deleted application keeps its unique name, so that creating it again is refused; restoring it brings back the
 * same identifiers, and never makes a twin. Its service principal stays deleted and is made anew, so that nothing
 * is granted that the plan does not show (learn.microsoft.com/graph/api/directory-deleteditems-restore).
 */
function restoreChange({ id, displayName, deletedAt }: DeletedApplication): Change {
  return {
    id: "create-application",
    kind: "restore-application",
    steps: ["create-application", "register-application", "application-ids"],
    before: [{ key: "deleted-application", params: { name: displayName, deletedAt: deletedAt ?? "" } }],
    after: [{ key: "application", params: { name: displayName } }],
    effects: [`restored:${id}`],
    request: {
      method: "POST",
      path: `/directory/deletedItems/${id}/restore`,
      scopes: ["Application.ReadWrite.All"],
    },
    right: changeApplication,
    needs: [],
    inverse: { kind: "delete-application" },
    part: "application",
    replaces: false,
  };
}

function audienceChange(application: Application): Change[] {
  const before = application.signInAudience;
  if (before === singleTenant) return [];
  return [
    {
      id: "set-audience",
      kind: "set-audience",
      steps: ["single-tenant"],
      before: [{ key: "audience", params: { value: before } }],
      after: [{ key: "audience", params: { value: singleTenant } }],
      effects: ["audience"],
      request: {
        method: "PATCH",
        path: `/applications/${application.id}`,
        body: { signInAudience: singleTenant },
        scopes: ["Application.ReadWrite.All"],
      },
      right: changeApplication,
      needs: ["create-application"],
      inverse: { kind: "set-audience", value: before },
      part: "application",
      replaces: false,
    },
  ];
}

function requestChange(application: Application, rows: readonly OfferedRow[]): Change[] {
  const { merged, missing } = requestedMerge(application.requiredResourceAccess, rows);
  if (missing.length === 0) return [];
  return [
    {
      id: "request-permissions",
      kind: "request-permissions",
      steps: ["api-permissions"],
      before: [absent],
      after: missing.map(permissionShown),
      effects: missing.map(({ row }) => `request:${row.id}`),
      request: {
        method: "PATCH",
        path: `/applications/${application.id}`,
        body: { requiredResourceAccess: merged },
        scopes: ["Application.ReadWrite.All"],
      },
      right: changeApplication,
      needs: ["create-application"],
      inverse: {
        kind: "unrequest-permissions",
        entries: missing.map(({ row, offer }) => ({
          resourceAppId: row.resourceAppId,
          id: offer.value.id,
          type: accessType(row),
        })),
      },
      part: "application",
      replaces: true,
    },
  ];
}

function servicePrincipalChange(actual: ActualTenant, application: Application | null): Change[] {
  const part = application === null ? known(null) : actual.servicePrincipal;
  if (!part.known) return [];
  const common = {
    steps: ["register-application"],
    right: changeApplication,
    needs: ["create-application"],
    part: "servicePrincipal",
  } as const;
  if (part.value === null) {
    return [
      {
        ...common,
        id: "create-service-principal",
        kind: "create-service-principal",
        before: [absent],
        after: [
          { key: "service-principal", params: {} },
          { key: "listed", params: {} },
        ],
        effects: ["service-principal", "listed"],
        request: {
          method: "POST",
          path: "/servicePrincipals",
          body: { appId: application?.appId ?? placeholders.appId, tags: [enterpriseApplicationTag] },
          scopes: ["Application.ReadWrite.All"],
        },
        right: createApplication,
        inverse: { kind: "delete-service-principal" },
        replaces: false,
      },
    ];
  }
  const { id, tags } = part.value;
  if (tags.includes(enterpriseApplicationTag)) return [];
  return [
    {
      ...common,
      id: "show-service-principal",
      kind: "show-service-principal",
      before: [{ key: "not-listed", params: {} }],
      after: [{ key: "listed", params: {} }],
      effects: ["listed"],
      request: {
        method: "PATCH",
        path: `/servicePrincipals/${id}`,
        body: { tags: [...tags, enterpriseApplicationTag] },
        scopes: ["Application.ReadWrite.All"],
      },
      inverse: { kind: "hide-service-principal", tag: enterpriseApplicationTag },
      replaces: true,
    },
  ];
}

function assignmentChange(desired: DesiredTenant, actual: ActualTenant): Change[] {
  if (!actual.roleAssignments.known || !actual.servicePrincipal.known) return [];
  const wanted = desired.directoryRole;
  const there = actual.roleAssignments.value.some(
    ({ roleDefinitionId, directoryScopeId }) => roleDefinitionId === wanted && directoryScopeId === "/",
  );
  if (there) return [];
  return [
    {
      id: "assign-role",
      kind: "assign-role",
      steps: ["exchange-role"],
      before: [absent],
      after: [{ key: "role", params: { role: wanted } }],
      effects: [`role:${wanted}`],
      request: {
        method: "POST",
        path: "/roleManagement/directory/roleAssignments",
        body: {
          "@odata.type": "#microsoft.graph.unifiedRoleAssignment",
          principalId: actual.servicePrincipal.value?.id ?? placeholders.servicePrincipalId,
          roleDefinitionId: wanted,
          directoryScopeId: "/",
        },
        scopes: ["RoleManagement.ReadWrite.Directory"],
      },
      right: assignDirectoryRole,
      needs: ["create-service-principal"],
      inverse: { kind: "unassign-role", roleDefinitionId: wanted },
      part: "roleAssignments",
      replaces: false,
    },
  ];
}
