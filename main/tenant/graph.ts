import { z } from "zod";
import type { Fetch } from "../identity/fetch.ts";
import { networkFailure } from "../identity/network-failure.ts";
import { claimsChallenge } from "./claims-challenge.ts";
import { codeOfAnswer, GraphError } from "./graph-error.ts";
import type { GraphErrorCode, GraphErrorFacts } from "./graph-error.ts";
import { retryAfterMs, waitWithin } from "./pace.ts";
import type { OnWait, Pace, WaitReason } from "./pace.ts";
import { fullScopes } from "./scopes.ts";
import type { GraphScope } from "./scopes.ts";

export interface GraphRequest {
  method: "GET" | "POST" | "PATCH" | "DELETE";
  /** Below the version, with its query, for example "/organization?$select=id". */
  path: string;
  headers?: Readonly<Record<string, string>>;
  body?: unknown;
  /** What the token must allow, the least that suffices. */
  scopes: readonly GraphScope[];
}

/** A successful answer. `body` is null for 204. */
export interface GraphAnswer {
  status: number;
  body: unknown;
  requestId: string;
  clientRequestId: string;
}

export interface CallOptions {
  signal?: AbortSignal;
  onWait?: OnWait;
}

/** Microsoft Graph v1.0 of one tenant, as one signed-in person. */
export interface Graph {
  /** Reads one object. Errors: GraphError; "not-found" is an error here. */
  get<T>(path: string, schema: z.ZodType<T>, scopes: readonly GraphScope[], options?: GetOptions): Promise<T>;
  /** Reads a collection with all its pages. Errors: GraphError. */
  list<T>(
    path: string,
    item: z.ZodType<T>,
    scopes: readonly GraphScope[],
    options?: GetOptions,
  ): Promise<T[]>;
  /**
   * Sends a change once. Sent again only when it certainly was not carried out: throttled, token expired, or no
   * connection. Any other failure is thrown with `mayHaveActed`, for the caller to look before a repeat. Errors: GraphError, TokenError.
   */
  send(request: GraphRequest, options?: CallOptions): Promise<GraphAnswer>;
  /**
   * Sends changes that do not depend on each other in one request, each once; what became of each stands in the
   * result. Left out by a Graph that sends one by one. Errors: TokenError.
   */
  sendTogether?(
    requests: readonly GraphRequest[],
    options?: CallOptions,
  ): Promise<(GraphAnswer | GraphError)[]>;
}

export interface GetOptions extends CallOptions {
  headers?: Readonly<Record<string, string>>;
}

export interface GraphPorts {
  fetch: Fetch;
  /** A token for these scopes; `claims` and `refresh` after a 401. Rejects when a person has to sign in. */
  getToken(scopes: string[], options?: { claims?: string; refresh?: boolean }): Promise<string>;
  pace: Pace;
  /** A new GUID for `client-request-id`. */
  newId(): string;
  /** Host without scheme, for example "graph.microsoft.com". */
  host: string;
  /** How long one call may wait and repeat, in milliseconds. */
  waitLimitMs?: number;
  /** How long one attempt may take, in milliseconds. */
  attemptLimitMs?: number;
}

/** No token could be had: a person has to sign in, or the sign-in service was not reached (see `cause`). */
export class TokenError extends Error {
  constructor(cause: unknown) {
    super("No token for Microsoft Graph", { cause });
    this.name = "TokenError";
  }
}

const maxPages = 100;
const errorBody = z.object({
  error: z.object({
    code: z.string().default(""),
    message: z.string().default(""),
    innerError: z.object({ "request-id": z.string().optional() }).loose().optional(),
  }),
});

/** A client that waits where Graph asks for it, and otherwise tells exactly what is known about a request. */
export function createGraph(ports: GraphPorts): Graph {
  const base = `https://${ports.host}/v1.0`;
  const limitMs = ports.waitLimitMs ?? 120_000;
  const attemptMs = ports.attemptLimitMs ?? 60_000;

  async function once(
    request: GraphRequest,
    token: string,
    signal: AbortSignal | undefined,
  ): Promise<{ answer: GraphAnswer } | { error: GraphError; challenge: string | null }> {
    const clientRequestId = ports.newId();
    const facts: GraphErrorFacts = {
      method: request.method,
      path: request.path,
      status: null,
      graphCode: "",
      text: "",
      requestId: "",
      clientRequestId,
      mayHaveActed: false,
      retryAfterMs: null,
    };
    const writes = request.method !== "GET";
    const limit = AbortSignal.timeout(attemptMs);
    let response: Response;
    let text: string;
    try {
      const init: RequestInit = {
        method: request.method,
        redirect: "error",
        headers: {
          ...request.headers,
          Accept: "application/json",
          Authorization: `Bearer ${token}`,
          "client-request-id": clientRequestId,
          "return-client-request-id": "true",
          ...(request.body === undefined ? {} : { "Content-Type": "application/json" }),
        },
        ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
        signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
      };
      response = await ports.fetch(`${base}${request.path}`, init);
      facts.status = response.status;
      facts.requestId = response.headers.get("request-id") ?? "";
      facts.retryAfterMs = retryAfterMs(response.headers.get("retry-after"), ports.pace.now());
      text = await response.text();
    } catch (error) {
      if (signal?.aborted === true) return failed("canceled", { ...facts, mayHaveActed: writes }, error);
      const failure = networkFailure(error);
      const told = { ...facts, text: failure.code, mayHaveActed: writes && !failure.neverSent };
      return failed(failure.neverSent ? "offline" : "lost", told, error);
    }
    const body = parsed(text);
    if (response.ok) {
      if (body === undefined) {
        return failed("answer-invalid", { ...facts, mayHaveActed: writes }, new SyntaxError("not JSON"));
      }
      return { answer: { status: response.status, body, requestId: facts.requestId, clientRequestId } };
    }
    const told = errorBody.safeParse(body);
    const graphCode = told.success ? told.data.error.code : "";
    const message = told.success ? told.data.error.message : "";
    const inner = told.success ? told.data.error.innerError?.["request-id"] : undefined;
    const code = codeOfAnswer(response.status, graphCode, message);
    return {
      error: new GraphError(code, {
        ...facts,
        graphCode,
        text: message,
        requestId: facts.requestId === "" ? (inner ?? "") : facts.requestId,
        mayHaveActed: writes && code === "unavailable",
      }),
      challenge: code === "unauthorized" ? claimsChallenge(response.headers.get("www-authenticate")) : null,
    };
  }

  async function tokenFor(
    scopes: string[],
    how: { claims?: string; refresh?: boolean } = {},
  ): Promise<string> {
    try {
      return await ports.getToken(scopes, how);
    } catch (error) {
      throw new TokenError(error);
    }
  }

  async function call(request: GraphRequest, options: CallOptions = {}): Promise<GraphAnswer> {
    const startedAt = ports.pace.now().getTime();
    const scopes = fullScopes(ports.host, request.scopes);
    /** An expired token and a challenge are two things: each is answered once. */
    const renewed = new Set<"refresh" | "claims">();
    let token = await tokenFor(scopes);
    for (let attempt = 1; ; attempt += 1) {
      options.signal?.throwIfAborted();
      // A change that is under way is always answered first; only waits and reads are broken off.
      const outcome = await once(request, token, request.method === "GET" ? options.signal : undefined);
      if ("answer" in outcome) return outcome.answer;
      const { error } = outcome;
      const { challenge } = outcome;
      const how = challenge === null ? "refresh" : "claims";
      if (error.code === "unauthorized" && !renewed.has(how)) {
        renewed.add(how);
        token = await tokenFor(scopes, challenge === null ? { refresh: true } : { claims: challenge });
        continue;
      }
      const reason = waitReason(error);
      if (reason === null) throw error;
      const askedMs = error.facts.retryAfterMs;
      const wait = { reason, what: request.path, attempt, startedAt, limitMs, askedMs };
      if (!(await waitWithin(ports.pace, wait, options.onWait, options.signal))) throw error;
    }
  }

  async function read<T>(
    path: string,
    schema: z.ZodType<T>,
    scopes: readonly GraphScope[],
    options: GetOptions = {},
  ): Promise<T> {
    const request: GraphRequest = {
      method: "GET",
      path,
      scopes,
      ...(options.headers && { headers: options.headers }),
    };
    const answer = await call(request, options);
    const result = schema.safeParse(answer.body);
    if (result.success) return result.data;
    throw new GraphError(
      "answer-invalid",
      {
        method: "GET",
        path,
        status: answer.status,
        graphCode: "",
        text: result.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.code}`).join("; "),
        requestId: answer.requestId,
        clientRequestId: answer.clientRequestId,
        mayHaveActed: false,
        retryAfterMs: null,
      },
      result.error,
    );
  }

  return {
    get: read,
    async list(path, item, scopes, options = {}) {
      const page = z.object({ value: z.array(item), "@odata.nextLink": z.string().optional() });
      const items: z.output<typeof item>[] = [];
      let next: string | null = path;
      for (let pages = 0; next !== null && pages < maxPages; pages += 1) {
        const answer: z.output<typeof page> = await read(next, page, scopes, options);
        items.push(...answer.value);
        next = nextPath(answer["@odata.nextLink"], base);
      }
      if (next !== null) throw new RangeError(`More than ${maxPages} pages at ${path}`);
      return items;
    },
    send: call,
  };
}

function failed(
  code: GraphErrorCode,
  facts: GraphErrorFacts,
  cause: unknown,
): { error: GraphError; challenge: null } {
  return { error: new GraphError(code, facts, cause), challenge: null };
}

/** Whether the client itself waits and repeats: always for reads, for changes only if they were not carried out. */
function waitReason(error: GraphError): WaitReason | null {
  if (error.facts.mayHaveActed) return null;
  switch (error.code) {
    case "throttled":
      return "throttled";
    case "unavailable":
      return "unavailable";
    case "offline":
    case "lost":
      return "offline";
    default:
      return null;
  }
}

/** JSON of an answer, null for an empty one, undefined for anything else. */
function parsed(text: string): unknown {
  if (text.trim() === "") return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The rest of a next link below the same Graph; a token must not follow a link to somewhere else. */
function nextPath(link: string | undefined, base: string): string | null {
  if (link === undefined) return null;
  if (!link.startsWith(`${base}/`)) throw new RangeError("The next page lies outside of Microsoft Graph.");
  return link.slice(base.length);
}
