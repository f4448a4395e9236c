import type { Application } from "../data.ts";
import { needPermission, needRole, permissionsFor, rolesFor } from "./access.ts";
import { applicationSet, withoutKeys } from "./applications.ts";
import type { GraphCall, GraphResult } from "./call.ts";
import { notFound } from "./errors.ts";
import { list, single } from "./query.ts";

/** learn.microsoft.com/graph/api/directory-deleteditems-list */
export function listDeletedApplications(call: GraphCall): GraphResult {
  needPermission(call, permissionsFor.readApplications);
  return list(call, applicationSet, call.data.deletedApplications.map(withoutKeys));
}

export function getDeletedApplication(call: GraphCall, id: string): GraphResult {
  needPermission(call, permissionsFor.readApplications);
  return single(call, applicationSet, withoutKeys(deleted(call, id)));
}

/** Brings a registration back; its service principal and grants stay gone. */
export function restoreApplication(call: GraphCall, id: string): GraphResult {
  needPermission(call, permissionsFor.writeApplications);
  needRole(call, rolesFor.changeApplication);
  const application = { ...deleted(call, id), deletedDateTime: null };
  forget(call, id);
  call.data.applications.push(application);
  return single(call, applicationSet, withoutKeys(application));
}

export function removeDeletedApplication(call: GraphCall, id: string): GraphResult {
  needPermission(call, permissionsFor.writeApplications);
  needRole(call, rolesFor.changeApplication);
  deleted(call, id);
  forget(call, id);
  return { status: 204 };
}

function deleted(call: GraphCall, id: string): Application {
  const application = call.data.deletedApplications.find((other) => other.id === id);
  if (application === undefined) throw notFound(id);
  return application;
}

function forget(call: GraphCall, id: string): void {
  call.data.deletedApplications = call.data.deletedApplications.filter((other) => other.id !== id);
}
