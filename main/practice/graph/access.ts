import { roleIds } from "../roles.ts";
import type { GraphCall } from "./call.ts";
import { denied } from "./errors.ts";

/**
 * Delegated and application permissions that each suffice, the least one first.
 * Source: microsoftgraph/microsoft-graph-devx-content permissions/new/permissions.json (2026-08-07).
 */
const readApplications = [
  "Application.Read.All",
  "Application.ReadWrite.All",
  "Directory.Read.All",
  "Directory.ReadWrite.All",
] as const;

export const permissionsFor = {
  readOrganization: ["User.Read", "Organization.Read.All", "Directory.Read.All", "Directory.ReadWrite.All"],
  readOrganizationDetails: ["Organization.Read.All", "Directory.Read.All", "Directory.ReadWrite.All"],
  readSelf: ["User.Read", "User.ReadWrite", "User.Read.All", "Directory.Read.All", "Directory.ReadWrite.All"],
  readApplications,
  writeApplications: ["Application.ReadWrite.All", "Directory.ReadWrite.All"],
  grantAppRoles: ["AppRoleAssignment.ReadWrite.All"],
  readGrants: [
    "Directory.Read.All",
    "DelegatedPermissionGrant.ReadWrite.All",
    "Directory.ReadWrite.All",
    "Application.ReadWrite.All",
  ],
  writeGrants: ["DelegatedPermissionGrant.ReadWrite.All", "Directory.ReadWrite.All"],
  readRoles: [
    "RoleManagement.Read.Directory",
    "RoleManagement.ReadWrite.Directory",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
  ],
  writeRoles: ["RoleManagement.ReadWrite.Directory"],
  readPolicies: ["Policy.Read.All"],
} as const satisfies Record<string, readonly string[]>;

const { globalAdministrator, privilegedRoleAdministrator } = roleIds;

/** learn.microsoft.com/entra/identity/enterprise-apps/grant-admin-consent and the roles' reference. */
export const rolesFor = {
  createApplication: [
    globalAdministrator,
    roleIds.applicationAdministrator,
    roleIds.cloudApplicationAdministrator,
    roleIds.applicationDeveloper,
  ],
  changeApplication: [
    globalAdministrator,
    roleIds.applicationAdministrator,
    roleIds.cloudApplicationAdministrator,
  ],
  consent: [
    globalAdministrator,
    privilegedRoleAdministrator,
    roleIds.applicationAdministrator,
    roleIds.cloudApplicationAdministrator,
  ],
  consentToGraphRoles: [globalAdministrator, privilegedRoleAdministrator],
  assignRoles: [globalAdministrator, privilegedRoleAdministrator],
} as const satisfies Record<string, readonly string[]>;

/** Errors: GraphFailure when the token carries none of the permissions. */
export function needPermission(call: GraphCall, anyOf: readonly string[]): void {
  if (!anyOf.some((name) => call.caller.permissions.has(name))) throw denied();
}

/**
 * What a person may do is limited by the directory roles in the token; an app needs its permission only.
 * Errors: GraphFailure.
 */
export function needRole(call: GraphCall, anyOf: readonly string[]): void {
  if (call.caller.kind === "app") return;
  if (!anyOf.some((role) => call.caller.roles.has(role))) throw denied();
}

/** As `needRole`, or being an owner of the application. Errors: GraphFailure. */
export function needRoleOrOwner(call: GraphCall, anyOf: readonly string[], applicationId: string): void {
  if (call.data.owners[applicationId]?.includes(call.caller.objectId) === true) return;
  needRole(call, anyOf);
}

/** Whether the caller holds any administrative role, or is an app. */
export function needAnyRole(call: GraphCall): void {
  if (call.caller.kind === "user" && call.caller.roles.size === 0) throw denied();
}
