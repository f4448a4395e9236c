import { randomUUID } from "node:crypto";
import type { CloudId, FieldId, StepId } from "../../preload/model/guide.ts";
import type { Basis } from "../../preload/model/setup.ts";
import { AppError } from "../errors.ts";
import { portalConfirmation, rolloutInForce } from "./certificates-in-use.ts";
import type { Observations } from "./checks.ts";
import type { Evidence, SetupDocument } from "./document.ts";
import { newDocument } from "./document.ts";
import { effective } from "./fields.ts";
import { pastedIds } from "./pasted-ids.ts";
import { canBeConfirmed, computeStatus, confirmedFacts } from "./status.ts";

/** What a person (or the app) does to a setup, as pure functions from document to document. */

export const maxNameLength = 200;

/** @throws AppError "name-required" for an empty name. */
export function cleanName(name: string): string {
  const whole = name
    .normalize("NFC")
    .replace(/[\p{Cc}\s]+/gu, " ")
    .trim();
  // By characters, so that none is cut in half.
  const clean = Array.from(whole).slice(0, maxNameLength).join("").trim();
  if (clean === "") throw new AppError("name-required");
  return clean;
}

export function rename(document: SetupDocument, name: string): SetupDocument {
  return { ...document, name: cleanName(name) };
}

export function setCloud(document: SetupDocument, cloud: CloudId): SetupDocument {
  return { ...document, cloud };
}

/**
 * Stores what was typed. Text copied from the portal's overview fills every identifier it names, whichever field it
 * was pasted into (step 6).
 */
export function setField(document: SetupDocument, field: FieldId, value: string): SetupDocument {
  const isIdentifier = field === "applicationId" || field === "tenantId" || field === "applicationObjectId";
  const pasted = isIdentifier ? pastedIds(value) : null;
  return { ...document, fields: { ...document.fields, ...(pasted ?? { [field]: value }) } };
}

export function addEvidence(
  document: SetupDocument,
  step: StepId,
  evidence: { basis: Basis; at: Date; by: string; note: string; facts: Record<string, string> },
): SetupDocument {
  const entry: Evidence = {
    id: randomUUID(),
    step,
    ...evidence,
    at: evidence.at.toISOString(),
    withdrawnAt: null,
  };
  const { [step]: _ended, ...waiting } = document.waiting;
  return { ...document, waiting, evidence: [...document.evidence, entry] };
}

/**
 * A person says that a step is done.
 * @throws AppError "not-allowed" while something is missing that the step's view names.
 */
export function confirm(
  document: SetupDocument,
  step: StepId,
  by: string,
  note: string,
  observations: Observations,
): SetupDocument {
  const status = computeStatus(document, observations).get(step);
  if (status === undefined || !canBeConfirmed(step) || status.confirmReasons.length > 0) {
    throw new AppError("not-allowed", { step });
  }
  return addEvidence(withNameInUse(document, step), step, {
    basis: "confirmed",
    at: observations.now,
    by: by.trim(),
    note: note.trim(),
    facts: confirmedFacts(document, step),
  });
}

/**
 * Once the instance stands in the portal, its name is a fact: a setup renamed on this computer must not make it,
 * and what flows from it, look changed.
 */
function withNameInUse(document: SetupDocument, step: StepId): SetupDocument {
  if (step !== "target-system-instance" && step !== "technical-attributes") return document;
  return { ...document, fields: { ...document.fields, instanceName: effective(document, "instanceName") } };
}

/**
 * Takes all facts of a step back. They stay in the record as withdrawn. For Rollout see `withdrawRollout`.
 * @throws AppError "not-while-exchanged" for step 14 after another certificate came into the portal: which one is
 * there decides which keys must stay in Entra, so that is taken back where the exchange asks for it.
 */
export function withdraw(document: SetupDocument, step: StepId, now: Date): SetupDocument {
  const inPortal = step === "technical-attributes" ? portalConfirmation(document) : null;
  if (inPortal !== null && inPortal.facts["certificate"] !== document.rotation?.old.facts.sha1)
    throw new AppError("not-while-exchanged", { step });
  const withdrawnAt = now.toISOString();
  return {
    ...document,
    evidence: document.evidence.map((one) =>
      one.step === step && one.withdrawnAt === null ? { ...one, withdrawnAt } : one,
    ),
  };
}

/** Takes back what the app itself read of a step before; a person's word stays. */
export function withdrawVerified(document: SetupDocument, step: StepId, now: Date): SetupDocument {
  const withdrawnAt = now.toISOString();
  return {
    ...document,
    evidence: document.evidence.map((one) =>
      one.step === step && one.basis === "verified" && one.withdrawnAt === null
        ? { ...one, withdrawnAt }
        : one,
    ),
  };
}

/** @throws AppError "invalid-input" without a reason; Rollout itself cannot be skipped. */
export function markNotApplicable(
  document: SetupDocument,
  step: StepId,
  by: string,
  reason: string,
  now: Date,
): SetupDocument {
  if (step === "rollout") throw new AppError("not-allowed", { step });
  if (reason.trim() === "") throw new AppError("invalid-input", { field: "reason" });
  const entry = { reason: reason.trim(), by: by.trim(), at: now.toISOString() };
  return { ...document, notApplicable: { ...document.notApplicable, [step]: entry } };
}

export function markApplicable(document: SetupDocument, step: StepId): SetupDocument {
  const { [step]: _removed, ...notApplicable } = document.notApplicable;
  return { ...document, notApplicable };
}

/** @throws AppError "invalid-input" without saying who is waited for. */
export function startWaiting(
  document: SetupDocument,
  step: StepId,
  who: string,
  note: string,
  now: Date,
): SetupDocument {
  if (who.trim() === "") throw new AppError("invalid-input", { field: "who" });
  const entry = { who: who.trim(), note: note.trim(), since: now.toISOString() };
  return { ...document, waiting: { ...document.waiting, [step]: entry } };
}

export function stopWaiting(document: SetupDocument, step: StepId): SetupDocument {
  const { [step]: _removed, ...waiting } = document.waiting;
  return { ...document, waiting };
}

export function setPosition(document: SetupDocument, position: StepId): SetupDocument {
  return document.position === position ? document : { ...document, position };
}

export function archive(document: SetupDocument, archived: boolean, now: Date): SetupDocument {
  return { ...document, archivedAt: archived ? now.toISOString() : null };
}

/** A new setup with the same values; facts, certificate and secrets belong to the original only. */
export function duplicate(document: SetupDocument, id: string, name: string, now: Date): SetupDocument {
  const { uploadedThumbprint: _own, ...fields } = document.fields;
  const { practice, cloud } = document;
  return { ...newDocument(id, cleanName(name), cloud, now), practice, fields };
}

/**
 * What the portal answered to Rollout (step 15).
 * @throws AppError "not-ready-for-rollout" while something is missing.
 */
export function recordRollout(
  document: SetupDocument,
  record: { result: "connected" | "failed"; text: string; by: string },
  observations: Observations,
): SetupDocument {
  const status = computeStatus(document, observations).get("rollout");
  if (status === undefined || status.confirmReasons.length > 0) {
    throw new AppError("not-ready-for-rollout", { missing: status?.confirmReasons.length ?? 0 });
  }
  const at = observations.now;
  const entry = {
    result: record.result,
    text: record.text.trim(),
    by: record.by.trim(),
    at: at.toISOString(),
  };
  // The Rollout of another certificate is a new one, also in a setup that was closed.
  const closedAt = document.rotation === null ? document.rollout.closedAt : null;
  const recorded = { ...document, rollout: { ...document.rollout, record: entry, closedAt } };
  if (record.result === "failed") return reopen(withdraw(recorded, "rollout", at));
  return addEvidence(recorded, "rollout", {
    basis: "confirmed",
    at,
    by: entry.by,
    note: entry.text,
    facts: { result: entry.result },
  });
}

export function withdrawRollout(document: SetupDocument, now: Date): SetupDocument {
  const withdrawn = withdraw(document, "rollout", now);
  return { ...withdrawn, rollout: { ...withdrawn.rollout, record: null, closedAt: null } };
}

/** @throws AppError "not-allowed" before a rollout that connected. */
export function close(document: SetupDocument, now: Date): SetupDocument {
  if (rolloutInForce(document).record?.result !== "connected")
    throw new AppError("not-allowed", { step: "rollout" });
  return { ...document, rollout: { ...document.rollout, closedAt: now.toISOString() } };
}

export function reopen(document: SetupDocument): SetupDocument {
  return { ...document, rollout: { ...document.rollout, closedAt: null } };
}
