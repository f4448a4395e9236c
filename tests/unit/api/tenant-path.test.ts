import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { StepId } from "../../../preload/model/guide.ts";
import type { SetupView } from "../../../preload/model/setup.ts";
import { openTestApp } from "./app.ts";
import type { TestApp } from "./app.ts";
import { applyAll, practise, stateOf } from "./practise.ts";
import { signInAs } from "./practice-browser.ts";

const inTenant: StepId[] = [
  "admin-portal",
  "create-application",
  "register-application",
  "single-tenant",
  "application-ids",
  "api-permissions",
  "admin-consent",
  "upload-certificate",
  "exchange-role",
];

const states = (view: SetupView) => inTenant.map((step) => stateOf(view, step));
const allVerified = inTenant.map(() => ["done", "verified"]);

describe("a signed-in Global Administrator", () => {
  test("gets from an empty tenant to every step verified with one plan and one confirmation", async () => {
    const { app, setupId, tenant, check } = await practise("alex");
    const planned = await check();
    expect(planned.tenant.signIn).toMatchObject({ state: "signed-in", problem: null });
    expect(planned.tenant.organization?.id).toBe(tenant.data.tenantId);
    expect(planned.tenant.plan?.changes.every(({ mayDo }) => mayDo === "yes")).toBe(true);
    const done = await applyAll(app, setupId, planned);
    expect(done.tenant.result?.outcomes.map(({ kind }) => kind)).not.toContain("refused");
    expect(states(done)).toEqual(allVerified);
    expect(done.tenant.plan?.changes).toEqual([]);
    const [application] = tenant.data.applications;
    const fields = Object.fromEntries(
      done.steps.flatMap(({ fields: own }) => own.map(({ id, value }) => [id, value])),
    );
    expect(fields).toMatchObject({
      applicationId: application?.appId,
      applicationObjectId: application?.id,
      tenantId: tenant.data.tenantId,
      tenantDomain: tenant.data.initialDomain,
    });
    expect(done.tenant.access.map(({ answer }) => answer)).toEqual(done.tenant.access.map(() => "done"));
  });

  test("finds everything verified again after a restart, stays signed in, and can take it all back", async () => {
    const { app, setupId, tenant, check } = await practise("alex");
    await applyAll(app, setupId, await check());
    await app.practice.close();
    const again = await openTestApp(app);
    const opened = await again.api.setups.open({ setupId });
    expect(states(opened)).toEqual(allVerified);
    expect(opened.tenant.signIn.state).toBe("signed-in");
    expect(opened.tenant.lastRead?.by).toMatch(/^alex@/);
    const read = await again.api.tenant.check({ setupId, quiet: true });
    const undo = read.tenant.undo;
    expect(undo?.changes.map(({ kind }) => kind)).toContain("delete-application");
    const undone = await again.api.tenant.undo({ setupId, planId: undo?.id ?? "" });
    expect(undone.tenant.result?.outcomes.every(({ kind }) => kind === "done")).toBe(true);
    const data = (
      await again.practice.of(setupId, { tenantId: "", application: { displayName: "", uniqueName: "" } })
    ).tenant.data;
    expect(data.applications).toEqual([]);
    expect(data.tenantId).toBe(tenant.data.tenantId);
    expect(stateOf(undone, "create-application")[0]).toBe("needs-attention");
    await again.practice.close();
  });

  test("sees a colleague's change as drift, with since when, and as needing attention", async () => {
    const { app, setupId, tenant, check } = await practise("alex");
    await applyAll(app, setupId, await check());
    const principal = tenant.data.servicePrincipals.find(
      ({ appId }) => appId === tenant.data.applications[0]?.appId,
    );
    tenant.data.roleAssignments = tenant.data.roleAssignments.filter(
      ({ principalId }) => principalId !== principal?.id,
    );
    const drifted = await app.api.tenant.check({ setupId, quiet: true });
    expect(drifted.tenant.drift).toMatchObject([
      { fact: "role-assigned", step: "exchange-role", was: "satisfied" },
    ]);
    expect(stateOf(drifted, "exchange-role")[0]).toBe("needs-attention");
    expect(drifted.tenant.plan?.changes.map(({ kind }) => kind)).toEqual(["assign-role"]);
  });

  test("a plan that is not the present one is not carried out", async () => {
    const { app, setupId, check } = await practise("alex");
    await check();
    await expect(app.api.tenant.apply({ setupId, planId: "another" })).rejects.toMatchObject({
      code: "plan-outdated",
    });
  });

  test("plans all that the documentation asks for also after a reading for the least privilege", async () => {
    const { app, setupId, check } = await practise("alex");
    await app.api.tenant.setProfile({ setupId, profile: "least-privilege" });
    await check();
    const switched = await app.api.tenant.setProfile({ setupId, profile: "documented" });
    const checked = await check();
    expect(switched.tenant.plan?.changes).toEqual(checked.tenant.plan?.changes);
    expect(switched.tenant.plan?.changes.map(({ kind }) => kind)).toContain("grant-role");
  });

  test("switches to the least privilege profile and plans only what the connection needs", async () => {
    const { app, setupId, check } = await practise("alex");
    await check();
    const least = await app.api.tenant.setProfile({ setupId, profile: "least-privilege" });
    expect(least.tenant.plan?.changes.filter(({ kind }) => kind.startsWith("grant"))).toHaveLength(1);
    const done = await applyAll(app, setupId, least);
    expect(states(done)).toEqual(allVerified);
    const documented = await app.api.tenant.setProfile({ setupId, profile: "documented" });
    expect(stateOf(documented, "api-permissions")[0]).toBe("needs-attention");
  });
});

describe("fewer rights", () => {
  test("a Cloud Application Administrator gets as far as the rights go, a colleague's copy does the rest", async () => {
    const { app, setupId, check } = await practise("chris");
    const planned = await check();
    const held = planned.tenant.plan?.changes.filter(({ mayDo }) => mayDo === "no") ?? [];
    expect(held.map(({ id }) => id)).toEqual(["grant-role:graph-mailbox-settings-app", "assign-role"]);
    const done = await applyAll(app, setupId, planned);
    expect(stateOf(done, "upload-certificate")).toEqual(["done", "verified"]);
    expect(done.tenant.plan?.changes.map(({ id }) => id)).toEqual(held.map(({ id }) => id));

    app.answers.push(app.saved);
    const request = await app.api.tenant.prepareRequest({ setupId });
    if (request.canceled) throw new Error("canceled");
    const page = await readFile(request.path.replace(/\.exchange-rollout-request$/, ".html"), "utf8");
    expect(page).toContain("MailboxSettings.ReadWrite");
    expect(page).not.toContain("User.ReadWrite");

    const { theirs, here, there, limited } = await readByColleague(app, setupId, request.path);
    expect(limited.tenant.plan?.changes.map(({ id }) => id)).toEqual(held.map(({ id }) => id));
    await applyAll(app, theirs, limited);

    // The first copy notices by itself.
    Object.assign(here.tenant.data, there.tenant.data);
    const noticed = await app.api.tenant.check({ setupId, quiet: true });
    expect(states(noticed)).toEqual(allVerified);
  });

  test("a request that was made before the own part was applied is not called fulfilled", async () => {
    const { app, setupId, check } = await practise("chris");
    await check();
    app.answers.push(app.saved);
    const request = await app.api.tenant.prepareRequest({ setupId });
    if (request.canceled) throw new Error("canceled");
    const { limited } = await readByColleague(app, setupId, request.path);
    expect(limited.tenant.plan).toMatchObject({
      changes: [],
      notes: [{ kind: "request-needs", level: "stop", reason: { params: { change: "create-application" } } }],
    });
  });

  test("a user without roles is told so and changes nothing", async () => {
    const { app, setupId, tenant, check } = await practise("uma");
    const read = await check();
    expect(read.tenant.roles).toEqual([]);
    expect(read.tenant.access.map(({ answer }) => answer)).toEqual(read.tenant.access.map(() => "no"));
    expect(read.tenant.problem?.key).toBe("identity.reasons.consent-needed");
    expect(tenant.data.applications).toEqual([]);
    app.answers.push(app.saved);
    const request = await app.api.tenant.prepareRequest({ setupId });
    expect(request.canceled).toBe(false);
  });

  test("a conditional access block is named, with the ids that support asks for", async () => {
    const { app, setupId } = await practise("bela");
    const view = await app.api.setups.open({ setupId });
    expect(view.tenant.signIn).toMatchObject({ state: "signed-out" });
    expect(view.tenant.signIn.problem?.key).toBe("identity.reasons.conditional-access");
    expect(view.tenant.signIn.problem?.details.correlationId).not.toBe("");
  });
});

const known = { tenantId: "", application: { displayName: "", uniqueName: "" } };

/** The colleague's copy: the same tenant, read by another person for the request. */
async function readByColleague(app: TestApp, setupId: string, path: string) {
  const theirs = await openRequest(app, path);
  const here = await app.practice.of(setupId, known);
  const there = await app.practice.of(theirs, known);
  Object.assign(there.tenant.data, here.tenant.data);
  await signInAs(app, theirs, "pia");
  await app.api.tenant.signIn({ setupId: theirs, method: "browser", chooseAccount: false, guest: false });
  const limited = await app.api.tenant.check({ setupId: theirs, quiet: false });
  return { theirs, here, there, limited };
}

/** The setup that a request's file becomes. */
async function openRequest(app: TestApp, path: string): Promise<string> {
  app.answers.push(path);
  const opened = await app.api.tenant.openRequest();
  if (opened.canceled) throw new Error("canceled");
  return opened.setupId;
}

describe("another tenant", () => {
  test("stops everything, with both named, and nothing of it reaches the setup", async () => {
    const { app, setupId } = await practise("alex", "empty", false);
    await app.api.setups.setField({
      setupId,
      field: "tenantId",
      value: "6f0f2f52-0a3a-4a0e-9a3f-3a9a4a6d1c11",
    });
    const view = await app.api.tenant.check({ setupId, quiet: false });
    expect(view.tenant.otherTenant).toMatchObject({
      expected: "6f0f2f52-0a3a-4a0e-9a3f-3a9a4a6d1c11",
      foundName: "Woodgrove (practice)",
    });
    expect(view.tenant.plan?.changes).toEqual([]);
    expect(stateOf(view, "admin-portal")[0]).not.toBe("done");
  });
});

describe("an application of the same name", () => {
  test("is taken over after its differences were shown; other people's keys stay", async () => {
    const { app, setupId, tenant, check } = await practise("alex", "same-name");
    const stopped = await check();
    const note = stopped.tenant.plan?.notes.find(({ kind }) => kind === "same-name");
    expect(note?.level).toBe("stop");
    const [candidate] = note?.applications ?? [];
    expect(candidate?.keys).toBe(1);
    expect(candidate?.differences.length).toBeGreaterThan(0);
    const taken = await app.api.tenant.takeOver({ setupId, appId: candidate?.appId ?? "" });
    const done = await applyAll(app, setupId, taken);
    expect(states(done)).toEqual(allVerified);
    expect(tenant.data.applications).toHaveLength(1);
    expect(tenant.data.applications[0]?.keyCredentials).toHaveLength(2);
  });

  test("and what the app takes back of it is told as that, not as a change in the tenant", async () => {
    const { app, setupId, check } = await practise("alex", "same-name");
    const stopped = await check();
    const [candidate] = stopped.tenant.plan?.notes.flatMap(({ applications }) => applications) ?? [];
    const taken = await app.api.tenant.takeOver({ setupId, appId: candidate?.appId ?? "" });
    const done = await applyAll(app, setupId, taken);
    const undone = await app.api.tenant.undo({ setupId, planId: done.tenant.undo?.id ?? "" });
    expect(undone.tenant.result).toMatchObject({ stop: null, remaining: 0 });
    expect(stateOf(undone, "exchange-role")[0]).toBe("needs-attention");
    expect(undone.tenant.drift).toEqual([]);
    const { entries } = await app.api.setups.activity({ setupId });
    expect(entries.map(({ kind }) => kind)).not.toContain("tenant-drift");
    const { results } = await app.api.watch.run();
    expect(results).toMatchObject([{ setupId, outcome: "as-before" }]);
  });

  test("or a new one is made beside it", async () => {
    const { app, setupId, tenant, check } = await practise("alex", "same-name");
    await check();
    const beside = await app.api.tenant.createBeside({ setupId });
    const done = await applyAll(app, setupId, beside);
    expect(states(done)).toEqual(allVerified);
    expect(tenant.data.applications).toHaveLength(2);
  });
});

test("nothing secret is written: no token and no key in the setup's plain files", async () => {
  const { app, setupId, check } = await practise("alex");
  await applyAll(app, setupId, await check());
  await app.practice.close();
  const folder = join(app.userData, "setups", setupId);
  for (const name of ["setup.json", "journal.jsonl", "changes.jsonl"]) {
    const content = await readFile(join(folder, name), "utf8");
    expect(`${name}: ${content}`).not.toMatch(/eyJ[A-Za-z0-9_-]{20,}\./);
    expect(`${name}: ${content}`).not.toContain("PRIVATE KEY");
  }
  expect(app.logged.join("\n")).not.toMatch(/eyJ[A-Za-z0-9_-]{20,}\./);
});

describe("a claims challenge in the middle", () => {
  const challenge = JSON.stringify({ access_token: { nbf: { essential: true, value: "1764144000" } } });

  test("leads to one new sign-in that carries the claims, and the work goes on", async () => {
    const { app, setupId, tenant, check } = await practise("alex");
    const done = await applyAll(app, setupId, await check());
    tenant.faults.add({
      on: ({ service, method }) => service === "graph" && method === "DELETE",
      fault: { kind: "unauthorized", claims: challenge },
      times: 1,
    });
    // The renewal alone does not satisfy it: a person has to.
    tenant.faults.add({
      on: ({ service, path }) => service === "login" && path.includes("/token"),
      fault: { kind: "unauthorized" },
      times: 1,
    });
    const asked: string[] = [];
    const browser = app.browser;
    app.browser = async (url) => {
      asked.push(new URL(url).searchParams.get("claims") ?? "");
      await browser(url);
    };
    const undone = await app.api.tenant.undo({ setupId, planId: done.tenant.undo?.id ?? "" });
    expect(undone.tenant.result).toMatchObject({ stop: null, remaining: 0 });
    expect(asked).toHaveLength(1);
    expect(asked[0]).toContain("1764144000");
    expect(tenant.data.applications).toEqual([]);
  });

  test("while reading again by itself, nobody is asked", async () => {
    const { app, setupId, tenant, check } = await practise("alex");
    await check();
    tenant.faults.add({
      on: ({ service }) => service === "graph",
      fault: { kind: "unauthorized", claims: challenge },
    });
    let asked = 0;
    app.browser = () => void (asked += 1);
    const view = await app.api.tenant.check({ setupId, quiet: true });
    expect(asked).toBe(0);
    expect(view.tenant.signIn.state).toBe("signed-in");
  });
});

test("a sign-in for one setup ends the one that waits for another", async () => {
  const app = await openTestApp();
  const first = (await app.api.practice.create({ sample: "empty" })).summary.id;
  const second = (await app.api.practice.create({ sample: "empty" })).summary.id;
  const opened = Promise.withResolvers<void>();
  app.browser = () => opened.resolve();
  const waiting = app.api.tenant.signIn({
    setupId: first,
    method: "browser",
    chooseAccount: false,
    guest: false,
  });
  // The first one has to wait for its person before the second one begins, however long it takes to get there.
  await opened.promise;
  await signInAs(app, second, "alex");
  const signedIn = await app.api.tenant.signIn({
    setupId: second,
    method: "browser",
    chooseAccount: false,
    guest: false,
  });
  expect((await waiting).tenant.signIn.state).toBe("signed-out");
  expect(signedIn.tenant.signIn.state).toBe("signed-in");
});
