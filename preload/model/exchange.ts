import type { Reason, Target } from "./setup.ts";

/** The three questions of the dry run, in their order; texts are `dryRun.lights.<id>`. */
export const lightIds = ["certificate", "rights", "exchange"] as const;
export type LightId = (typeof lightIds)[number];

/** Why a light is not on; texts are `dryRun.causes.<cause>.title` and `.help`. */
export const dryRunCauses = [
  "pfx-not-located",
  "pfx-moved",
  "pfx-unreadable",
  "pfx-changed",
  "pfx-damaged",
  "pfx-other-certificate",
  "password-missing",
  "password-wrong",
  "vault-locked",
  "worker-failed",
  "certificate-expired",
  "certificate-not-yet-valid",
  "certificate-not-registered",
  "certificate-outside-validity",
  "assertion-refused",
  "application-not-found",
  "enterprise-application-missing",
  "application-disabled",
  "public-client",
  "tenant-not-found",
  "other-cloud",
  "no-exchange",
  "conditional-access",
  "permission-missing",
  "role-missing",
  "role-lesser",
  "role-not-in-token",
  "role-unclear",
  "exchange-unauthorized",
  "exchange-forbidden",
  "exchange-needs-rights",
  "exchange-error",
  "foreign-redirect",
  "answer-invalid",
  "clock-wrong",
  "offline",
  "connection-lost",
  "proxy",
  "proxy-sign-in",
  "proxy-page",
  "tls-interception",
  "throttled",
  "service-unavailable",
  "not-propagated",
  "not-reached",
  "unknown",
] as const;
export type DryRunCause = (typeof dryRunCauses)[number];

/** What is verified in the tenant and not accepted yet; texts are `dryRun.notYet.<what>`. */
export const pendingThings = ["application", "certificate", "permission", "role", "rights"] as const;
export type PendingThing = (typeof pendingThings)[number];

/** What support needs, by name; texts are `dryRun.details.<id>`. Words of the services are unchanged. */
export const dryRunDetailIds = [
  "status",
  "code",
  "text",
  "diagnostics",
  "correlationId",
  "traceId",
  "requestId",
  "clientRequestId",
  "timestamp",
  "host",
  "roles",
  "wids",
] as const;
export type DryRunDetailId = (typeof dryRunDetailIds)[number];

/** One question with its answer. Never two values: "unknown" says why. */
export interface LightView {
  id: LightId;
  result: "satisfied" | "unsatisfied" | "unknown";
  /** Null when the light is on, or before the first run. */
  cause: DryRunCause | null;
  params: Record<string, string | number>;
  /** For "not-propagated": what is waited for. */
  pending: PendingThing | null;
  /** The step that mends it. */
  target: Target | null;
}

/** Connecting as the application, with the very PFX that goes to the portal. */
export interface DryRunView {
  state: "never" | "running" | "waiting" | "passed" | "attention";
  /** In the order of `lightIds`. */
  lights: LightView[];
  /** What Exchange answered. */
  organization: { name: string; displayName: string } | null;
  /** When the last attempt ended, and the first of this series began. */
  at: string | null;
  since: string | null;
  attempts: number;
  /** Only in the state "waiting": when the app tries again, and when it gives up. */
  waiting: { nextAt: string; giveUpAt: string } | null;
  /** It waited up to the limit, and the tenant still did not accept what is verified there. */
  gaveUp: boolean;
  /** Certificate, PFX, IDs or cloud are others than those that were tried. */
  outdated: boolean;
  /** What is missing before it can be tried; empty when it can. */
  missing: Reason[];
  /** The password is not on this computer and has to be typed. */
  needsPassword: boolean;
  details: { id: DryRunDetailId; value: string }[];
  /** The same with Microsoft's module, to copy; null while a value is missing. */
  powershell: string | null;
}
