import type { DryRunCause } from "../../preload/model/exchange.ts";
import type { IdentityError, IdentityReason } from "../identity/reasons.ts";
import type { NetworkFailure, NetworkFailureKind } from "../identity/network-failure.ts";
import type { Details } from "./details.ts";
import { details } from "./details.ts";
import type { Seen } from "./watched-fetch.ts";

export interface Cause {
  cause: DryRunCause;
  params: Record<string, string | number>;
  details: Details;
}

/**
 * Numbers that mean more for an application than for a person who signs in
 * (learn.microsoft.com/entra/identity-platform/reference-error-codes). Hints only, as all of them.
 */
const codeHints: Readonly<Record<string, DryRunCause>> = {
  "1000502": "certificate-outside-validity",
  "7000229": "enterprise-application-missing",
  "700025": "public-client",
  "700021": "assertion-refused",
  "700022": "assertion-refused",
  "700023": "assertion-refused",
  "5002738": "assertion-refused",
};

const ofReason: Readonly<Partial<Record<IdentityReason, DryRunCause>>> = {
  "certificate-not-registered": "certificate-not-registered",
  "assertion-invalid": "assertion-refused",
  "application-not-found": "application-not-found",
  "application-disabled": "application-disabled",
  "tenant-not-found": "tenant-not-found",
  "other-cloud": "other-cloud",
  "service-not-subscribed": "no-exchange",
  "conditional-access": "conditional-access",
  "security-defaults": "conditional-access",
  "clock-wrong": "clock-wrong",
  "service-unavailable": "service-unavailable",
  proxy: "proxy",
  "proxy-sign-in": "proxy-sign-in",
  "tls-interception": "tls-interception",
};

/** The same hints for answers that MSAL does not read, such as those to its discovery. */
const discoveryHints: Readonly<Record<string, DryRunCause>> = {
  "90002": "tenant-not-found",
  "90038": "other-cloud",
  "900382": "other-cloud",
  "900432": "other-cloud",
};

/** "A transient error has occurred. Please try again." */
const transientCode = "90033";

const ofNetwork: Readonly<Record<NetworkFailureKind, DryRunCause>> = {
  offline: "offline",
  refused: "offline",
  lost: "connection-lost",
  proxy: "proxy",
  tls: "tls-interception",
  clock: "clock-wrong",
};

export function causeOfNetwork(failure: NetworkFailure): Pick<Cause, "cause" | "details"> {
  return { cause: ofNetwork[failure.kind], details: details({ code: failure.code }) };
}

/** What an answer's status says whatever its body; null when the body decides. */
export function causeOfStatus(status: number, page: boolean): DryRunCause | null {
  if (status === 407) return "proxy-sign-in";
  if (status === 429) return "throttled";
  if (status >= 300 && status < 400) return "foreign-redirect";
  if (status >= 500) return "service-unavailable";
  return page ? "proxy-page" : null;
}

/** How long until the service may be asked again, for the text: whole minutes, at least one. */
export function retryParams(retryAfterMs: number | null): Record<string, number> {
  return retryAfterMs === null ? {} : { minutes: Math.max(1, Math.ceil(retryAfterMs / 60_000)) };
}

/** Why Entra gave no token, from MSAL's error and from what was seen of the last request. */
export function causeOfToken(error: IdentityError, seen: Seen | null): Cause {
  const told = error.details;
  // MSAL's own words for its discovery hide the service's.
  const text = descriptionIn(seen?.text ?? "") || told.text;
  const code = /AADSTS(\d+)/.exec(text)?.[1] ?? "";
  const common = details({
    ...(seen?.status !== null && seen !== null && { status: String(seen.status) }),
    code: code === "" ? told.code : `AADSTS${code}`,
    text,
    correlationId: named(text, "Correlation ID") || told.correlationId,
    traceId: named(text, "Trace ID") || told.traceId,
    timestamp: named(text, "Timestamp") || told.timestamp,
    requestId: seen?.requestId ?? "",
  });
  const cause = decide(error, seen, code);
  return { cause, params: paramsOf(cause, error, seen), details: common };
}

function decide(error: IdentityError, seen: Seen | null, code: string): DryRunCause {
  if (seen?.failure) return causeOfNetwork(seen.failure).cause;
  if (error.reason === "clock-wrong") return "clock-wrong";
  const status = seen?.status ?? null;
  const byStatus = status === null ? null : causeOfStatus(status, seen?.isPage ?? false);
  if (byStatus !== null) return byStatus;
  const hinted = codeHints[code] ?? discoveryHints[code] ?? ofReason[error.reason] ?? "unknown";
  if (hinted !== "service-unavailable" || code === transientCode) return hinted;
  // MSAL's word for every answer to its discovery that it cannot use.
  return isJson(seen?.text ?? "") ? "unknown" : "answer-invalid";
}

function paramsOf(cause: DryRunCause, error: IdentityError, seen: Seen | null): Cause["params"] {
  if (cause === "throttled" || cause === "service-unavailable")
    return retryParams(seen?.retryAfterMs ?? null);
  const offset = error.details.clockOffsetMs;
  if (cause === "clock-wrong" && offset !== null) return { minutes: Math.round(Math.abs(offset) / 60_000) };
  return {};
}

function isJson(text: string): boolean {
  return text.trimStart().startsWith("{");
}

/** `error_description` of an answer of the sign-in service. */
function descriptionIn(text: string): string {
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body !== "object" || body === null || !("error_description" in body)) return "";
    return typeof body.error_description === "string" ? body.error_description : "";
  } catch {
    return "";
  }
}

const forms = {
  "Correlation ID": /\bCorrelation ID: ([0-9A-Za-z-]+)/,
  "Trace ID": /\bTrace ID: ([0-9A-Za-z-]+)/,
  Timestamp: /\bTimestamp: (\d{4}-\d\d-\d\d[ T][\d:.]+Z?)/,
} as const;

function named(text: string, name: keyof typeof forms): string {
  return forms[name].exec(text)?.[1] ?? "";
}
