import type { Application } from "../data.ts";
import { newApplication, timestamp } from "../entities.ts";
import { needPermission, needRole, needRoleOrOwner, permissionsFor, rolesFor } from "./access.ts";
import { bodyObject, required, writable } from "./body.ts";
import type { Body } from "./body.ts";
import type { GraphCall, GraphResult } from "./call.ts";
import { keptDeleted } from "./deleted.ts";
import { badRequest, notFound } from "./errors.ts";
import { replacedKeys } from "./keys.ts";
import { checkKeyPolicy } from "./key-policy.ts";
import { list, selected, single } from "./query.ts";
import type { Collection } from "./query.ts";

export const applicationSet: Collection = {
  type: "application",
  set: "applications",
  filter: [
    "appId",
    "createdDateTime",
    "displayName",
    "id",
    "identifierUris",
    "publisherDomain",
    "signInAudience",
    "tags",
    "uniqueName",
  ],
  onlySelected: ["logo", "createdByAppId", "isDisabled", "managerApplications", "authenticationBehaviors"],
};

const readOnly = [
  "id",
  "appId",
  "applicationTemplateId",
  "certification",
  "createdByAppId",
  "createdDateTime",
  "deletedDateTime",
  "disabledByMicrosoftStatus",
  "passwordCredentials",
  "publisherDomain",
  "verifiedPublisher",
];

/** Alternate keys as they stand in parentheses, or the plain object id. */
export function findApplication(call: GraphCall, key: string): Application | undefined {
  const alternate = /^(appId|uniqueName)='(.*)'$/i.exec(key);
  const property = alternate?.[1]?.toLowerCase() === "appid" ? "appId" : "uniqueName";
  const value = (alternate?.[2] ?? key.replaceAll(/^'|'$/g, "")).replaceAll("''", "'");
  return call.data.applications.find((application) =>
    alternate === null
      ? application.id === value
      : application[property]?.toLowerCase() === value.toLowerCase(),
  );
}

/** Errors: GraphFailure when it is unknown, or not known here yet. */
export function seenApplication(call: GraphCall, key: string): Application {
  const application = findApplication(call, key);
  if (application === undefined || !call.visible(application.id)) {
    throw notFound(/'(.*)'/.exec(key)?.[1] ?? key);
  }
  return application;
}

export function listApplications(call: GraphCall): GraphResult {
  needPermission(call, permissionsFor.readApplications);
  const seen = call.data.applications.filter(({ id }) => call.visible(id));
  return list(call, applicationSet, seen.map(withoutKeys));
}

/** The value of a key comes only when `$select` asks for it on one object. */
export function getApplication(call: GraphCall, key: string): GraphResult {
  needPermission(call, permissionsFor.readApplications);
  const application = seenApplication(call, key);
  const asked = selected(call, "application")?.includes("keyCredentials") === true;
  return single(call, applicationSet, asked ? application : withoutKeys(application));
}

export function createApplication(call: GraphCall): GraphResult {
  needPermission(call, permissionsFor.writeApplications);
  const body = writable(bodyObject(call.body), "application", readOnly);
  return single(call, applicationSet, withoutKeys(create(call, body)), 201);
}

/** An update, or with `Prefer: create-if-missing` and a unique name, an upsert. */
export function patchApplication(call: GraphCall, key: string): GraphResult {
  needPermission(call, permissionsFor.writeApplications);
  const body = writable(bodyObject(call.body), "application", readOnly);
  const uniqueName = /^uniqueName='(.*)'$/i.exec(key)?.[1]?.replaceAll("''", "'");
  const found = findApplication(call, key);
  if (uniqueName !== undefined && found === undefined) {
    if (!prefersCreate(call)) throw notFound(uniqueName);
    return single(call, applicationSet, withoutKeys(create(call, { ...body, uniqueName })), 201);
  }
  // An upsert asks the place where the unique name is kept, which knows a new object at once.
  const application = uniqueName !== undefined && found !== undefined ? found : seenApplication(call, key);
  needRoleOrOwner(call, rolesFor.changeApplication, application.id);
  Object.assign(application, checked(call, body, application));
  return { status: 204 };
}

/**
 * Moves it to the deleted items, where it keeps its unique name for 30 days, and its service principal too
 * (learn.microsoft.com/entra/identity/enterprise-apps/restore-application).
 */
export function deleteApplication(call: GraphCall, key: string): GraphResult {
  needPermission(call, permissionsFor.writeApplications);
  const application = seenApplication(call, key);
  needRoleOrOwner(call, rolesFor.changeApplication, application.id);
  const { data } = call;
  data.applications = data.applications.filter((other) => other !== application);
  data.deletedApplications.push({ ...application, deletedDateTime: timestamp(call.now) });
  removePrincipals(call, application.appId);
  return { status: 204 };
}

/** Moves a service principal to the deleted items; what hangs on it is gone. */
export function removePrincipals(call: GraphCall, appId: string): void {
  const { data } = call;
  const removed = data.servicePrincipals.filter((other) => other.appId === appId);
  const deletedDateTime = timestamp(call.now);
  data.deletedServicePrincipals.push(...removed.map((principal) => ({ ...principal, deletedDateTime })));
  const gone = new Set(removed.map(({ id }) => id));
  data.servicePrincipals = data.servicePrincipals.filter(({ id }) => !gone.has(id));
  data.appRoleAssignments = data.appRoleAssignments.filter(
    ({ principalId, resourceId }) => !gone.has(principalId) && !gone.has(resourceId),
  );
  data.permissionGrants = data.permissionGrants.filter(
    ({ clientId, resourceId }) => !gone.has(clientId) && !gone.has(resourceId),
  );
  data.roleAssignments = data.roleAssignments.filter(({ principalId }) => !gone.has(principalId));
}

/** As Graph shows an application without being asked for the keys' values. */
export function withoutKeys(application: Application): Readonly<Record<string, unknown>> {
  return { ...application, keyCredentials: application.keyCredentials.map((key) => ({ ...key, key: null })) };
}

function prefersCreate(call: GraphCall): boolean {
  return (call.headers.get("Prefer") ?? "").split(",").some((value) => value.trim() === "create-if-missing");
}

function create(call: GraphCall, body: Body): Application {
  if (!call.data.usersMayRegister) needRole(call, rolesFor.createApplication);
  const displayName = required(body, "application", "displayName");
  const application = newApplication(call.randomBytes, call.now, call.data.defaultDomain, { displayName });
  Object.assign(application, checked(call, body, application));
  call.data.applications.push(application);
  if (call.caller.kind === "user") call.data.owners[application.id] = [call.caller.objectId];
  call.created(application.id);
  return application;
}

const audiences = [
  "AzureADMyOrg",
  "AzureADMultipleOrgs",
  "AzureADandPersonalMicrosoftAccount",
  "PersonalMicrosoftAccount",
];

function checked(call: GraphCall, body: Body, application: Application): Partial<Application> {
  const { keyCredentials, ...rest } = body;
  if ("signInAudience" in rest && !audiences.includes(String(rest["signInAudience"]))) {
    throw badRequest("Invalid value specified for property 'signInAudience' of resource 'Application'.");
  }
  if ("displayName" in rest) required(rest, "application", "displayName");
  const { uniqueName } = rest;
  if (typeof uniqueName === "string") checkUniqueName(call, uniqueName, application);
  for (const { resourceAccess } of (rest["requiredResourceAccess"] ??
    []) as Application["requiredResourceAccess"]) {
    if (resourceAccess.some(({ type }) => type !== "Scope" && type !== "Role")) {
      throw badRequest("Invalid value specified for property 'resourceAccess' of resource 'Application'.");
    }
  }
  const nested = Object.fromEntries(
    ["api", "info", "publicClient", "spa", "web"]
      .filter((name) => typeof rest[name] === "object")
      .map((name) => [name, { ...(application[name] as object), ...(rest[name] as object) }]),
  );
  if (keyCredentials === undefined) return { ...rest, ...nested };
  const keys = replacedKeys(
    call.randomBytes,
    application.keyCredentials,
    (keyCredentials ?? []) as Record<string, unknown>[],
  );
  for (const key of keys.added) checkKeyPolicy(call.data, application, key);
  // The sign-in service learns of a new key later than Graph.
  for (const key of keys.added) call.created(key.keyId);
  return { ...rest, ...nested, keyCredentials: keys.all };
}

function checkUniqueName(call: GraphCall, uniqueName: string, application: Application): void {
  if (application.uniqueName !== null && application.uniqueName !== uniqueName) {
    throw badRequest("Property 'uniqueName' is immutable and cannot be changed.");
  }
  // Deleted ones count too (learn.microsoft.com/graph/templates/bicep/known-issues-graph-bicep).
  const others = [...call.data.applications, ...keptDeleted(call, call.data.deletedApplications)];
  if (
    others.some(
      (other) => other.id !== application.id && other.uniqueName?.toLowerCase() === uniqueName.toLowerCase(),
    )
  ) {
    throw badRequest("Another object with the same value for property uniqueName already exists.");
  }
}
