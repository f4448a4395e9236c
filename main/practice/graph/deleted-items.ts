import type { Application, ServicePrincipal } from "../data.ts";
import { needPermission, needRole, permissionsFor, rolesFor } from "./access.ts";
import { applicationSet, withoutKeys } from "./applications.ts";
import { contextUrl } from "./call.ts";
import type { GraphCall, GraphResult } from "./call.ts";
import { keptDeleted } from "./deleted.ts";
import { badRequest, GraphFailure, notFound } from "./errors.ts";
import { list, single } from "./query.ts";
import { servicePrincipalSet } from "./service-principals.ts";

type Deleted =
  | { type: "application"; item: Application }
  | { type: "servicePrincipal"; item: ServicePrincipal };

/** The cast is a required part (learn.microsoft.com/graph/api/directory-deleteditems-list). Errors: GraphFailure. */
export function listDeleted(call: GraphCall, cast: string): GraphResult {
  needPermission(call, permissionsFor.readApplications);
  const { deletedApplications, deletedServicePrincipals } = call.data;
  switch (cast.toLowerCase()) {
    case "microsoft.graph.application":
      return list(call, applicationSet, keptDeleted(call, deletedApplications).map(withoutKeys));
    case "microsoft.graph.serviceprincipal":
      return list(call, servicePrincipalSet, keptDeleted(call, deletedServicePrincipals));
    default:
      throw badRequest(`Resource not found for the segment '${cast}'.`, "BadRequest");
  }
}

/** One deleted item, or with a type instead of an identifier those of that type. */
export function getDeleted(call: GraphCall, idOrCast: string): GraphResult {
  if (idOrCast.startsWith("microsoft.graph.")) return listDeleted(call, idOrCast);
  needPermission(call, permissionsFor.readApplications);
  return shown(call, found(call, idOrCast));
}

/**
 * Brings one object back. Restoring an application does not restore its service principal, and the other way round
 * (learn.microsoft.com/graph/api/directory-deleteditems-restore). Grants and roles stay gone here; what Microsoft
 * does with them is not documented.
 */
export function restoreDeleted(call: GraphCall, id: string): GraphResult {
  needPermission(call, permissionsFor.writeApplications);
  needRole(call, rolesFor.changeApplication);
  const deleted = found(call, id);
  const { data } = call;
  if (deleted.type === "application") {
    const application = { ...deleted.item, deletedDateTime: null };
    data.applications.push(application);
    forget(call, id);
    return shown(call, { type: "application", item: application });
  }
  const principal = { ...deleted.item, deletedDateTime: null };
  if (data.servicePrincipals.some(({ appId }) => appId === principal.appId)) {
    throw new GraphFailure(
      409,
      "Request_MultipleObjectsWithSameKeyValue",
      `The service principal cannot be created, updated, or restored because the service principal name ${principal.appId} is already in use.`,
    );
  }
  data.servicePrincipals.push(principal);
  forget(call, id);
  return shown(call, { type: "servicePrincipal", item: principal });
}

export function removeDeleted(call: GraphCall, id: string): GraphResult {
  needPermission(call, permissionsFor.writeApplications);
  needRole(call, rolesFor.changeApplication);
  found(call, id);
  forget(call, id);
  return { status: 204 };
}

/** As a directory object that names its own type. */
function shown(call: GraphCall, { type, item }: Deleted): GraphResult {
  const set = type === "application" ? applicationSet : servicePrincipalSet;
  const entity = type === "application" ? withoutKeys(item) : item;
  const { status, body } = single(call, set, entity);
  return {
    status,
    body: {
      ...body,
      "@odata.context": contextUrl(call, "directoryObjects/$entity"),
      "@odata.type": `#microsoft.graph.${type}`,
    },
  };
}

function found(call: GraphCall, id: string): Deleted {
  const { deletedApplications, deletedServicePrincipals } = call.data;
  const application = keptDeleted(call, deletedApplications).find((item) => item.id === id);
  if (application !== undefined) return { type: "application", item: application };
  const principal = keptDeleted(call, deletedServicePrincipals).find((item) => item.id === id);
  if (principal !== undefined) return { type: "servicePrincipal", item: principal };
  throw notFound(id);
}

function forget(call: GraphCall, id: string): void {
  const { data } = call;
  data.deletedApplications = data.deletedApplications.filter((other) => other.id !== id);
  data.deletedServicePrincipals = data.deletedServicePrincipals.filter((other) => other.id !== id);
}
