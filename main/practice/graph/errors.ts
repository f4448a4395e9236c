import { Buffer } from "node:buffer";

/**
 * A refusal in Graph's form (learn.microsoft.com/graph/errors). Microsoft publishes no list of the directory's words.
 * Most here are quoted in public by users and tools and were compared with that: missing objects and privileges,
 * unknown properties, taken names, page sizes, advanced queries, grants that exist or are not offered, keys that
 * change or end too late, lifetimes. Not found, hence guesses: the words for read-only properties, for a key without
 * its value, for values of another type than a text, and for options that a resource does not support.
 */
export class GraphFailure extends Error {
  readonly status: number;
  readonly code: string;
  readonly details: readonly Readonly<Record<string, string>>[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    code: string,
    message: string,
    more: {
      details?: readonly Readonly<Record<string, string>>[];
      headers?: Readonly<Record<string, string>>;
    } = {},
  ) {
    super(message);
    this.name = "GraphFailure";
    this.status = status;
    this.code = code;
    this.details = more.details ?? [];
    this.headers = more.headers ?? {};
  }
}

export function badRequest(message: string, code = "Request_BadRequest"): GraphFailure {
  return new GraphFailure(400, code, message);
}

export function unsupportedQuery(message: string): GraphFailure {
  return new GraphFailure(400, "Request_UnsupportedQuery", message);
}

/** An object that does not exist, or does not yet everywhere. */
export function notFound(id: string): GraphFailure {
  return new GraphFailure(
    404,
    "Request_ResourceNotFound",
    `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  );
}

export function denied(): GraphFailure {
  return new GraphFailure(
    403,
    "Authorization_RequestDenied",
    "Insufficient privileges to complete the operation.",
  );
}

/** No valid token. `claims` asks for a new sign-in (learn.microsoft.com/entra/identity-platform/claims-challenge). */
export function unauthorized(message: string, login: string, claims?: string): GraphFailure {
  const parts = [
    'Bearer realm=""',
    `authorization_uri="https://${login}/common/oauth2/authorize"`,
    'client_id="00000003-0000-0000-c000-000000000000"',
  ];
  if (claims !== undefined) {
    parts.push('error="insufficient_claims"', `claims="${Buffer.from(claims).toString("base64")}"`);
  }
  return new GraphFailure(401, "InvalidAuthenticationToken", message, {
    headers: { "WWW-Authenticate": parts.join(", ") },
  });
}

/** The body of an error answer. */
export function errorBody(
  failure: GraphFailure,
  requestId: string,
  clientRequestId: string,
  now: Date,
): object {
  return {
    error: {
      code: failure.code,
      message: failure.message,
      ...(failure.details.length > 0 && { details: failure.details }),
      innerError: {
        date: now.toISOString().slice(0, 19),
        "request-id": requestId,
        "client-request-id": clientRequestId,
      },
    },
  };
}
