import { permissions, requiredResourceAccess } from "../guide/permissions.ts";
import type { Clock, RandomBytes } from "../ports.ts";
import type { Application, PracticeData, ServicePrincipal } from "./data.ts";
import { newApplication, servicePrincipalOf, timestamp } from "./entities.ts";
import { keyFromCertificate } from "./graph/keys.ts";
import { newKey } from "./ids.ts";
import { exchangeAppId, graphAppId } from "./resources.ts";
import { roleIds } from "./roles.ts";
import { strangerCertificate } from "./stranger-certificate.ts";

export const sampleNames = [
  "empty",
  "half-done",
  "drifted",
  "permission-gone",
  "strict-policy",
  "same-name",
] as const;
export type SampleName = (typeof sampleNames)[number];

/** The application that the samples are about. */
export interface SampleApplication {
  displayName: string;
  /** null: made by hand, without a unique name. */
  uniqueName: string | null;
}

/** The permissions that Microsoft no longer offers in the sample "permission-gone". */
export const gonePermissions: ReadonlySet<string> = new Set([
  `${exchangeAppId}/Scope/People.ReadWrite`,
  `${exchangeAppId}/Scope/User.ReadWrite`,
]);

const enterpriseTag = "WindowsAzureActiveDirectoryIntegratedApp";
const monthMs = 30 * 86_400_000;

/** Brings an empty directory into a sample state. "permission-gone" is a matter of what the directory offers. */
export function applySample(
  data: PracticeData,
  sample: SampleName,
  wanted: SampleApplication,
  ports: { clock: Clock; randomBytes: RandomBytes },
): void {
  const { randomBytes } = ports;
  const monthAgo = new Date(ports.clock.now().getTime() - monthMs);

  function register(given: Partial<Application>): Application {
    const application = newApplication(randomBytes, monthAgo, data.defaultDomain, {
      displayName: wanted.displayName,
      requiredResourceAccess: requiredResourceAccess(permissions),
      ...given,
    });
    data.applications.push(application);
    return application;
  }

  function enterprise(application: Application, tags: string[]): ServicePrincipal {
    const principal = { ...servicePrincipalOf(randomBytes, data, application), tags };
    data.servicePrincipals.push(principal);
    return principal;
  }

  function grantRoles(
    principal: ServicePrincipal,
    wantedRoles: readonly (readonly [string, string])[],
  ): void {
    for (const [resourceAppId, value] of wantedRoles) {
      const resource = data.servicePrincipals.find(({ appId }) => appId === resourceAppId);
      const role = resource?.appRoles.find((offer) => offer.value === value);
      if (resource === undefined || role === undefined) continue;
      data.appRoleAssignments.push({
        id: newKey(randomBytes),
        deletedDateTime: null,
        appRoleId: role.id,
        createdDateTime: timestamp(monthAgo),
        principalDisplayName: principal.displayName,
        principalId: principal.id,
        principalType: "ServicePrincipal",
        resourceDisplayName: resource.displayName,
        resourceId: resource.id,
      });
    }
  }

  function grantScopes(principal: ServicePrincipal, resourceAppId: string, scope: string): void {
    const resource = data.servicePrincipals.find(({ appId }) => appId === resourceAppId);
    if (resource === undefined) return;
    data.permissionGrants.push({
      id: newKey(randomBytes),
      clientId: principal.id,
      consentType: "AllPrincipals",
      principalId: null,
      resourceId: resource.id,
      scope,
    });
  }

  const strangersKey = () =>
    keyFromCertificate(randomBytes, { key: strangerCertificate, displayName: "Mailbox Archiver" });

  switch (sample) {
    case "empty":
    case "permission-gone":
      return;
    case "half-done": {
      const application = register({ uniqueName: wanted.uniqueName, keyCredentials: [strangersKey()] });
      grantScopes(enterprise(application, [enterpriseTag]), graphAppId, "User.Read");
      return;
    }
    case "drifted": {
      const application = register({
        uniqueName: wanted.uniqueName,
        signInAudience: "AzureADMultipleOrgs",
        keyCredentials: [strangersKey()],
      });
      const principal = enterprise(application, ["HideApp"]);
      grantRoles(principal, [
        [exchangeAppId, "MailboxSettings.ReadWrite"],
        [exchangeAppId, "full_access_as_app"],
        [graphAppId, "MailboxSettings.ReadWrite"],
      ]);
      grantScopes(principal, graphAppId, "openid User.Read Mail.Send");
      data.roleAssignments.push({
        id: newKey(randomBytes),
        principalId: principal.id,
        roleDefinitionId: roleIds.exchangeRecipientAdministrator,
        directoryScopeId: "/",
      });
      return;
    }
    case "strict-policy":
      data.tenantPolicy = {
        isEnabled: true,
        keyCredentials: [
          {
            restrictionType: "asymmetricKeyLifetime",
            state: "enabled",
            maxLifetime: "P180D",
            restrictForAppsCreatedAfterDateTime: "2024-01-01T00:00:00Z",
          },
        ],
      };
      return;
    case "same-name": {
      const application = register({ requiredResourceAccess: [], keyCredentials: [strangersKey()] });
      enterprise(application, [enterpriseTag]);
    }
  }
}
