import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { permissions } from "../../../main/guide/permissions.ts";
import { enterpriseApplicationTag, exchangeAdministrator } from "../../../main/tenant/desired.ts";
import { openPlaceholders } from "../../../main/tenant/change.ts";
import { absorb } from "../../../main/tenant/absorb.ts";
import { plan } from "../../../main/tenant/plan.ts";
import { ownChanges, planUndo } from "../../../main/tenant/undo.ts";
import { verify } from "../../../main/tenant/verify.ts";
import { certificate, session, wish } from "./bench.ts";
import { emptyTenant, GraphModel, refusal } from "./graph-model.ts";
import type { ModelState } from "./graph-model.ts";
import { expected, failure, finalState } from "./outcome.ts";

const foreignKey = {
  keyId: "foreign-key",
  customKeyIdentifier: "FFFF",
  key: Buffer.from("theirs").toString("base64"),
  type: "AsymmetricX509Cert",
  usage: "Verify",
};

/** A tenant in any state between empty and prepared, with things that others made. */
const anyTenant: fc.Arbitrary<ModelState> = fc
  .record({
    gone: fc.subarray(permissions.map(({ id }) => id)),
    application: fc.boolean(),
    principal: fc.boolean(),
    tagged: fc.boolean(),
    audience: fc.constantFrom("AzureADMyOrg", "AzureADMultipleOrgs"),
    requested: fc.subarray([...permissions]),
    granted: fc.subarray([...permissions]),
    foreignScopes: fc.subarray(["Mail.Read", "Calendars.Read"]),
    foreignRole: fc.boolean(),
    key: fc.boolean(),
    role: fc.boolean(),
  })
  .map((wanted) => {
    const state = emptyTenant(wanted.gone);
    if (!wanted.application) return state;
    state.applications.push({
      id: "object-1",
      appId: "app-own",
      displayName: "IAM.cloud Exchange Online",
      uniqueName: "exchange-rollout-setup-1",
      signInAudience: wanted.audience,
      createdDateTime: "2026-01-01T00:00:00Z",
      requiredResourceAccess: [
        { resourceAppId: "foreign-api", resourceAccess: [{ id: "foreign", type: "Role" }] },
        ...wanted.requested.map(({ resourceAppId, guid, type }) => ({
          resourceAppId,
          resourceAccess: [{ id: guid, type: type === "Delegated" ? "Scope" : "Role" }],
        })),
      ],
      keyCredentials: [
        foreignKey,
        ...(wanted.key ? [{ customKeyIdentifier: certificate.sha1, keyId: "own-key" }] : []),
      ],
    });
    if (!wanted.principal) return state;
    const tags = wanted.tagged ? [enterpriseApplicationTag, "HideApp"] : ["HideApp"];
    state.servicePrincipals.push({ id: "sp-own", appId: "app-own", accountEnabled: true, tags });
    for (const resource of state.resources) {
      const rows = wanted.granted.filter((row) => row.resourceAppId === resource.appId);
      const scopes = [
        ...wanted.foreignScopes,
        ...rows.filter(({ type }) => type === "Delegated").map(({ value }) => value),
      ];
      if (scopes.length > 0) {
        state.scopeGrants.push({
          id: `grant-${resource.id}`,
          clientId: "sp-own",
          consentType: "AllPrincipals",
          resourceId: resource.id,
          scope: scopes.join(" "),
        });
      }
      for (const row of rows.filter(({ type }) => type === "Application")) {
        state.roleGrants.push({
          id: `role-${row.id}`,
          principalId: "sp-own",
          resourceId: resource.id,
          appRoleId: row.guid,
        });
      }
    }
    if (wanted.role) assign(state, exchangeAdministrator);
    if (wanted.foreignRole) assign(state, "foreign-role");
    return state;
  });

function assign(state: ModelState, roleDefinitionId: string): void {
  state.roleAssignments.push({
    id: `assigned-${roleDefinitionId}`,
    principalId: "sp-own",
    roleDefinitionId,
    directoryScopeId: "/",
  });
}

/** Every single thing that there is, as comparable words. */
function contents(state: ModelState): string[] {
  return [
    ...state.applications.flatMap(({ id, requiredResourceAccess, keyCredentials }) => [
      `application ${id}`,
      ...keyCredentials.map((key) => `key ${id} ${key.keyId ?? ""} ${key.key ?? ""}`),
      ...requiredResourceAccess.flatMap(({ resourceAppId, resourceAccess }) =>
        resourceAccess.map((entry) => `request ${resourceAppId} ${entry.type} ${entry.id}`),
      ),
    ]),
    ...state.servicePrincipals.flatMap(({ id, tags }) => [`sp ${id}`, ...tags.map((tag) => `tag ${tag}`)]),
    ...state.roleGrants.map((grant) => `role ${grant.resourceId} ${grant.appRoleId}`),
    ...state.scopeGrants.flatMap(({ resourceId, scope }) =>
      scope.split(" ").map((one) => `scope ${resourceId} ${one}`),
    ),
    ...state.roleAssignments.map(({ roleDefinitionId }) => `assigned ${roleDefinitionId}`),
  ];
}

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
    expect(model.calls).toHaveLength(22);
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

  test("from any tenant the plan leads to an empty plan, and nothing that was there is lost", async () => {
    await fc.assert(
      fc.asyncProperty(anyTenant, fc.nat(3), async (state, lag) => {
        const model = new GraphModel(structuredClone(state));
        model.lag = lag;
        const desired = wish();
        const { read, apply } = session(model, desired);
        const applied = await apply(plan(desired, await read()));
        expect(applied.stop).toBeNull();
        expect(applied.remaining).toEqual([]);
        expect(plan(desired, await read())).toEqual([]);
        const after = contents(model.state);
        expect(contents(state).filter((thing) => !after.includes(thing))).toEqual([]);
        expect(new Set(after).size).toBe(after.length - duplicates(state));
      }),
      { numRuns: 60 },
    );
  });

  test("each change of a plan can be made after those before it", async () => {
    await fc.assert(
      fc.asyncProperty(anyTenant, async (state) => {
        const model = new GraphModel(structuredClone(state));
        const desired = wish();
        let actual = await session(model, desired).read();
        const made = new Set<string>();
        for (const planned of plan(desired, actual)) {
          expect(planned.needs.every((id) => made.has(id))).toBe(true);
          const change = plan(desired, actual).find(({ id }) => id === planned.id);
          expect(change).toBeDefined();
          expect(openPlaceholders(change!.request)).toEqual([]);
          const next = absorb(actual, change!, { id: `new-${made.size}`, appId: "app-new" });
          expect(next).not.toBeNull();
          actual = next!;
          made.add(planned.id);
        }
        expect(plan(desired, actual)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  test("undo brings any tenant back to what it was", async () => {
    await fc.assert(
      fc.asyncProperty(anyTenant, async (state) => {
        const model = new GraphModel(structuredClone(state));
        const desired = wish();
        const { read, apply, journal } = session(model, desired);
        await apply(plan(desired, await read()));
        const inverses = ownChanges(journal);
        const planner = (actual: Parameters<typeof planUndo>[1]) => planUndo(inverses, actual);
        const undone = await apply(planner(await read()), { planner });
        expect(undone.stop).toBeNull();
        expect(undone.remaining).toEqual([]);
        expect(contents(model.state).toSorted()).toEqual(contents(state).toSorted());
        expect(ownChanges(journal)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

function duplicates(state: ModelState): number {
  const things = contents(state);
  return things.length - new Set(things).size;
}

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
