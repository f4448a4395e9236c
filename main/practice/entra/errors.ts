import type { RandomBytes } from "../../ports.ts";
import { newGuid } from "../ids.ts";

/** What an OAuth error says beside its text. */
export interface MoreOfError {
  status?: number;
  suberror?: string;
  claims?: string;
}

/**
 * A refusal by Entra ID. `code` is the number behind "AADSTS".
 *
 * Codes and words were compared with MicrosoftDocs/entra-docs, identity-platform/reference-error-codes.md (commit
 * 04f65548), and where that describes a code without its words, or not at all (50148, 28000, 70020, 500112, 650051,
 * 650053, 700021, 700023, 700024, 700051, 1000502, 1002012, 5002738, 7000229), with messages that users and
 * Microsoft's own libraries quote in public. Not found anywhere, hence guesses: 700022 for another subject (the
 * reference gives this number to another error), 50013 for a used `jti`, 700005 for another client's code, and the
 * number beside "authorization_declined".
 */
export class EntraFailure extends Error {
  readonly error: string;
  readonly code: number;
  readonly more: MoreOfError;

  constructor(error: string, code: number, message: string, more: MoreOfError = {}) {
    super(message);
    this.name = "EntraFailure";
    this.error = error;
    this.code = code;
    this.more = more;
  }
}

export interface Trace {
  traceId: string;
  correlationId: string;
  timestamp: string;
}

export function newTrace(randomBytes: RandomBytes, now: Date, correlationId: string | null): Trace {
  return {
    traceId: newGuid(randomBytes),
    correlationId: correlationId ?? newGuid(randomBytes),
    timestamp: `${now.toISOString().slice(0, 19).replace("T", " ")}Z`,
  };
}

/** "AADSTS…: text" with the trace, as Entra writes it. */
export function description(failure: EntraFailure, trace: Trace): string {
  const { traceId, correlationId, timestamp } = trace;
  return `AADSTS${failure.code}: ${failure.message} Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: ${timestamp}`;
}

/** The body of an error at the token and device code endpoints. */
export function errorAnswer(failure: EntraFailure, trace: Trace, login: string): Response {
  const body = {
    error: failure.error,
    error_description: description(failure, trace),
    error_codes: [failure.code],
    timestamp: trace.timestamp,
    trace_id: trace.traceId,
    correlation_id: trace.correlationId,
    error_uri: `https://${login}/error?code=${failure.code}`,
    ...(failure.more.suberror !== undefined && { suberror: failure.more.suberror }),
    ...(failure.more.claims !== undefined && { claims: failure.more.claims }),
  };
  const status = failure.more.status ?? (failure.error === "invalid_client" ? 401 : 400);
  return new Response(JSON.stringify(body), {
    status,
    headers: { ...entraHeaders(trace), "Content-Type": "application/json; charset=utf-8" },
  });
}

export function entraHeaders(trace: Trace): Record<string, string> {
  return {
    "Cache-Control": "no-store, no-cache",
    Pragma: "no-cache",
    Date: new Date(trace.timestamp).toUTCString(),
    "x-ms-request-id": trace.traceId,
    "client-request-id": trace.correlationId,
  };
}

export function unknownApplication(clientId: string, directory: string): EntraFailure {
  return new EntraFailure(
    "unauthorized_client",
    700016,
    `Application with identifier '${clientId}' was not found in the directory '${directory}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.`,
  );
}

export function wrongMethod(method: string): EntraFailure {
  return new EntraFailure(
    "invalid_request",
    900561,
    `The endpoint only accepts POST, OPTIONS requests. Received a ${method} request.`,
  );
}

export function unknownTenant(tenant: string): EntraFailure {
  return new EntraFailure(
    "invalid_request",
    90002,
    `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.`,
  );
}

export function consentNeeded(clientId: string, name: string): EntraFailure {
  return new EntraFailure(
    "invalid_grant",
    65001,
    `The user or administrator has not consented to use the application with ID '${clientId}' named '${name}'. Send an interactive authorization request for this user and resource.`,
    { suberror: "consent_required" },
  );
}

/** The claims name the policy, as a client sends them back for a new interactive sign-in. */
export function blockedByPolicy(): EntraFailure {
  const claims = {
    access_token: { capolids: { essential: true, values: ["5c2d8e4a-1f60-4c7d-9a3b-7e0f6d1c2b3a"] } },
  };
  return new EntraFailure(
    "invalid_grant",
    53003,
    "Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.",
    { suberror: "message_only", claims: JSON.stringify(claims) },
  );
}
