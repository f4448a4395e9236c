import type { ServicePrincipal } from "../data.ts";
import { servicePrincipalOf } from "../entities.ts";
import { needPermission, needRoleOrOwner, permissionsFor, rolesFor } from "./access.ts";
import { removePrincipals } from "./applications.ts";
import { bodyObject, required, writable } from "./body.ts";
import type { Body } from "./body.ts";
import type { GraphCall, GraphResult } from "./call.ts";
import { GraphFailure, notFound } from "./errors.ts";
import { list, single } from "./query.ts";
import type { Collection } from "./query.ts";

export const servicePrincipalSet: Collection = {
  type: "servicePrincipal",
  set: "servicePrincipals",
  filter: [
    "accountEnabled",
    "appId",
    "appOwnerOrganizationId",
    "displayName",
    "id",
    "servicePrincipalNames",
    "servicePrincipalType",
    "tags",
  ],
  onlySelected: ["createdByAppId", "customSecurityAttributes", "isDisabled"],
};

const readOnly = [
  "id",
  "appDescription",
  "appDisplayName",
  "applicationTemplateId",
  "appOwnerOrganizationId",
  "createdByAppId",
  "deletedDateTime",
  "disabledByMicrosoftStatus",
  "oauth2PermissionScopes",
  "passwordCredentials",
  "resourceSpecificApplicationPermissions",
  "signInAudience",
  "verifiedPublisher",
];

/** Errors: GraphFailure when it is unknown, or not known here yet. */
export function seenServicePrincipal(call: GraphCall, key: string): ServicePrincipal {
  const appId = /^appId='(.*)'$/i.exec(key)?.[1];
  const id = appId ?? key.replaceAll(/^'|'$/g, "");
  const found = call.data.servicePrincipals.find((principal) =>
    appId === undefined ? principal.id === id : principal.appId.toLowerCase() === id.toLowerCase(),
  );
  if (found === undefined || !call.visible(found.id)) throw notFound(id);
  return found;
}

export function listServicePrincipals(call: GraphCall): GraphResult {
  needPermission(call, permissionsFor.readApplications);
  return list(
    call,
    servicePrincipalSet,
    call.data.servicePrincipals.filter(({ id }) => call.visible(id)),
  );
}

export function getServicePrincipal(call: GraphCall, key: string): GraphResult {
  needPermission(call, permissionsFor.readApplications);
  return single(call, servicePrincipalSet, seenServicePrincipal(call, key));
}

/** One of its collections alone, `/servicePrincipals/{id}/appRoles` (OData URL Conventions 4.01, section 4.6). */
export function servicePrincipalPart(
  call: GraphCall,
  key: string,
  part: "appRoles" | "oauth2PermissionScopes",
): GraphResult {
  needPermission(call, permissionsFor.readApplications);
  const principal = seenServicePrincipal(call, key);
  const type = part === "appRoles" ? "appRole" : "permissionScope";
  const collection: Collection = { type, set: `servicePrincipals('${principal.id}')/${part}`, filter: [] };
  return list(
    call,
    collection,
    principal[part].map((offer) => ({ ...offer })),
  );
}

export function createServicePrincipal(call: GraphCall): GraphResult {
  needPermission(call, permissionsFor.writeApplications);
  const body = writable(bodyObject(call.body), "servicePrincipal", readOnly);
  return single(call, servicePrincipalSet, create(call, body), 201);
}

/** An update, or with `Prefer: create-if-missing` and the application ID, an upsert. */
export function patchServicePrincipal(call: GraphCall, key: string): GraphResult {
  needPermission(call, permissionsFor.writeApplications);
  const appId = /^appId='(.*)'$/i.exec(key)?.[1];
  const { appId: given, ...body } = writable(bodyObject(call.body), "servicePrincipal", readOnly);
  const prefersCreate = (call.headers.get("Prefer") ?? "").includes("create-if-missing");
  const exists = call.data.servicePrincipals.some((principal) => principal.appId === appId);
  if (appId !== undefined && prefersCreate && !exists) {
    return single(call, servicePrincipalSet, create(call, { ...body, appId: given ?? appId }), 201);
  }
  const principal = seenServicePrincipal(call, key);
  needRoleOrOwner(call, rolesFor.changeApplication, applicationIdOf(call, principal.appId));
  Object.assign(principal, body);
  return { status: 204 };
}

export function deleteServicePrincipal(call: GraphCall, key: string): GraphResult {
  needPermission(call, permissionsFor.writeApplications);
  const principal = seenServicePrincipal(call, key);
  needRoleOrOwner(call, rolesFor.changeApplication, applicationIdOf(call, principal.appId));
  removePrincipals(call, principal.appId);
  return { status: 204 };
}

function applicationIdOf(call: GraphCall, appId: string): string {
  return call.data.applications.find((application) => application.appId === appId)?.id ?? "";
}

function create(call: GraphCall, body: Body): ServicePrincipal {
  const appId = required(body, "servicePrincipal", "appId");
  const application = call.data.applications.find((other) => other.appId === appId);
  needRoleOrOwner(call, rolesFor.createApplication, application?.id ?? "");
  if (call.data.servicePrincipals.some((other) => other.appId === appId)) {
    throw new GraphFailure(
      409,
      "Request_MultipleObjectsWithSameKeyValue",
      `The service principal cannot be created, updated, or restored because the service principal name ${appId} is already in use.`,
    );
  }
  if (application === undefined || !call.visible(application.id)) {
    throw new GraphFailure(
      400,
      "NoBackingApplicationObject",
      `The appId '${appId}' of the service principal does not reference a valid application object.`,
    );
  }
  const principal = { ...servicePrincipalOf(call.randomBytes, call.data, application), ...body };
  call.data.servicePrincipals.push(principal);
  call.created(principal.id);
  return principal;
}
