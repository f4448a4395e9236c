/** An entity of Microsoft Graph as it is stored; what is not named here is kept as it came. */
export interface GraphObject {
  id: string;
  [property: string]: unknown;
}

export interface KeyCredential {
  customKeyIdentifier: string | null;
  displayName: string | null;
  endDateTime: string;
  key: string;
  keyId: string;
  startDateTime: string;
  type: string;
  usage: string;
}

export interface RequiredResource {
  resourceAppId: string;
  resourceAccess: { id: string; type: string }[];
}

export interface Application extends GraphObject {
  appId: string;
  displayName: string;
  uniqueName: string | null;
  signInAudience: string;
  createdDateTime: string;
  deletedDateTime: string | null;
  isFallbackPublicClient: boolean | null;
  publicClient: { redirectUris: string[] };
  requiredResourceAccess: RequiredResource[];
  keyCredentials: KeyCredential[];
}

export interface AppRole {
  allowedMemberTypes: string[];
  description: string;
  displayName: string;
  id: string;
  isEnabled: boolean;
  origin: string;
  value: string;
}

export interface PermissionScope {
  adminConsentDescription: string;
  adminConsentDisplayName: string;
  id: string;
  isEnabled: boolean;
  type: "Admin" | "User";
  userConsentDescription: string | null;
  userConsentDisplayName: string | null;
  value: string;
}

export interface ServicePrincipal extends GraphObject {
  appId: string;
  displayName: string;
  accountEnabled: boolean;
  tags: string[];
  appRoles: AppRole[];
  oauth2PermissionScopes: PermissionScope[];
  servicePrincipalNames: string[];
  replyUrls: string[];
}

export interface AppRoleAssignment extends GraphObject {
  appRoleId: string;
  principalId: string;
  resourceId: string;
}

export interface PermissionGrant extends GraphObject {
  clientId: string;
  consentType: "AllPrincipals" | "Principal";
  principalId: string | null;
  resourceId: string;
  scope: string;
}

export interface RoleAssignment extends GraphObject {
  principalId: string;
  roleDefinitionId: string;
  directoryScopeId: string;
}

/** Somebody to sign in as. */
export interface Person {
  id: string;
  displayName: string;
  givenName: string;
  surname: string;
  userPrincipalName: string;
  /** A conditional access policy refuses every token. */
  blocked: boolean;
}

export interface KeyRestriction {
  restrictionType: string;
  state: "enabled" | "disabled";
  maxLifetime: string | null;
  restrictForAppsCreatedAfterDateTime: string | null;
}

export interface ApplicationPolicy {
  id: string;
  displayName: string;
  description: string;
  isEnabled: boolean;
  keyCredentials: KeyRestriction[];
}

/** An instance of the Exchange Online connector in the portal. */
export interface TargetSystem {
  id: string;
  name: string;
  description: string;
  executionServer: string;
  /** Texts of the technical attributes by the documentation's names; null before they were saved for the first time. */
  attributes: Record<string, string> | null;
  /** The PFX uploaded last, by its facts: file and password are held in memory only. */
  pfx: UploadedPfx | null;
  /** ISO 8601. */
  savedAt: string;
  /** How the last Rollout ended; null before the first. */
  rollout: RolloutRecord | null;
}

export interface UploadedPfx {
  fileName: string;
  /** Bytes. */
  size: number;
  /** Upper-case hex. */
  sha256: string;
}

/** `at` in ISO 8601. */
export type RolloutRecord =
  | { result: "connected"; at: string; organization: string; displayName: string }
  | {
      result: "failed";
      at: string;
      reason: RolloutReason;
      /** The attribute that it is about; "" for none. */
      attribute: string;
      /** The service's own words; "" where no service was asked. */
      serviceText: string;
    };

/** Why a Rollout did not connect; texts are `practice.portal.reasons.<reason>`. */
export const rolloutReasons = [
  "password-wrong",
  "not-a-pfx",
  "pfx-unreadable",
  "pfx-refused",
  "pfx-encryption",
  "pfx-not-opened",
  "no-private-key",
  "several-keys",
  "key-mismatch",
  "not-rsa",
  "tenant-wrong",
  "application-unknown",
  "application-disabled",
  "service-principal-missing",
  "certificate-not-registered",
  "certificate-not-valid-now",
  "clock-wrong",
  "no-exchange",
  "sign-in-refused",
  "domain-wrong",
  "permission-missing",
  "role-missing",
  "exchange-refused",
  "service-unavailable",
] as const;
export type RolloutReason = (typeof rolloutReasons)[number];

/** A directory as plain data, so that it can be kept, compared and given back. */
export interface PracticeData {
  tenantId: string;
  displayName: string;
  initialDomain: string;
  defaultDomain: string;
  people: Person[];
  applications: Application[];
  deletedApplications: Application[];
  servicePrincipals: ServicePrincipal[];
  deletedServicePrincipals: ServicePrincipal[];
  appRoleAssignments: AppRoleAssignment[];
  permissionGrants: PermissionGrant[];
  roleAssignments: RoleAssignment[];
  /** Object ids of the activated directory roles by template id. */
  directoryRoleIds: Record<string, string>;
  tenantPolicy: { isEnabled: boolean; keyCredentials: KeyRestriction[] };
  /** Policies by the object id of the application that they are assigned to. */
  applicationPolicies: Record<string, ApplicationPolicy[]>;
  /** Object ids of the owners by the object id of the application. */
  owners: Record<string, string[]>;
  /** The directory's setting "Users can register applications". */
  usersMayRegister: boolean;
  /** Whom each refresh token stands for, by its SHA-256: the tenant is kept as a file. */
  refreshTokens: Record<string, { clientId: string; personId: string }>;
  /** What was set up in the portal. */
  targetSystems: TargetSystem[];
}
