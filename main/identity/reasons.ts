/** Why a sign-in or a token was not to be had; texts are `identity.reasons.<reason>`. */
export const identityReasons = [
  "canceled",
  "timed-out",
  "superseded",
  /** A person has to sign in (again). */
  "sign-in-needed",
  /** An administrator has to agree to a permission first. */
  "consent-needed",
  /** The person declined the permissions. */
  "consent-declined",
  "conditional-access",
  "security-defaults",
  "wrong-account-type",
  "not-assigned",
  "account-unusable",
  "tenant-not-found",
  "other-cloud",
  "application-not-found",
  "certificate-not-registered",
  "assertion-invalid",
  "application-disabled",
  "service-not-subscribed",
  "device-code-blocked",
  "device-code-expired",
  "browser-not-opened",
  "clock-wrong",
  "offline",
  "proxy",
  "proxy-sign-in",
  "tls-interception",
  "service-unavailable",
  "unknown",
] as const;
export type IdentityReason = (typeof identityReasons)[number];

/** What support needs; unchanged words of the service. Never a token. */
export interface IdentityDetails {
  /** OAuth's or MSAL's error, for example "invalid_grant". */
  error: string;
  /** For example "AADSTS53003"; only a hint, Microsoft may change it. */
  code: string;
  text: string;
  correlationId: string;
  traceId: string;
  timestamp: string;
  /** Claims for the next interactive request; empty when none were asked for. */
  claims: string;
  /** How far this computer's clock is off, in milliseconds, when that was seen. */
  clockOffsetMs: number | null;
}

/** A sign-in, or a silent renewal, that did not give a token. */
export class IdentityError extends Error {
  readonly reason: IdentityReason;
  readonly details: IdentityDetails;

  constructor(reason: IdentityReason, details: Partial<IdentityDetails> = {}, cause?: unknown) {
    super(`${reason} ${details.code ?? ""}`.trim(), { cause });
    this.name = "IdentityError";
    this.reason = reason;
    this.details = { ...noDetails, ...details };
  }
}

const noDetails: IdentityDetails = {
  error: "",
  code: "",
  text: "",
  correlationId: "",
  traceId: "",
  timestamp: "",
  claims: "",
  clockOffsetMs: null,
};

/**
 * Numbers behind "AADSTS" and what they hint at
 * (learn.microsoft.com/entra/identity-platform/reference-error-codes).
 */
export const hints: Readonly<Record<string, IdentityReason>> = {
  "65001": "consent-needed",
  "90094": "consent-needed",
  "90095": "consent-needed",
  "650056": "consent-needed",
  "65004": "consent-declined",
  "53000": "conditional-access",
  "53001": "conditional-access",
  "53002": "conditional-access",
  "53003": "conditional-access",
  "530031": "conditional-access",
  "530032": "conditional-access",
  "530034": "conditional-access",
  "50097": "conditional-access",
  "50158": "conditional-access",
  "530035": "security-defaults",
  "50020": "wrong-account-type",
  "50194": "wrong-account-type",
  "500200": "wrong-account-type",
  "500208": "wrong-account-type",
  "51004": "wrong-account-type",
  "50105": "not-assigned",
  "50034": "account-unusable",
  "50053": "account-unusable",
  "50057": "account-unusable",
  "90002": "tenant-not-found",
  "90038": "other-cloud",
  "900382": "other-cloud",
  "900432": "other-cloud",
  "700016": "application-not-found",
  "700027": "certificate-not-registered",
  "50012": "assertion-invalid",
  "50013": "assertion-invalid",
  "50027": "assertion-invalid",
  "700024": "clock-wrong",
  "500133": "clock-wrong",
  "7000112": "application-disabled",
  "500011": "service-not-subscribed",
  "650052": "service-not-subscribed",
  "70020": "device-code-expired",
  "50058": "sign-in-needed",
  "50076": "sign-in-needed",
  "50078": "sign-in-needed",
  "50079": "sign-in-needed",
  "50089": "sign-in-needed",
  "50126": "sign-in-needed",
  "50133": "sign-in-needed",
  "50173": "sign-in-needed",
  "700082": "sign-in-needed",
  "700084": "sign-in-needed",
  "90033": "service-unavailable",
};
