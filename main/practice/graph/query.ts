import type { GraphCall, GraphResult } from "./call.ts";
import { contextUrl } from "./call.ts";
import { badRequest, unsupportedQuery } from "./errors.ts";
import { parseFilter } from "./filter.ts";
import { propertiesOf } from "./types.ts";

/** How a collection may be asked. */
export interface Collection {
  /** Type name, for example "application". */
  type: string;
  /** As it stands in `@odata.context`, for example "applications". */
  set: string;
  /** Properties that `$filter` takes. */
  filter: readonly string[];
  /** Properties left out unless `$select` names them. */
  onlySelected?: readonly string[];
}

const known = new Set([
  "$select",
  "$filter",
  "$top",
  "$count",
  "$orderby",
  "$search",
  "$expand",
  "$skiptoken",
]);

/** Refuses what Graph refuses: `$skip` for directory objects, and options that do not exist. Errors: GraphFailure. */
export function checkOptions(call: GraphCall, allowed: readonly string[]): void {
  for (const name of call.query.keys()) {
    if (!name.startsWith("$")) continue;
    if (name === "$skip") throw badRequest("'$skip' is not supported by the service.");
    if (!known.has(name)) throw badRequest(`The query parameter '${name}' is not supported.`, "BadRequest");
    if (!allowed.includes(name)) {
      throw unsupportedQuery(`The query option '${name}' is not supported for this resource.`);
    }
  }
}

/** The properties that `$select` names; null when it is absent. Errors: GraphFailure for an unknown property. */
export function selected(call: GraphCall, type: string): readonly string[] | null {
  const text = call.query.get("$select");
  if (text === undefined) return null;
  const names = text.split(",").map((name) => name.trim());
  for (const name of names) {
    if (!propertiesOf(type).has(name)) {
      throw badRequest(
        `Parsing OData Select and Expand failed: Could not find a property named '${name}' on type 'microsoft.graph.${type}'.`,
        "BadRequest",
      );
    }
  }
  return names;
}

type Entity = Readonly<Record<string, unknown>>;

/** One object, with the selected properties. */
export function single(call: GraphCall, collection: Collection, entity: Entity, status = 200): GraphResult {
  checkOptions(call, ["$select"]);
  const names = selected(call, collection.type);
  const suffix = names === null ? "" : `(${names.join(",")})`;
  return {
    status,
    body: {
      "@odata.context": contextUrl(call, `${collection.set}${suffix}/$entity`),
      ...shaped(entity, collection, names),
    },
  };
}

/** The properties Graph gives: the selected ones (null where absent), else the default set. */
export function shaped(entity: Entity, collection: Collection, names: readonly string[] | null): Entity {
  if (names !== null) return Object.fromEntries(names.map((name) => [name, entity[name] ?? null]));
  const hidden = new Set(collection.onlySelected);
  return Object.fromEntries(Object.entries(entity).filter(([name]) => !hidden.has(name)));
}

const defaultPage = 100;
const largestPage = 999;

/** A collection: filtered, sorted, selected, in pages. Errors: GraphFailure. */
export function list(call: GraphCall, collection: Collection, entities: readonly Entity[]): GraphResult {
  checkOptions(call, ["$select", "$filter", "$top", "$count", "$orderby", "$search", "$skiptoken"]);
  const names = selected(call, collection.type);
  const eventual = call.headers.get("ConsistencyLevel")?.toLowerCase() === "eventual";
  const counted = call.query.get("$count") === "true";
  const found = sorted(
    call,
    searched(call, filtered(call, collection, entities, eventual && counted), eventual),
  );
  const size = pageSize(call);
  const start = skipped(call);
  const page = found.slice(start, start + size);
  const suffix = names === null ? "" : `(${names.join(",")})`;
  return {
    status: 200,
    body: {
      "@odata.context": contextUrl(call, `${collection.set}${suffix}`),
      ...(eventual && counted && { "@odata.count": found.length }),
      ...(start + size < found.length && { "@odata.nextLink": nextLink(call, start + size) }),
      value: page.map((entity) => shaped(entity, collection, names)),
    },
  };
}

function filtered(
  call: GraphCall,
  { type, filter }: Collection,
  entities: readonly Entity[],
  advanced: boolean,
): readonly Entity[] {
  const text = call.query.get("$filter");
  if (text === undefined) return entities;
  const parsed = parseFilter(text, {
    resource: type,
    known: (name) => propertiesOf(type).has(name),
    simple: new Set(filter),
  });
  if (parsed.advanced !== null && !advanced) {
    throw unsupportedQuery(
      `Operator '${parsed.advanced}' is not supported because the required parameters might be missing. Try adding $count=true query parameter and ConsistencyLevel:eventual header. Refer to https://aka.ms/graph-docs/advanced-queries for more information`,
    );
  }
  return entities.filter((entity) => parsed.matches(entity));
}

function searched(call: GraphCall, entities: readonly Entity[], eventual: boolean): readonly Entity[] {
  const text = call.query.get("$search");
  if (text === undefined) return entities;
  if (!eventual) {
    throw unsupportedQuery(
      "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'",
    );
  }
  const match = /^"?displayName:([^"]*)"?$/.exec(text);
  if (match === null) throw badRequest(`Unrecognized query argument specified: '${text}'.`);
  const wanted = (match[1] ?? "").toLowerCase();
  return entities.filter(({ displayName }) => String(displayName).toLowerCase().includes(wanted));
}

function sorted(call: GraphCall, entities: readonly Entity[]): readonly Entity[] {
  const text = call.query.get("$orderby");
  if (text === undefined) return entities;
  const [name = "", direction = "asc"] = text.split(" ");
  if (name !== "displayName" || call.query.has("$filter")) {
    throw unsupportedQuery("Sorting not supported for current query.");
  }
  const order = entities.toSorted((a, b) => String(a[name]).localeCompare(String(b[name])));
  return direction === "desc" ? order.toReversed() : order;
}

function pageSize(call: GraphCall): number {
  const text = call.query.get("$top");
  if (text === undefined) return defaultPage;
  const size = Number(text);
  if (!Number.isInteger(size) || size < 1 || size > largestPage) {
    throw unsupportedQuery(
      `Invalid page size specified: '${text}'. Must be between 1 and ${largestPage} inclusive.`,
    );
  }
  return size;
}

function skipped(call: GraphCall): number {
  const text = call.query.get("$skiptoken");
  if (text === undefined) return 0;
  const start = Number(text);
  if (!Number.isInteger(start))
    throw badRequest(
      "The specified page token value has expired or is invalid.",
      "Directory_ExpiredPageToken",
    );
  return start;
}

function nextLink(call: GraphCall, start: number): string {
  const query = new URLSearchParams([...call.query]);
  query.set("$skiptoken", String(start));
  return `https://${call.hosts.graph}/v1.0/${call.parts.map(encodeURIComponent).join("/")}?${query.toString()}`;
}
