import type { FieldId, StepId } from "../../preload/model/guide.ts";
import type { Basis, CheckView, Reason, StepState, Target } from "../../preload/model/setup.ts";
import { attributes, fieldOf } from "../guide/attributes.ts";
import type { Need, Step } from "../guide/steps.ts";
import { stepOf, stepOfField, steps } from "../guide/steps.ts";
import type { Observations } from "./checks.ts";
import { attributeProblem, checksOf } from "./checks.ts";
import { presentCertificate, rolloutInForce } from "./certificates-in-use.ts";
import type { Evidence, SetupDocument } from "./document.ts";
import { effective, fieldProblem } from "./fields.ts";

export interface StepStatus {
  step: Step;
  state: StepState;
  evidence: Evidence | null;
  checks: CheckView[];
  /** Why it cannot start, needs attention or is not complete. */
  reasons: Reason[];
  /** What a confirmation would still need. */
  confirmReasons: Reason[];
}

const rank: Record<Basis, number> = { imported: 0, confirmed: 1, verified: 2 };

/**
 * The fact that counts: not withdrawn, about the present values before about earlier ones, verified before confirmed
 * before imported, newest first.
 */
export function activeEvidence(document: SetupDocument, step: StepId): Evidence | null {
  const [first, ...others] = document.evidence.filter((one) => one.step === step && one.withdrawnAt === null);
  if (first === undefined) return null;
  if (others.length === 0) return first;
  const now = confirmedFacts(document, step);
  const weight = (one: Evidence) => (changedFacts(one, now).length === 0 ? 3 : 0) + rank[one.basis];
  return others.reduce((best, one) => {
    const more = weight(one) - weight(best);
    return more > 0 || (more === 0 && one.at >= best.at) ? one : best;
  }, first);
}

/** Steps whose fields must be filled before they can be confirmed. */
const confirmFields: Partial<Record<StepId, readonly FieldId[]>> = {
  "admin-portal": ["tenantDomain"],
  "create-application": ["applicationName"],
  "application-ids": ["applicationId", "tenantId"],
  "upload-certificate": ["uploadedThumbprint"],
  "target-system-instance": ["instanceName"],
};

/** Whether a person's word makes the step done. The certificate the app opens itself; Rollout has a record of its own. */
export function canBeConfirmed(step: StepId): boolean {
  return step !== "certificate" && step !== "rollout";
}

/** Steps about the application itself: with another one, they have to be done again. */
const ofApplication: readonly StepId[] = [
  "create-application",
  "register-application",
  "single-tenant",
  "api-permissions",
  "admin-consent",
  "upload-certificate",
  "exchange-role",
];

/** Facts a confirmation writes down, to notice later that a value has changed since. */
export function confirmedFacts(document: SetupDocument, step: StepId): Record<string, string> {
  const facts: Record<string, string> = {};
  for (const field of stepOf(step).fields) {
    const value = effective(document, field);
    if (value !== "" && field !== "portalUrl") facts[field] = value;
  }
  const sha1 = presentCertificate(document)?.facts.sha1;
  if ((step === "certificate" || step === "upload-certificate" || step === "technical-attributes") && sha1) {
    facts["certificate"] = sha1;
  }
  if (step === "technical-attributes") {
    facts["ConnectAppID"] = effective(document, "applicationId");
    facts["TenantID"] = effective(document, "tenantId");
  }
  const applicationId = effective(document, "applicationId");
  if (ofApplication.includes(step) && applicationId !== "") facts["applicationId"] = applicationId;
  return facts;
}

/**
 * The status of all steps. Pure: guide + document + observations, nothing stored, so that it is always what the
 * facts say.
 */
export function computeStatus(document: SetupDocument, observations: Observations): Map<StepId, StepStatus> {
  const result = new Map<StepId, StepStatus>();
  for (const step of steps) {
    if (step.id !== "rollout")
      result.set(step.id, duringExchange(statusOf(step, document, observations, result), document));
  }
  const rollout = rolloutStatus(stepOf("rollout"), document, observations, result);
  result.set("rollout", duringExchange(rollout, document));
  return result;
}

/** Steps that an exchange of the certificate does anew. */
export const stepsDoneAnew: readonly StepId[] = [
  "certificate",
  "upload-certificate",
  "technical-attributes",
  "rollout",
];

/** What the exchange of the certificate leaves open for now is work under way; nothing about it is broken. */
function duringExchange(status: StepStatus, { rotation }: SetupDocument): StepStatus {
  const expected =
    rotation !== null &&
    status.state === "needs-attention" &&
    status.step.id !== "certificate" &&
    stepsDoneAnew.includes(status.step.id) &&
    status.reasons.every(isOfExchange);
  return expected ? { ...status, state: "in-progress" } : status;
}

function isOfExchange({ key, params: { fact }, target }: Reason): boolean {
  if (target === null || target.field !== undefined || !stepsDoneAnew.includes(target.step)) return false;
  return key !== "reasons.changed-since" || fact === "certificate" || fact === "uploadedThumbprint";
}

function isSettled(status: StepStatus | undefined): boolean {
  return status?.state === "done" || status?.state === "not-applicable";
}

function statusOf(
  step: Step,
  document: SetupDocument,
  observations: Observations,
  before: ReadonlyMap<StepId, StepStatus>,
): StepStatus {
  const checks = checksOf(step.id, document, observations);
  const evidence = activeEvidence(document, step.id);
  const missing = missingNeeds(step, document, before);
  const problems = fieldProblems(step, document);
  const confirmReasons = [...missing, ...problems, ...missingToConfirm(step, document, observations, checks)];
  const status = (state: StepState, reasons: Reason[]): StepStatus => ({
    step,
    state,
    evidence,
    checks,
    reasons,
    confirmReasons,
  });
  if (document.notApplicable[step.id] !== undefined) return status("not-applicable", []);
  const unsatisfied = checks
    .filter(
      (one) => one.result === "unsatisfied" && !problems.some((problem) => sameField(problem, one.reason)),
    )
    .map((one) => one.reason);
  if (evidence !== null) {
    const wrong = [...missing, ...problems, ...changedSince(document, evidence), ...unsatisfied];
    if (wrong.length === 0) return status("done", []);
    return status(document.waiting[step.id] === undefined ? "needs-attention" : "waiting", wrong);
  }
  if (missing.length > 0) return status("cannot-start", missing);
  if (document.waiting[step.id] !== undefined) return status("waiting", []);
  if (problems.length > 0) return status("needs-attention", problems);
  if (step.id === "certificate") return certificateStatus(document, status, unsatisfied);
  return isStarted(step, document) ? status("in-progress", []) : status("not-started", []);
}

/** A field's own problem says more than the check that fails because of it. */
function sameField(one: Reason, other: Reason): boolean {
  return one.target?.field !== undefined && one.target.field === other.target?.field;
}

function certificateStatus(
  document: SetupDocument,
  status: (state: StepState, reasons: Reason[]) => StepStatus,
  unsatisfied: Reason[],
): StepStatus {
  if (document.request !== null && document.certificate === null) return status("waiting", []);
  if (document.certificate === null) return status("not-started", []);
  const invalid = unsatisfied.filter((reason) => reason.key.startsWith("checks.certificate-valid"));
  return invalid.length > 0 ? status("needs-attention", invalid) : status("in-progress", unsatisfied);
}

function isStarted(step: Step, document: SetupDocument): boolean {
  return step.fields.some((field) => (document.fields[field] ?? "") !== "");
}

function missingNeeds(
  step: Step,
  document: SetupDocument,
  before: ReadonlyMap<StepId, StepStatus>,
): Reason[] {
  const reasons: Reason[] = [];
  for (const need of step.needs) {
    const reason = missingNeed(need, document, before);
    if (reason !== null) reasons.push(reason);
  }
  return reasons;
}

function missingNeed(
  need: Need,
  document: SetupDocument,
  before: ReadonlyMap<StepId, StepStatus>,
): Reason | null {
  if ("field" in need) {
    const usable = effective(document, need.field) !== "" && fieldProblem(document, need.field) === null;
    return usable
      ? null
      : { key: "reasons.needs-field", params: params(need.step, need.field), target: need };
  }
  const status = before.get(need.step);
  // A recorded certificate can be uploaded before its PFX is saved.
  if (need.step === "certificate" && document.certificate !== null) return null;
  return isSettled(status) ? null : { key: "reasons.needs-step", params: params(need.step), target: need };
}

function params(step: StepId, field?: FieldId): Reason["params"] {
  return { step, number: stepOf(step).number, ...(field === undefined ? {} : { field }) };
}

function fieldProblems(step: Step, document: SetupDocument): Reason[] {
  return step.fields.map((field) => fieldProblem(document, field)).filter((reason) => reason !== null);
}

function missingToConfirm(
  step: Step,
  document: SetupDocument,
  observations: Observations,
  checks: CheckView[],
): Reason[] {
  const reasons: Reason[] = [];
  for (const field of confirmFields[step.id] ?? []) {
    if (effective(document, field) === "") {
      const target: Target = { step: stepOfField(field), field };
      reasons.push({ key: "reasons.field-missing", params: params(target.step, field), target });
    }
  }
  if (step.id === "technical-attributes") reasons.push(...attributeReasons(document, observations));
  if (step.id === "certificate") {
    reasons.push(...checks.filter((one) => one.result !== "satisfied").map((one) => one.reason));
  }
  return reasons;
}

/** What each mandatory attribute of the documentation's two forms still lacks. */
export function attributeReasons(document: SetupDocument, observations: Observations): Reason[] {
  const reasons: Reason[] = [];
  for (const attribute of attributes) {
    if (!attribute.mandatory) continue;
    const field = fieldOf(attribute);
    if (field !== null && effective(document, field) === "") {
      const target: Target = { step: stepOfField(field), field };
      reasons.push({ key: "reasons.attribute-missing", params: { attribute: attribute.name }, target });
    }
    const problem =
      field === null ? attributeProblem(attribute.id, document, observations) : fieldProblem(document, field);
    if (problem !== null) reasons.push(problem);
  }
  return reasons;
}

/** Values that differ from what a person confirmed or the app verified. */
function changedSince(document: SetupDocument, evidence: Evidence): Reason[] {
  const now = confirmedFacts(document, evidence.step);
  return changedFacts(evidence, now).map(([fact, before]) => ({
    key: "reasons.changed-since",
    params: { fact, before, now: now[fact] ?? "" },
    target: { step: evidence.step },
  }));
}

/** The facts of a record that are others now. */
function changedFacts({ facts }: Evidence, now: Record<string, string>): [fact: string, before: string][] {
  return Object.entries(facts).filter(([fact, value]) => Object.hasOwn(now, fact) && now[fact] !== value);
}

/**
 * The document without waits in steps that are done: left there, one would hide what goes wrong in its step later.
 * Pure.
 */
export function withoutSettledWaits(document: SetupDocument, observations: Observations): SetupDocument {
  if (Object.keys(document.waiting).length === 0) return document;
  const statuses = computeStatus(document, observations);
  const waiting = { ...document.waiting };
  for (const { step, state } of statuses.values()) if (state === "done") delete waiting[step.id];
  return { ...document, waiting };
}

/** Everything that stands between this setup and Rollout; empty means ready (step 15). */
export function rolloutMissing(
  document: SetupDocument,
  observations: Observations,
  statuses: ReadonlyMap<StepId, StepStatus>,
): Reason[] {
  const open: Reason[] = [];
  for (const status of statuses.values()) {
    if (status.step.id === "rollout" || isSettled(status)) continue;
    const target: Target = { step: status.step.id };
    open.push({
      key: "reasons.step-open",
      params: { ...params(status.step.id), state: status.state },
      target,
    });
  }
  return [...open, ...distinct(attributeReasons(document, observations))];
}

/** Two attributes may lack the same thing, for example the PFX. */
function distinct(reasons: Reason[]): Reason[] {
  const seen = new Map(reasons.map((reason) => [JSON.stringify([reason.key, reason.params]), reason]));
  return [...seen.values()];
}

function rolloutStatus(
  step: Step,
  document: SetupDocument,
  observations: Observations,
  before: ReadonlyMap<StepId, StepStatus>,
): StepStatus {
  const missing = rolloutMissing(document, observations, before);
  const { record } = rolloutInForce(document);
  const base = { step, evidence: activeEvidence(document, "rollout"), checks: [], confirmReasons: missing };
  if (record?.result === "connected") {
    return { ...base, state: missing.length > 0 ? "needs-attention" : "done", reasons: missing };
  }
  if (missing.length > 0) return { ...base, state: "cannot-start", reasons: missing };
  if (record?.result === "failed") {
    const failed: Reason = { key: "reasons.rollout-failed", params: { at: record.at }, target: null };
    return { ...base, state: "needs-attention", reasons: [failed] };
  }
  return { ...base, state: "not-started", reasons: [] };
}
