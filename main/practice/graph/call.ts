import type { RandomBytes } from "../../ports.ts";
import type { PracticeData } from "../data.ts";
import type { PracticeHosts } from "../hosts.ts";

/** What an access token says about its bearer. */
export interface Caller {
  kind: "user" | "app";
  /** Object id of the person or the service principal. */
  objectId: string;
  /** Delegated permissions, or application permissions for an app. */
  permissions: ReadonlySet<string>;
  /** Template ids of the directory roles when the token was made. */
  roles: ReadonlySet<string>;
}

/** One request to Graph, parsed. */
export interface GraphCall {
  method: string;
  /** Path parts below the version; a key in parentheses is a part of its own. */
  parts: readonly string[];
  query: ReadonlyMap<string, string>;
  headers: Headers;
  body: unknown;
  caller: Caller;
  data: PracticeData;
  hosts: PracticeHosts;
  now: Date;
  randomBytes: RandomBytes;
  /** Whether an object is known where this request arrived. */
  visible(id: string): boolean;
  /** Marks an object as new. */
  created(id: string): void;
}

export interface GraphResult {
  status: number;
  body?: object;
  headers?: Readonly<Record<string, string>>;
}

/** The `@odata.context` of an answer (OData JSON Format 4.01, section 10). */
export function contextUrl(call: GraphCall, path: string): string {
  return `https://${call.hosts.graph}/v1.0/$metadata#${path}`;
}
