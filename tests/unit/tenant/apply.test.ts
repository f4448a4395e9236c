import { describe, expect, test } from "vitest";
import { plan } from "../../../main/tenant/plan.ts";
import { ownChanges } from "../../../main/tenant/undo.ts";
import { verify } from "../../../main/tenant/verify.ts";
import { session, wish } from "./bench.ts";
import { emptyTenant, GraphModel, refusal } from "./graph-model.ts";
import { expected, failure, finalState } from "./outcome.ts";

const foreignKey = {
  keyId: "foreign-key",
  customKeyIdentifier: "FFFF",
  key: Buffer.from("theirs").toString("base64"),
  type: "AsymmetricX509Cert",
  usage: "Verify",
};

describe("carrying out a plan", () => {
  test("an empty tenant becomes a prepared one and everything is verified", async () => {
    const model = new GraphModel(emptyTenant());
    const desired = wish();
    const { read, apply, journal } = session(model, desired);
    const reading = await read();
    const changes = plan(desired, reading);
    const applied = await apply(changes, { reading });
    expect(applied.stop).toBeNull();
    expect(applied.outcomes.map(({ kind }) => kind)).toEqual(changes.map(() => "done"));
    expect(applied.remaining).toEqual([]);
    expect(applied.unseen).toEqual([]);
    const { facts, permissions: table } = verify(desired, applied.actual);
    expect(facts.filter(({ outcome }) => outcome.result !== "satisfied")).toEqual([]);
    expect(table.extras).toEqual([]);
    expect(journal.map(({ phase }) => phase)).toEqual(changes.flatMap(() => ["sending", "done"]));
    expect(model.calls).toHaveLength(23);
    expect(model.writes()).toHaveLength(9);
  });

  test("a second run sends nothing", async () => {
    const model = new GraphModel(emptyTenant());
    const desired = wish();
    const changes = plan(desired, await session(model, desired).read());
    await session(model, desired).apply(changes);
    const before = model.writes().length;
    const again = await session(model, desired).apply(changes);
    expect(again.outcomes.every(({ kind }) => kind === "found")).toBe(true);
    expect(model.writes()).toHaveLength(before);
  });
});

describe("interruptions", () => {
  test("a crash before any answer: the next run finishes and counts the change as its own", async () => {
    const model = new GraphModel(emptyTenant());
    const desired = wish();
    const first = session(model, desired);
    const changes = plan(desired, await first.read());
    const crash = new Error("killed");
    await expect(
      first.apply(changes, {
        journal: async (line) => {
          first.journal.push(line);
          if (line.phase === "done" && line.change === "create-service-principal") throw crash;
        },
      }),
    ).rejects.toBe(crash);
    const kept = first.journal.filter(
      ({ phase, change }) => phase !== "done" || change !== "create-service-principal",
    );
    const second = session(model, desired);
    const applied = await second.apply(changes);
    expect(applied.remaining).toEqual([]);
    expect(finalState(model)).toEqual(expected);
    const own = ownChanges([...kept, ...second.journal]);
    expect(own.map(({ kind }) => kind)).toContain("delete-service-principal");
  });

  test("what a colleague made is never counted as own", async () => {
    const model = new GraphModel(emptyTenant());
    const desired = wish();
    const { read, apply, journal } = session(model, desired);
    const changes = plan(desired, await read());
    model.fault = ({ method, path }, act) => {
      if (method === "POST" && path.endsWith("/roleAssignments")) act();
      return null;
    };
    const applied = await apply(changes);
    expect(applied.remaining).toEqual([]);
    expect(ownChanges(journal).map(({ kind }) => kind)).not.toContain("unassign-role");
  });

  test("a refused right holds back only what needs it", async () => {
    const model = new GraphModel(emptyTenant());
    const desired = wish();
    const { read, apply } = session(model, desired);
    const changes = plan(desired, await read());
    model.fault = ({ method, path }) =>
      method === "POST" && path.endsWith("/roleAssignments")
        ? refusal(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.")
        : null;
    const applied = await apply(changes);
    const refused = applied.outcomes.filter(({ kind }) => kind !== "done");
    expect(refused).toMatchObject([{ kind: "refused", code: "forbidden", change: { id: "assign-role" } }]);
    expect(applied.remaining.map(({ id }) => id)).toEqual(["assign-role"]);
  });

  test("cancel stops between changes, and the next run goes on", async () => {
    const model = new GraphModel(emptyTenant());
    const desired = wish();
    const { read, apply } = session(model, desired);
    const changes = plan(desired, await read());
    const cancel = new AbortController();
    const applied = await apply(changes, {
      signal: cancel.signal,
      onProgress: ({ change }) => {
        if (change === "create-service-principal") cancel.abort();
      },
    });
    expect(applied.stop).toEqual({ kind: "canceled" });
    expect(applied.outcomes.map(({ change }) => change.id)).toEqual(["create-application"]);
    expect((await apply(changes)).remaining).toEqual([]);
    expect(finalState(model)).toEqual(expected);
  });

  test("a change that grew since it was confirmed is not made", async () => {
    const model = new GraphModel(emptyTenant());
    const desired = wish();
    const { read, apply } = session(model, desired);
    await apply(plan(desired, await read()));
    model.state.scopeGrants = model.state.scopeGrants.map((grant) => ({ ...grant, scope: "openid" }));
    const confirmed = plan(desired, await read());
    model.state.scopeGrants = model.state.scopeGrants.map((grant) => ({ ...grant, scope: "other" }));
    const before = model.writes().length;
    const applied = await apply(confirmed);
    expect(applied.stop).toMatchObject({ kind: "plan-changed" });
    expect(model.writes()).toHaveLength(before);
  });

  test("a key that a colleague adds after the plan was shown stays", async () => {
    const model = new GraphModel(emptyTenant());
    const desired = wish();
    const { read, apply } = session(model, desired);
    const changes = plan(desired, await read());
    model.fault = ({ method, path }) => {
      if (method === "POST" && path === "/oauth2PermissionGrants")
        model.state.applications[0]!.keyCredentials = [foreignKey];
      return null;
    };
    await apply(changes);
    expect(model.state.applications[0]!.keyCredentials.map(({ keyId }) => keyId)).toContain("foreign-key");
    expect(model.state.applications[0]!.keyCredentials).toHaveLength(2);
  });

  test("waits are told with their reason and end, and replication lag is waited out", async () => {
    const model = new GraphModel(emptyTenant());
    model.lag = 3;
    const desired = wish();
    const { read, apply } = session(model, desired);
    const waits: string[] = [];
    const applied = await apply(plan(desired, await read()), {
      onWait: ({ reason, what, until, giveUpAt }) => {
        expect(until < giveUpAt).toBe(true);
        waits.push(`${reason} ${what}`);
      },
    });
    expect(applied.remaining).toEqual([]);
    expect(waits).toContain("replication create-service-principal");
  });

  test("an interrupted connection ends the work with nothing half-done", async () => {
    const model = new GraphModel(emptyTenant());
    const desired = wish();
    const { read, apply } = session(model, desired);
    const changes = plan(desired, await read());
    model.fault = ({ method }) => {
      if (method !== "GET") throw failure("ENOTFOUND");
      return null;
    };
    const applied = await apply(changes);
    expect(applied.stop).toMatchObject({ kind: "interrupted", error: { code: "offline" } });
    expect(applied.outcomes).toEqual([]);
  });

  test("a part that could not be read is neither found nor made", async () => {
    const model = new GraphModel(emptyTenant());
    const desired = wish();
    const { read, apply } = session(model, desired);
    const changes = plan(desired, await read());
    await apply(changes);
    model.fault = ({ path }) =>
      path.endsWith("/roleAssignments") ? refusal(403, "Authorization_RequestDenied", "") : null;
    const applied = await apply(changes);
    expect(applied.outcomes.find(({ change }) => change.id === "assign-role")?.kind).toBe("unreadable");
  });
});
