import { expect, test } from "vitest";
import type { Timer } from "../../../main/ports.ts";
import { lookPauseMs, watchApprovals } from "../../../main/tenant/approval-watch.ts";
import { openTestApp } from "./app.ts";
import { signInAs } from "./practice-browser.ts";

/** Time passes when the test says so. */
function fakeTimer() {
  let due: { milliseconds: number; work: () => void }[] = [];
  const timer: Timer = {
    every(milliseconds, work) {
      const one = { milliseconds, work };
      due.push(one);
      return () => {
        due = due.filter((other) => other !== one);
      };
    },
  };
  return {
    timer,
    pass: (milliseconds: number) => {
      for (const one of due)
        for (let ended = one.milliseconds; ended <= milliseconds; ended += one.milliseconds) one.work();
    },
  };
}

test("a colleague's approval is noticed within a minute, without asking anybody", async () => {
  const app = await openTestApp();
  const { summary } = await app.api.practice.create({ sample: "empty" });
  const setupId = summary.id;
  const tenant = await signInAs(app, setupId, "chris");
  await app.api.tenant.signIn({ setupId, method: "browser", chooseAccount: false, guest: false });
  const { tenant: read } = await app.api.tenant.check({ setupId, quiet: false });
  await app.api.tenant.apply({ setupId, planId: read.plan?.id ?? "" });
  app.answers.push(app.saved);
  await app.api.tenant.prepareRequest({ setupId });
  const state = async () =>
    (await app.api.setups.open({ setupId })).steps.find(({ id }) => id === "exchange-role")?.state;
  expect(await state()).toBe("waiting");

  const asked: string[] = [];
  app.browser = (url) => void asked.push(url);
  const { timer, pass } = fakeTimer();
  const end = watchApprovals({ sessions: app.sessions, timer, onError: () => undefined });
  const own = tenant.data.servicePrincipals.find(({ appId }) => appId === tenant.data.applications[0]?.appId);
  tenant.data.roleAssignments.push({
    id: "made-by-a-colleague",
    principalId: own?.id ?? "",
    roleDefinitionId: "29232cdf-9323-42fd-ade2-1d097af3e4de",
    directoryScopeId: "/",
  });
  pass(lookPauseMs - 1);
  expect(await state()).toBe("waiting");
  pass(lookPauseMs);
  await expect.poll(state).toBe("done");
  expect(asked).toEqual([]);
  end();
});

test("a reading that takes longer than the pause is not asked for twice, and a failure ends nothing", async () => {
  const { timer, pass } = fakeTimer();
  const logged: unknown[] = [];
  let asked = 0;
  let finish: (error?: Error) => void = () => undefined;
  const end = watchApprovals({
    sessions: {
      lookAgain: () => {
        asked += 1;
        return new Promise((resolve, reject) => {
          finish = (error) => (error === undefined ? resolve() : reject(error));
        });
      },
    },
    timer,
    onError: (_message, error) => logged.push(error),
  });
  pass(lookPauseMs * 3);
  expect(asked).toBe(1);
  const failure = new Error("the disk is full");
  finish(failure);
  await expect.poll(() => logged).toEqual([failure]);
  pass(lookPauseMs);
  expect(asked).toBe(2);
  finish();
  end();
  pass(lookPauseMs);
  expect(asked).toBe(2);
});
