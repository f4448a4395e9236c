import type { AppRoleAssignment, PermissionGrant } from "../data.ts";
import { timestamp } from "../entities.ts";
import { newKey } from "../ids.ts";
import { graphAppId } from "../resources.ts";
import { needPermission, needRole, permissionsFor, rolesFor } from "./access.ts";
import { bodyObject, required, writable } from "./body.ts";
import type { GraphCall, GraphResult } from "./call.ts";
import { badRequest, GraphFailure, notFound } from "./errors.ts";
import { list, single } from "./query.ts";
import type { Collection } from "./query.ts";
import { seenServicePrincipal } from "./service-principals.ts";

const assignmentSet: Collection = {
  type: "appRoleAssignment",
  set: "appRoleAssignments",
  filter: ["appRoleId", "principalId", "resourceId"],
};

const grantSet: Collection = {
  type: "oAuth2PermissionGrant",
  set: "oauth2PermissionGrants",
  filter: ["clientId", "consentType", "principalId", "resourceId", "scope"],
};

/** `side`: what the service principal is granted, or what others are granted on it. */
export function listAppRoles(call: GraphCall, key: string, side: "principalId" | "resourceId"): GraphResult {
  needPermission(call, permissionsFor.readApplications);
  const { id } = seenServicePrincipal(call, key);
  const found = call.data.appRoleAssignments.filter(
    (assignment) => assignment[side] === id && call.visible(assignment.id),
  );
  return list(call, assignmentSet, found);
}

export function grantAppRole(call: GraphCall, key: string, side: "principalId" | "resourceId"): GraphResult {
  needPermission(call, permissionsFor.grantAppRoles);
  const body = writable(bodyObject(call.body), "appRoleAssignment", [
    "id",
    "createdDateTime",
    "deletedDateTime",
  ]);
  const [principalId, resourceId, appRoleId] = (["principalId", "resourceId", "appRoleId"] as const).map(
    (name) => required(body, "appRoleAssignment", name),
  ) as [string, string, string];
  const known = (id: string) => {
    const principal = call.data.servicePrincipals.find((other) => other.id === id);
    if (principal === undefined || !call.visible(id)) throw badRequest("Not a valid reference update.");
    return principal;
  };
  const principal = known(principalId);
  const resource = known(resourceId);
  if (seenServicePrincipal(call, key).id !== (side === "principalId" ? principalId : resourceId)) {
    throw badRequest(`The ${side} in the body does not match the object in the path.`);
  }
  needRole(call, resource.appId === graphAppId ? rolesFor.consentToGraphRoles : rolesFor.consent);
  if (!resource.appRoles.some((role) => role.id === appRoleId && role.isEnabled)) {
    throw badRequest(`Permission being assigned was not found on application '${resource.appId}'.`);
  }
  const exists = call.data.appRoleAssignments.some(
    (other) =>
      other.principalId === principalId && other.resourceId === resourceId && other.appRoleId === appRoleId,
  );
  if (exists) throw badRequest("Permission being assigned already exists on the object");
  const assignment: AppRoleAssignment = {
    id: newKey(call.randomBytes),
    deletedDateTime: null,
    appRoleId,
    createdDateTime: timestamp(call.now),
    principalDisplayName: principal.displayName,
    principalId,
    principalType: "ServicePrincipal",
    resourceDisplayName: resource.displayName,
    resourceId,
  };
  call.data.appRoleAssignments.push(assignment);
  call.created(assignment.id);
  return single(call, assignmentSet, assignment, 201);
}

export function revokeAppRole(call: GraphCall, key: string, assignmentId: string): GraphResult {
  needPermission(call, permissionsFor.grantAppRoles);
  const { id } = seenServicePrincipal(call, key);
  const assignment = call.data.appRoleAssignments.find(
    (other) => other.id === assignmentId && (other.principalId === id || other.resourceId === id),
  );
  if (assignment === undefined || !call.visible(assignment.id)) throw notFound(assignmentId);
  const resource = call.data.servicePrincipals.find((other) => other.id === assignment.resourceId);
  needRole(call, resource?.appId === graphAppId ? rolesFor.consentToGraphRoles : rolesFor.consent);
  call.data.appRoleAssignments = call.data.appRoleAssignments.filter((other) => other !== assignment);
  return { status: 204 };
}

/** All delegated grants, or those of one client. */
export function listGrants(call: GraphCall, clientKey?: string): GraphResult {
  needPermission(call, permissionsFor.readGrants);
  const clientId = clientKey === undefined ? null : seenServicePrincipal(call, clientKey).id;
  const found = call.data.permissionGrants.filter(
    (grant) => (clientId === null || grant.clientId === clientId) && call.visible(grant.id),
  );
  return list(call, grantSet, found);
}

export function getGrant(call: GraphCall, id: string): GraphResult {
  needPermission(call, permissionsFor.readGrants);
  return single(call, grantSet, seenGrant(call, id));
}

export function createGrant(call: GraphCall): GraphResult {
  needPermission(call, permissionsFor.writeGrants);
  const body = writable(bodyObject(call.body), "oAuth2PermissionGrant", ["id"]);
  const clientId = required(body, "oAuth2PermissionGrant", "clientId");
  const resourceId = required(body, "oAuth2PermissionGrant", "resourceId");
  const consentType = required(body, "oAuth2PermissionGrant", "consentType");
  for (const id of [clientId, resourceId]) {
    if (!call.data.servicePrincipals.some((other) => other.id === id) || !call.visible(id))
      throw notFound(id);
  }
  if (consentType !== "AllPrincipals" && consentType !== "Principal") {
    throw badRequest(
      "Invalid value specified for property 'consentType' of resource 'OAuth2PermissionGrant'.",
    );
  }
  const principalId = typeof body["principalId"] === "string" ? body["principalId"] : null;
  if ((consentType === "Principal") !== (principalId !== null)) {
    throw badRequest(
      "Invalid value specified for property 'principalId' of resource 'OAuth2PermissionGrant'.",
    );
  }
  needRole(call, rolesFor.consent);
  const exists = call.data.permissionGrants.some(
    (other) =>
      other.clientId === clientId && other.resourceId === resourceId && other.principalId === principalId,
  );
  if (exists) {
    throw new GraphFailure(
      409,
      "Request_MultipleObjectsWithSameKeyValue",
      "Permission entry already exists.",
    );
  }
  const scope = typeof body["scope"] === "string" ? body["scope"] : "";
  const grant: PermissionGrant = {
    id: newKey(call.randomBytes),
    clientId,
    consentType,
    principalId,
    resourceId,
    scope,
  };
  call.data.permissionGrants.push(grant);
  call.created(grant.id);
  return single(call, grantSet, grant, 201);
}

/** Only the scopes of a grant can change. */
export function patchGrant(call: GraphCall, id: string): GraphResult {
  needPermission(call, permissionsFor.writeGrants);
  const readOnly = ["id", "clientId", "consentType", "principalId", "resourceId"];
  const body = writable(bodyObject(call.body), "oAuth2PermissionGrant", readOnly);
  const grant = seenGrant(call, id);
  needRole(call, rolesFor.consent);
  if (typeof body["scope"] === "string") grant.scope = body["scope"];
  return { status: 204 };
}

export function deleteGrant(call: GraphCall, id: string): GraphResult {
  needPermission(call, permissionsFor.writeGrants);
  const grant = seenGrant(call, id);
  needRole(call, rolesFor.consent);
  call.data.permissionGrants = call.data.permissionGrants.filter((other) => other !== grant);
  return { status: 204 };
}

function seenGrant(call: GraphCall, id: string): PermissionGrant {
  const grant = call.data.permissionGrants.find((other) => other.id === id);
  if (grant === undefined || !call.visible(id)) throw notFound(id);
  return grant;
}
