import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { PracticeTenant } from "../../../main/practice/practice.ts";
import type { TestApp } from "./app.ts";
import { applyAll, practise } from "./practise.ts";

/** What a person types in step 6 by mistake, and what belongs there. */
const typed = "0b0f2f52-0a3a-4a0e-9a3f-3a9a4a6d1c11";

/** One more application in the tenant, like the one that is there. */
function another(tenant: PracticeTenant, more: object = {}) {
  const [first] = tenant.data.applications;
  if (first === undefined) throw new Error("There is no application.");
  const application = { ...structuredClone(first), id: crypto.randomUUID(), appId: typed, ...more };
  tenant.data.applications.push(application);
  return application;
}

const setApplicationId = (app: TestApp, setupId: string, value: string) =>
  app.api.setups.setField({ setupId, field: "applicationId", value });

/** Does something while the first request of this kind (reads go out in one POST) is under way; what it gives tells when that was done. */
function once(tenant: PracticeTenant, method: "POST" | "PATCH", act: () => Promise<unknown>) {
  const acted: Promise<unknown>[] = [];
  tenant.faults.add({
    on: (call) => {
      if (acted.length === 0 && call.service === "graph" && call.method === method) acted.push(act());
      return false;
    },
    fault: { kind: "internal" },
  });
  return async () => expect(await Promise.all(acted)).toHaveLength(1);
}

async function documentOf(app: TestApp, setupId: string): Promise<string> {
  await app.api.setups.open({ setupId });
  return readFile(join(app.userData, "setups", setupId, "setup.json"), "utf8");
}

describe("the application ID corrected after a reading", () => {
  test("takes the plan for the other application away; what is confirmed next goes to the right one", async () => {
    const { app, setupId, tenant, check } = await practise("alex", "same-name");
    const wrong = another(tenant, { displayName: "Payroll", uniqueName: null });
    const right = tenant.data.applications[0]?.appId ?? "";
    const untouched = structuredClone(wrong);
    await setApplicationId(app, setupId, wrong.appId);
    const planned = await check();
    expect(planned.tenant.plan?.changes.length).toBeGreaterThan(0);

    const corrected = await setApplicationId(app, setupId, right);
    expect(corrected.tenant.plan).toBeNull();
    await expect(applyAll(app, setupId, planned)).rejects.toMatchObject({ code: "plan-outdated" });
    expect(wrong).toEqual(untouched);

    const again = await check();
    await expect(applyAll(app, setupId, planned), "the same effects elsewhere").rejects.toMatchObject({
      code: "plan-outdated",
    });
    const done = await applyAll(app, setupId, again);
    expect(done.tenant.result).toMatchObject({ stop: null, remaining: 0 });
    expect(wrong).toEqual(untouched);
    expect(tenant.data.applications[0]?.requiredResourceAccess).not.toEqual([]);
  });

  test("is never verified by what was read of the other one, whatever else is changed", async () => {
    const { app, setupId, check } = await practise("alex");
    await applyAll(app, setupId, await check());
    await setApplicationId(app, setupId, typed);
    const changed = await app.api.tenant.setProfile({ setupId, profile: "least-privilege" });
    expect(changed.tenant.plan).toBeNull();
    expect(changed.tenant.undo).toBeNull();
    const { evidence } = JSON.parse(await documentOf(app, setupId)) as {
      evidence: { facts: Record<string, string> }[];
    };
    expect(evidence.filter(({ facts }) => facts["applicationId"] === typed)).toEqual([]);
  });

  test("while the tenant is read counts too: what was looked for is not what the setup names now", async () => {
    const { app, setupId, tenant, check } = await practise("alex");
    await applyAll(app, setupId, await check());
    const before = (await app.api.setups.open({ setupId })).tenant.lastRead?.at;
    const corrected = once(tenant, "POST", () => setApplicationId(app, setupId, typed));
    const read = await check();
    await corrected();
    expect(read.tenant.plan).toBeNull();
    expect(read.tenant.lastRead?.at).toBe(before);
    const after = await check();
    expect(after.tenant.plan?.notes.map(({ kind }) => kind)).toContain("application-not-found");
  });

  test("during the work changes nothing of what was confirmed, and nothing of it reaches the setup", async () => {
    const { app, setupId, tenant, check } = await practise("alex", "half-done");
    const planned = await check();
    const corrected = once(tenant, "PATCH", () => setApplicationId(app, setupId, typed));
    const done = await applyAll(app, setupId, planned);
    await corrected();
    expect(done.tenant.result?.outcomes.map(({ kind }) => kind)).not.toContain("found");
    expect(done.tenant.result).toMatchObject({ stop: null, remaining: 0 });
    expect(done.tenant.plan).toBeNull();
    expect(await documentOf(app, setupId)).toContain(`"applicationId": "${typed}"`);
  });
});

test("a name typed after the reading is looked for before an application of that name is made", async () => {
  const { app, setupId, tenant, check } = await practise("alex", "same-name");
  another(tenant, { displayName: "Rollout of Contoso", uniqueName: null });
  await app.api.setups.setField({ setupId, field: "applicationName", value: "Nobody’s name" });
  const planned = await check();
  expect(planned.tenant.plan?.changes.map(({ id }) => id)).toContain("create-application");
  const renamed = await app.api.setups.setField({
    setupId,
    field: "applicationName",
    value: "Rollout of Contoso",
  });
  expect(renamed.tenant.plan).toBeNull();
  await expect(applyAll(app, setupId, planned)).rejects.toMatchObject({ code: "plan-outdated" });
  const asked = await check();
  expect(asked.tenant.plan?.notes.map(({ kind }) => kind)).toContain("same-name");
  expect(tenant.data.applications).toHaveLength(2);
});

test("an ID that flowed from the reading, and another name for what it found, leave the reading in use", async () => {
  const { app, setupId, check } = await practise("alex", "half-done");
  expect((await check()).tenant.plan).not.toBeNull();
  const renamed = await app.api.setups.setField({ setupId, field: "applicationName", value: "Other" });
  expect(renamed.tenant.plan).not.toBeNull();
});
