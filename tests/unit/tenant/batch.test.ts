import { describe, expect, test } from "vitest";
import type { Fault } from "../../../main/practice/faults.ts";
import { ownChanges } from "../../../main/tenant/undo.ts";
import { m365Requests } from "../practice/clients/m365-rollout.ts";
import { measureRollout, openRollout } from "./measure.ts";

const noLag = { lag: { reads: 0, ms: 0 }, latencyMs: 100 };
const withLag = { lag: { reads: 0, ms: 5000 }, latencyMs: 100 };

describe("the number of requests from signed-in to all verified", () => {
  test("is less than what CLI for Microsoft 365 needs to make the same objects, which it does not verify", async () => {
    const { calls, ms, open } = await measureRollout(noLag);
    expect(open).toEqual([]);
    expect(calls.map(({ method, path }) => `${method} ${path.replace(/^\/v1\.0|[?(].*$/g, "")}`)).toEqual([
      "POST /$batch",
      "PATCH /applications",
      "POST /servicePrincipals",
      "POST /$batch",
      "GET /applications",
      expect.stringMatching(/^PATCH \/applications\//),
      "POST /$batch",
      "POST /$batch",
    ]);
    expect(calls.length).toBeLessThan(m365Requests);
    // Nothing waits when the tenant knows everything at once: one call after the other, 100 ms each.
    expect(ms).toBe(calls.length * 100);
  });

  test("stays small while the tenant is slow to know its new objects", async () => {
    const { open, calls } = await measureRollout(withLag);
    expect(open).toEqual([]);
    expect(calls.length).toBeLessThan(25);
  });
});

const faults: Record<string, Fault> = {
  "429 with Retry-After": { kind: "throttled", retryAfterSeconds: 3 },
  "503": { kind: "unavailable" },
  "connection refused": { kind: "refused" },
  "connection lost before it acted": { kind: "lost-before" },
  "connection lost after it acted": { kind: "lost-after" },
  "404": { kind: "not-found" },
  "401 with an expired token": { kind: "unauthorized" },
  "403": { kind: "forbidden" },
  "500": { kind: "internal" },
};

/** Where the tenant has to end, whatever happened on the way. */
const prepared = {
  applications: 1,
  principals: 1,
  keys: 1,
  roleGrants: 3,
  scopeGrants: 2,
  assignments: 1,
};

describe("requests that go out together", () => {
  test.each(Object.keys(faults))("%s at each call: run again, the tenant ends the same", async (name) => {
    const fault = faults[name];
    if (fault === undefined) throw new RangeError(name);
    const { calls } = await measureRollout(noLag);
    for (let target = 1; target <= calls.length; target += 1) {
      const rollout = await openRollout(noLag);
      const { data } = rollout.practice;
      const before = { principals: data.servicePrincipals.length, assignments: data.roleAssignments.length };
      rollout.practice.faults.add({ on: ({ number }) => number === target, fault, times: 1 });
      await rollout.run();
      rollout.practice.faults.clear();
      const again = await rollout.run();
      expect(again.remaining, `${name} at call ${target}`).toEqual([]);
      expect(rollout.open(again.actual)).toEqual([]);
      expect({
        applications: data.applications.length,
        principals: data.servicePrincipals.length - before.principals,
        keys: data.applications[0]?.keyCredentials.length,
        roleGrants: data.appRoleAssignments.length,
        scopeGrants: data.permissionGrants.length,
        assignments: data.roleAssignments.length - before.assignments,
      }).toEqual(prepared);
      // Application, service principal, five grants, the certificate, the role: all of it can be taken back.
      expect(ownChanges(rollout.journal)).toHaveLength(9);
    }
  });

  test("a grant that this person may not make is refused alone; those beside it are made", async () => {
    const rollout = await openRollout(noLag);
    const { data } = rollout.practice;
    const exchange = data.servicePrincipals.find(({ displayName }) => displayName.startsWith("Office"));
    // The API stops offering a permission between reading and granting.
    let seen = 0;
    rollout.practice.faults.add({
      on: ({ path }) => {
        if (path === "/v1.0/servicePrincipals" && (seen += 1) === 1 && exchange !== undefined) {
          exchange.appRoles = exchange.appRoles.filter(({ value }) => value !== "MailboxSettings.ReadWrite");
        }
        return false;
      },
      fault: { kind: "internal" },
    });
    const applied = await rollout.run();
    const others = applied.outcomes.filter(({ kind }) => kind !== "done");
    expect(others).toMatchObject([
      { kind: "refused", code: "bad-request", change: { id: "grant-role:exchange-mailbox-settings-app" } },
    ]);
    expect(data.appRoleAssignments).toHaveLength(2);
  });
});
