import type { CertificateView, PasswordView, PendingRequestView } from "./certificates.ts";
import type { DryRunView } from "./exchange.ts";
import type {
  AttributeId,
  CloudId,
  FieldId,
  LabelId,
  LinkId,
  PermissionRow,
  SectionId,
  StepId,
} from "./guide.ts";
import type { RotationView } from "./rotation.ts";
import type { TenantView, UnknownReason } from "./tenant.ts";

/** Status of a step (texts `states.<state>`). */
export const stepStates = [
  "not-started",
  "in-progress",
  "waiting",
  "done",
  "needs-attention",
  "cannot-start",
  "not-applicable",
] as const;
export type StepState = (typeof stepStates)[number];

export type Basis = "verified" | "confirmed" | "imported";

/** Where a reason or a missing item can be mended. */
export interface Target {
  step: StepId;
  field?: FieldId;
}

/** A sentence from the locale files with its placeholders filled, and where to go. */
export interface Reason {
  key: string;
  params: Record<string, string | number>;
  target: Target | null;
}

/** Never two values: "unknown" says why and never turns Done into undone. */
export interface CheckView {
  id: string;
  result: "satisfied" | "unsatisfied" | "unknown";
  reason: Reason;
  /** When a fact about the tenant was last read with this result; null for what the app checks itself. */
  at: string | null;
  /** The newest reading could not tell; the result is the one that was last known. */
  unread: { at: string; reason: UnknownReason } | null;
}

export interface EvidenceView {
  id: string;
  basis: Basis;
  at: string;
  by: string;
  note: string;
  facts: Record<string, string>;
  withdrawnAt: string | null;
}

export interface FieldView {
  id: FieldId;
  /** What was typed. */
  value: string;
  /** What is used when nothing was typed (flows from another field). */
  suggestion: string;
  required: boolean;
  problem: Reason | null;
  /** Not an error, but worth knowing. */
  hint: Reason | null;
}

export interface LinkView {
  id: LinkId;
  /** The address as it will be opened, to be seen and copied. */
  url: string | null;
  /** Why it cannot be opened yet. */
  missing: Reason | null;
}

export interface StepView {
  id: StepId;
  section: SectionId;
  number: number;
  state: StepState;
  basis: Basis | null;
  at: string | null;
  by: string | null;
  waitingFor: { who: string; since: string; until: string | null; note: string } | null;
  notApplicable: { reason: string; by: string; at: string } | null;
  /** Why it cannot start, needs attention, or what is still missing. */
  reasons: Reason[];
  checks: CheckView[];
  evidence: EvidenceView[];
  fields: FieldView[];
  links: LinkView[];
  labels: LabelId[];
  /** Number of instructions `steps.<id>.actions.<n>`, from 1. */
  actions: number;
  /** Number of known errors `steps.<id>.trouble.<n>`, from 1. */
  troubles: number;
  needs: Target[];
  unlocks: StepId[];
  /** Whether a person may confirm it now; if not, why. `byApp`: the app verifies it itself, nobody has to. */
  confirm: { allowed: boolean; byApp: boolean; reasons: Reason[] };
}

export interface AttributeView {
  id: AttributeId;
  step: StepId;
  /** Name exactly as in the documentation, for example "ConnectAppID". */
  name: string;
  value: string;
  /** "secret": concealed, copied by main; "file": a file to upload. */
  kind: "text" | "secret" | "file";
  mandatory: boolean;
  /** The field to edit, when it is typed here. */
  field: FieldId | null;
  /** Where the value comes from when it is not typed here. */
  source: Target | null;
  problem: Reason | null;
  /** A reservation about a value that may be used all the same. */
  hint: Reason | null;
  ready: boolean;
}

/** Why a Rollout probably failed; texts are `rollout.failed.reasons.<reason>`. */
export const likelyReasons = [
  "dry-run",
  "password",
  "certificate-dates",
  "certificate-not-uploaded",
  "pfx",
  "clock",
  "application-id",
  "tenant-id",
  "application-disabled",
  "public-client",
  "conditional-access",
  "no-exchange",
  "role",
  "permission",
  "domain",
  "unauthorized",
  "unreachable",
] as const;
export type LikelyReason = (typeof likelyReasons)[number];

export interface LikelyCause {
  reason: LikelyReason;
  /** The step that mends it; null when none of the setup's does. */
  step: StepId | null;
}

export interface RolloutView {
  ready: boolean;
  missing: Reason[];
  /** Reservations that don't keep it from being ready. */
  doubts: Reason[];
  record: { result: "connected" | "failed"; text: string; by: string; at: string } | null;
  /** Of a failed one, the likeliest first; empty when the portal's words say nothing that is known. */
  likely: LikelyCause[];
  handover: { at: string; path: string } | null;
  closedAt: string | null;
}

export interface SetupSummary {
  id: string;
  name: string;
  tenantName: string;
  tenantDomain: string;
  cloud: CloudId;
  practice: boolean;
  createdAt: string;
  updatedAt: string;
  archivedAt: string | null;
  done: number;
  total: number;
  /** The next step worth working on; null when rolled out. */
  next: StepId | null;
  nextState: StepState | null;
  attention: number;
  waiting: number;
  certificateDaysLeft: number | null;
  rolledOut: boolean;
  /** Its certificate is being exchanged. */
  rotating: boolean;
  /** The document could not be read; it is kept aside and shown with its file name. */
  problem: { code: "setup-unreadable" | "setup-too-new"; file: string } | null;
}

/** A setup that was deleted and can still be restored. */
export interface DeletedSetup {
  /** Its name in the trash: two of the same setup differ in it. */
  entry: string;
  setupId: string;
  /** "" when its document cannot be read. */
  name: string;
  tenantName: string;
  tenantDomain: string;
  practice: boolean;
  deletedAt: string;
  /** Until then it is kept at least. */
  keptUntil: string;
}

/** Names in the trash: the setup's ID, and after a dot what tells an older one of the same ID from it. */
export const trashEntryForm = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:\.[0-9A-Za-z-]{1,40})?$/;

export interface SetupView {
  summary: SetupSummary;
  /** The step that was open last. */
  position: StepId;
  person: string;
  steps: StepView[];
  attributes: AttributeView[];
  certificate: CertificateView | null;
  request: PendingRequestView | null;
  password: PasswordView;
  permissions: PermissionRow[];
  /** requiredResourceAccess as JSON, ready for the portal's manifest editor. */
  manifestJson: string;
  powershell: { documented: string; corrected: string };
  tenant: TenantView;
  dryRun: DryRunView;
  /** The exchange of the certificate that is under way. */
  rotation: RotationView | null;
  rollout: RolloutView;
  savedAt: string;
}

export interface ActivityEntry {
  at: string;
  kind: string;
  step: StepId | null;
  details: Record<string, string | number>;
  hash: string;
}

export interface AllActivityEntry extends ActivityEntry {
  setupId: string;
  setupName: string;
  /** Nothing that was done in a practice setup exists at Microsoft. */
  practice: boolean;
}

/** What was done in all setups, oldest first. */
export interface AllActivityView {
  entries: AllActivityEntry[];
  /** Setups whose log was changed or damaged, with the first line that does not fit. */
  broken: { setupId: string; setupName: string; brokenAt: number }[];
  /** Setups whose log could not be read; its entries are missing. */
  unreadable: { setupId: string; setupName: string }[];
}

export interface ActivityView {
  entries: ActivityEntry[];
  /** Whether each line carries the hash of the one before; `brokenAt` counts lines from 1. */
  chain: { intact: boolean; brokenAt: number | null };
}
