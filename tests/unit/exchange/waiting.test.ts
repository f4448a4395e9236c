import { rename } from "node:fs/promises";
import fc from "fast-check";
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { nextWait, waitLimitMs } from "../../../main/exchange/schedule.ts";
import type { DryRunView } from "../../../preload/model/exchange.ts";
import { steppedTime, until } from "./bench.ts";
import { canary, openRolloutApp, prepareRolloutApp, readInTenant } from "./rollout-app.ts";
import type { RolloutApp } from "./rollout-app.ts";

const minute = 60_000;
let time: ReturnType<typeof steppedTime>;
let opened: RolloutApp | null = null;
beforeEach(() => {
  time = steppedTime();
});
beforeAll(prepareRolloutApp, 90_000);
afterEach(async () => {
  await opened?.app.quit();
  opened = null;
  vi.useRealTimers();
});

/** An application whose role was assigned just now; sign-in learns of it after `lagMs`. */
async function roleUnderWay(lagMs: number): Promise<RolloutApp> {
  opened = await openRolloutApp(time, { role: null });
  opened.practice.setLag({ reads: 0, ms: lagMs });
  await opened.grant("role");
  await opened.restart((document) => readInTenant(document));
  return opened;
}

const causes = ({ lights }: DryRunView) => lights.map(({ cause }) => cause);

/** Lets waits pass until the app no longer waits; gives them in seconds. */
async function passAll(rollout: RolloutApp): Promise<number[]> {
  const waits: number[] = [];
  for (;;) {
    const isOver = async () => {
      const { waiting, state } = await rollout.view();
      return waiting === null && state !== "running";
    };
    await until(async () => time.waiting() || (await isOver()));
    if (!time.waiting()) return waits;
    waits.push((await time.pass()) / 1000);
  }
}

describe("while the tenant has what Exchange does not accept yet", () => {
  test("the app tries again by itself, with growing pauses, until it is connected", async () => {
    const rollout = await roleUnderWay(20 * minute);
    const first = await rollout.run();
    expect(first).toMatchObject({ state: "waiting", attempts: 1, gaveUp: false });
    expect(first.lights[1]).toMatchObject({
      result: "unknown",
      cause: "not-propagated",
      pending: "role",
      target: { step: "exchange-role" },
    });
    const begun = Date.now();
    expect(first.waiting).toEqual({
      nextAt: new Date(begun + 15_000).toISOString(),
      giveUpAt: new Date(begun + waitLimitMs).toISOString(),
    });
    expect(await passAll(rollout)).toEqual([15, 30, 60, 120, 300, 300, 300, 300]);
    expect(await rollout.view()).toMatchObject({ state: "passed", attempts: 9, waiting: null });
    expect(rollout.tokenCalls()).toBe(9);
    const { entries } = await rollout.app.api.setups.activity({ setupId: rollout.setupId });
    const kinds = entries.map(({ kind }) => kind).filter((kind) => kind.startsWith("dry-run"));
    expect(kinds.toSorted()).toEqual([
      "dry-run-passed",
      ...Array.from({ length: 8 }, () => "dry-run-waiting"),
    ]);
    // The window was told of each attempt without asking.
    expect(rollout.app.changed).toBeGreaterThanOrEqual(16);
  });

  test("it goes on after a restart, where it was and no longer than it said", async () => {
    const rollout = await roleUnderWay(200 * minute);
    const { waiting } = await rollout.run();
    for (const _ of [1, 2, 3]) await time.pass();
    await until(async () => (await rollout.view()).attempts === 4 && time.waiting());
    await rollout.restart();
    expect((await rollout.view()).state).toBe("waiting");
    expect(time.waiting()).toBe(false);
    // Closed for half an hour: the attempt that was due is made at once.
    vi.setSystemTime(Date.now() + 30 * minute);
    rollout.app.dryRuns.resume();
    await until(async () => (await rollout.view()).attempts === 5 && time.waiting());
    const waits = await passAll(rollout);
    const end = await rollout.view();
    expect(end).toMatchObject({ state: "attention", gaveUp: true, waiting: null });
    expect(end.at).toBe(waiting?.giveUpAt);
    expect(waits.slice(0, 2)).toEqual([300, 300]);
    expect(causes(end)).toEqual([null, "not-propagated", "exchange-needs-rights"]);
  });

  test("a failure in passing does not end the wait, but begins none", async () => {
    const rollout = await roleUnderWay(10 * minute);
    await rollout.run();
    rollout.practice.faults.add({
      on: ({ service }) => service === "login",
      fault: { kind: "refused" },
      times: 2,
    });
    await time.pass();
    await until(() => time.waiting());
    expect(await rollout.view()).toMatchObject({ state: "waiting", attempts: 2 });
    expect(causes(await rollout.view())[0]).toBe("offline");
    await passAll(rollout);
    expect((await rollout.view()).state).toBe("passed");
    rollout.practice.faults.add({ on: () => true, fault: { kind: "refused" } });
    expect(await rollout.run()).toMatchObject({ state: "attention", waiting: null, gaveUp: false });
  });

  test("a failure of another kind ends it", async () => {
    const rollout = await roleUnderWay(60 * minute);
    await rollout.run();
    await rename(rollout.pfxPath, `${rollout.pfxPath}.away`);
    await passAll(rollout);
    const end = await rollout.view();
    expect(end).toMatchObject({ state: "attention", attempts: 2, gaveUp: false });
    expect(causes(end)[0]).toBe("pfx-moved");
  });

  test("“Stop” ends it, and a new run begins a new series", async () => {
    const rollout = await roleUnderWay(60 * minute);
    await rollout.run();
    await time.pass();
    await until(() => time.waiting());
    const { dryRun } = await rollout.app.api.dryRun.stop({ setupId: rollout.setupId });
    expect(dryRun).toMatchObject({ state: "attention", waiting: null, gaveUp: false, attempts: 2 });
    expect(time.waiting()).toBe(false);
    expect(await rollout.run()).toMatchObject({ state: "waiting", attempts: 1 });
  });

  test("it ends when the setup gets other values, and says that it is about the old ones", async () => {
    const rollout = await roleUnderWay(60 * minute);
    await rollout.run();
    await rollout.app.api.setups.setField({
      setupId: rollout.setupId,
      field: "applicationId",
      value: "0a8b5f0e-4a53-4a59-8f57-c1c4b2a7d301",
    });
    await passAll(rollout);
    expect(await rollout.view()).toMatchObject({ state: "attention", attempts: 1, outdated: true });
    expect(rollout.tokenCalls()).toBe(1);
  });

  test("it ends quietly when the setup is deleted", async () => {
    const rollout = await roleUnderWay(60 * minute);
    await rollout.run();
    await rollout.app.api.setups.remove({ setupId: rollout.setupId });
    await time.pass();
    await until(() => !rollout.app.dryRuns.isRunning(rollout.setupId));
    expect(rollout.tokenCalls()).toBe(1);
    expect(rollout.app.logged).toEqual([]);
  });
});

describe("“not propagated yet” is not said", () => {
  test.each([
    ["nobody has read the tenant", null],
    ["the reading is of yesterday", { hoursAgo: 24 }],
    ["the reading is about another application", { appId: "0a8b5f0e-4a53-4a59-8f57-c1c4b2a7d301" }],
    ["the reading is about another certificate", { certificate: "0".repeat(40) }],
    ["the reading has no role", { withoutRole: true }],
  ])("when %s", async (_, reading: Record<string, unknown> | null) => {
    opened = await openRolloutApp(time, { role: null });
    const { hoursAgo = 0, withoutRole = false, ...change } = reading ?? {};
    await opened.restart((document) => {
      if (reading === null) return;
      readInTenant(document, change);
      const { observed } = document.tenant;
      const at = new Date(Date.now() - Number(hoursAgo) * 3_600_000).toISOString();
      for (const fact of observed!.facts) {
        fact.at = at;
        if (withoutRole === true && fact.id === "role-assigned") fact.result = "unsatisfied";
      }
    });
    const view = await opened.run();
    expect(causes(view)).toEqual([null, "role-missing", "exchange-needs-rights"]);
    expect(view).toMatchObject({ state: "attention", waiting: null, gaveUp: false });
  });

  test("of the permission when the very permission was not granted, whatever else was", async () => {
    opened = await openRolloutApp(time, { permission: false });
    const row = (granted: "yes" | "no") => ({
      id: "exchange-manage-as-app" as const,
      guid: null,
      guidDiffers: false,
      offered: "yes" as const,
      requested: "yes" as const,
      granted,
    });
    await opened.restart((document) => readInTenant(document, { rows: [row("no")] }));
    expect(causes(await opened.run())).toContain("permission-missing");
    await opened.restart((document) => readInTenant(document, { rows: [row("yes")] }));
    expect(causes(await opened.run())).toContain("not-propagated");
  });
});

describe("the password", () => {
  test("is asked for when it is not kept; the typed one is used for the whole series and not kept", async () => {
    const rollout = await roleUnderWay(60_000);
    await rollout.app.api.certificates.forgetPassword({ setupId: rollout.setupId });
    const without = await rollout.run();
    expect(without).toMatchObject({ needsPassword: true, state: "attention" });
    expect(causes(without)[0]).toBe("password-missing");
    expect(causes(await rollout.run("something else"))[0]).toBe("password-wrong");
    expect((await rollout.run(canary)).state).toBe("waiting");
    await passAll(rollout);
    expect(await rollout.view()).toMatchObject({ state: "passed", needsPassword: true });
  });
});

test("a second run while one is under way is the same one", async () => {
  opened = await openRolloutApp(time);
  const [one, two] = await Promise.all([opened.run(), opened.run()]);
  expect([one.state, two.state]).toEqual(["passed", "passed"]);
  expect(opened.tokenCalls()).toBe(1);
});

test("an attempt shows as running, and can be stopped", async () => {
  opened = await openRolloutApp(time);
  const letGo = opened.holdNetwork();
  const running = opened.run();
  await until(async () => (await opened!.view()).state === "running");
  const stopped = opened.app.api.dryRun.stop({ setupId: opened.setupId });
  letGo();
  await stopped;
  expect((await running).state).toBe("never");
});

test("every pause ends at the limit, and there is none after it", () => {
  const start = new Date("2026-11-24T10:00:00Z");
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 200 }),
      fc.integer({ min: 0, max: 2 * waitLimitMs }),
      (attempts, past) => {
        const now = new Date(start.getTime() + past);
        const wait = nextWait(start, attempts, now);
        expect(wait === null).toBe(past >= waitLimitMs);
        if (wait === null) return;
        const next = Date.parse(wait.nextAt);
        expect(next).toBeGreaterThan(now.getTime());
        expect(next).toBeLessThanOrEqual(Date.parse(wait.giveUpAt));
        expect(Date.parse(wait.giveUpAt)).toBe(start.getTime() + waitLimitMs);
      },
    ),
  );
});
