import { expect, test } from "vitest";
import type { WatchView } from "../../../preload/model/watch.ts";
import { openTestApp } from "./app.ts";
import { applyAll, practise } from "./practise.ts";
import { signInAs } from "./practice-browser.ts";

test("all setups are verified in one go: what changed, what is as before, and who is not signed in", async () => {
  const app = await openTestApp();
  const made: string[] = [];
  for (let count = 0; count < 2; count += 1) {
    const { summary } = await app.api.practice.create({ sample: "empty" });
    made.push(summary.id);
    await signInAs(app, summary.id, "alex");
    const setupId = summary.id;
    await app.api.tenant.signIn({ setupId, method: "browser", chooseAccount: false, guest: false });
    const read = await app.api.tenant.check({ setupId, quiet: false });
    await app.api.tenant.apply({ setupId, planId: read.tenant.plan?.id ?? "" });
  }
  const [first = "", second = ""] = made;
  const other = await app.api.setups.create({ name: "Elsewhere", cloud: "global" });
  await app.api.setups.setField({
    setupId: other.summary.id,
    field: "applicationId",
    value: "0a8b5f0e-4a53-4a59-8f57-c1c4b2a7d301",
  });
  const { tenant } = await app.practice.of(second, {
    tenantId: "",
    application: { displayName: "", uniqueName: "" },
  });
  tenant.data.permissionGrants = [];

  const { results, running, done, total } = await app.api.watch.run();
  expect({ running, done, total }).toEqual({ running: false, done: 3, total: 3 });
  const outcome = new Map(results.map((one) => [one.setupId, one]));
  expect(outcome.get(first)?.outcome).toBe("as-before");
  expect(outcome.get(other.summary.id)?.outcome).toBe("not-signed-in");
  expect(outcome.get(second)).toMatchObject({
    outcome: "changed",
    drift: [{ fact: "permissions-granted", step: "admin-consent", isNew: true }],
  });
  // Only read: nothing was put right by itself.
  expect(tenant.data.permissionGrants).toEqual([]);
});

test("a setup in whose tenant the app is at work is told as that, not as one that gave no answer", async () => {
  const { app, setupId, tenant, check } = await practise("alex");
  const planned = await check();
  const runs: Promise<WatchView>[] = [];
  tenant.faults.add({
    on: ({ service }) => {
      if (runs.length === 0 && service === "graph") runs.push(app.api.watch.run());
      return false;
    },
    fault: { kind: "internal" },
  });
  await applyAll(app, setupId, planned);
  const [during] = await Promise.all(runs);
  expect(during?.results).toMatchObject([{ setupId, outcome: "busy" }]);
  const after = await app.api.watch.run();
  expect(after.results).toMatchObject([{ setupId, outcome: "as-before" }]);
});
