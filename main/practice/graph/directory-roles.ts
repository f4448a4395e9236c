import { rolesOf } from "../directory.ts";
import type { RoleAssignment } from "../data.ts";
import { newKey } from "../ids.ts";
import { directoryRoles } from "../roles.ts";
import { needPermission, needRole, permissionsFor, rolesFor } from "./access.ts";
import { bodyObject, required, writable } from "./body.ts";
import type { GraphCall, GraphResult } from "./call.ts";
import { badRequest, GraphFailure, notFound, unsupportedQuery } from "./errors.ts";
import { list, single } from "./query.ts";
import type { Collection } from "./query.ts";

const assignmentSet: Collection = {
  type: "unifiedRoleAssignment",
  set: "roleManagement/directory/roleAssignments",
  filter: ["principalId", "roleDefinitionId", "directoryScopeId"],
};

const definitionSet: Collection = {
  type: "unifiedRoleDefinition",
  set: "roleManagement/directory/roleDefinitions",
  filter: ["displayName", "id", "isBuiltIn", "templateId"],
};

const membershipSet: Collection = {
  type: "directoryRole",
  set: "directoryObjects",
  filter: ["roleTemplateId", "displayName"],
};

export function listRoleAssignments(call: GraphCall): GraphResult {
  needPermission(call, permissionsFor.readRoles);
  const seen = call.data.roleAssignments.filter(({ id }) => call.visible(id));
  return list(
    call,
    assignmentSet,
    seen.map((assignment) => shown(call, assignment)),
  );
}

export function getRoleAssignment(call: GraphCall, id: string): GraphResult {
  needPermission(call, permissionsFor.readRoles);
  return single(call, assignmentSet, shown(call, seenAssignment(call, id)));
}

export function assignRole(call: GraphCall): GraphResult {
  needPermission(call, permissionsFor.writeRoles);
  const body = writable(bodyObject(call.body), "unifiedRoleAssignment", ["id", "principalOrganizationId"]);
  const principalId = required(body, "unifiedRoleAssignment", "principalId");
  const roleDefinitionId = required(body, "unifiedRoleAssignment", "roleDefinitionId");
  const directoryScopeId = required(body, "unifiedRoleAssignment", "directoryScopeId");
  if (directoryScopeId !== "/")
    throw badRequest("The directory scope of the role assignment is not supported.");
  needRole(call, rolesFor.assignRoles);
  const { servicePrincipals, people } = call.data;
  if (![...servicePrincipals, ...people].some(({ id }) => id === principalId) || !call.visible(principalId)) {
    throw notFound(principalId);
  }
  if (!directoryRoles.some(({ templateId }) => templateId === roleDefinitionId))
    throw notFound(roleDefinitionId);
  const exists = call.data.roleAssignments.some(
    (other) => other.principalId === principalId && other.roleDefinitionId === roleDefinitionId,
  );
  if (exists) {
    const message =
      "A conflicting object with one or more of the specified property values is present in the directory.";
    throw new GraphFailure(400, "Request_BadRequest", message, {
      details: [{ code: "ConflictingObjects", message, target: "roleAssignment" }],
    });
  }
  const assignment: RoleAssignment = {
    id: newKey(call.randomBytes),
    principalId,
    roleDefinitionId,
    directoryScopeId,
  };
  call.data.roleAssignments.push(assignment);
  call.created(assignment.id);
  return single(call, assignmentSet, shown(call, assignment), 201);
}

export function removeRoleAssignment(call: GraphCall, id: string): GraphResult {
  needPermission(call, permissionsFor.writeRoles);
  needRole(call, rolesFor.assignRoles);
  const assignment = seenAssignment(call, id);
  call.data.roleAssignments = call.data.roleAssignments.filter((other) => other !== assignment);
  return { status: 204 };
}

export function listRoleDefinitions(call: GraphCall): GraphResult {
  needPermission(call, permissionsFor.readRoles);
  return list(call, definitionSet, definitions());
}

export function getRoleDefinition(call: GraphCall, id: string): GraphResult {
  needPermission(call, permissionsFor.readRoles);
  const found = definitions().find((definition) => definition.id === id);
  if (found === undefined) throw notFound(id);
  return single(call, definitionSet, found);
}

/**
 * The directory roles of the signed-in person. The cast is an advanced query and needs the header and `$count`
 * (learn.microsoft.com/graph/api/user-list-transitivememberof). Errors: GraphFailure.
 */
export function ownMemberships(call: GraphCall, cast: string | undefined): GraphResult {
  if (call.caller.kind !== "user") {
    throw badRequest("/me request is only valid with delegated authentication flow.", "BadRequest");
  }
  needPermission(call, permissionsFor.readSelf);
  if (cast !== undefined) {
    if (cast.toLowerCase() !== "microsoft.graph.directoryrole") return list(call, membershipSet, []);
    const eventual = call.headers.get("ConsistencyLevel")?.toLowerCase() === "eventual";
    if (!eventual || call.query.get("$count") !== "true") {
      throw unsupportedQuery(
        "The specified cast query parameter requires ConsistencyLevel: eventual and $count=true.",
      );
    }
  }
  const memberships = rolesOf(call.data, call.caller.objectId).flatMap((templateId) => {
    const role = directoryRoles.find((other) => other.templateId === templateId);
    if (role === undefined) return [];
    return [
      {
        ...(cast === undefined && { "@odata.type": "#microsoft.graph.directoryRole" }),
        id: call.data.directoryRoleIds[templateId] ?? templateId,
        deletedDateTime: null,
        description: role.description,
        displayName: role.displayName,
        roleTemplateId: templateId,
      },
    ];
  });
  return list(call, membershipSet, memberships);
}

function definitions() {
  return directoryRoles.map(({ templateId, displayName, description }) => ({
    id: templateId,
    description,
    displayName,
    isBuiltIn: true,
    isEnabled: true,
    resourceScopes: ["/"],
    templateId,
    version: "1",
    rolePermissions: [],
  }));
}

function shown(call: GraphCall, assignment: RoleAssignment) {
  return { ...assignment, principalOrganizationId: call.data.tenantId };
}

function seenAssignment(call: GraphCall, id: string): RoleAssignment {
  const assignment = call.data.roleAssignments.find((other) => other.id === id);
  if (assignment === undefined || !call.visible(id)) throw notFound(id);
  return assignment;
}
