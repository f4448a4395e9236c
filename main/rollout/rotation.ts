import { daysLeft } from "../../preload/model/days.ts";
import type {
  KeyPresence,
  RotationStepId,
  RotationStepView,
  RotationView,
} from "../../preload/model/rotation.ts";
import type { Reason } from "../../preload/model/setup.ts";
import { isPassed, meanings, obstacle } from "../exchange/causes.ts";
import type { Light } from "../exchange/causes.ts";
import {
  exchangeEvidence,
  isRolledOutAnew,
  portalConfirmation,
  rolloutInForce,
} from "../setups/certificates-in-use.ts";
import { validity } from "../setups/checks.ts";
import type { CertificateRecord, Rotation, SetupDocument } from "../setups/document.ts";
import { isCurrent } from "../setups/dry-run-view.ts";
import { activeEvidence } from "../setups/status.ts";
import type { StepStatus } from "../setups/status.ts";
import { factsInForce } from "../setups/tenant-checks.ts";
import { rotationWarnings } from "./rotation-warnings.ts";

type Step = RotationStepView;

const open = (id: RotationStepId, reasons: Reason[] = []): Step => ({
  id,
  state: "open",
  basis: null,
  at: null,
  by: null,
  reasons,
});
const attention = (id: RotationStepId, ...reasons: Reason[]): Step => ({
  ...open(id, reasons),
  state: "attention",
});
const after = (id: RotationStepId, first: RotationStepId): Step => ({
  ...open(id, [{ key: "rotation.reasons.after", params: { step: first }, target: null }]),
  state: "blocked",
});
const done = (
  id: RotationStepId,
  basis: Step["basis"],
  at: string | null,
  by: string | null = null,
): Step => ({
  id,
  state: "done",
  basis,
  at,
  by,
  reasons: [],
});
const reason = (key: string, target: Reason["target"] = null, params: Reason["params"] = {}): Reason => ({
  key: `rotation.reasons.${key}`,
  params,
  target,
});

/** The exchange as the renderer shows it; null when none is under way. Pure. */
export function rotationView(
  document: SetupDocument,
  now: Date,
  attributes: Pick<StepStatus, "confirmReasons"> | undefined,
): RotationView | null {
  const { rotation } = document;
  if (rotation === null) return null;
  const { subject, sha1, notAfter } = rotation.old.facts;
  const steps = rotationSteps(document, now);
  const facts = rotationFacts(document, now);
  const reasons = attributes?.confirmReasons ?? [];
  return {
    startedAt: rotation.startedAt,
    by: rotation.by,
    old: {
      subject,
      sha1,
      notAfter,
      daysLeft: daysLeft(notAfter, now),
      validity: validity(rotation.old, now),
      key: facts.oldKey,
    },
    inPortal: portalHas(document, rotation),
    newKey: facts.newKey,
    steps,
    current: steps.find(({ state }) => state !== "done")?.id ?? null,
    warnings: rotationWarnings(document, now, facts),
    removable: facts.removable,
    confirmExchanged: {
      allowed: reasons.length === 0 && steps.some(({ id, state }) => id === "exchange" && state === "open"),
      reasons,
    },
    canWithdrawExchanged: facts.canWithdrawExchanged,
    canConfirmRemoved: facts.canConfirmRemoved,
    canCancel: facts.canCancel,
  };
}

/** The six steps with what is known of each, computed from the document; none without an exchange. Pure. */
export function rotationSteps(document: SetupDocument, now: Date): Step[] {
  const { rotation } = document;
  if (rotation === null) return [];
  const steps = [
    newCertificate(document, rotation, now),
    besideOld(document, rotation),
    dryRun(document, rotation),
    exchange(document, rotation),
    rollout(document),
  ];
  return [...steps, removeOld(rotation, steps)];
}

export interface RotationFacts {
  oldKey: KeyPresence;
  newKey: KeyPresence;
  removable: "old" | "new" | null;
  canCancel: boolean;
  canWithdrawExchanged: boolean;
  canConfirmRemoved: boolean;
}

/** What may be done now. Whatever the portal has keeps its key in Entra: that is what these answers keep. Pure. */
export function rotationFacts(document: SetupDocument, now: Date): RotationFacts {
  const { rotation } = document;
  const steps = rotationSteps(document, now);
  const before = steps.slice(0, -1);
  const proven = rotation !== null && before.every(({ state }) => state === "done");
  const oldKey = oldKeyOf(rotation);
  const newKey = newKeyOf(document);
  const oldMayBeGone = oldKey === "gone" || (rotation?.removed ?? null) !== null;
  const inPortal = portalCertificate(document);
  const portalHasOld = rotation !== null && inPortal === rotation.old.facts.sha1;
  const hasOther = rotation !== null && otherThanOld(document, rotation) !== null;
  return {
    oldKey,
    newKey,
    removable:
      proven && oldKey !== "gone"
        ? "old"
        : portalHasOld && hasOther && newKey !== "gone" && !oldMayBeGone
          ? "new"
          : null,
    canCancel: portalHasOld,
    canWithdrawExchanged: rotation !== null && !portalHasOld && !isRolledOutSince(document) && !oldMayBeGone,
    canConfirmRemoved: proven && (rotation?.removed ?? null) === null && oldKey !== "gone",
  };
}

/** The certificates between which Entra may be left with one: what goes, and what must be seen to stay. Pure. */
export function removalOf(
  document: SetupDocument,
  now: Date,
): { remove: CertificateRecord; keep: CertificateRecord } | null {
  const { rotation, certificate } = document;
  if (rotation === null || certificate === null) return null;
  const { removable } = rotationFacts(document, now);
  if (removable === null) return null;
  return removable === "old"
    ? { remove: rotation.old, keep: certificate }
    : { remove: certificate, keep: rotation.old };
}

/** Thumbprint of the certificate that the portal has, as far as people confirmed it. */
function portalCertificate(document: SetupDocument): string | null {
  const { rotation } = document;
  if (rotation === null) return document.certificate?.facts.sha1 ?? null;
  return portalConfirmation(document)?.facts["certificate"] ?? rotation.old.facts.sha1;
}

/** Whether a Rollout connected with what the portal has since the exchange in it. */
function isRolledOutSince(document: SetupDocument): boolean {
  const said = portalConfirmation(document);
  const { record } = document.rollout;
  return said !== null && record?.result === "connected" && record.at >= said.at;
}

function portalHas(document: SetupDocument, { old }: Rotation): RotationView["inPortal"] {
  const sha1 = portalCertificate(document);
  if (sha1 === old.facts.sha1) return "old";
  return sha1 === document.certificate?.facts.sha1 ? "new" : "other";
}

function otherThanOld({ certificate }: SetupDocument, { old }: Rotation): CertificateRecord | null {
  return certificate !== null && certificate.facts.sha1 !== old.facts.sha1 ? certificate : null;
}

function oldKeyOf(rotation: Rotation | null): KeyPresence {
  const seen = rotation?.oldKey ?? null;
  if (seen === null) return "unknown";
  return seen.there ? "there" : "gone";
}

function newKeyOf(document: SetupDocument): KeyPresence {
  if (document.certificate === null) return "gone";
  const fact = factsInForce(document).find(({ id }) => id === "certificate-uploaded");
  if (fact === undefined || fact.result === "unknown") return "unknown";
  return fact.result === "satisfied" ? "there" : "gone";
}

/** Step 1: another certificate, valid, its PFX saved and opened with its password. */
function newCertificate(document: SetupDocument, { old }: Rotation, now: Date): Step {
  const id = "new-certificate";
  const target = { step: "certificate" } as const;
  const problem = (key: string): Reason => ({ key: `problems.${key}`, params: {}, target });
  const { certificate } = document;
  if (certificate === null) return open(id, [problem("no-certificate")]);
  if (certificate.facts.sha1 === old.facts.sha1) return attention(id, reason("same-certificate", target));
  const valid = validity(certificate, now);
  if (valid === "expired" || valid === "not-yet") return attention(id, problem(`certificate-${valid}`));
  if (certificate.pfx === null) return open(id, [problem("no-pfx")]);
  const { openedAt } = certificate.pfx;
  return openedAt === null ? open(id, [problem("pfx-not-opened")]) : done(id, "verified", openedAt);
}

/** When the new key came to stand in Entra, as the app read it or a person said it; null when that is not known. */
function inEntra(document: SetupDocument): Pick<Step, "basis" | "at" | "by"> | null {
  const presence = newKeyOf(document);
  if (presence === "gone") return null;
  const evidence = activeEvidence(document, "upload-certificate");
  const about = evidence?.facts["certificate"] === document.certificate?.facts.sha1;
  if (presence === "there") {
    const at = document.tenant.observed?.readAt ?? null;
    return { basis: "verified", at, by: document.tenant.observed?.by ?? null };
  }
  return evidence !== null && about
    ? { basis: evidence.basis === "verified" ? "verified" : "confirmed", at: evidence.at, by: evidence.by }
    : null;
}

/** Step 2: the new key stands in Entra, and the old one still does. */
function besideOld(document: SetupDocument, rotation: Rotation): Step {
  const id = "beside-old";
  const target = { step: "upload-certificate" } as const;
  if (otherThanOld(document, rotation) === null) return after(id, "new-certificate");
  const there = inEntra(document);
  if (there === null) {
    const said = activeEvidence(document, "upload-certificate")?.facts["certificate"];
    return said === document.certificate?.facts.sha1
      ? attention(id, reason("not-in-entra", target))
      : open(id, [reason("not-added", target)]);
  }
  return done(id, there.basis, there.at, there.by);
}

/** Step 3: Entra and Exchange accepted the new pair. A Rollout that connected with it proves the same. */
function dryRun(document: SetupDocument, rotation: Rotation): Step {
  const id = "dry-run";
  if (otherThanOld(document, rotation) === null) return after(id, "new-certificate");
  const run = document.dryRun;
  const current = run !== null && isCurrent(run, document) ? run : null;
  if (current !== null && isPassed(current.lights)) return done(id, "verified", current.at);
  const blocking = current === null ? null : obstacle(current.lights);
  const cause = blocking?.cause ?? "unknown";
  if (current !== null && current.waiting !== null)
    return open(id, [reason("dry-run-waiting", null, { cause })]);
  if (current !== null && blocking !== null && speaksAgainst(blocking))
    return attention(id, reason("dry-run-refused", null, { cause }));
  const anew = isRolledOutAnew(document) ? document.rollout.record : null;
  if (anew !== null) return done(id, "confirmed", anew.at, anew.by);
  if (inEntra(document) === null) return after(id, "beside-old");
  if (current === null) return open(id, [reason("dry-run-missing")]);
  return attention(id, reason("dry-run-unclear", null, { cause }));
}

/** A refusal, or something to mend here; that the service was not reached speaks for nothing. */
function speaksAgainst({ result, cause, pending }: Light): boolean {
  return result === "unsatisfied" || pending !== null || (cause !== null && meanings[cause].target !== null);
}

/** Step 4: a person confirmed that the portal has the new PFX and its password. */
function exchange(document: SetupDocument, rotation: Rotation): Step {
  const id = "exchange";
  const exchanged = exchangeEvidence(document);
  if (exchanged !== null) return done(id, "confirmed", exchanged.at, exchanged.by);
  if (otherThanOld(document, rotation) === null) return after(id, "new-certificate");
  if (inEntra(document) === null) return after(id, "beside-old");
  const tried = dryRun(document, rotation);
  // A dry run that could not tell, for example behind a proxy, says nothing against the certificate.
  const unclear = tried.reasons.some(({ key }) => key === "rotation.reasons.dry-run-unclear");
  return tried.state === "done" || unclear ? open(id) : after(id, "dry-run");
}

/** Step 5: the portal connected with the new certificate. */
function rollout(document: SetupDocument): Step {
  const id = "rollout";
  if (exchangeEvidence(document) === null) return after(id, "exchange");
  const { record } = rolloutInForce(document);
  if (record === null) return open(id);
  if (record.result === "failed")
    return attention(id, reason("rollout-failed", { step: "rollout" }, { at: record.at }));
  return done(id, "confirmed", record.at, record.by);
}

/** Step 6: nobody needs the old key any more, and it is out of Entra. */
function removeOld({ oldKey, removed }: Rotation, before: readonly Step[]): Step {
  const id = "remove-old";
  const missing = before.find(({ state }) => state !== "done");
  if (missing !== undefined) return after(id, missing.id);
  if (oldKey?.there === false) return done(id, "verified", oldKey.at, oldKey.by);
  if (removed === null) return open(id);
  if (oldKey !== null && oldKey.at > removed.at)
    return attention(id, reason("still-there", { step: "upload-certificate" }));
  return done(id, "confirmed", removed.at, removed.by);
}
