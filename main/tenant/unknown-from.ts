import { unknown } from "./actual.ts";
import type { Known, UnknownReason } from "./actual.ts";
import { TokenError } from "./graph.ts";
import { GraphError } from "./graph-error.ts";
import type { GraphErrorCode } from "./graph-error.ts";

const reasons: Partial<Record<GraphErrorCode, UnknownReason>> = {
  offline: "offline",
  lost: "offline",
  forbidden: "no-right",
  unauthorized: "not-signed-in",
};

/** Reasons of the sign-in that mean its service was not reached. */
const unreachable: ReadonlySet<string> = new Set([
  "offline",
  "proxy",
  "proxy-sign-in",
  "tls-interception",
  "service-unavailable",
]);

/** Why a part could not be read. An error of the token (a person has to sign in) counts as "not signed in". */
export function unknownFrom(error: unknown): Known<never> {
  if (error instanceof GraphError) {
    const { graphCode, text, requestId } = error.facts;
    const detail = [graphCode, text].filter((word) => word !== "").join(": ");
    return unknown(reasons[error.code] ?? "service-error", detail, requestId);
  }
  if (error instanceof TokenError) {
    const reason = hasReason(error.cause) ? error.cause.reason : "";
    return unknown(unreachable.has(reason) ? "offline" : "not-signed-in", reason);
  }
  return unknown("service-error", error instanceof Error ? error.message : "");
}

function hasReason(error: unknown): error is Error & { reason: string } {
  return error instanceof Error && "reason" in error && typeof error.reason === "string";
}
