import type { StepId } from "../../preload/model/guide.ts";
import type { Profile } from "../../preload/model/tenant.ts";
import type { Change, Right } from "./change.ts";
import type { Known } from "./actual.ts";
import type { GraphScope } from "./scopes.ts";

/** Template ids (learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference). */
export const roles = {
  globalAdministrator: "62e90394-69f5-4237-9190-012177145e10",
  privilegedRoleAdministrator: "e8611ab8-c189-46e8-94e1-60213ab1f814",
  applicationAdministrator: "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3",
  cloudApplicationAdministrator: "158c047a-c907-4556-b7ef-446551a6b5f7",
  applicationDeveloper: "cf1c38e5-3621-4004-a7cb-879624dced7c",
} as const;

const { globalAdministrator, privilegedRoleAdministrator } = roles;
const applicationAdministrators = [
  roles.cloudApplicationAdministrator,
  roles.applicationAdministrator,
  globalAdministrator,
] as const;

/** May create registrations; where the tenant lets every user register applications, no role is needed. */
export const createApplication: Right = {
  scopes: ["Application.ReadWrite.All"],
  roles: [roles.applicationDeveloper, ...applicationAdministrators],
};

/** Application Developer owns what it created, which is known only when Graph answers. */
export const changeApplication: Right = {
  scopes: ["Application.ReadWrite.All"],
  roles: applicationAdministrators,
};

export const assignDirectoryRole: Right = {
  scopes: ["RoleManagement.ReadWrite.Directory"],
  roles: [privilegedRoleAdministrator, globalAdministrator],
};

const graphAppId = "00000003-0000-0000-c000-000000000000";

/**
 * Consent to an application permission: application administrators may give those of any API but Microsoft
 * Graph's (learn.microsoft.com/entra/identity/enterprise-apps/grant-admin-consent).
 */
export function grantRole(resourceAppId: string): Right {
  return {
    scopes: ["AppRoleAssignment.ReadWrite.All", "Application.Read.All"],
    roles:
      resourceAppId === graphAppId
        ? [privilegedRoleAdministrator, globalAdministrator]
        : [...applicationAdministrators, privilegedRoleAdministrator],
  };
}

export const grantScopes: Right = {
  scopes: ["DelegatedPermissionGrant.ReadWrite.All"],
  roles: [...applicationAdministrators, privilegedRoleAdministrator],
};

/** The right that a step of the documentation needs in general, before a plan tells it exactly. */
export function rightOfStep(step: StepId, profile: Profile): Right {
  switch (step) {
    case "create-application":
    case "register-application":
      return createApplication;
    case "admin-consent":
      // The documented table has an application permission of Microsoft Graph.
      return grantRole(profile === "documented" ? graphAppId : "");
    case "exchange-role":
      return assignDirectoryRole;
    default:
      return changeApplication;
  }
}

/** Whether the signed-in person's active roles suffice. "unknown": the roles could not be read. */
export function mayDo(right: Right, ownRoles: Known<readonly string[]>): "yes" | "no" | "unknown" {
  if (!ownRoles.known) return "unknown";
  return right.roles.some((role) => ownRoles.value.includes(role)) ? "yes" : "no";
}

export interface Access {
  change: string;
  mayDo: "yes" | "no" | "unknown";
  /** Template ids of the roles that could do it. */
  roles: readonly string[];
  /** Held back because a change before it cannot be made by this person. */
  after: readonly string[];
}

/**
 * For each change whether the signed-in person can make it, and who else could. "no" is what the active roles say:
 * roles that PIM could activate are not visible to this app.
 */
export function accessTo(changes: readonly Change[], ownRoles: Known<readonly string[]>): Access[] {
  const blocked = new Set<string>();
  return changes.map((change) => {
    const answer = mayDo(change.right, ownRoles);
    const after = change.needs.filter((id) => blocked.has(id));
    if (answer === "no" || after.length > 0) blocked.add(change.id);
    return { change: change.id, mayDo: answer, roles: change.right.roles, after };
  });
}

/** The delegated permissions that carrying out these changes needs, reading included, for one sign-in. */
export function scopesFor(changes: readonly Change[]): GraphScope[] {
  return [...new Set(changes.flatMap(({ right }) => right.scopes))].toSorted();
}
