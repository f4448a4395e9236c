import type { RandomBytes } from "../ports.ts";
import type { PracticeData } from "./data.ts";
import { resourceServicePrincipal } from "./entities.ts";
import type { PracticeHosts } from "./hosts.ts";
import { newGuid, newKey } from "./ids.ts";
import { personPlans } from "./people.ts";
import { resourcePlans } from "./resources.ts";
import type { Withdrawn } from "./resources.ts";
import { directoryRoles } from "./roles.ts";

export interface DirectoryOptions {
  tenantId?: string;
  displayName?: string;
  /** First part of the initial domain, for example "contoso" of contoso.onmicrosoft.com. */
  domainName?: string;
  withdrawn?: Withdrawn;
  usersMayRegister?: boolean;
}

/** An empty directory: people with their roles, and Microsoft's own services. */
export function newDirectory(
  randomBytes: RandomBytes,
  hosts: PracticeHosts,
  options: DirectoryOptions = {},
): PracticeData {
  const domainName = options.domainName ?? "woodgrove";
  const defaultDomain = `${domainName}.example`;
  const people = personPlans.map(({ name, displayName, givenName, surname, blocked }) => ({
    id: newGuid(randomBytes),
    displayName,
    givenName,
    surname,
    userPrincipalName: `${name}@${defaultDomain}`,
    blocked,
  }));
  const roleAssignments = personPlans.flatMap(({ roles }, index) =>
    roles.map((roleDefinitionId) => ({
      id: newKey(randomBytes),
      principalId: people[index]?.id ?? "",
      roleDefinitionId,
      directoryScopeId: "/",
    })),
  );
  return {
    tenantId: options.tenantId ?? newGuid(randomBytes),
    displayName: options.displayName ?? "Woodgrove (practice)",
    initialDomain: `${domainName}.onmicrosoft.example`,
    defaultDomain,
    people,
    applications: [],
    deletedApplications: [],
    servicePrincipals: resourcePlans(hosts, options.withdrawn ?? new Set()).map((plan) =>
      resourceServicePrincipal(randomBytes, plan),
    ),
    deletedServicePrincipals: [],
    appRoleAssignments: [],
    permissionGrants: [],
    roleAssignments,
    directoryRoleIds: Object.fromEntries(
      directoryRoles.map(({ templateId }) => [templateId, newGuid(randomBytes)]),
    ),
    tenantPolicy: { isEnabled: false, keyCredentials: [] },
    applicationPolicies: {},
    owners: {},
    usersMayRegister: options.usersMayRegister ?? false,
    refreshTokens: {},
    targetSystems: [],
  };
}

/** Template ids of the roles that somebody, or a service principal, holds for the whole directory. */
export function rolesOf(
  data: PracticeData,
  principalId: string,
  visible: (assignmentId: string) => boolean = () => true,
): string[] {
  return data.roleAssignments
    .filter((assignment) => assignment.principalId === principalId && assignment.directoryScopeId === "/")
    .filter(({ id }) => visible(id))
    .map(({ roleDefinitionId }) => roleDefinitionId);
}
