import type { DryRunView, LightView } from "../../preload/model/exchange.ts";
import { dryRunDetailIds, lightIds } from "../../preload/model/exchange.ts";
import type { FieldId } from "../../preload/model/guide.ts";
import type { Reason, Target } from "../../preload/model/setup.ts";
import { isPassed, lightOff, meanings } from "../exchange/causes.ts";
import type { Light } from "../exchange/causes.ts";
import { connectPowerShell } from "../guide/powershell.ts";
import { stepOf, stepOfField } from "../guide/steps.ts";
import type { Observations } from "./checks.ts";
import type { DryRunRecord, SetupDocument } from "./document.ts";
import { effective, fieldProblem } from "./fields.ts";

/** The dry run as the renderer shows it. Pure. `running`: an attempt is under way now. */
export function dryRunView(
  document: SetupDocument,
  observations: Pick<Observations, "password">,
  running: boolean,
): DryRunView {
  const { dryRun } = document;
  const lights = dryRun?.lights ?? lightIds.map((id) => ({ ...lightOff(id, "not-reached"), cause: null }));
  return {
    state: stateOf(dryRun, running),
    lights: lights.map(lightView),
    organization: dryRun?.organization ?? null,
    at: dryRun?.at ?? null,
    since: dryRun?.startedAt ?? null,
    attempts: dryRun?.attempts ?? 0,
    waiting: dryRun?.waiting ?? null,
    gaveUp: dryRun?.gaveUp ?? false,
    outdated: dryRun !== null && !isCurrent(dryRun, document),
    missing: missingForDryRun(document),
    needsPassword: observations.password !== "vault" && observations.password !== "session",
    details: dryRunDetailIds.flatMap((id) => {
      const value = dryRun?.details[id] ?? "";
      return value === "" ? [] : [{ id, value }];
    }),
    powershell: powershellOf(document),
  };
}

function stateOf(dryRun: DryRunRecord | null, running: boolean): DryRunView["state"] {
  if (running) return "running";
  if (dryRun === null) return "never";
  if (dryRun.waiting !== null) return "waiting";
  return isPassed(dryRun.lights) ? "passed" : "attention";
}

function lightView({ id, result, cause, params, pending }: Light): LightView {
  return { id, result, cause, params, pending, target: targetOf(cause, pending) };
}

const ofPending: Readonly<Record<NonNullable<Light["pending"]>, Target>> = {
  application: { step: "register-application" },
  certificate: { step: "upload-certificate" },
  permission: { step: "admin-consent" },
  role: { step: "exchange-role" },
  rights: { step: "exchange-role" },
};

function targetOf(cause: Light["cause"], pending: Light["pending"]): Target | null {
  if (pending !== null) return ofPending[pending];
  return cause === null ? null : meanings[cause].target;
}

/** Whether certificate, PFX, IDs and cloud are still those that were tried. */
function isCurrent({ tried }: DryRunRecord, document: SetupDocument): boolean {
  const { certificate, cloud } = document;
  return (
    tried.cloud === cloud &&
    tried.tenantId === effective(document, "tenantId") &&
    tried.applicationId === effective(document, "applicationId") &&
    tried.certificate === certificate?.facts.sha256 &&
    tried.pfx === certificate.pfx?.sha256
  );
}

/** What has to be there before it can be tried. */
function missingForDryRun(document: SetupDocument): Reason[] {
  const fields = (["applicationId", "tenantId"] as const).flatMap((field) => fieldMissing(document, field));
  const target: Target = { step: "certificate" };
  const pfx = document.certificate?.pfx ?? null;
  if (document.certificate === null)
    return [...fields, { key: "problems.no-certificate", params: {}, target }];
  if (pfx === null) return [...fields, { key: "problems.no-pfx", params: {}, target }];
  if (pfx.path !== null) return fields;
  return [...fields, { key: "dryRun.causes.pfx-not-located.title", params: {}, target }];
}

function fieldMissing(document: SetupDocument, field: FieldId): Reason[] {
  const problem = fieldProblem(document, field);
  if (problem !== null) return [problem];
  if (effective(document, field) !== "") return [];
  const target: Target = { step: stepOfField(field), field };
  const params = { step: target.step, number: stepOf(target.step).number, field };
  return [{ key: "reasons.field-missing", params, target }];
}

function powershellOf(document: SetupDocument): string | null {
  const applicationId = effective(document, "applicationId");
  const organization = effective(document, "tenantDomain");
  if (applicationId === "" || organization === "") return null;
  const pfxPath = document.certificate?.pfx?.path ?? "";
  return connectPowerShell({ cloud: document.cloud, applicationId, organization, pfxPath });
}
