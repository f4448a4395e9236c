import type { FieldId } from "../../../preload/model/guide.ts";
import type {
  ActivityEntry,
  ActivityView,
  AttributeView,
  Reason,
  SetupView,
  StepView,
} from "../../../preload/model/setup.ts";
import { tenantChanges } from "./changes.ts";
import { exchangeUnderWay, finishedExchanges } from "./exchanges.ts";
import type { Report, ReportCertificate, ReportStep } from "./model.ts";

export interface ReportInput {
  view: SetupView;
  activity: ActivityView;
  /** The log of changes in the tenant, as entries: it has each change whole, where the activity only names it. */
  changes: readonly ActivityEntry[];
  now: Date;
  /** The app's version. */
  version: string;
}

/** Fields that people look for in a report, in that order; the connector's values are listed as such. */
const shownFields: readonly FieldId[] = [
  "tenantName",
  "tenantDomain",
  "tenantId",
  "applicationName",
  "applicationId",
  "applicationObjectId",
  "azureAdInstance",
  "consentAskedFrom",
  "uploadedThumbprint",
  "portalUrl",
];

/**
 * The report of a setup. Pure. It takes named properties one by one, so that what a view may gain later stays out:
 * no password, no private key, no path of this computer.
 */
export function buildReport({ view, activity, changes, now, version }: ReportInput): Report {
  const { summary, rollout } = view;
  return {
    format: "exchange-rollout-report",
    formatVersion: 1,
    writtenAt: now.toISOString(),
    writtenBy: `Exchange Rollout ${version}`,
    setup: {
      id: summary.id,
      name: summary.name,
      cloud: summary.cloud,
      practice: summary.practice,
      tenantName: summary.tenantName,
      tenantDomain: summary.tenantDomain,
      createdAt: summary.createdAt,
      savedAt: view.savedAt,
      settled: summary.done,
      total: summary.total,
    },
    stage: rollout.record?.result ?? "not-rolled-out",
    rollout:
      rollout.record === null
        ? null
        : {
            result: rollout.record.result,
            text: rollout.record.text,
            by: rollout.record.by,
            at: rollout.record.at,
          },
    fields: shownFields
      .map((id) => ({ id, value: fieldValue(view, id) }))
      .filter(({ value }) => value !== ""),
    values: view.attributes.map((attribute) => ({
      id: attribute.id,
      name: attribute.name,
      step: attribute.step,
      kind: attribute.kind,
      mandatory: attribute.mandatory,
      value: attributeValue(attribute, view),
    })),
    certificate: certificateOf(view),
    exchange: exchangeUnderWay(view),
    exchanges: finishedExchanges(activity.entries),
    steps: view.steps.map(stepOf),
    permissions: view.permissions.map(({ id, api, resourceAppId, type, value, displayText, guid }) => ({
      id,
      api,
      resourceAppId,
      type,
      value,
      displayText,
      guid,
    })),
    changes: tenantChanges(changes),
    activity: {
      entries: activity.entries.length,
      intact: activity.chain.intact,
      lastHash: activity.entries.at(-1)?.hash ?? null,
    },
  };
}

function fieldValue(view: SetupView, id: FieldId): string {
  const field = view.steps.flatMap(({ fields }) => fields).find((one) => one.id === id);
  if (field === undefined) return "";
  return field.value.trim() === "" ? field.suggestion : field.value;
}

function attributeValue(attribute: AttributeView, view: SetupView): string {
  if (attribute.kind === "text") return attribute.value;
  return attribute.kind === "file" ? (view.certificate?.pfx?.sha256 ?? "") : "";
}

function certificateOf({ certificate }: SetupView): ReportCertificate | null {
  if (certificate === null) return null;
  const { pfx } = certificate;
  return {
    subject: certificate.subject,
    issuer: certificate.issuer,
    dnsNames: certificate.dnsNames,
    serial: certificate.serial,
    sha1: certificate.sha1,
    sha256: certificate.sha256,
    notBefore: certificate.notBefore,
    notAfter: certificate.notAfter,
    keyType: certificate.keyType,
    keyBits: certificate.keyBits,
    signatureAlgorithm: certificate.signatureAlgorithm,
    selfSigned: certificate.selfSigned,
    keyUsage: certificate.keyUsage,
    extendedKeyUsage: certificate.extendedKeyUsage,
    origin: certificate.origin,
    recordedAt: certificate.recordedAt,
    keyProvider: certificate.keyProvider,
    chain: certificate.chain.map(({ subject, sha256, notAfter }) => ({ subject, sha256, notAfter })),
    pfx: pfx === null ? null : { sha256: pfx.sha256, savedAt: pfx.savedAt, openedAt: pfx.openedAt },
  };
}

function stepOf(step: StepView): ReportStep {
  const { waitingFor, notApplicable } = step;
  return {
    number: step.number,
    id: step.id,
    section: step.section,
    state: step.state,
    basis: step.basis,
    at: step.at,
    by: step.by,
    notApplicable:
      notApplicable === null
        ? null
        : { reason: notApplicable.reason, by: notApplicable.by, at: notApplicable.at },
    waitingFor:
      waitingFor === null ? null : { who: waitingFor.who, since: waitingFor.since, note: waitingFor.note },
    reasons: step.state === "done" || step.state === "not-applicable" ? [] : step.reasons.map(sentence),
    checks: step.checks.map(({ id, result, reason }) => ({ id, result, reason: sentence(reason) })),
    evidence: step.evidence
      .map(({ basis, at, by, note, facts, withdrawnAt }) => ({ basis, at, by, note, facts, withdrawnAt }))
      .toReversed(),
  };
}

function sentence({ key, params }: Reason): Pick<Reason, "key" | "params"> {
  return { key, params };
}
