import type { z } from "zod";
import type { DesiredTenant } from "./desired.ts";
import { known, unknown } from "./actual.ts";
import type {
  ActualTenant,
  Application,
  DeletedApplication,
  Known,
  Resource,
  ServicePrincipal,
} from "./actual.ts";
import * as entities from "./entities.ts";
import * as facts from "./facts-from-entities.ts";
import type { CallOptions, Graph } from "./graph.ts";
import { GraphError } from "./graph-error.ts";
import { waitWithin } from "./pace.ts";
import type { Pace } from "./pace.ts";
import { unknownFrom } from "./unknown-from.ts";

/** What to look for in a tenant. */
export interface ReadTarget extends Pick<DesiredTenant, "application" | "permissions"> {
  /** The reading is for taking back: the application and its service principal are expected to be there. */
  toUndo?: boolean;
}

const applicationSelect =
  "$select=id,appId,displayName,uniqueName,signInAudience,createdDateTime,disabledByMicrosoftStatus,requiredResourceAccess,keyCredentials";
const servicePrincipalSelect = "$select=id,appId,displayName,accountEnabled,tags";
const resourceSelect = "$select=id,appId,displayName,appRoles,oauth2PermissionScopes";

/** A text inside an OData string literal inside a path. */
function literal(value: string): string {
  return encodeURIComponent(value.replaceAll("'", "''"));
}

/** One reader for each part of the tenant. Each gives "unknown" with the reason instead of failing. */
export function readers(graph: Graph, options: CallOptions = {}) {
  async function orUnknown<T>(work: () => Promise<T>): Promise<Known<T>> {
    try {
      return known(await work());
    } catch (error) {
      options.signal?.throwIfAborted();
      return unknownFrom(error);
    }
  }

  async function orNull<T>(work: () => Promise<T>): Promise<T | null> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof GraphError && error.code === "not-found") return null;
      throw error;
    }
  }

  function listOf<T extends z.ZodType>(path: string, item: T, scopes: Parameters<Graph["list"]>[2]) {
    return graph.list<z.output<T>>(path, item as z.ZodType<z.output<T>>, scopes, options);
  }

  async function applicationBy(key: string): Promise<Application | null> {
    const path = `/applications(${key})?${applicationSelect}`;
    return orNull(async () =>
      facts.application(await graph.get(path, entities.applicationEntity, ["Application.Read.All"], options)),
    );
  }

  return {
    organization: () =>
      orUnknown(async () => {
        const path = "/organization?$select=id,displayName,tenantType,verifiedDomains";
        const [organization] = await listOf(path, entities.organizationEntity, ["User.Read"]);
        if (organization === undefined) throw new RangeError("No organization was given.");
        return facts.organization(organization);
      }),

    /** By the known application ID; without one by the setup's unique name. */
    application: (target: ReadTarget["application"]) =>
      orUnknown(() =>
        applicationBy(
          target.appId === null
            ? `uniqueName='${literal(target.uniqueName)}'`
            : `appId='${literal(target.appId)}'`,
        ),
      ),

    /**
     * The same among the deleted items. No filter: Microsoft documents none by unique name. They are few, as they
     * are kept for 30 days (learn.microsoft.com/graph/api/directory-deleteditems-list).
     */
    deletedApplication: (target: ReadTarget["application"]) =>
      orUnknown(async () => {
        const path = `/directory/deletedItems/microsoft.graph.application?$top=999&${applicationSelect},deletedDateTime`;
        const found = await listOf(path, entities.deletedApplicationEntity, ["Application.Read.All"]);
        const own = found
          .map(facts.deletedApplication)
          .find(({ appId, uniqueName }) =>
            target.appId === null ? uniqueName === target.uniqueName : appId === target.appId,
          );
        return own ?? null;
      }),

    sameName: (displayName: string) =>
      orUnknown(async () => {
        if (displayName === "") return [];
        const path = `/applications?$filter=displayName eq '${literal(displayName)}'&${applicationSelect}`;
        const found = await listOf(path, entities.applicationEntity, ["Application.Read.All"]);
        return found.map(facts.application);
      }),

    servicePrincipal: (appId: string): Promise<Known<ServicePrincipal | null>> =>
      orUnknown(() =>
        orNull(async () => {
          const path = `/servicePrincipals(appId='${literal(appId)}')?${servicePrincipalSelect}`;
          return facts.servicePrincipal(
            await graph.get(path, entities.servicePrincipalEntity, ["Application.Read.All"], options),
          );
        }),
      ),

    resource: (appId: string): Promise<Known<Resource | null>> =>
      orUnknown(() =>
        orNull(async () => {
          const path = `/servicePrincipals(appId='${literal(appId)}')?${resourceSelect}`;
          return facts.resource(
            await graph.get(path, entities.resourceEntity, ["Application.Read.All"], options),
          );
        }),
      ),

    roleGrants: (principalId: string) =>
      orUnknown(async () => {
        const path = `/servicePrincipals/${literal(principalId)}/appRoleAssignments`;
        const found = await listOf(path, entities.appRoleAssignmentEntity, ["Application.Read.All"]);
        return found.flatMap(({ id, appRoleId, resourceId }) =>
          resourceId === null ? [] : [{ id, appRoleId, resourceId }],
        );
      }),

    scopeGrants: (principalId: string) =>
      orUnknown(async () => {
        const path = `/oauth2PermissionGrants?$filter=clientId eq '${literal(principalId)}'`;
        const found = await listOf(path, entities.permissionGrantEntity, ["Directory.Read.All"]);
        return found.map(facts.scopeGrant);
      }),

    roleAssignments: (principalId: string) =>
      orUnknown(async () => {
        const path = `/roleManagement/directory/roleAssignments?$filter=principalId eq '${literal(principalId)}'`;
        const found = await listOf(path, entities.roleAssignmentEntity, ["RoleManagement.Read.Directory"]);
        return found.map(facts.roleAssignment);
      }),

    tenantPolicy: () =>
      orUnknown(async () => {
        const path = "/policies/defaultAppManagementPolicy";
        return facts.tenantRestrictions(
          await graph.get(path, entities.defaultPolicyEntity, ["Policy.Read.All"], options),
        );
      }),

    applicationPolicy: (objectId: string) =>
      orUnknown(async () => {
        const path = `/applications/${literal(objectId)}/appManagementPolicies`;
        return facts.applicationRestrictions(
          await listOf(path, entities.applicationPolicyEntity, ["Policy.Read.All"]),
        );
      }),

    /** The cast is an advanced query and needs both the header and `$count`, else Graph answers 400. */
    ownRoles: () =>
      orUnknown(async () => {
        const path =
          "/me/transitiveMemberOf/microsoft.graph.directoryRole?$select=id,displayName,roleTemplateId&$count=true";
        const headers = { ConsistencyLevel: "eventual" };
        const found = await graph.list(path, entities.directoryRoleEntity, ["User.Read"], {
          ...options,
          headers,
        });
        return found.flatMap(({ roleTemplateId }) => (roleTemplateId ? [roleTemplateId] : []));
      }),
  };
}

export type Readers = ReturnType<typeof readers>;

/** A part that hangs on another: its value where that is there, `none` where it is absent, else unknown. */
export async function following<T, U>(
  part: Known<T | null>,
  read: (value: T) => Promise<Known<U>>,
  none: U,
): Promise<Known<U>> {
  if (!part.known) return unknown("depends", part.detail, part.requestId);
  return part.value === null ? known(none) : read(part.value);
}

/** How often an object that is expected is looked for before it counts as absent. */
const expectedLooks = 4;
const expectedLimitMs = 15_000;

/** An object that should be there: a replica that does not know it is asked again before it counts as absent. */
async function expected<T>(
  what: string,
  read: () => Promise<Known<T | null>>,
  pace: Pace,
  { onWait, signal }: CallOptions,
): Promise<Known<T | null>> {
  const startedAt = pace.now().getTime();
  for (let attempt = 1; ; attempt += 1) {
    const found = await read();
    if (!found.known || found.value !== null || attempt === expectedLooks) return found;
    const wait = {
      reason: "replication",
      what,
      attempt,
      startedAt,
      limitMs: expectedLimitMs,
      askedMs: null,
    } as const;
    if (!(await waitWithin(pace, wait, onWait, signal))) return found;
  }
}

/** Whether a part of an earlier reading may stand: what could not be read is tried again, but for a missing right. */
function kept<T>(part: Known<T> | undefined): Known<T> | null {
  return part !== undefined && (part.known || part.reason === "no-right") ? part : null;
}

/** Looks among the deleted items only when the application itself is not there. */
export async function deletedUnless(
  application: Known<Application | null>,
  read: () => Promise<Known<DeletedApplication | null>>,
): Promise<Known<DeletedApplication | null>> {
  if (!application.known) return unknown("depends", application.detail, application.requestId);
  return application.value === null ? read() : known(null);
}

/**
 * Reads everything the plan is about, independent parts at the same time. Parts that cannot be read are "unknown"
 * with the reason. Rejects only when `signal` is aborted. With `earlier` only the application's own objects are
 * read again; what the app never changes (organization, APIs, policies, roles) is taken from there. An application
 * whose ID is known and the APIs are looked for several times before they count as absent, and with `toUndo` all
 * that could be taken back.
 */
export async function readTenant(
  graph: Graph,
  target: ReadTarget,
  pace: Pace,
  options: CallOptions = {},
  earlier: ActualTenant | null = null,
): Promise<ActualTenant> {
  const read = readers(graph, options);
  const resourceIds = [...new Set(target.permissions.map(({ resourceAppId }) => resourceAppId))];
  const knownAppId = target.application.appId;
  const find = () => read.application(target.application);
  const toUndo = target.toUndo === true;
  const named = Promise.resolve(kept(earlier?.sameName) ?? read.sameName(target.application.displayName));
  const application =
    knownAppId === null && !toUndo
      ? find().then((part) => listedAsOwn(part, named))
      : expected(knownAppId ?? target.application.uniqueName, find, pace, options);
  const findPrincipal = (appId: string) =>
    toUndo
      ? expected(appId, () => read.servicePrincipal(appId), pace, options)
      : read.servicePrincipal(appId);
  const servicePrincipal =
    knownAppId === null
      ? application.then((part) => following(part, ({ appId }) => findPrincipal(appId), null))
      : findPrincipal(knownAppId);
  // An application that is looked for by its unique name may well not be there: then this goes out with the rest.
  const deleted =
    knownAppId === null && !toUndo && earlier === null ? read.deletedApplication(target.application) : null;
  const [
    organization,
    deletedApplication,
    sameName,
    resources,
    roleGrants,
    scopeGrants,
    roleAssignments,
    policies,
    ownRoles,
  ] = await Promise.all([
    kept(earlier?.organization) ?? read.organization(),
    application.then((part) =>
      deletedUnless(part, () => deleted ?? read.deletedApplication(target.application)),
    ),
    Promise.all([named, application]).then(withoutOwn),
    Promise.all(
      resourceIds.map(async (id) => {
        const resource = kept(earlier?.resources[id]) ?? expected(id, () => read.resource(id), pace, options);
        return [id, await resource] as const;
      }),
    ),
    servicePrincipal.then((part) => following(part, ({ id }) => read.roleGrants(id), [])),
    servicePrincipal.then((part) => following(part, ({ id }) => read.scopeGrants(id), [])),
    servicePrincipal.then((part) => following(part, ({ id }) => read.roleAssignments(id), [])),
    kept(earlier?.policies) ?? readPolicies(read, application),
    kept(earlier?.ownRoles) ?? read.ownRoles(),
  ]);
  /** A list can know a new application before its unique name leads to it. */
  async function listedAsOwn(
    part: Known<Application | null>,
    others: Promise<Known<readonly Application[]>>,
  ): Promise<Known<Application | null>> {
    if (!part.known || part.value !== null) return part;
    const listed = await others;
    const own = listed.known ? listed.value.find(isOwn) : undefined;
    if (own === undefined) return part;
    const byId = { ...target.application, appId: own.appId };
    return expected(own.appId, () => read.application(byId), pace, options);
  }

  function isOwn({ uniqueName }: Application): boolean {
    return uniqueName === target.application.uniqueName;
  }

  /** The namesakes that are another application. */
  function withoutOwn([found, own]: [Known<readonly Application[]>, Known<Application | null>]): Known<
    readonly Application[]
  > {
    if (!found.known) return found;
    const id = own.known ? own.value?.id : undefined;
    return known(found.value.filter((other) => other.id !== id && (knownAppId !== null || !isOwn(other))));
  }

  return {
    readAt: pace.now().toISOString(),
    organization,
    application: await application,
    deletedApplication,
    sameName,
    servicePrincipal: await servicePrincipal,
    resources: Object.fromEntries(resources),
    roleGrants,
    scopeGrants,
    roleAssignments,
    policies,
    ownRoles,
  };
}

async function readPolicies(
  read: Readers,
  application: Promise<Known<Application | null>>,
): Promise<ActualTenant["policies"]> {
  const [tenant, own] = await Promise.all([
    read.tenantPolicy(),
    application.then((part) => following(part, ({ id }) => read.applicationPolicy(id), null)),
  ]);
  if (!tenant.known) return tenant;
  if (!own.known) return own;
  return known({ tenant: tenant.value, application: own.value });
}
