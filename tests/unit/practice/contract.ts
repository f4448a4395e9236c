import graphTypes from "../../support/graph-types/graph-v1.0-types.json" with { type: "json" };

interface Property {
  type: string;
  nullable?: boolean;
}
interface GraphType {
  base?: string | null;
  properties?: Record<string, Property>;
}

const types: Record<string, GraphType> = graphTypes.types;
const enums: Record<string, readonly string[]> = graphTypes.enums;

/** Entity types by the first part of `@odata.context` behind the "#". */
const typeOfSet: Record<string, string> = {
  organization: "organization",
  users: "user",
  directoryObjects: "directoryRole",
  applications: "application",
  servicePrincipals: "servicePrincipal",
  appRoleAssignments: "appRoleAssignment",
  oauth2PermissionGrants: "oAuth2PermissionGrant",
  "roleManagement/directory/roleAssignments": "unifiedRoleAssignment",
  "roleManagement/directory/roleDefinitions": "unifiedRoleDefinition",
  "policies/defaultAppManagementPolicy": "tenantAppManagementPolicy",
  appManagementPolicies: "appManagementPolicy",
};

/** Complex types by the property that is read on its own. */
const typeOfPart: Record<string, string> = { appRoles: "appRole", oauth2PermissionScopes: "permissionScope" };

/** A type's properties with those of its base types, by Microsoft's metadata. */
export function propertiesByMetadata(type: string): Record<string, Property> {
  const found = types[type];
  if (found === undefined) throw new RangeError(`Not in the metadata: ${type}`);
  return { ...(found.base ? propertiesByMetadata(found.base) : {}), ...found.properties };
}

/** What in an answer of Graph does not fit Microsoft's metadata, as sentences; empty when all fits. */
export function problemsOfAnswer(body: unknown): string[] {
  const answer = body as Record<string, unknown>;
  const context = answer["@odata.context"] as string;
  const set = /#([^(]+?)(?:\(.*\))?(?:\/\$entity)?$/.exec(context)?.[1] ?? "";
  const part = /\)\/(\w+)(?:\([^)]*\))?$/.exec(context)?.[1];
  const type = part === undefined ? typeOfSet[set] : typeOfPart[part];
  if (type === undefined) return [`No type for the context "${context}"`];
  const named = /^#microsoft\.graph\.(\w+)$/.exec(String(answer["@odata.type"]))?.[1];
  if (named !== undefined) return problemsOf(answer, named, named);
  const entities = Array.isArray(answer["value"]) ? (answer["value"] as unknown[]) : [answer];
  return entities.flatMap((entity) => problemsOf(entity, type, type));
}

/** What a request writes, by the method and the path below the version. */
const writes: readonly (readonly [method: string, path: RegExp, type: string])[] = [
  ["POST", /^\/applications$/, "application"],
  ["PATCH", /^\/applications(?:\/[^/]+|\(.+\))$/, "application"],
  ["POST", /^\/servicePrincipals$/, "servicePrincipal"],
  ["PATCH", /^\/servicePrincipals\/[^/]+$/, "servicePrincipal"],
  ["POST", /^\/servicePrincipals\/[^/]+\/appRoleAssignments$/, "appRoleAssignment"],
  ["POST", /^\/oauth2PermissionGrants$/, "oAuth2PermissionGrant"],
  ["PATCH", /^\/oauth2PermissionGrants\/[^/]+$/, "oAuth2PermissionGrant"],
  ["POST", /^\/roleManagement\/directory\/roleAssignments$/, "unifiedRoleAssignment"],
];
const withoutBody = /^(?:GET|DELETE) |^POST \/directory\/deletedItems\/[^/]+\/restore$/;

/** What in the body of a request does not fit Microsoft's metadata, as sentences; empty when all fits. */
export function problemsOfRequest(method: string, path: string, body: unknown): string[] {
  const known = writes.find(([verb, form]) => verb === method && form.test(path));
  if (known !== undefined) return problemsOf(body, known[2], `${method} ${path}`);
  if (!withoutBody.test(`${method} ${path}`)) return [`${method} ${path} is no known request`];
  return body === undefined ? [] : [`${method} ${path} has a body`];
}

/** What in a value does not fit a type. */
export function problemsOf(value: unknown, type: string, at: string): string[] {
  if (typeof value !== "object" || value === null) return [`${at} is no object`];
  const properties = propertiesByMetadata(type);
  return Object.entries(value).flatMap(([name, item]) => {
    if (name.startsWith("@odata.")) return [];
    const property = properties[name];
    if (property === undefined) return [`${at}.${name} is not a property of ${type}`];
    return problemsOfValue(item, property, `${at}.${name}`);
  });
}

function problemsOfValue(value: unknown, property: Property, at: string): string[] {
  const collection = /^Collection\((.*)\)$/.exec(property.type)?.[1];
  if (value === null || value === undefined) {
    return property.nullable === true && collection === undefined ? [] : [`${at} must not be null`];
  }
  if (collection === undefined) return problemsOfOne(value, property.type, at);
  if (!Array.isArray(value)) return [`${at} must be a collection`];
  return value.flatMap((item, index) => problemsOfOne(item, collection, `${at}[${index}]`));
}

const forms: Record<string, (value: unknown) => boolean> = {
  "Edm.String": (value) => typeof value === "string",
  "Edm.Boolean": (value) => typeof value === "boolean",
  "Edm.Int32": (value) => Number.isInteger(value),
  "Edm.Guid": (value) =>
    typeof value === "string" && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value),
  "Edm.DateTimeOffset": (value) => typeof value === "string" && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value),
  "Edm.Duration": (value) => typeof value === "string" && value.startsWith("P"),
  "Edm.Binary": (value) => typeof value === "string" && /^[A-Za-z0-9+/_-]*={0,2}$/.test(value),
};

/** Complex types that the extract of the metadata leaves out; here only objects or null stand for them. */
const leftOut = new Set(["parentalControlSettings", "verifiedPublisher"]);

function problemsOfOne(value: unknown, type: string, at: string): string[] {
  const form = forms[type];
  if (form !== undefined) return form(value) ? [] : [`${at} is no ${type}: ${JSON.stringify(value)}`];
  const name = type.replace(/^(?:microsoft\.)?graph\./, "");
  if (types[name] !== undefined) return problemsOf(value, name, at);
  if (enums[name] !== undefined)
    return enums[name].includes(String(value)) ? [] : [`${at} is not in ${name}`];
  return leftOut.has(name) && typeof value === "object" ? [] : [`${at} has the unknown type ${type}`];
}
