import { AuthError, InteractionRequiredAuthError } from "@azure/msal-node";
import { networkFailure } from "./network-failure.ts";
import type { NetworkFailureKind } from "./network-failure.ts";
import { RequestFailure } from "./network.ts";
import { hints, IdentityError } from "./reasons.ts";
import type { IdentityDetails, IdentityReason } from "./reasons.ts";

const ofNetwork: Readonly<Record<NetworkFailureKind, IdentityReason>> = {
  offline: "offline",
  refused: "offline",
  lost: "offline",
  proxy: "proxy",
  tls: "tls-interception",
  clock: "clock-wrong",
};

/** MSAL's and OAuth's own words that mean something without a number. */
const ofErrors: Readonly<Record<string, IdentityReason>> = {
  access_denied: "consent-declined",
  consent_required: "consent-needed",
  interaction_required: "sign-in-needed",
  login_required: "sign-in-needed",
  invalid_grant: "sign-in-needed",
  no_tokens_found: "sign-in-needed",
  native_account_unavailable: "sign-in-needed",
  refresh_token_expired: "sign-in-needed",
  no_account_found: "sign-in-needed",
  no_account_in_silent_request: "sign-in-needed",
  bad_token: "sign-in-needed",
  authorization_declined: "consent-declined",
  expired_token: "device-code-expired",
  device_code_expired: "device-code-expired",
  device_code_polling_cancelled: "canceled",
  user_timeout_reached: "timed-out",
  temporarily_unavailable: "service-unavailable",
  server_error: "service-unavailable",
  endpoints_resolution_error: "service-unavailable",
  openid_config_error: "service-unavailable",
};

/** Differences of this size make tokens and assertions invalid (they are backdated by up to 5 minutes). */
const clockToleranceMs = 300_000;

/**
 * What a failure of MSAL means for the admin. The service's numbers are hints only: an unknown one gives "unknown"
 * with its text, correlation id and trace id kept. `clockOffsetMs`: as last seen in an answer's `Date`.
 */
export function identityError(error: unknown, clockOffsetMs: number | null = null): IdentityError {
  if (error instanceof IdentityError) return error;
  const failure = requestFailure(error);
  if (failure !== null) {
    if (failure.status === 407) return new IdentityError("proxy-sign-in", { code: "407" }, error);
    if (failure.status !== null) {
      return new IdentityError("service-unavailable", { code: String(failure.status) }, error);
    }
    const { kind, code } = networkFailure(failure.cause);
    return new IdentityError(ofNetwork[kind], { code, clockOffsetMs }, error);
  }
  if (!(error instanceof AuthError)) return new IdentityError("unknown", {}, error);
  const details: IdentityDetails = { ...detailsOf(error), clockOffsetMs };
  const number = /AADSTS(\d+)/.exec(details.text)?.[1] ?? "";
  const hinted =
    hints[number] ??
    ofErrors[error.subError] ??
    ofErrors[error.errorCode] ??
    ofErrors[details.text] ??
    general(error);
  const offClock = clockOffsetMs !== null && Math.abs(clockOffsetMs) > clockToleranceMs;
  const clockMatters = ["unknown", "assertion-invalid", "sign-in-needed"].includes(hinted);
  return new IdentityError(offClock && clockMatters ? "clock-wrong" : hinted, details, error);
}

function general(error: AuthError): IdentityReason {
  return error instanceof InteractionRequiredAuthError ? "sign-in-needed" : "unknown";
}

function detailsOf(error: AuthError): Omit<IdentityDetails, "clockOffsetMs"> {
  const text = error.errorMessage;
  const interaction = error instanceof InteractionRequiredAuthError ? error : null;
  const number = /AADSTS\d+/.exec(text)?.[0] ?? "";
  return {
    error: error.errorCode,
    code: number,
    text,
    correlationId: told(text, "Correlation ID") || error.correlationId,
    traceId: told(text, "Trace ID") || (interaction?.traceId ?? ""),
    timestamp: told(text, "Timestamp") || (interaction?.timestamp ?? ""),
    claims: interaction?.claims ?? "",
  };
}

const forms = {
  "Trace ID": /\bTrace ID: ([0-9A-Za-z-]+)/,
  "Correlation ID": /\bCorrelation ID: ([0-9A-Za-z-]+)/,
  Timestamp: /\bTimestamp: (\d{4}-\d\d-\d\d[ T][\d:.]+Z?)/,
} as const;

/** A value that Entra and MSAL write into their texts, for example "Trace ID: 0000-…". */
function told(text: string, name: keyof typeof forms): string {
  return forms[name].exec(text)?.[1] ?? "";
}

/** The failed request below MSAL's own wrapping. */
function requestFailure(error: unknown): RequestFailure | null {
  let current: unknown = error;
  for (let depth = 0; depth < 6 && current instanceof Error; depth += 1) {
    if (current instanceof RequestFailure) return current;
    current = "error" in current && current.error instanceof Error ? current.error : current.cause;
  }
  return null;
}
