import { describe, expect, test } from "vitest";
import { plan } from "../../../main/tenant/plan.ts";
import { ownChanges } from "../../../main/tenant/undo.ts";
import { session, wish } from "./bench.ts";
import { emptyTenant, GraphModel, refusal } from "./graph-model.ts";
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
