/** What went wrong with a request to Microsoft Graph. */
export const graphErrorCodes = [
  "canceled",
  "offline",
  "lost",
  "throttled",
  "unavailable",
  "unauthorized",
  "forbidden",
  "not-found",
  "already-exists",
  "not-ready",
  "policy-refused",
  "bad-request",
  "answer-invalid",
] as const;
export type GraphErrorCode = (typeof graphErrorCodes)[number];

/** What can be told to Microsoft's support, and what Graph said in its own words. */
export interface GraphErrorFacts {
  method: string;
  path: string;
  status: number | null;
  /** Graph's `error.code`, for example "Request_ResourceNotFound". */
  graphCode: string;
  /** Graph's `error.message`, unchanged. */
  text: string;
  requestId: string;
  clientRequestId: string;
  /** Whether the tenant may have been changed although no success was told. */
  mayHaveActed: boolean;
  /** When the service asked to come back, in milliseconds from the answer. */
  retryAfterMs: number | null;
}

/**
 * A request to Microsoft Graph that did not succeed. "lost": sent, but no answer came. "not-ready": what it refers
 * to was created a moment ago and is not known everywhere yet. "policy-refused": the tenant's application
 * management policy forbids it.
 */
export class GraphError extends Error {
  readonly code: GraphErrorCode;
  readonly facts: GraphErrorFacts;

  constructor(code: GraphErrorCode, facts: GraphErrorFacts, cause?: unknown) {
    super(`${code}: ${facts.method} ${facts.path}`, { cause });
    this.name = "GraphError";
    this.code = code;
    this.facts = facts;
  }
}

/**
 * Answers that mean "created a moment ago, not known here yet". Sources: Azure/bicep#16811,
 * microsoftgraph/msgraph-sdk-dotnet#2508 and #3108, microsoftgraph/msgraph-bicep-types#193.
 */
const notReadyTexts =
  /does not reference a valid application object|not a valid reference update|queried reference-property objects are not present|does not exist or one of its queried/i;

/** Answers to a repeated create. Sources: azure-docs on app roles, Graph's error reference. */
const existsTexts =
  /permission being assigned already exists|permission entry already exists|conflicting object with one or more of the specified property values is present|another object with the same value for property|already exist(?:s)? in the directory/i;
const existsCodes = /^(Request_MultipleObjectsWithSameKeyValue|ObjectConflict|RoleAssignmentExists)$/;

/** App management policies. Source: learn.microsoft.com/graph/api/resources/applicationauthenticationmethodpolicy */
const policyTexts =
  /(?:credential|certificate|key).*(?:policy|not allowed as per)|app management policy|AppPolicy|CredentialLifetime/i;
const policyCodes =
  /CredentialTypeNotAllowed|CredentialInvalidLifetime|PolicyViolation|TrustedCertificateAuthority/i;

/** The typed code of an error answer, from its status and Graph's words. */
export function codeOfAnswer(status: number, graphCode: string, text: string): GraphErrorCode {
  if (status === 401) return "unauthorized";
  if (status === 429) return "throttled";
  if (status >= 500) return "unavailable";
  if (policyCodes.test(graphCode) || policyTexts.test(text)) return "policy-refused";
  if (status === 403) return "forbidden";
  if (existsCodes.test(graphCode) || existsTexts.test(text) || status === 409) return "already-exists";
  if (status === 400 && notReadyTexts.test(text)) return "not-ready";
  if (status === 404) return "not-found";
  return "bad-request";
}
