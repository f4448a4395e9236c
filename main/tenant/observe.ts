import type { Cell } from "../../preload/model/tenant.ts";
import type { StepId } from "../../preload/model/guide.ts";
import type { Observed, ObservedFact, Rotation, SetupDocument } from "../setups/document.ts";
import { presentCertificate } from "../setups/certificates-in-use.ts";
import { effective } from "../setups/fields.ts";
import { activeEvidence, confirmedFacts } from "../setups/status.ts";
import { addEvidence, stopWaiting, withdrawVerified } from "../setups/intents.ts";
import type { ActualTenant, Known } from "./actual.ts";
import type { DesiredTenant } from "./desired.ts";
import { isCertificate } from "./key-credentials.ts";
import type { PermissionTruth } from "./permission-truth.ts";
import { isTakenBack, takenBack } from "./taken-back.ts";
import type { TakenBack } from "./taken-back.ts";
import { verify } from "./verify.ts";
import type { Fact } from "./verify.ts";

export interface Reading {
  desired: DesiredTenant;
  actual: ActualTenant;
  /** Who was signed in. */
  by: string;
  /** What this app changed in the tenant, oldest first: what it took back itself is no drift. */
  log?: Parameters<typeof takenBack>[0];
}

/**
 * Writes a reading of the tenant into the setup: values that flow from it, each fact with its date, and evidence for
 * every step whose facts all hold. Nothing of another tenant is ever written. Pure.
 */
export function recordReading(document: SetupDocument, reading: Reading): SetupDocument {
  const { desired, actual, by, log = [] } = reading;
  const filled = withValues(document, actual);
  const verification = verify(desired, actual);
  const application = actual.application.known ? actual.application.value : null;
  const earlier = document.tenant.observed;
  const observed: Observed = {
    readAt: verification.readAt,
    by,
    tenantId: actual.organization.known ? actual.organization.value.id : (earlier?.tenantId ?? ""),
    appId: application?.appId ?? effective(filled, "applicationId"),
    profile: desired.profile,
    certificate: desired.certificate?.sha1 ?? "",
    facts: [],
    ...tableOf(verification.permissions),
  };
  const taken = takenBack(log, desired);
  const comparable = earlier !== null && isAboutTheSame(earlier, observed) ? earlier.facts : [];
  observed.facts = verification.facts
    // Without a certificate there is nothing that could have been uploaded.
    .filter(({ id }) => id !== "certificate-uploaded" || desired.certificate !== null)
    .map((fact) =>
      merged(
        comparable.find(({ id }) => id === fact.id),
        fact,
        verification.readAt,
        taken,
      ),
    );
  const rotation = withOldKey(filled.rotation, reading);
  return withEvidence({ ...filled, rotation, tenant: { ...filled.tenant, observed } }, reading);
}

/** Whether the old key of an exchange is still at the application; what could not be read changes nothing. */
function withOldKey(rotation: Rotation | null, { actual, by }: Reading): Rotation | null {
  const application = actual.application.known ? actual.application.value : null;
  if (rotation === null || application === null) return rotation;
  const { der, facts } = rotation.old;
  const there = application.keyCredentials.some((key) => isCertificate(key, { ...facts, der }));
  return { ...rotation, oldKey: { there, at: actual.readAt, by } };
}

/** An unknown part of the name does not make it another application. */
function isAboutTheSame(earlier: Observed, now: Observed): boolean {
  return (
    earlier.tenantId === now.tenantId &&
    (earlier.appId === now.appId || earlier.appId === "") &&
    earlier.profile === now.profile &&
    earlier.certificate === now.certificate
  );
}

/** A fact with what was known of it before: unknown never takes the place of a result. */
function merged(
  earlier: ObservedFact | undefined,
  { id, step, outcome }: Fact,
  at: string,
  taken: TakenBack,
): ObservedFact {
  if (outcome.result === "unknown") {
    const { reason, detail, requestId } = outcome;
    const unread = { at, reason, detail, requestId };
    if (earlier !== undefined && earlier.result !== "unknown") return { ...earlier, unread };
    return { id, step, result: "unknown", at, expected: "", found: "", unread, before: null };
  }
  const { result } = outcome;
  const values = result === "unsatisfied" ? outcome : { expected: "", found: "" };
  const isOwn = result === "unsatisfied" && earlier !== undefined && isTakenBack(earlier, taken);
  const changed = earlier !== undefined && earlier.result !== "unknown" && earlier.result !== result;
  return {
    id,
    step,
    result,
    at,
    expected: values.expected,
    found: values.found,
    unread: null,
    before: isOwn
      ? null
      : changed
        ? { result: earlier.result as "satisfied" | "unsatisfied", at: earlier.at, noticedAt: at }
        : (earlier?.before ?? null),
  };
}

function cell(part: Known<boolean>): Cell {
  if (!part.known) return part.reason;
  return part.value ? "yes" : "no";
}

function tableOf({ rows, extras }: PermissionTruth): Pick<Observed, "rows" | "extras"> {
  return {
    rows: rows.map(({ row, guid, guidDiffers, offered, requested, granted }) => ({
      id: row.id,
      guid,
      guidDiffers,
      offered: cell(offered),
      requested: cell(requested),
      granted: cell(granted),
    })),
    extras: extras.map(({ resourceAppId, type, id, value, requested, granted }) => ({
      api: resourceAppId,
      type,
      id,
      value,
      requested,
      granted,
    })),
  };
}

/** Empty fields take what the tenant says; what a person typed stays theirs. */
function withValues(document: SetupDocument, actual: ActualTenant): SetupDocument {
  const organization = actual.organization.known ? actual.organization.value : null;
  const application = actual.application.known ? actual.application.value : null;
  const given = {
    tenantId: organization?.id ?? "",
    tenantName: organization?.displayName ?? "",
    tenantDomain: organization?.initialDomain ?? "",
    applicationId: application?.appId ?? "",
    applicationObjectId: application?.id ?? "",
  };
  const fields = { ...document.fields };
  for (const [name, value] of Object.entries(given)) {
    const field = name as keyof typeof given;
    if (value !== "" && (fields[field] ?? "").trim() === "") fields[field] = value;
  }
  if (application !== null && effective(document, "applicationName") !== application.displayName) {
    fields.applicationName = application.displayName;
  }
  // The object ID only serves to recognise mix-ups: what was read is right whatever was typed.
  if (application !== null) fields.applicationObjectId = application.id;
  return { ...document, fields };
}

function withEvidence(document: SetupDocument, { actual, by }: Reading): SetupDocument {
  const facts = document.tenant.observed?.facts ?? [];
  const steps = [...new Set(facts.map(({ step }) => step))];
  let next = document;
  for (const step of steps) {
    const own = facts.filter((fact) => fact.step === step);
    // Only what this very reading saw counts as verified now.
    const holds = own.every(({ result, unread }) => result === "satisfied" && unread === null);
    if (holds) next = verified(next, step, actual, by);
  }
  return next;
}

function verified(document: SetupDocument, step: StepId, actual: ActualTenant, by: string): SetupDocument {
  const facts = { ...confirmedFacts(document, step), ...identifiersOf(step, document, actual) };
  delete facts["uploadedThumbprint"];
  const present = activeEvidence(document, step);
  const at = new Date(actual.readAt);
  if (present?.basis === "verified" && JSON.stringify(present.facts) === JSON.stringify(facts)) {
    const evidence = document.evidence.map((one) =>
      one.id === present.id ? { ...one, at: actual.readAt, by } : one,
    );
    return stopWaiting({ ...document, evidence }, step);
  }
  return addEvidence(withdrawVerified(document, step, at), step, {
    basis: "verified",
    at,
    by,
    note: "",
    facts,
  });
}

/** What an auditor finds the facts again by. */
function identifiersOf(step: StepId, document: SetupDocument, actual: ActualTenant): Record<string, string> {
  const application = actual.application.known ? actual.application.value : null;
  const principal = actual.servicePrincipal.known ? actual.servicePrincipal.value : null;
  switch (step) {
    case "admin-portal":
      return actual.organization.known ? { tenantId: actual.organization.value.id } : {};
    case "create-application":
      return application === null ? {} : { objectId: application.id };
    case "register-application":
      return principal === null ? {} : { servicePrincipalId: principal.id };
    case "single-tenant":
      return application === null ? {} : { signInAudience: application.signInAudience };
    case "upload-certificate": {
      const record = presentCertificate(document);
      if (record === null) return {};
      const wanted = { sha1: record.facts.sha1, sha256: record.facts.sha256, der: record.der };
      const key = application?.keyCredentials.find((one) => isCertificate(one, wanted));
      return key?.keyId ? { keyId: key.keyId } : {};
    }
    case "exchange-role": {
      const assignments = actual.roleAssignments.known ? actual.roleAssignments.value : [];
      const [first] = assignments;
      return first === undefined ? {} : { roleDefinitionId: first.roleDefinitionId };
    }
    default:
      return {};
  }
}

export type DriftedFact = ObservedFact & { before: NonNullable<ObservedFact["before"]> };

/** Facts that held once and do not any more, newest first. What the app itself put right or took back is no drift. */
export function driftOf(observed: Observed | null): DriftedFact[] {
  return (observed?.facts ?? [])
    .filter(
      (fact): fact is DriftedFact => fact.result === "unsatisfied" && fact.before?.result === "satisfied",
    )
    .toSorted((one, other) => other.before.noticedAt.localeCompare(one.before.noticedAt));
}
