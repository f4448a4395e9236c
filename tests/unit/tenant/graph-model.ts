import { permissions } from "../../../main/guide/permissions.ts";
import type { KeyCredential, RequiredResourceEntry } from "../../../main/tenant/entities.ts";

/** A small Microsoft Graph in memory: only what setting up one application needs, with its error bodies. */

export interface ModelApplication {
  id: string;
  appId: string;
  displayName: string;
  uniqueName: string | null;
  signInAudience: string;
  createdDateTime: string;
  requiredResourceAccess: RequiredResourceEntry[];
  keyCredentials: KeyCredential[];
}

export interface ModelState {
  applications: ModelApplication[];
  servicePrincipals: { id: string; appId: string; accountEnabled: boolean; tags: string[] }[];
  resources: {
    id: string;
    appId: string;
    displayName: string;
    appRoles: { id: string; value: string; isEnabled: boolean; allowedMemberTypes: string[] }[];
    oauth2PermissionScopes: { id: string; value: string; isEnabled: boolean }[];
  }[];
  roleGrants: { id: string; principalId: string; resourceId: string; appRoleId: string }[];
  scopeGrants: { id: string; clientId: string; consentType: string; resourceId: string; scope: string }[];
  roleAssignments: { id: string; principalId: string; roleDefinitionId: string; directoryScopeId: string }[];
  restrictions: unknown[];
  ownRoles: string[];
}

export const globalAdministrator = "62e90394-69f5-4237-9190-012177145e10";

/** A tenant with both APIs and nothing else. `gone` leaves permissions out by their row id. */
export function emptyTenant(gone: readonly string[] = []): ModelState {
  const apis = [...new Set(permissions.map(({ resourceAppId }) => resourceAppId))];
  return {
    applications: [],
    servicePrincipals: [],
    resources: apis.map((appId, index) => {
      const rows = permissions.filter((row) => row.resourceAppId === appId && !gone.includes(row.id));
      return {
        id: `resource-${index}`,
        appId,
        displayName: rows[0]?.api ?? "",
        appRoles: rows
          .filter(({ type }) => type === "Application")
          .map(({ guid, value }) => ({
            id: guid,
            value,
            isEnabled: true,
            allowedMemberTypes: ["Application"],
          })),
        oauth2PermissionScopes: rows
          .filter(({ type }) => type === "Delegated")
          .map(({ guid, value }) => ({ id: guid, value, isEnabled: true })),
      };
    }),
    roleGrants: [],
    scopeGrants: [],
    roleAssignments: [],
    restrictions: [],
    ownRoles: [globalAdministrator],
  };
}

export interface ModelCall {
  method: string;
  path: string;
  body: Record<string, unknown>;
}

/** What happens to a call: the model's own answer when null is given. */
export type Fault = (call: ModelCall, carryOut: () => Response, index: number) => Response | null;

export class GraphModel {
  state: ModelState;
  calls: ModelCall[] = [];
  fault: Fault = () => null;
  /** Reads that still do not see an object, by its id. */
  lag = 0;
  #hidden = new Map<string, number>();
  #next = 1;

  constructor(state: ModelState) {
    this.state = state;
  }

  readonly fetch = async (url: string, init: RequestInit = {}): Promise<Response> => {
    const { pathname, search } = new URL(url);
    const path = decodeURIComponent(pathname.replace("/v1.0", ""));
    const text = typeof init.body === "string" ? init.body : "{}";
    const call = { method: init.method ?? "GET", path, body: JSON.parse(text) as Record<string, unknown> };
    this.calls.push(call);
    const carryOut = () => this.#answer(call, decodeURIComponent(search));
    return this.fault(call, carryOut, this.calls.length) ?? carryOut();
  };

  /** The writes so far, as "METHOD /path". */
  writes(): string[] {
    return this.calls.filter(({ method }) => method !== "GET").map(({ method, path }) => `${method} ${path}`);
  }

  #id(): string {
    const id = `id-${this.#next++}`;
    if (this.lag > 0) this.#hidden.set(id, this.lag);
    return id;
  }

  #visible(object: { id: string }): boolean {
    const left = this.#hidden.get(object.id) ?? 0;
    if (left > 0) this.#hidden.set(object.id, left - 1);
    return left <= 0;
  }

  #answer({ method, path, body }: ModelCall, search: string): Response {
    const { state } = this;
    const keyed = /^\/applications\((uniqueName|appId)='([^']*)'\)$/.exec(path);
    if (keyed !== null) {
      const found = state.applications.find((one) => one[keyed[1] as "appId"] === keyed[2]);
      if (method === "GET") return found && this.#visible(found) ? json(200, found) : notFound();
      if (found) return this.#patch(found, body);
      const appId = `app-${this.#next}`;
      const created = { ...blank, ...body, id: this.#id(), appId, uniqueName: keyed[2] ?? null };
      state.applications.push(created as unknown as ModelApplication);
      return json(201, created);
    }
    const principal = /^\/servicePrincipals\(appId='([^']*)'\)$/.exec(path);
    if (principal !== null) {
      const found = [...state.resources, ...state.servicePrincipals].find(
        ({ appId }) => appId === principal[1],
      );
      return found && this.#visible(found) ? json(200, found) : notFound();
    }
    if (path === "/organization") return list([organization]);
    if (path === "/policies/defaultAppManagementPolicy") {
      const applicationRestrictions = { keyCredentials: state.restrictions };
      return json(200, { id: "policy", isEnabled: state.restrictions.length > 0, applicationRestrictions });
    }
    if (path.startsWith("/me/transitiveMemberOf")) {
      return list(state.ownRoles.map((id) => ({ id, displayName: id, roleTemplateId: id })));
    }
    if (path.endsWith("/appManagementPolicies")) return list([]);
    const quoted = /eq '([^']*)'/.exec(search)?.[1] ?? "";
    if (path === "/directory/deletedItems/microsoft.graph.application") return list([]);
    if (path === "/applications") return list(state.applications.filter((one) => one.displayName === quoted));
    if (path === "/oauth2PermissionGrants" && method === "GET") {
      return list(state.scopeGrants.filter((one) => one.clientId === quoted && this.#visible(one)));
    }
    if (path === "/roleManagement/directory/roleAssignments" && method === "GET") {
      return list(state.roleAssignments.filter((one) => one.principalId === quoted && this.#visible(one)));
    }
    return this.#write(method, path, body);
  }

  #write(method: string, path: string, body: Record<string, unknown>): Response {
    const { state } = this;
    if (path === "/servicePrincipals") {
      const application = state.applications.find(({ appId }) => appId === body["appId"]);
      if (!application || !this.#visible(application)) {
        return refusal(
          400,
          "Request_BadRequest",
          "The appId of the service principal does not reference a valid application object.",
        );
      }
      if (state.servicePrincipals.some(({ appId }) => appId === body["appId"])) {
        return refusal(
          409,
          "Request_MultipleObjectsWithSameKeyValue",
          "The service principal already exists.",
        );
      }
      return this.#add(state.servicePrincipals, { accountEnabled: true, ...body });
    }
    const [, collection, id, below, belowId] = path.split("/");
    if (collection === "applications") {
      const found = state.applications.find((one) => one.id === id);
      if (!found || !this.#visible(found)) return notFound();
      return method === "DELETE" ? remove(state.applications, found.id) : this.#patch(found, body);
    }
    if (collection === "servicePrincipals") {
      const found = state.servicePrincipals.find((one) => one.id === id);
      if (!found || !this.#visible(found)) return notFound();
      if (below === "appRoleAssignments") {
        if (method === "GET")
          return list(state.roleGrants.filter((one) => one.principalId === id && this.#visible(one)));
        if (method === "DELETE") return remove(state.roleGrants, belowId ?? "");
        const same = (one: { resourceId: string; appRoleId: string }) =>
          one.resourceId === body["resourceId"] && one.appRoleId === body["appRoleId"];
        if (state.roleGrants.some((one) => one.principalId === id && same(one))) {
          return refusal(400, "Request_BadRequest", "Permission being assigned already exists on the object");
        }
        return this.#add(state.roleGrants, body);
      }
      return method === "DELETE" ? remove(state.servicePrincipals, found.id) : this.#patch(found, body);
    }
    if (collection === "oauth2PermissionGrants") {
      const found = state.scopeGrants.find((one) => one.id === id);
      if (id !== undefined) {
        if (!found) return notFound();
        return method === "DELETE" ? remove(state.scopeGrants, id) : this.#patch(found, body);
      }
      const same = state.scopeGrants.some(
        (one) =>
          one.clientId === body["clientId"] &&
          one.resourceId === body["resourceId"] &&
          one.consentType === body["consentType"],
      );
      if (same)
        return refusal(409, "Request_MultipleObjectsWithSameKeyValue", "Permission entry already exists.");
      return this.#add(state.scopeGrants, body);
    }
    const assignmentId = path.split("/")[4];
    if (assignmentId !== undefined) return remove(state.roleAssignments, assignmentId);
    if (
      state.roleAssignments.some(
        (one) => one.principalId === body["principalId"] && one.roleDefinitionId === body["roleDefinitionId"],
      )
    ) {
      return refusal(
        400,
        "Request_BadRequest",
        "A conflicting object with one or more of the specified property values is present in the directory.",
      );
    }
    return this.#add(state.roleAssignments, body);
  }

  #add(to: { id: string }[], body: object): Response {
    const created = { ...body, id: this.#id() };
    to.push(created);
    return json(201, created);
  }

  #patch(object: object, body: object): Response {
    Object.assign(object, body);
    return new Response(null, { status: 204 });
  }
}

const blank = { createdDateTime: "2026-11-24T00:00:00Z", keyCredentials: [], requiredResourceAccess: [] };

const organization = {
  id: "7d9e2f6a-0000-4000-8000-000000000001",
  displayName: "Contoso",
  tenantType: "AAD",
  verifiedDomains: [
    { name: "contoso.org", isDefault: true, isInitial: false },
    { name: "contoso.onmicrosoft.com", isDefault: false, isInitial: true },
  ],
};

function remove(from: { id: string }[], id: string): Response {
  const index = from.findIndex((one) => one.id === id);
  if (index === -1) return notFound();
  from.splice(index, 1);
  return new Response(null, { status: 204 });
}

export function json(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { "request-id": "server-request", ...headers },
  });
}

function list(value: unknown[]): Response {
  return json(200, { value });
}

export function refusal(status: number, code: string, message: string, headers = {}): Response {
  return json(status, { error: { code, message } }, headers);
}

function notFound(): Response {
  return refusal(
    404,
    "Request_ResourceNotFound",
    "Resource does not exist or one of its queried reference-property objects are not present.",
  );
}
