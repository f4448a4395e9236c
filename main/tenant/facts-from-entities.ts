import type { z } from "zod";
import type {
  Application,
  DeletedApplication,
  DirectoryRoleAssignment,
  KeyRestriction,
  Organization,
  Resource,
  ScopeGrant,
  ServicePrincipal,
} from "./actual.ts";
import type * as entities from "./entities.ts";

type Entity<T extends z.ZodType> = z.output<T>;

export function organization(entity: Entity<typeof entities.organizationEntity>): Organization {
  const named = (flag: "isInitial" | "isDefault") =>
    entity.verifiedDomains.find((domain) => domain[flag] === true)?.name ?? "";
  return {
    id: entity.id.toLowerCase(),
    displayName: entity.displayName ?? "",
    initialDomain: named("isInitial"),
    defaultDomain: named("isDefault"),
    tenantType: entity.tenantType ?? "",
  };
}

export function application(entity: Entity<typeof entities.applicationEntity>): Application {
  return {
    id: entity.id,
    appId: entity.appId.toLowerCase(),
    displayName: entity.displayName ?? "",
    uniqueName: entity.uniqueName ?? null,
    signInAudience: entity.signInAudience ?? "",
    createdAt: entity.createdDateTime ?? null,
    disabledByMicrosoft: (entity.disabledByMicrosoftStatus ?? "") !== "",
    requiredResourceAccess: entity.requiredResourceAccess,
    keyCredentials: entity.keyCredentials,
  };
}

export function deletedApplication(
  entity: Entity<typeof entities.deletedApplicationEntity>,
): DeletedApplication {
  return { ...application(entity), deletedAt: entity.deletedDateTime ?? null };
}

export function servicePrincipal(entity: Entity<typeof entities.servicePrincipalEntity>): ServicePrincipal {
  return {
    id: entity.id,
    appId: entity.appId.toLowerCase(),
    accountEnabled: entity.accountEnabled !== false,
    tags: entity.tags,
  };
}

/** Only what is switched on and can be given to an application, or to a user by an administrator. */
export function resource(entity: Entity<typeof entities.resourceEntity>): Resource {
  const plain = (permission: { id: string; value?: string | null | undefined }) => ({
    id: permission.id.toLowerCase(),
    value: permission.value ?? "",
  });
  return {
    id: entity.id,
    appId: entity.appId.toLowerCase(),
    displayName: entity.displayName ?? "",
    roles: entity.appRoles
      .filter(({ isEnabled, allowedMemberTypes }) => isEnabled && allowedMemberTypes.includes("Application"))
      .map(plain),
    scopes: entity.oauth2PermissionScopes.filter(({ isEnabled }) => isEnabled).map(plain),
  };
}

export function scopeGrant(entity: Entity<typeof entities.permissionGrantEntity>): ScopeGrant {
  return {
    id: entity.id,
    resourceId: entity.resourceId,
    consentType: entity.consentType ?? "",
    scopes: (entity.scope ?? "").split(/\s+/).filter((scope) => scope !== ""),
  };
}

export function roleAssignment(
  entity: Entity<typeof entities.roleAssignmentEntity>,
): DirectoryRoleAssignment {
  return {
    id: entity.id,
    roleDefinitionId: entity.roleDefinitionId.toLowerCase(),
    directoryScopeId: entity.directoryScopeId ?? "",
  };
}

type Restrictions = NonNullable<Entity<typeof entities.defaultPolicyEntity>["applicationRestrictions"]>;

function restrictions(entity: Restrictions | null | undefined): KeyRestriction[] {
  return (entity?.keyCredentials ?? []).map((restriction) => ({
    type: restriction.restrictionType ?? "",
    // Before 2024 restrictions had no state and were in force.
    enabled: (restriction.state ?? "enabled") === "enabled",
    maxLifetime: restriction.maxLifetime ?? null,
    appsCreatedAfter: restriction.restrictForAppsCreatedAfterDateTime ?? null,
    exempts: restriction.excludeActors !== undefined && restriction.excludeActors !== null,
  }));
}

/** The tenant's default restrictions; null when they are switched off. */
export function tenantRestrictions(
  entity: Entity<typeof entities.defaultPolicyEntity>,
): KeyRestriction[] | null {
  return entity.isEnabled ? restrictions(entity.applicationRestrictions) : null;
}

/** The restrictions of the application's own policy; null when it has none that is switched on. */
export function applicationRestrictions(
  policies: readonly Entity<typeof entities.applicationPolicyEntity>[],
): KeyRestriction[] | null {
  const own = policies.find(({ isEnabled }) => isEnabled);
  return own === undefined ? null : restrictions(own.restrictions);
}
