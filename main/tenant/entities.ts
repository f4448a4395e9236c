import { z } from "zod";

/**
 * What the app reads of Microsoft Graph's entities. Names and nullability: Graph v1.0 metadata
 * (microsoftgraph/msgraph-metadata, v1.0 CSDL). More properties than asked for are allowed.
 */

const text = z.string().nullish();

export const organizationEntity = z.object({
  id: z.string(),
  displayName: text,
  tenantType: text,
  verifiedDomains: z
    .array(z.object({ name: text, isInitial: z.boolean().nullish(), isDefault: z.boolean().nullish() }))
    .default([]),
});

/** Kept as it came, so that other people's keys go back unchanged. */
export const keyCredentialEntity = z.looseObject({
  keyId: text,
  customKeyIdentifier: text,
  displayName: text,
  type: text,
  usage: text,
  key: text,
  startDateTime: text,
  endDateTime: text,
});
export type KeyCredential = z.output<typeof keyCredentialEntity>;

export const requiredResourceEntity = z.object({
  resourceAppId: z.string(),
  resourceAccess: z.array(z.object({ id: z.string(), type: z.string() })).default([]),
});
export type RequiredResourceEntry = z.output<typeof requiredResourceEntity>;

export const applicationEntity = z.object({
  id: z.string(),
  appId: z.string(),
  displayName: text,
  uniqueName: text,
  signInAudience: text,
  createdDateTime: text,
  disabledByMicrosoftStatus: text,
  requiredResourceAccess: z.array(requiredResourceEntity).default([]),
  keyCredentials: z.array(keyCredentialEntity).default([]),
});

export const deletedApplicationEntity = applicationEntity.extend({ deletedDateTime: text });

export const servicePrincipalEntity = z.object({
  id: z.string(),
  appId: z.string(),
  displayName: text,
  accountEnabled: z.boolean().nullish(),
  tags: z.array(z.string()).default([]),
});

const offered = { id: z.string(), value: text, isEnabled: z.boolean().default(true) };

export const resourceEntity = z.object({
  id: z.string(),
  appId: z.string(),
  displayName: text,
  appRoles: z
    .array(z.object({ ...offered, allowedMemberTypes: z.array(z.string()).default([]) }))
    .default([]),
  oauth2PermissionScopes: z.array(z.object(offered)).default([]),
});

export const appRoleAssignmentEntity = z.object({
  id: z.string(),
  appRoleId: z.string(),
  resourceId: z.string().nullable(),
  principalId: text,
});

export const permissionGrantEntity = z.object({
  id: z.string(),
  clientId: z.string(),
  consentType: text,
  principalId: text,
  resourceId: z.string(),
  scope: text,
});

export const roleAssignmentEntity = z.object({
  id: z.string(),
  principalId: text,
  roleDefinitionId: z.string(),
  directoryScopeId: text,
});

export const directoryRoleEntity = z.object({ id: z.string(), displayName: text, roleTemplateId: text });

const keyRestriction = z.object({
  restrictionType: text,
  state: text,
  maxLifetime: text,
  restrictForAppsCreatedAfterDateTime: text,
  excludeActors: z.unknown().optional(),
});
const restrictions = z.object({ keyCredentials: z.array(keyRestriction).nullish() });

export const defaultPolicyEntity = z.object({
  isEnabled: z.boolean().default(false),
  applicationRestrictions: restrictions.nullish(),
});

export const applicationPolicyEntity = z.object({
  id: z.string(),
  displayName: text,
  isEnabled: z.boolean().default(false),
  restrictions: restrictions.nullish(),
});

/** An object as a create answers it; only its identifiers are needed. */
export const createdEntity = z.looseObject({ id: z.string(), appId: text });
