import { describe, expect, test } from "vitest";
import { plan } from "../../../main/tenant/plan.ts";
import { session, wish } from "./bench.ts";
import { emptyTenant, GraphModel, refusal } from "./graph-model.ts";
import type { Fault } from "./graph-model.ts";
import { expected, failure, finalState } from "./outcome.ts";

const faults: Record<string, (target: number) => Fault> = {
  "429 with Retry-After": (target) => (_call, _act, index) =>
    index === target ? refusal(429, "TooManyRequests", "", { "retry-after": "3" }) : null,
  "503": (target) => (_call, _act, index) =>
    index === target ? refusal(503, "ServiceUnavailable", "") : null,
  "504 after it acted": (target) => (_call, act, index) => {
    if (index !== target) return null;
    act();
    return refusal(504, "GatewayTimeout", "");
  },
  "connection refused": (target) => (_call, _act, index) => {
    if (index === target) throw failure("ECONNREFUSED");
    return null;
  },
  "lost before it acted": (target) => (_call, _act, index) => {
    if (index === target) throw failure("ECONNRESET");
    return null;
  },
  "lost after it acted": (target) => (_call, act, index) => {
    if (index !== target) return null;
    act();
    throw failure("ECONNRESET");
  },
  "401 with an expired token": (target) => (_call, _act, index) =>
    index === target ? refusal(401, "InvalidAuthenticationToken", "Lifetime validation failed") : null,
  "403": (target) => (_call, _act, index) =>
    index === target ? refusal(403, "Authorization_RequestDenied", "Insufficient privileges") : null,
  "an answer that is not JSON": (target) => (_call, act, index) => {
    if (index !== target) return null;
    act();
    return new Response("<html>", { status: 200 });
  },
};

describe("faults at each call", () => {
  test.each(Object.keys(faults))("%s: run again, the tenant ends the same", async (name) => {
    const desired = wish();
    const calls = await callsOfACleanRun();
    for (let target = 1; target <= calls; target += 1) {
      for (const lag of [0, 3]) {
        const model = new GraphModel(emptyTenant());
        model.lag = lag;
        const first = session(model, desired);
        const changes = plan(desired, await first.read());
        model.calls = [];
        model.fault = faults[name]!(target);
        await first.apply(changes);
        model.fault = () => null;
        const second = session(model, desired);
        const applied = await second.apply(plan(desired, await second.read()));
        expect(applied.remaining, `${name} at call ${target}`).toEqual([]);
        expect(finalState(model)).toEqual(expected);
      }
    }
  });
});

async function callsOfACleanRun(): Promise<number> {
  const model = new GraphModel(emptyTenant());
  const desired = wish();
  const { read, apply } = session(model, desired);
  const changes = plan(desired, await read());
  model.calls = [];
  await apply(changes);
  return model.calls.length;
}
