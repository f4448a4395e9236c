import type { UnknownReason } from "../../preload/model/tenant.ts";
import type { KeyCredential, RequiredResourceEntry } from "./entities.ts";

export type { UnknownReason };

/** Never two values: what could not be read is not the same as what is not there. */
export type Known<T> =
  | { known: true; value: T }
  | { known: false; reason: UnknownReason; detail: string; requestId: string };

export interface Organization {
  id: string;
  displayName: string;
  /** The domain that can never be removed; Exchange wants this one as organization. */
  initialDomain: string;
  defaultDomain: string;
  tenantType: string;
}

export interface Application {
  /** Object id of the registration. */
  id: string;
  /** Application (client) ID. */
  appId: string;
  displayName: string;
  uniqueName: string | null;
  signInAudience: string;
  createdAt: string | null;
  disabledByMicrosoft: boolean;
  requiredResourceAccess: readonly RequiredResourceEntry[];
  keyCredentials: readonly KeyCredential[];
}

/** An application among the deleted items: for 30 days it can be restored, and its unique name stays taken. */
export interface DeletedApplication extends Application {
  deletedAt: string | null;
}

export interface ServicePrincipal {
  id: string;
  appId: string;
  accountEnabled: boolean;
  tags: readonly string[];
}

export interface OfferedPermission {
  id: string;
  value: string;
}

/** An API as this tenant offers it. */
export interface Resource {
  /** Object id of its service principal. */
  id: string;
  appId: string;
  displayName: string;
  /** Application permissions that are switched on. */
  roles: readonly OfferedPermission[];
  /** Delegated permissions that are switched on. */
  scopes: readonly OfferedPermission[];
}

export interface RoleGrant {
  id: string;
  resourceId: string;
  appRoleId: string;
}

export interface ScopeGrant {
  id: string;
  resourceId: string;
  /** "AllPrincipals" is the administrator's consent for everybody. */
  consentType: string;
  scopes: readonly string[];
}

export interface DirectoryRoleAssignment {
  id: string;
  roleDefinitionId: string;
  directoryScopeId: string;
}

export interface KeyRestriction {
  type: string;
  enabled: boolean;
  /** ISO 8601 duration. */
  maxLifetime: string | null;
  appsCreatedAfter: string | null;
  exempts: boolean;
}

export interface Policies {
  /** The tenant's default, null when it is switched off. */
  tenant: readonly KeyRestriction[] | null;
  /** The application's own policy, which takes the default's place; null when it has none. */
  application: readonly KeyRestriction[] | null;
}

/** One moment of the customer's tenant, as far as the signed-in person may see it. */
export interface ActualTenant {
  readAt: string;
  organization: Known<Organization>;
  /** The setup's own application; null when there is none. */
  application: Known<Application | null>;
  /** The setup's own application among the deleted items; null when there is none, or when it exists. */
  deletedApplication: Known<DeletedApplication | null>;
  /** Other registrations with the name that ours is to have. */
  sameName: Known<readonly Application[]>;
  servicePrincipal: Known<ServicePrincipal | null>;
  /** By application id of the API; null when the tenant does not have it. */
  resources: Readonly<Record<string, Known<Resource | null>>>;
  roleGrants: Known<readonly RoleGrant[]>;
  scopeGrants: Known<readonly ScopeGrant[]>;
  roleAssignments: Known<readonly DirectoryRoleAssignment[]>;
  policies: Known<Policies>;
  /** Template ids of the signed-in person's active roles. Roles that PIM could activate are not visible. */
  ownRoles: Known<readonly string[]>;
}

export function known<T>(value: T): Known<T> {
  return { known: true, value };
}

export function unknown(reason: UnknownReason, detail = "", requestId = ""): Known<never> {
  return { known: false, reason, detail, requestId };
}

/** The value, or the fallback where it is not known. Only for decisions in which both mean the same. */
export function valueOr<T, U>(part: Known<T>, fallback: U): T | U {
  return part.known ? part.value : fallback;
}
