import { describe, expect, test } from "vitest";
import { newDocument } from "../../../main/setups/document.ts";
import type { SetupDocument } from "../../../main/setups/document.ts";
import type { ActualTenant } from "../../../main/tenant/actual.ts";
import { driftOf, recordReading } from "../../../main/tenant/observe.ts";
import { plan } from "../../../main/tenant/plan.ts";
import { isTakenBack, takenBack } from "../../../main/tenant/taken-back.ts";
import { ownChanges, planUndo } from "../../../main/tenant/undo.ts";
import { certificateRecord, observed } from "../setups/sample.ts";
import { certificate, session, wish } from "./bench.ts";
import { emptyTenant, GraphModel } from "./graph-model.ts";

const by = "admin@contoso.org";
const { sha1, sha256, der } = certificate;

/** A tenant in which an application of others was taken over and brought to the documented state, and its setup. */
async function takenOver() {
  const state = emptyTenant();
  state.applications.push({
    id: "object-1",
    appId: "1b9c6f1f-5b64-4b6a-9068-d2d5c3b8e412",
    displayName: "IAM.cloud Exchange Online",
    uniqueName: null,
    signInAudience: "AzureADMultipleOrgs",
    createdDateTime: "2020-01-01T00:00:00Z",
    requiredResourceAccess: [],
    keyCredentials: [],
  });
  state.servicePrincipals.push({
    id: "principal-1",
    appId: "1b9c6f1f-5b64-4b6a-9068-d2d5c3b8e412",
    accountEnabled: true,
    tags: [],
  });
  const model = new GraphModel(state);
  const desired = wish({ applicationId: "1b9c6f1f-5b64-4b6a-9068-d2d5c3b8e412" });
  const { read, apply, journal, pace } = session(model, desired);
  const record = certificateRecord();
  const start = newDocument("3e0f6a86-26b4-4a2b-93a1-6d1b0dbe8f10", "Contoso AG", "global", observed.now);
  let document: SetupDocument = {
    ...start,
    certificate: { ...record, der, facts: { ...record.facts, sha1, sha256 } },
  };
  /** Writes a reading into the setup; gives the ids of what drifted. */
  const note = async (actual?: ActualTenant): Promise<string[]> => {
    document = recordReading(document, { desired, actual: actual ?? (await read()), by, log: journal });
    return driftOf(document.tenant.observed).map(({ id }) => id);
  };
  const undo = async () => {
    pace.waited += 60_000;
    const planner = (actual: ActualTenant) => planUndo(ownChanges(journal), actual);
    const applied = await apply(planner(await read()), { planner, target: { ...desired, toUndo: true } });
    expect(applied.remaining).toEqual([]);
    return applied;
  };
  const applyAll = async () => apply(plan(desired, await read()));
  await applyAll();
  expect(await note()).toEqual([]);
  const unsatisfied = () =>
    document.tenant.observed?.facts.filter(({ result }) => result === "unsatisfied").map(({ id }) => id);
  return { model, note, undo, applyAll, unsatisfied, pace };
}

describe("what the app itself takes back", () => {
  test("is no drift, then and at every later reading", async () => {
    const { note, undo, unsatisfied, pace } = await takenOver();
    const { actual } = await undo();
    expect(await note(actual)).toEqual([]);
    expect(unsatisfied()).toEqual([
      "enterprise-application-listed",
      "single-tenant",
      "permissions-requested",
      "permissions-granted",
      "certificate-uploaded",
      "role-assigned",
    ]);
    pace.waited += 3_600_000;
    expect(await note()).toEqual([]);
  });

  test("leaves what others took away before it as drift", async () => {
    const { model, note, undo } = await takenOver();
    model.state.roleAssignments = [];
    const { actual } = await undo();
    expect(await note(actual)).toEqual(["role-assigned"]);
  });

  test("is no drift where only a later reading shows it", async () => {
    const { model, note, undo, pace } = await takenOver();
    const before = structuredClone(model.state);
    await undo();
    const after = model.state;
    model.state = before;
    pace.waited += 60_000;
    expect(await note()).toEqual([]);
    model.state = after;
    pace.waited += 3_600_000;
    expect(await note()).toEqual([]);
  });

  test("is forgotten once it was made again: what is taken away then is drift", async () => {
    const { model, note, undo, applyAll, pace } = await takenOver();
    await note((await undo()).actual);
    await applyAll();
    expect(await note()).toEqual([]);
    model.state.roleAssignments = [];
    pace.waited += 60_000;
    expect(await note()).toEqual(["role-assigned"]);
  });

  test("does not excuse what others made again and took away much later", async () => {
    const { model, note, undo, pace } = await takenOver();
    const { roleAssignments } = structuredClone(model.state);
    await note((await undo()).actual);
    model.state.roleAssignments = roleAssignments;
    pace.waited += 3_600_000;
    expect(await note()).toEqual([]);
    model.state.roleAssignments = [];
    pace.waited += 3_600_000;
    expect(await note()).toEqual(["role-assigned"]);
  });
});

describe("the log's lines", () => {
  const at = "2026-11-24T10:00:00.000Z";
  const line = (phase: "sending" | "done" | "found" | "refused", change = "undo:unassign-role:x@app") =>
    ({ at, phase, change, kind: "unassign-role", inverse: null }) as const;

  test.each([
    [["sending", "done"], ["role-assigned"]],
    [["sending"], ["role-assigned"]],
    [["sending", "refused"], []],
    [["found"], []],
  ] as const)("%j take back %j", (phases, facts) => {
    const taken = takenBack(
      phases.map((phase) => line(phase)),
      { certificate },
    );
    expect([...taken.keys()]).toEqual(facts);
  });

  test("of the other key of an exchange say nothing about the certificate", () => {
    const removal = (key: string) =>
      ({ ...line("sending", `undo:remove-certificate:${key}@app`), kind: "remove-certificate" }) as const;
    expect([...takenBack([removal("OTHER")], { certificate }).keys()]).toEqual([]);
    expect([...takenBack([removal(sha256)], { certificate }).keys()]).toEqual(["certificate-uploaded"]);
  });

  test("clear drift that was noted for what the app itself had taken back", () => {
    const fact = {
      id: "role-assigned",
      step: "exchange-role",
      result: "unsatisfied",
      at: "2026-11-24T12:00:00.000Z",
      expected: "",
      found: "",
      unread: null,
    } as const;
    const since = (held: string) =>
      ({ ...fact, before: { result: "satisfied", at: held, noticedAt: fact.at } }) as const;
    const taken = takenBack([line("sending")], { certificate });
    expect(isTakenBack(since("2026-11-24T09:00:00.000Z"), taken)).toBe(true);
    expect(isTakenBack(since("2026-11-24T11:00:00.000Z"), taken)).toBe(false);
    expect(isTakenBack({ ...fact, before: null }, taken)).toBe(false);
  });
});
