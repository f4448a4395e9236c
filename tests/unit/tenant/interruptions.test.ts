import { describe, expect, test } from "vitest";
import type { ActualTenant } from "../../../main/tenant/actual.ts";
import { plan } from "../../../main/tenant/plan.ts";
import { ownChanges, planUndo } from "../../../main/tenant/undo.ts";
import { session, wish } from "./bench.ts";
import { emptyTenant, GraphModel, json, refusal } from "./graph-model.ts";
import { failure } from "./outcome.ts";

const assignments = "/roleManagement/directory/roleAssignments";

async function prepared(ports: Parameters<typeof session>[2] = {}) {
  const model = new GraphModel(emptyTenant());
  const desired = wish();
  const app = session(model, desired, ports);
  const reading = await app.read();
  return { model, desired, app, reading, changes: plan(desired, reading) };
}

describe("what stops the work", () => {
  test("no token for a change: nothing was sent, so nothing counts as own", async () => {
    const signedOut = new Error("sign in");
    const { app, reading, changes, model } = await prepared({
      getToken: async (scopes) => {
        if (scopes.some((scope) => scope.includes("ReadWrite"))) throw signedOut;
        return "token";
      },
    });
    const applied = await app.apply(changes, { reading });
    expect(applied.stop).toEqual({ kind: "interrupted", change: "create-application", error: signedOut });
    expect(model.writes()).toEqual([]);
    expect(ownChanges(app.journal)).toEqual([]);
  });

  test("cancel in a wait before a repeat: the change was not made and does not count as own", async () => {
    const { app, reading, changes, model } = await prepared();
    const cancel = new AbortController();
    model.fault = ({ method, path }) =>
      method === "POST" && path === assignments
        ? refusal(429, "TooManyRequests", "", { "retry-after": "60" })
        : null;
    const onWait = () => cancel.abort();
    const applied = await app.apply(changes, { reading, signal: cancel.signal, onWait });
    expect(applied.stop).toEqual({ kind: "canceled" });
    expect(ownChanges(app.journal).map(({ kind }) => kind)).not.toContain("unassign-role");
  });

  test("an answer lost and then no network at all: interrupted, with the change still counted as own", async () => {
    const { app, reading, changes, model } = await prepared();
    let gone = false;
    model.fault = ({ method, path }, act) => {
      if (method === "POST" && path === assignments) {
        gone = true;
        act();
        throw failure("ECONNRESET");
      }
      if (gone) throw failure("ENOTFOUND");
      return null;
    };
    const applied = await app.apply(changes, { reading });
    expect(applied.stop).toMatchObject({
      kind: "interrupted",
      change: "assign-role",
      error: { code: "offline" },
    });
    expect(ownChanges(app.journal).map(({ kind }) => kind)).toContain("unassign-role");
  });

  test("a collection that may not be read any more is not replaced, and nobody waits for it", async () => {
    const { app, reading, changes, model } = await prepared();
    model.fault = ({ method, path }) =>
      method === "GET" && path.startsWith("/applications(appId=")
        ? refusal(403, "Authorization_RequestDenied", "Insufficient privileges")
        : null;
    const applied = await app.apply(changes, { reading });
    const [open] = applied.outcomes.filter(({ kind }) => kind !== "done");
    expect(open).toMatchObject({ kind: "unreadable", change: { id: "add-certificate" } });
    expect(model.writes()).not.toContain("PATCH /applications/id-1");
  });
});

describe("what is read as not there", () => {
  test("a known application that is not found is neither called in place nor forgotten", async () => {
    const { model, app, changes } = await prepared();
    await app.apply(changes);
    const appId = model.state.applications[0]?.appId ?? "";
    const known = session(model, wish({ applicationId: appId }));
    model.fault = ({ method, path }) =>
      method === "GET" && path.startsWith("/applications(")
        ? refusal(404, "Request_ResourceNotFound", "does not exist")
        : null;
    const again = await known.apply(changes);
    expect(new Set(again.outcomes.map(({ kind }) => kind))).toEqual(new Set(["unreadable"]));
    expect(known.journal).toEqual([]);
  });

  test("undo: what one reading does not show stays this app's own", async () => {
    const { model, app, changes, desired } = await prepared();
    await app.apply(changes);
    const inverses = ownChanges(app.journal);
    const planner = (actual: ActualTenant) => planUndo(inverses, actual);
    const confirmed = planner(await app.read());
    let blind = true;
    model.fault = ({ method, path }) =>
      blind && method === "GET" && path === assignments ? json(200, { value: [] }) : null;
    const second = session(model, desired);
    await second.apply(
      confirmed.filter(({ kind }) => kind === "unassign-role"),
      { planner },
    );
    blind = false;
    expect(ownChanges([...app.journal, ...second.journal])).toHaveLength(inverses.length);
  });

  test("undo: a deletion that a replica answers with 404 is repeated until it is done", async () => {
    const { model, app, changes } = await prepared();
    await app.apply(changes);
    const inverses = ownChanges(app.journal);
    const planner = (actual: ActualTenant) => planUndo(inverses, actual);
    let left = 3;
    model.fault = ({ method, path }) => {
      const hit = path.startsWith(assignments) && (method === "DELETE" || left < 3) && left > 0;
      if (!hit) return null;
      left -= 1;
      return method === "DELETE"
        ? refusal(404, "Request_ResourceNotFound", "does not exist")
        : json(200, { value: [] });
    };
    const undone = await app.apply(planner(await app.read()), { planner });
    expect(undone.outcomes.filter(({ kind }) => kind !== "done")).toEqual([]);
    expect(model.state.roleAssignments).toEqual([]);
    expect(ownChanges(app.journal)).toEqual([]);
  });

  test("an object that others hang on is looked for again in the reading back", async () => {
    const { model, app, changes } = await prepared();
    await app.apply(changes.filter(({ id }) => id !== "assign-role"));
    let left = 0;
    model.fault = ({ method, path }) => {
      if (method === "POST" && path === assignments) left = 3;
      if (method !== "GET" || !path.startsWith("/servicePrincipals(appId='app-") || left === 0) return null;
      left -= 1;
      return refusal(404, "Request_ResourceNotFound", "does not exist");
    };
    const applied = await app.apply(changes);
    expect(applied.outcomes).toContainEqual(expect.objectContaining({ kind: "done" }));
    expect(applied.unseen).toEqual([]);
    expect(applied.remaining).toEqual([]);
    expect(app.pace.waited).toBeLessThan(10_000);
  });

  test("nobody waits for what may not be read back", async () => {
    const { model, app, reading, changes } = await prepared();
    let applied = false;
    model.fault = ({ method, path }) => {
      if (method === "POST" && path === assignments) applied = true;
      return applied && method === "GET" && path === assignments
        ? refusal(403, "Authorization_RequestDenied", "Insufficient privileges")
        : null;
    };
    expect((await app.apply(changes, { reading })).unseen).toEqual(["assign-role"]);
    expect(app.pace.waited).toBe(0);
  });
});

describe("reading", () => {
  const once = (part: string, times: number) => {
    let left = times;
    return ({ method, path }: { method: string; path: string }) => {
      if (method !== "GET" || !path.startsWith(part) || left === 0) return null;
      left -= 1;
      return refusal(404, "Request_ResourceNotFound", "does not exist");
    };
  };

  test("an API that a replica does not know does not count as missing at once", async () => {
    const model = new GraphModel(emptyTenant());
    const desired = wish();
    const { read } = session(model, desired);
    model.fault = once("/servicePrincipals(appId='00000003", 3);
    const { resources } = await read();
    expect(Object.values(resources).every((part) => part.known && part.value !== null)).toBe(true);
  });

  test("an application that the setup knows is looked for again before it counts as gone", async () => {
    const { model, app, changes } = await prepared();
    await app.apply(changes);
    const applicationId = model.state.applications[0]?.appId ?? "";
    model.fault = once("/applications(appId=", 3);
    expect((await session(model, wish({ applicationId })).read()).application).toMatchObject({
      known: true,
      value: { appId: applicationId },
    });
    model.fault = once("/applications(appId=", 4);
    const gone = await session(model, wish({ applicationId })).read();
    expect(gone.application).toEqual({ known: true, value: null });
  });

  test("the reading back tries again what could not be read before, but not what a right is missing for", async () => {
    const model = new GraphModel(emptyTenant());
    const { read, apply } = session(model, wish());
    model.fault = ({ path }) => {
      if (path === "/organization") return refusal(404, "ResourceNotFound", "");
      return path.startsWith("/policies") ? refusal(403, "Authorization_RequestDenied", "") : null;
    };
    const reading = await read();
    const changes = plan(wish(), reading);
    model.fault = () => null;
    model.calls = [];
    const { actual } = await apply(changes, { reading });
    expect(actual.organization.known).toBe(true);
    expect(actual.policies).toMatchObject({ known: false, reason: "no-right" });
    expect(model.calls.filter(({ path }) => path.startsWith("/policies"))).toEqual([]);
  });

  test("an own application that only a list knows yet is no namesake", async () => {
    const { model, app, changes } = await prepared();
    await app.apply(changes.slice(0, 1));
    model.fault = once("/applications(uniqueName=", 99);
    const { application, sameName } = await session(model, wish()).read();
    expect(application).toMatchObject({ known: true, value: { uniqueName: "exchange-rollout-setup-1" } });
    expect(sameName).toEqual({ known: true, value: [] });
    model.fault = once("/applications(", 99);
    const hidden = await session(model, wish()).read();
    expect(plan(wish(), hidden).map(({ id }) => id)).toContain("create-application");
  });
});
