import type { PermissionId, StepId } from "./guide.ts";
import type { Reason } from "./setup.ts";

/** "documented": all ten rows of step 7. "least-privilege": only what the connection itself needs. */
export const profiles = ["documented", "least-privilege"] as const;
export type Profile = (typeof profiles)[number];

export const signInMethods = ["browser", "device-code"] as const;
export type SignInMethod = (typeof signInMethods)[number];

/** The states in which the practice tenant can begin; texts are `practice.samples.<name>`. */
export const practiceSamples = [
  "empty",
  "half-done",
  "drifted",
  "permission-gone",
  "strict-policy",
  "same-name",
] as const;
export type PracticeSample = (typeof practiceSamples)[number];

/** Why something is not known; texts are `tenant.unknown.<reason>`. */
export const unknownReasons = [
  "not-read",
  "not-signed-in",
  "no-right",
  "offline",
  "service-error",
  "depends",
] as const;
export type UnknownReason = (typeof unknownReasons)[number];

export interface AccountView {
  id: string;
  username: string;
  name: string;
  tenantId: string;
}

/** What support needs. Words of the service are unchanged; never a token. */
export interface ProblemDetails {
  code: string;
  text: string;
  correlationId: string;
  traceId: string;
  requestId: string;
  timestamp: string;
}

/** Why a sign-in or a call failed; texts are `<key>.title` and `<key>.help`. */
export interface ProblemView {
  key: string;
  params: Record<string, string | number>;
  details: ProblemDetails;
}

export interface SignInView {
  state: "signed-out" | "signing-in" | "signed-in";
  account: AccountView | null;
  /** Accounts that can be used without a new sign-in. */
  accounts: AccountView[];
  /** Only while signing in. */
  pending: {
    method: SignInMethod;
    since: string;
    /** When the app stops waiting. */
    until: string;
    /** Only for "device-code", once the service gave it. */
    code: { userCode: string; verificationUri: string } | null;
    /** What the sign-in asks to be allowed: names of delegated permissions. */
    scopes: string[];
  } | null;
  problem: ProblemView | null;
  /** Application ID of the client that signs in, and whether it is Microsoft's default one. */
  clientId: string;
  isDefaultClient: boolean;
}

/** One line of "before" or "after"; its text is `tenant.shown.<key>`. */
export interface ShownView {
  key: string;
  params: Record<string, string | number>;
}

export interface ChangeView {
  id: string;
  /** Text `tenant.changes.<kind>`. */
  kind: string;
  steps: StepId[];
  before: ShownView[];
  after: ShownView[];
  /** Whether the signed-in person's active roles suffice. */
  mayDo: "yes" | "no" | "unknown";
  /** Template ids of the roles that could do it, the least first; texts `tenant.roles.<id>`. */
  roles: string[];
  /** Changes that must come first and that this person cannot make. */
  heldBackBy: string[];
  /** What is sent, for "Details": method, path and body as JSON. No secret is ever in it. */
  request: { method: string; path: string; body: string };
  /** What would take it back; text `tenant.inverse.<kind>`; null for a change that takes something back. */
  inverse: string | null;
}

/** What the user has to know beside the plan; text `tenant.notes.<kind>`. "stop": nothing can be planned. */
export interface NoteView {
  kind: string;
  level: "stop" | "attention" | "info";
  reason: Reason;
  /** For "same-name": the applications that could be taken over. */
  applications: {
    appId: string;
    displayName: string;
    createdAt: string | null;
    keys: number;
    /** What taking it over would change, as in a plan. */
    differences: ShownView[];
  }[];
}

export interface PlanView {
  /** Names exactly this plan: what is confirmed is what was shown. */
  id: string;
  changes: ChangeView[];
  notes: NoteView[];
  /** The permissions that carrying it out asks for, beyond what is signed in for. */
  scopes: string[];
}

/** How one change ended; text `tenant.outcomes.<kind>`. */
export interface OutcomeView {
  change: string;
  changeKind: string;
  kind: "done" | "found" | "refused" | "failed" | "unreadable" | "held-back" | "unseen";
  at: string;
  problem: ProblemView | null;
  needs: string[];
}

export interface WorkResultView {
  kind: "apply" | "undo";
  at: string;
  outcomes: OutcomeView[];
  /** Why it ended early; text `tenant.stops.<kind>`. */
  stop: { kind: "canceled" | "plan-changed" | "interrupted"; problem: ProblemView | null } | null;
  /** Number of changes that are still planned. */
  remaining: number;
}

export interface WorkView {
  kind: "reading" | "applying" | "undoing";
  since: string;
  /** The change under way, as the plan names it; null while reading or preparing. */
  change: { id: string; kind: string } | null;
  done: number;
  total: number;
  wait: { reason: string; until: string; giveUpAt: string } | null;
  canceling: boolean;
}

/** A cell of the permission table: yes, no, or not known with the reason. */
export type Cell = "yes" | "no" | UnknownReason;

export interface TruthRowView {
  id: PermissionId;
  /** The tenant's own identifier where it is offered. */
  guid: string | null;
  guidDiffers: boolean;
  offered: Cell;
  requested: Cell;
  granted: Cell;
}

export interface ExtraPermissionView {
  api: string;
  type: "Application" | "Delegated";
  id: string;
  value: string;
  requested: boolean;
  granted: boolean;
}

/** A fact that was in place and is not any more, or the other way round. */
export interface DriftView {
  fact: string;
  step: StepId;
  was: "satisfied" | "unsatisfied";
  now: "satisfied" | "unsatisfied";
  /** When the tenant was last seen with the earlier result. */
  since: string;
  noticedAt: string;
  found: string;
}

/** What the signed-in person can do of one step. */
export interface StepAccessView {
  step: StepId;
  /** "done": nothing is left to do. "unknown": the roles or the tenant could not be read. */
  answer: "done" | "yes" | "no" | "unknown";
  /** Template ids of the roles of which one is needed. */
  roles: string[];
}

export interface CertificateLimits {
  /** Longest lifetime in days; null: no limit. */
  maxDays: number | null;
  selfSigned: "allowed" | "refused";
}

export interface RequestView {
  id: string;
  /** Who asked, and when; only in a setup that came from a request. */
  from: string;
  at: string;
  /** Changes that it is limited to. */
  kinds: string[];
}

/** The customer's tenant as this setup sees it. */
export interface TenantView {
  signIn: SignInView;
  profile: Profile;
  /** From the last reading of this session. */
  organization: { id: string; name: string; initialDomain: string; defaultDomain: string } | null;
  /** The signed-in tenant is not the setup's: nothing is read or written. */
  otherTenant: { expected: string; found: string; foundName: string } | null;
  /** Template ids of the active roles; null with the reason when they could not be read. */
  roles: string[] | null;
  rolesUnknown: UnknownReason | null;
  access: StepAccessView[];
  /** The last time the tenant was read, also in an earlier session. */
  lastRead: { at: string; by: string } | null;
  work: WorkView | null;
  /** From the reading of this session; null before one. */
  plan: PlanView | null;
  /** What would take back everything this app made; null when there is nothing, or before a reading. */
  undo: PlanView | null;
  result: WorkResultView | null;
  /** Why the last reading failed as a whole. */
  problem: ProblemView | null;
  permissions: { rows: TruthRowView[]; extras: ExtraPermissionView[] } | null;
  drift: DriftView[];
  /** What the tenant's application management policy allows of a certificate; null while not read. */
  certificateLimits: CertificateLimits | null;
  /** Set when this setup was opened from a colleague's request: its plan is limited to that. */
  request: RequestView | null;
}
