import * as applications from "./applications.ts";
import type { GraphCall, GraphResult } from "./call.ts";
import * as deletedItems from "./deleted-items.ts";
import * as roles from "./directory-roles.ts";
import { badRequest, GraphFailure } from "./errors.ts";
import * as grants from "./grants.ts";
import * as principals from "./service-principals.ts";
import * as info from "./tenant-info.ts";

type Handler = (call: GraphCall, keys: Keys) => GraphResult;
interface Keys {
  first: string;
  second: string;
}

/** "{}" stands for a key. */
const routes: readonly (readonly [method: string, path: string, handler: Handler])[] = [
  ["GET", "organization", info.organization],
  ["GET", "me", info.me],
  ["GET", "me/transitiveMemberOf", (call) => roles.ownMemberships(call, undefined)],
  ["GET", "me/transitiveMemberOf/{}", (call, { first }) => roles.ownMemberships(call, first)],
  ["GET", "me/memberOf", (call) => roles.ownMemberships(call, undefined)],
  ["GET", "me/memberOf/{}", (call, { first }) => roles.ownMemberships(call, first)],
  ["GET", "applications", applications.listApplications],
  ["POST", "applications", applications.createApplication],
  ["GET", "applications/{}", (call, { first }) => applications.getApplication(call, first)],
  ["PATCH", "applications/{}", (call, { first }) => applications.patchApplication(call, first)],
  ["DELETE", "applications/{}", (call, { first }) => applications.deleteApplication(call, first)],
  [
    "GET",
    "applications/{}/appManagementPolicies",
    (call, { first }) => info.applicationPolicies(call, first),
  ],
  ["GET", "servicePrincipals", principals.listServicePrincipals],
  ["POST", "servicePrincipals", principals.createServicePrincipal],
  ["GET", "servicePrincipals/{}", (call, { first }) => principals.getServicePrincipal(call, first)],
  ["PATCH", "servicePrincipals/{}", (call, { first }) => principals.patchServicePrincipal(call, first)],
  ["DELETE", "servicePrincipals/{}", (call, { first }) => principals.deleteServicePrincipal(call, first)],
  [
    "GET",
    "servicePrincipals/{}/appRoles",
    (call, { first }) => principals.servicePrincipalPart(call, first, "appRoles"),
  ],
  [
    "GET",
    "servicePrincipals/{}/oauth2PermissionScopes",
    (call, { first }) => principals.servicePrincipalPart(call, first, "oauth2PermissionScopes"),
  ],
  [
    "GET",
    "servicePrincipals/{}/appRoleAssignments",
    (call, { first }) => grants.listAppRoles(call, first, "principalId"),
  ],
  [
    "POST",
    "servicePrincipals/{}/appRoleAssignments",
    (call, { first }) => grants.grantAppRole(call, first, "principalId"),
  ],
  [
    "DELETE",
    "servicePrincipals/{}/appRoleAssignments/{}",
    (call, { first, second }) => grants.revokeAppRole(call, first, second),
  ],
  [
    "GET",
    "servicePrincipals/{}/appRoleAssignedTo",
    (call, { first }) => grants.listAppRoles(call, first, "resourceId"),
  ],
  [
    "POST",
    "servicePrincipals/{}/appRoleAssignedTo",
    (call, { first }) => grants.grantAppRole(call, first, "resourceId"),
  ],
  [
    "DELETE",
    "servicePrincipals/{}/appRoleAssignedTo/{}",
    (call, { first, second }) => grants.revokeAppRole(call, first, second),
  ],
  ["GET", "servicePrincipals/{}/oauth2PermissionGrants", (call, { first }) => grants.listGrants(call, first)],
  ["GET", "oauth2PermissionGrants", (call) => grants.listGrants(call)],
  ["POST", "oauth2PermissionGrants", grants.createGrant],
  ["GET", "oauth2PermissionGrants/{}", (call, { first }) => grants.getGrant(call, first)],
  ["PATCH", "oauth2PermissionGrants/{}", (call, { first }) => grants.patchGrant(call, first)],
  ["DELETE", "oauth2PermissionGrants/{}", (call, { first }) => grants.deleteGrant(call, first)],
  ["GET", "roleManagement/directory/roleAssignments", roles.listRoleAssignments],
  ["POST", "roleManagement/directory/roleAssignments", roles.assignRole],
  [
    "GET",
    "roleManagement/directory/roleAssignments/{}",
    (call, { first }) => roles.getRoleAssignment(call, first),
  ],
  [
    "DELETE",
    "roleManagement/directory/roleAssignments/{}",
    (call, { first }) => roles.removeRoleAssignment(call, first),
  ],
  ["GET", "roleManagement/directory/roleDefinitions", roles.listRoleDefinitions],
  [
    "GET",
    "roleManagement/directory/roleDefinitions/{}",
    (call, { first }) => roles.getRoleDefinition(call, first),
  ],
  ["GET", "policies/defaultAppManagementPolicy", info.defaultPolicy],
  ["GET", "directory/deletedItems/{}", (call, { first }) => deletedItems.getDeleted(call, first)],
  [
    "POST",
    "directory/deletedItems/{}/restore",
    (call, { first }) => deletedItems.restoreDeleted(call, first),
  ],
  ["DELETE", "directory/deletedItems/{}", (call, { first }) => deletedItems.removeDeleted(call, first)],
];

const parsed = routes.map(([method, path, handler]) => ({ method, parts: path.split("/"), handler }));

/** Finds who answers a request and asks. Errors: GraphFailure. */
export function route(call: GraphCall): GraphResult {
  const matching = parsed.filter(({ parts }) => fits(parts, call.parts));
  const [first] = matching;
  if (first === undefined) {
    throw badRequest(`Resource not found for the segment '${call.parts[0] ?? ""}'.`, "BadRequest");
  }
  const found = matching.find(({ method }) => method === call.method);
  if (found === undefined) {
    throw new GraphFailure(
      405,
      "Request_BadRequest",
      "Specified HTTP method is not allowed for the request target.",
    );
  }
  const keys = call.parts.filter((_, index) => found.parts[index] === "{}");
  return found.handler(call, { first: keys[0] ?? "", second: keys[1] ?? "" });
}

function fits(pattern: readonly string[], parts: readonly string[]): boolean {
  if (pattern.length !== parts.length) return false;
  return pattern.every((part, index) => part === "{}" || part.toLowerCase() === parts[index]?.toLowerCase());
}
