import { describe, expect, test } from "vitest";
import { newDocument } from "../../../main/setups/document.ts";
import type { SetupDocument } from "../../../main/setups/document.ts";
import { activeEvidence, computeStatus } from "../../../main/setups/status.ts";
import { confirm } from "../../../main/setups/intents.ts";
import { tenantChecks } from "../../../main/setups/tenant-checks.ts";
import { unknown } from "../../../main/tenant/actual.ts";
import type { ActualTenant } from "../../../main/tenant/actual.ts";
import { driftOf, recordReading } from "../../../main/tenant/observe.ts";
import { plan } from "../../../main/tenant/plan.ts";
import { applicationId, certificateRecord, observed } from "../setups/sample.ts";
import { certificate, session, wish } from "./bench.ts";
import { emptyTenant, GraphModel } from "./graph-model.ts";

const by = "admin@contoso.org";
const { sha1, sha256, der } = certificate;

function setup(): SetupDocument {
  const record = certificateRecord();
  const start = newDocument("3e0f6a86-26b4-4a2b-93a1-6d1b0dbe8f10", "Contoso AG", "global", observed.now);
  return { ...start, certificate: { ...record, der, facts: { ...record.facts, sha1, sha256 } } };
}

/** A prepared tenant, read at the given minute. */
async function prepared() {
  const model = new GraphModel(emptyTenant());
  const desired = wish();
  const { read, apply } = session(model, desired);
  await apply(plan(desired, await read()));
  /** The model's identifiers are short words; the setup's fields want GUIDs. */
  const withGuids = (actual: ActualTenant) =>
    JSON.parse(JSON.stringify(actual).replaceAll('"app-1"', `"${applicationId}"`)) as ActualTenant;
  const at = (minute: number, actual: ActualTenant): ActualTenant => ({
    ...withGuids(actual),
    readAt: new Date(observed.now.getTime() + minute * 60_000).toISOString(),
  });
  return {
    model,
    desired,
    first: at(0, await read()),
    later: async (minute: number) => at(minute, await read()),
  };
}

const stateOf = (document: SetupDocument, step: "exchange-role" | "create-application") =>
  computeStatus(document, observed).get(step)?.state;

describe("recording a reading", () => {
  test("makes evidence of what holds, dated and with its reader, and fills empty values", async () => {
    const { desired, first } = await prepared();
    const after = recordReading(setup(), { desired, actual: first, by });
    expect(activeEvidence(after, "exchange-role")).toMatchObject({ basis: "verified", at: first.readAt, by });
    expect(after.fields.tenantId).toBe(desired.tenantId);
    expect(after.fields.applicationId).toBe(applicationId);
    expect(stateOf(after, "exchange-role")).toBe("done");
  });

  test("what a person typed stays theirs", async () => {
    const { desired, first } = await prepared();
    const typed = { ...setup(), fields: { tenantName: "Contoso (production)" } };
    expect(recordReading(typed, { desired, actual: first, by }).fields.tenantName).toBe(
      "Contoso (production)",
    );
  });

  test("reading again only moves the date; there is one fact, not two", async () => {
    const { desired, first, later } = await prepared();
    const once = recordReading(setup(), { desired, actual: first, by });
    const filled = {
      ...desired,
      application: { ...desired.application, appId: once.fields.applicationId ?? "" },
    };
    const twice = recordReading(once, { desired: filled, actual: await later(5), by });
    expect(twice.evidence).toHaveLength(once.evidence.length);
    expect(activeEvidence(twice, "exchange-role")?.at).toBe((await later(5)).readAt);
  });

  test("a role that was taken away is drift: what held, since when, and the step needs attention", async () => {
    const { model, desired, first, later } = await prepared();
    const before = recordReading(setup(), { desired, actual: first, by });
    model.state.roleAssignments = [];
    const after = recordReading(before, { desired, actual: await later(30), by });
    expect(driftOf(after.tenant.observed)).toMatchObject([
      { id: "role-assigned", before: { result: "satisfied", at: first.readAt } },
    ]);
    expect(stateOf(after, "exchange-role")).toBe("needs-attention");
  });

  test("what cannot be read changes nothing that was known, and says so", async () => {
    const { desired, first } = await prepared();
    const before = recordReading(setup(), { desired, actual: first, by });
    const blind = { ...first, roleAssignments: unknown("no-right", "denied", "request-1") };
    const after = recordReading(before, { desired, actual: blind, by });
    expect(stateOf(after, "exchange-role")).toBe("done");
    expect(driftOf(after.tenant.observed)).toEqual([]);
    expect(tenantChecks("exchange-role", after)).toMatchObject([
      { id: "role-assigned", result: "satisfied", unread: { reason: "no-right" } },
    ]);
  });

  test("facts about another application, certificate or profile are not used", async () => {
    const { desired, first } = await prepared();
    const read = recordReading(setup(), { desired, actual: first, by });
    const other = {
      ...read,
      fields: { ...read.fields, applicationId: "1b9c6f1f-5b64-4b6a-9068-d2d5c3b8e412" },
    };
    expect(tenantChecks("exchange-role", other)).toEqual([]);
    const record = certificateRecord();
    expect(tenantChecks("upload-certificate", { ...read, certificate: record })).toEqual([]);
    const least = { ...read, tenant: { ...read.tenant, profile: "least-privilege" as const } };
    expect(tenantChecks("admin-consent", least)).toEqual([]);
  });

  test("a person's word does not outweigh what the tenant says", async () => {
    const { model, desired, first, later } = await prepared();
    model.state.roleAssignments = [];
    const read = recordReading(setup(), { desired, actual: await later(1), by });
    const confirmed = confirm(read, "exchange-role", "Ada", "", observed);
    expect(stateOf(confirmed, "exchange-role")).toBe("needs-attention");
    expect(first.roleAssignments.known).toBe(true);
  });
});
