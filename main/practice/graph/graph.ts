import { newGuid } from "../ids.ts";
import { verifiedClaims } from "../jwt.ts";
import { graphAppId } from "../resources.ts";
import type { Tenant } from "../tenant.ts";
import { answerBatch } from "./batch.ts";
import type { Caller, GraphCall, GraphResult } from "./call.ts";
import { badRequest, errorBody, GraphFailure, unauthorized } from "./errors.ts";
import { route } from "./routes.ts";

/** Microsoft Graph v1.0 of the practice tenant. */
export async function answerGraph(tenant: Tenant, request: Request): Promise<Response> {
  const ids = requestIds(tenant, request);
  try {
    const caller = await authenticate(tenant, request);
    const url = new URL(request.url);
    const body = await bodyOf(request);
    if (url.pathname.toLowerCase() === "/v1.0/$batch" && request.method === "POST") {
      return respond(
        tenant,
        ids,
        request,
        answerBatch(body, (part) => inBatch(tenant, caller, part)),
      );
    }
    return respond(
      tenant,
      ids,
      request,
      route(toCall(tenant, caller, request.method, url, request.headers, body)),
    );
  } catch (error) {
    if (error instanceof GraphFailure) return failure(tenant, ids, error);
    throw error;
  }
}

/** An error answer that the fault plan asks for. */
export function graphFault(tenant: Tenant, request: Request, error: GraphFailure): Response {
  return failure(tenant, requestIds(tenant, request), error);
}

interface Ids {
  requestId: string;
  clientRequestId: string;
}

function requestIds(tenant: Tenant, request: Request): Ids {
  const requestId = newGuid(tenant.randomBytes);
  return { requestId, clientRequestId: request.headers.get("client-request-id") ?? requestId };
}

/** Errors: GraphFailure (401) without a valid token for Graph. */
async function authenticate(tenant: Tenant, request: Request): Promise<Caller> {
  const { login } = tenant.hosts;
  const token = /^Bearer (.+)$/i.exec(request.headers.get("Authorization") ?? "")?.[1];
  if (token === undefined) throw unauthorized("Access token is empty.", login);
  const claims = verifiedClaims(await tenant.signingKey(), token);
  if (claims === null) throw unauthorized("Access token validation failure. Invalid signature.", login);
  const { aud, exp, oid, idtyp, scp, roles, wids } = claims;
  if (aud !== `https://${tenant.hosts.graph}` && aud !== graphAppId) {
    throw unauthorized("Access token validation failure. Invalid audience.", login);
  }
  if (typeof exp !== "number" || exp * 1000 <= tenant.clock.now().getTime()) {
    throw unauthorized("Lifetime validation failed, the token is expired.", login);
  }
  const kind = idtyp === "app" ? "app" : "user";
  const permissions = kind === "app" ? texts(roles) : (typeof scp === "string" ? scp : "").split(" ");
  return {
    kind,
    objectId: String(oid),
    permissions: new Set(permissions),
    roles: new Set(texts(wids).filter((role) => role !== plainUser)),
  };
}

/** In the `wids` of every member, whatever roles they have. */
export const plainUser = "b79fbf4d-3ef9-4689-8143-76b194e85509";

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

async function bodyOf(request: Request): Promise<unknown> {
  const text = await request.text();
  if (text === "") return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw badRequest(
      "Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.",
      "BadRequest",
    );
  }
}

function toCall(
  tenant: Tenant,
  caller: Caller,
  method: string,
  url: URL,
  headers: Headers,
  body: unknown,
): GraphCall {
  const [version, ...parts] = pathParts(url.pathname);
  if (version !== "v1.0") throw badRequest("Invalid version: only v1.0 is practised.", "BadRequest");
  return {
    method,
    parts: parts[0] === "myorganization" ? parts.slice(1) : parts,
    query: new Map(url.searchParams),
    headers,
    body,
    caller,
    data: tenant.data,
    hosts: tenant.hosts,
    now: tenant.clock.now(),
    randomBytes: tenant.randomBytes,
    visible: tenant.replication.view(),
    created: (id) => tenant.replication.created(id),
  };
}

/** "/v1.0/applications(appId='x')/owners" as ["v1.0", "applications", "appId='x'", "owners"]. */
function pathParts(pathname: string): string[] {
  return pathname
    .split("/")
    .filter((part) => part !== "")
    .flatMap((part) => {
      const text = decode(part);
      const match = /^([A-Za-z]\w*)\((.*)\)$/.exec(text);
      return match === null ? [text] : [match[1] ?? "", match[2] ?? ""];
    });
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw badRequest("Invalid request URL.", "BadRequest");
  }
}

function inBatch(
  tenant: Tenant,
  caller: Caller,
  part: { method: string; url: string; headers: Headers; body: unknown },
): GraphResult {
  try {
    const url = new URL(`https://${tenant.hosts.graph}/v1.0/${part.url.replace(/^\//, "")}`);
    return route(toCall(tenant, caller, part.method, url, part.headers, part.body));
  } catch (error) {
    if (!(error instanceof GraphFailure)) throw error;
    const id = newGuid(tenant.randomBytes);
    return {
      status: error.status,
      body: errorBody(error, id, id, tenant.clock.now()),
      headers: error.headers,
    };
  }
}

function respond(tenant: Tenant, ids: Ids, request: Request, result: GraphResult): Response {
  const headers = { ...commonHeaders(tenant, ids), ...result.headers };
  if (result.body === undefined) return new Response(null, { status: result.status, headers });
  // A client that asks for no metadata gets no context (OData JSON Format 4.01, section 3.1.3).
  const bare = /odata\.metadata=none/i.test(request.headers.get("Accept") ?? "");
  const body = bare ? { ...result.body, "@odata.context": undefined } : result.body;
  return new Response(JSON.stringify(body), {
    status: result.status,
    headers: { "Content-Type": jsonType, ...headers },
  });
}

function failure(tenant: Tenant, ids: Ids, error: GraphFailure): Response {
  const body = errorBody(error, ids.requestId, ids.clientRequestId, tenant.clock.now());
  return new Response(JSON.stringify(body), {
    status: error.status,
    headers: { ...commonHeaders(tenant, ids), "Content-Type": "application/json", ...error.headers },
  });
}

const jsonType =
  "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8";

function commonHeaders(tenant: Tenant, ids: Ids): Record<string, string> {
  return {
    "request-id": ids.requestId,
    "client-request-id": ids.clientRequestId,
    Date: tenant.clock.now().toUTCString(),
    "Cache-Control": "no-cache",
  };
}
