import { expect, test } from "vitest";
import type { PracticeTenant } from "../../../main/practice/practice.ts";
import { roleIds } from "../../../main/practice/roles.ts";
import type { TestApp } from "./app.ts";
import { applyAll, practise, stateOf } from "./practise.ts";
import { signInAs } from "./practice-browser.ts";

const how = { method: "browser", guest: false } as const;

/** Does something once, while the first change is under way. */
function duringChange(tenant: PracticeTenant, act: () => Promise<unknown>) {
  const acted: Promise<unknown>[] = [];
  tenant.faults.add({
    on: ({ service, method }) => {
      if (acted.length === 0 && service === "graph" && method === "PATCH") acted.push(act());
      return false;
    },
    fault: { kind: "internal" },
  });
  return async () => expect(await Promise.all(acted)).toHaveLength(1);
}

function answerFrom(tenant: PracticeTenant, other: PracticeTenant): void {
  Object.assign(tenant, { handle: (request: Request) => other.handle(request) });
}

/** From now on the app's requests for this setup are answered by another tenant, as an account of that one signs in. */
async function signInElsewhere(app: TestApp, tenant: PracticeTenant): Promise<PracticeTenant> {
  const { summary } = await app.api.practice.create({ sample: "empty" });
  const elsewhere = await signInAs(app, summary.id, "alex");
  const follow = app.browser;
  app.browser = (url) => {
    answerFrom(tenant, elsewhere);
    return follow(url);
  };
  return elsewhere;
}

test("an account of another tenant that answers the question of a plan ends it before anything is sent there", async () => {
  const { app, setupId, tenant, check } = await practise("alex");
  const planned = await check();
  const itself = { ...tenant };
  const elsewhere = await signInElsewhere(app, tenant);
  await expect(applyAll(app, setupId, planned)).rejects.toMatchObject({
    code: "other-tenant-signed-in",
    details: { before: planned.tenant.signIn.account?.username },
  });
  expect(elsewhere.data.applications).toEqual([]);
  const stopped = await app.api.setups.open({ setupId });
  expect(stopped.tenant).toMatchObject({ plan: null, undo: null, result: null, work: null });
  expect(stopped.tenant.problem?.key).toBe("errors.other-tenant-signed-in");
  expect(stateOf(stopped, "create-application")[0]).not.toBe("done");
  const known = await check();
  expect(known.tenant.otherTenant?.expected).toBe(tenant.data.tenantId);
  expect(known.tenant.plan?.changes).toEqual([]);

  answerFrom(tenant, itself);
  await signInAs(app, setupId, "alex");
  await app.api.tenant.signIn({ setupId, ...how, chooseAccount: true });
  const done = await applyAll(app, setupId, await check());
  expect(done.tenant.result).toMatchObject({ stop: null, remaining: 0 });
  expect(tenant.data.applications).toHaveLength(1);
});

test("another account of the same tenant ends it as well, and goes on with what it may do itself", async () => {
  const { app, setupId, tenant, check } = await practise("alex");
  const planned = await check();
  await signInAs(app, setupId, "chris");
  await expect(applyAll(app, setupId, planned)).rejects.toMatchObject({ code: "other-account-signed-in" });
  expect(tenant.data.applications).toEqual([]);
  await expect(applyAll(app, setupId, planned)).rejects.toMatchObject({ code: "plan-outdated" });
  const read = await check();
  expect(read.tenant.roles).toEqual([roleIds.cloudApplicationAdministrator]);
  expect(read.tenant.plan?.changes.some(({ mayDo }) => mayDo === "no")).toBe(true);
  await applyAll(app, setupId, read);
  expect(tenant.data.applications).toHaveLength(1);
});

test("another account that answers a challenge in the middle sends nothing more; what was done is told", async () => {
  const { app, setupId, tenant, check } = await practise("alex");
  const planned = await check();
  const challenge = JSON.stringify({ access_token: { nbf: { essential: true, value: "1764144000" } } });
  let sent = 0;
  tenant.faults.add({
    on: ({ service, method, path }) => {
      if (service === "graph" && method !== "GET" && !path.includes("$batch")) sent += 1;
      return service === "graph" && sent === 2;
    },
    fault: { kind: "unauthorized", claims: challenge },
    times: 1,
  });
  // The renewal alone does not satisfy it: a person has to.
  tenant.faults.add({
    on: ({ service, path }) => service === "login" && path.includes("/token") && sent === 2,
    fault: { kind: "unauthorized" },
    times: 1,
  });
  const alex = app.browser;
  await signInAs(app, setupId, "pia");
  const pia = app.browser;
  app.browser = (url) => (sent === 2 ? pia : alex)(url);
  await expect(applyAll(app, setupId, planned)).rejects.toMatchObject({ code: "other-account-signed-in" });
  expect(sent).toBe(2);
  const { tenant: stopped } = await app.api.setups.open({ setupId });
  expect(stopped.plan).toBeNull();
  expect(stopped.result?.stop).toMatchObject({
    kind: "interrupted",
    problem: { key: "errors.other-account-signed-in" },
  });
  expect(stopped.result?.outcomes.map(({ kind }) => kind)).toEqual(["unseen"]);
});

test("signing in with another account while a plan runs ends the plan, and only that account's reading counts", async () => {
  const { app, setupId, tenant, check } = await practise("alex");
  const planned = await check();
  const signedIn = duringChange(tenant, async () => {
    await signInAs(app, setupId, "uma");
    return app.api.tenant.signIn({ setupId, ...how, chooseAccount: true });
  });
  await signInAs(app, setupId, "alex");
  const stopped = await applyAll(app, setupId, planned);
  await signedIn();
  expect(stopped.tenant.result?.stop?.kind).toBe("canceled");
  const { tenant: now } = await app.api.setups.open({ setupId });
  expect(now.signIn.account?.username).toMatch(/^uma@/);
  expect(now.plan?.changes.every(({ mayDo }) => mayDo === "no") ?? true).toBe(true);
});

test("going on as another account while a plan runs leaves nothing of the first one's reading in use", async () => {
  const { app, setupId, tenant, check } = await practise("alex");
  const alex = (await check()).tenant.signIn.account?.id ?? "";
  await signInAs(app, setupId, "uma");
  await app.api.tenant.signIn({ setupId, ...how, chooseAccount: true });
  const uma = (await app.api.setups.open({ setupId })).tenant.signIn.account?.id ?? "";
  await app.api.tenant.useAccount({ setupId, accountId: alex });
  await signInAs(app, setupId, "alex");
  const planned = await check();
  const changed = duringChange(tenant, () => app.api.tenant.useAccount({ setupId, accountId: uma }));
  await applyAll(app, setupId, planned);
  await changed();
  const { tenant: now } = await app.api.setups.open({ setupId });
  expect(now.signIn.account?.id).toBe(uma);
  expect(now.plan?.changes.every(({ mayDo }) => mayDo === "no") ?? true).toBe(true);
});
