import type { ProblemDetails, ProblemView } from "../../preload/model/tenant.ts";
import { AppError } from "../errors.ts";
import { IdentityError } from "../identity/reasons.ts";
import { TokenError } from "./graph.ts";
import { GraphError } from "./graph-error.ts";
import type { GraphErrorCode, GraphErrorFacts } from "./graph-error.ts";

const noDetails: ProblemDetails = {
  code: "",
  text: "",
  correlationId: "",
  traceId: "",
  requestId: "",
  timestamp: "",
};

/** A failure of the sign-in or of Microsoft Graph as the user reads it. Null for what the user asked for. */
export function problemOf(error: unknown): ProblemView | null {
  if (error instanceof IdentityError) return identityProblem(error);
  if (error instanceof TokenError) return problemOf(error.cause ?? new IdentityError("sign-in-needed"));
  if (error instanceof GraphError)
    return error.code === "canceled" ? null : graphProblem(error.code, error.facts);
  if (error instanceof AppError) {
    return { key: `errors.${error.code}`, params: error.details, details: noDetails };
  }
  return { key: "errors.internal", params: {}, details: noDetails };
}

function identityProblem({ reason, details }: IdentityError): ProblemView | null {
  if (reason === "canceled" || reason === "superseded") return null;
  const { clockOffsetMs, error, code, text, correlationId, traceId, timestamp } = details;
  return {
    key: `identity.reasons.${reason}`,
    params: { minutes: clockOffsetMs === null ? 0 : Math.round(Math.abs(clockOffsetMs) / 60_000) },
    details: { ...noDetails, code: code === "" ? error : code, text, correlationId, traceId, timestamp },
  };
}

/** What Graph said, with the ids that Microsoft's support asks for. */
export function graphProblem(code: GraphErrorCode, facts: GraphErrorFacts | null): ProblemView {
  return {
    key: `tenant.errors.${code}`,
    params: {},
    details:
      facts === null
        ? noDetails
        : {
            ...noDetails,
            code: facts.graphCode === "" ? String(facts.status ?? "") : facts.graphCode,
            text: facts.text,
            requestId: facts.requestId,
            correlationId: facts.clientRequestId,
          },
  };
}
