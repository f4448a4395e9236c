import { z } from "zod";
import type { PracticeData } from "./data.ts";
import { sampleNames } from "./samples.ts";
import type { SampleName } from "./samples.ts";

const text = z.string().max(100_000);
const entity = z.looseObject({ id: text });
const restriction = z.object({
  restrictionType: text,
  state: z.enum(["enabled", "disabled"]),
  maxLifetime: text.nullable(),
  restrictForAppsCreatedAfterDateTime: text.nullable(),
});
const permission = z.looseObject({ id: text, value: text, isEnabled: z.boolean() });

const application = entity.extend({
  appId: text,
  displayName: text,
  uniqueName: text.nullable(),
  signInAudience: text,
  publicClient: z.looseObject({ redirectUris: z.array(text) }),
  requiredResourceAccess: z.array(
    z.object({ resourceAppId: text, resourceAccess: z.array(z.object({ id: text, type: text })) }),
  ),
  keyCredentials: z.array(z.looseObject({ keyId: text, key: text })),
});

const dataSchema = z.looseObject({
  tenantId: z.guid(),
  displayName: text,
  initialDomain: text,
  defaultDomain: text,
  people: z.array(
    z.object({
      id: text,
      displayName: text,
      givenName: text,
      surname: text,
      userPrincipalName: text,
      blocked: z.boolean(),
    }),
  ),
  applications: z.array(application),
  deletedApplications: z.array(application),
  servicePrincipals: z.array(
    entity.extend({
      appId: text,
      tags: z.array(text),
      appRoles: z.array(permission),
      oauth2PermissionScopes: z.array(permission),
    }),
  ),
  deletedServicePrincipals: z.array(entity).default([]),
  appRoleAssignments: z.array(entity.extend({ appRoleId: text, principalId: text, resourceId: text })),
  permissionGrants: z.array(entity.extend({ clientId: text, resourceId: text, scope: text })),
  roleAssignments: z.array(
    entity.extend({ principalId: text, roleDefinitionId: text, directoryScopeId: text }),
  ),
  directoryRoleIds: z.record(text, text),
  tenantPolicy: z.object({ isEnabled: z.boolean(), keyCredentials: z.array(restriction) }),
  applicationPolicies: z.record(text, z.array(z.looseObject({ id: text }))),
  owners: z.record(text, z.array(text)),
  usersMayRegister: z.boolean(),
  targetSystems: z.array(z.looseObject({ id: text })).default([]),
  refreshTokens: z.record(text, z.object({ clientId: text, personId: text })),
});

const fileSchema = z.object({
  format: z.literal("exchange-rollout-practice"),
  version: z.literal(1),
  sample: z.enum(sampleNames),
  data: dataSchema,
});

/** A practice directory as it is kept beside its setup. */
export function practiceFile(sample: SampleName, data: PracticeData): string {
  return JSON.stringify({ format: "exchange-rollout-practice", version: 1, sample, data });
}

/** Reads what `practiceFile` wrote. Errors: SyntaxError, ZodError. */
export function parsePracticeFile(json: string): { sample: SampleName; data: PracticeData } {
  const { sample, data } = fileSchema.parse(JSON.parse(json));
  // The schema checks everything that the tenant decides by; the rest of an entity is kept as it came.
  return { sample, data: data as unknown as PracticeData };
}
