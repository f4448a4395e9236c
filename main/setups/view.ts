import type { DryRunView } from "../../preload/model/exchange.ts";
import type { CertificateView, PasswordView, PendingRequestView } from "../../preload/model/certificates.ts";
import { daysLeft } from "../../preload/model/days.ts";
import type { StepId } from "../../preload/model/guide.ts";
import type {
  AttributeView,
  DeletedSetup,
  LikelyCause,
  LinkView,
  SetupSummary,
  SetupView,
  StepView,
} from "../../preload/model/setup.ts";
import type { TenantView } from "../../preload/model/tenant.ts";
import type { Attribute } from "../guide/attributes.ts";
import { attributes, fieldOf } from "../guide/attributes.ts";
import { linkUrl } from "../guide/links.ts";
import { manifestJson, permissions } from "../guide/permissions.ts";
import { correctedPowerShell, documentedPowerShell } from "../guide/powershell.ts";
import { stepOfField } from "../guide/steps.ts";
import { rotationView } from "../rollout/rotation.ts";
import { rolloutInForce, servingCertificate } from "./certificates-in-use.ts";
import type { Observations } from "./checks.ts";
import { attributeHint, attributeProblem, validity } from "./checks.ts";
import type { SetupDocument } from "./document.ts";
import { dryRunView } from "./dry-run-view.ts";
import type { KnownIds } from "./fields.ts";
import { effective, fieldProblem, fieldViews, target } from "./fields.ts";
import { likelyCauses } from "./likely-causes.ts";
import type { StepStatus } from "./status.ts";
import { canBeConfirmed, computeStatus, rolloutMissing } from "./status.ts";
import type { TrashedSetup } from "./trash.ts";
import { trashDays } from "./trash.ts";

export interface ViewContext {
  observations: Observations;
  known: KnownIds;
  /** Name offered for confirmations. */
  person: string;
  tenant: TenantView;
  /** A dry run is under way. */
  dryRunning?: boolean;
}

/** Everything the renderer shows of a setup. Pure; the renderer decides nothing. */
export function buildView(document: SetupDocument, context: ViewContext): SetupView {
  const statuses = computeStatus(document, context.observations);
  const missing = rolloutMissing(document, context.observations, statuses);
  const dryRun = dryRunView(document, context.observations, context.dryRunning ?? false);
  const inForce = rolloutInForce(document);
  const views = attributes.map((attribute) => attributeView(document, attribute, context.observations));
  return {
    summary: summaryOf(document, context.observations, statuses),
    position: document.position,
    person: context.person,
    steps: [...statuses.values()].map((status) => stepView(document, status, context)),
    attributes: views,
    certificate: certificateView(document, context.observations),
    request: requestView(document, context.observations),
    password: passwordView(document, context.observations),
    permissions: [...permissions],
    manifestJson: manifestJson(),
    powershell: {
      documented: documentedPowerShell(),
      corrected: correctedPowerShell({ dnsName: effective(document, "tenantDomain") || "contoso.org" }),
    },
    tenant: context.tenant,
    dryRun,
    rotation: rotationView(document, context.observations.now, statuses.get("technical-attributes")),
    rollout: {
      ready: missing.length === 0,
      missing,
      doubts: views.map(({ hint }) => hint).filter((hint) => hint !== null),
      ...inForce,
      likely: likelyOf(inForce.record, dryRun),
      handover: document.rollout.handover,
    },
    savedAt: document.updatedAt,
  };
}

/** Only for a failed Rollout. */
function likelyOf(record: SetupDocument["rollout"]["record"], dryRun: DryRunView): LikelyCause[] {
  return record?.result === "failed" ? likelyCauses(record.text, dryRun) : [];
}

/** One line of the list of setups. */
export function summaryOf(
  document: SetupDocument,
  observations: Observations,
  statuses: ReadonlyMap<StepId, StepStatus> = computeStatus(document, observations),
): SetupSummary {
  const all = [...statuses.values()];
  const settled = all.filter((one) => one.state === "done" || one.state === "not-applicable");
  const next =
    all.find((one) => one.state === "needs-attention") ??
    all.find((one) => one.state === "in-progress" || one.state === "not-started") ??
    all.find((one) => one.state === "waiting") ??
    all.find((one) => one.state === "cannot-start");
  const serving = servingCertificate(document);
  return {
    id: document.id,
    name: document.name,
    tenantName: effective(document, "tenantName"),
    tenantDomain: effective(document, "tenantDomain"),
    cloud: document.cloud,
    practice: document.practice,
    createdAt: document.createdAt,
    updatedAt: document.updatedAt,
    archivedAt: document.archivedAt,
    done: settled.length,
    total: all.length,
    next: next?.step.id ?? null,
    nextState: next?.state ?? null,
    attention: all.filter((one) => one.state === "needs-attention").length,
    waiting: all.filter((one) => one.state === "waiting").length,
    certificateDaysLeft: serving === null ? null : daysLeft(serving.facts.notAfter, observations.now),
    rotating: document.rotation !== null,
    rolledOut: rolloutInForce(document).record?.result === "connected",
    problem: null,
  };
}

/** One line of the list of deleted setups. */
export function deletedView({ entry, setupId, deletedAt, document }: TrashedSetup): DeletedSetup {
  return {
    entry,
    setupId,
    name: document?.name ?? "",
    tenantName: document === null ? "" : effective(document, "tenantName"),
    tenantDomain: document === null ? "" : effective(document, "tenantDomain"),
    practice: document?.practice ?? false,
    deletedAt: deletedAt.toISOString(),
    keptUntil: new Date(deletedAt.getTime() + trashDays * 86_400_000).toISOString(),
  };
}

function stepView(document: SetupDocument, status: StepStatus, context: ViewContext): StepView {
  const { step, state, evidence } = status;
  const waiting = document.waiting[step.id];
  const request = step.id === "certificate" ? document.request : null;
  return {
    id: step.id,
    section: step.section,
    number: step.number,
    state,
    basis: state === "done" || state === "needs-attention" ? (evidence?.basis ?? null) : null,
    at: evidence?.at ?? (step.id === "rollout" ? (document.rollout.record?.at ?? null) : null),
    by: evidence?.by ?? (step.id === "rollout" ? (document.rollout.record?.by ?? null) : null),
    waitingFor:
      state !== "waiting"
        ? null
        : waiting !== undefined
          ? { who: waiting.who, since: waiting.since, until: null, note: waiting.note }
          : { who: "", since: request?.createdAt ?? document.updatedAt, until: null, note: "" },
    notApplicable: document.notApplicable[step.id] ?? null,
    reasons: status.reasons,
    checks: status.checks,
    evidence: document.evidence
      .filter((one) => one.step === step.id)
      .map(({ step: _step, ...one }) => one)
      .toReversed(),
    fields: fieldViews(document, step.fields, context.known),
    links: step.links.map((link) => linkView(document, link)),
    labels: [...step.labels],
    actions: step.actions,
    troubles: step.troubles,
    needs: [...step.needs],
    unlocks: [...step.unlocks],
    confirm: {
      allowed: status.confirmReasons.length === 0,
      byApp: !canBeConfirmed(step.id),
      reasons: status.confirmReasons,
    },
  };
}

/** What links are filled with: only values that have no problem. */
export function linkValues(document: SetupDocument) {
  const usable = (field: "applicationId" | "tenantId" | "portalUrl") =>
    fieldProblem(document, field) === null ? effective(document, field) : "";
  return {
    cloud: document.cloud,
    applicationId: usable("applicationId"),
    tenantId: usable("tenantId"),
    portalUrl: usable("portalUrl"),
  };
}

function linkView(document: SetupDocument, link: LinkView["id"]): LinkView {
  const address = linkUrl(link, linkValues(document));
  if ("url" in address) return { id: link, url: address.url, missing: null };
  const field = address.missing;
  return {
    id: link,
    url: null,
    missing: {
      key: "reasons.link-needs-field",
      params: { field, step: stepOfField(field) },
      target: target(field),
    },
  };
}

/** An attribute's value as it goes into the portal's form; empty for the secret and for the file. */
export function attributeValue(document: SetupDocument, attribute: Attribute): string {
  const field = fieldOf(attribute);
  return field === null ? "" : effective(document, field);
}

function attributeView(
  document: SetupDocument,
  attribute: Attribute,
  observations: Observations,
): AttributeView {
  const field = fieldOf(attribute);
  const value = attributeValue(document, attribute);
  const problem =
    field === null ? attributeProblem(attribute.id, document, observations) : fieldProblem(document, field);
  // A PFX may be whole without its password here: nothing is wrong then, but there is nothing to copy.
  const atHand =
    attribute.kind === "secret"
      ? observations.password === "vault" || observations.password === "session"
      : field === null || value !== "";
  return {
    id: attribute.id,
    step: attribute.step,
    name: attribute.name,
    value: attribute.kind === "file" ? (document.certificate?.pfx?.path ?? "") : value,
    kind: attribute.kind,
    mandatory: attribute.mandatory,
    field: attribute.field,
    source: attribute.source,
    problem,
    hint: attributeHint(attribute.id, document),
    ready: problem === null && atHand,
  };
}

function certificateView(document: SetupDocument, observations: Observations): CertificateView | null {
  const certificate = document.certificate;
  if (certificate === null) return null;
  return {
    ...certificate.facts,
    origin: certificate.origin,
    recordedAt: certificate.recordedAt,
    chain: certificate.chain,
    keyProvider: certificate.keyProvider,
    daysLeft: daysLeft(certificate.facts.notAfter, observations.now),
    validity: validity(certificate, observations.now),
    keyStored: observations.key === "vault" || observations.key === "session",
    keyUnreadable: observations.key === "unreadable",
    pfx: certificate.pfx,
    exports: certificate.exports,
  };
}

function requestView(document: SetupDocument, observations: Observations): PendingRequestView | null {
  const request = document.request;
  if (request === null) return null;
  const { subject, commonName, dnsNames, keyBits, createdAt } = request;
  return { subject, commonName, dnsNames, keyBits, createdAt, key: observations.requestKey };
}

function passwordView(document: SetupDocument, observations: Observations): PasswordView {
  return {
    state: observations.password,
    generated: document.password?.generated ?? false,
    length: document.password?.length ?? null,
  };
}
