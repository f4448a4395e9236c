import { isGuid } from "../ids.ts";
import { badRequest } from "./errors.ts";
import { propertiesOf, types } from "./types.ts";
import type { PropertyType } from "./types.ts";

export type Body = Readonly<Record<string, unknown>>;

/** The JSON object of a request. Errors: GraphFailure. */
export function bodyObject(body: unknown): Body {
  if (typeof body === "object" && body !== null && !Array.isArray(body)) return body as Body;
  throw badRequest(
    "Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.",
    "BadRequest",
  );
}

/**
 * The writable properties of a request, each checked for its type. Errors: GraphFailure for a property that does
 * not exist, is read-only, or has a value of another type.
 */
export function writable(body: Body, type: string, readOnly: readonly string[]): Body {
  const entries = Object.entries(body).filter(([name]) => !name.startsWith("@odata."));
  for (const [name, value] of entries) {
    const property = propertiesOf(type).get(name);
    if (property === undefined) throw badRequest(`Invalid property '${name}'.`);
    if (readOnly.includes(name)) throw badRequest(`Property '${name}' is read-only and cannot be set.`);
    check(name, value, property);
  }
  return Object.fromEntries(entries);
}

/** Errors: GraphFailure when a required text is missing. */
export function required(body: Body, type: string, name: string): string {
  const value = body[name];
  if (typeof value === "string" && value !== "") return value;
  throw badRequest(`A value is required for property '${name}' of resource '${capital(type)}'.`);
}

function check(name: string, value: unknown, property: PropertyType): void {
  if (!property.collection) {
    checkOne(value, property.type);
    return;
  }
  if (value === null && property.nullable) return;
  if (!Array.isArray(value)) {
    throw badRequest(`A collection was expected for property '${name}'.`);
  }
  for (const item of value) {
    if (item === null) throw badRequest(`A null value was found in the collection '${name}'.`);
    checkOne(item, property.type);
  }
}

function checkOne(value: unknown, type: string): void {
  if (value === null) return;
  if (types.has(type)) {
    const inner = bodyObject(value);
    for (const [key, item] of Object.entries(inner)) {
      if (key.startsWith("@odata.")) continue;
      const property = propertiesOf(type).get(key);
      if (property === undefined) throw badRequest(`Invalid property '${key}'.`);
      check(key, item, property);
    }
    return;
  }
  if (!fits(value, type)) {
    const literal = typeof value === "string" ? value.slice(0, 60) : JSON.stringify(value).slice(0, 60);
    throw badRequest(`Cannot convert the literal '${literal}' to the expected type 'Edm.${type}'.`);
  }
}

function fits(value: unknown, type: string): boolean {
  switch (type) {
    case "String":
      return typeof value === "string";
    case "Boolean":
      return typeof value === "boolean";
    case "Guid":
      return isGuid(value);
    case "DateTimeOffset":
      return (
        typeof value === "string" && /^\d{4}-\d{2}-\d{2}T/.test(value) && !Number.isNaN(Date.parse(value))
      );
    case "Binary":
      return typeof value === "string" && value.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(value);
    case "Int32":
      return Number.isInteger(value);
    default:
      return typeof value === "object" || typeof value === "string";
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
