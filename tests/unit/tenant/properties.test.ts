import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { absorb } from "../../../main/tenant/absorb.ts";
import { openPlaceholders } from "../../../main/tenant/change.ts";
import type { Change } from "../../../main/tenant/change.ts";
import type { DesiredTenant } from "../../../main/tenant/desired.ts";
import { plan } from "../../../main/tenant/plan.ts";
import { ownChanges, planUndo } from "../../../main/tenant/undo.ts";
import { anyTenant, contents } from "./any-tenant.ts";
import { certificate, session, wish } from "./bench.ts";
import { GraphModel, refusal } from "./graph-model.ts";
import type { ModelCall, ModelState } from "./graph-model.ts";

const anyWish: fc.Arbitrary<DesiredTenant> = fc
  .record({
    profile: fc.constantFrom("documented" as const, "least-privilege" as const),
    certificate: fc.constantFrom(certificate, null),
  })
  .map(wish);

/** What was there and is not any more; another audience is what the plan is for. */
function lost(before: ModelState, after: ModelState): string[] {
  const left = contents(after);
  return contents(before).filter((thing) => !left.includes(thing) && !thing.startsWith("audience"));
}

function duplicates(state: ModelState): number {
  const things = contents(state);
  return things.length - new Set(things).size;
}

/** Parts of the tenant that a person may not be allowed to read, by the paths that show them. */
const hideable: Readonly<Record<string, (path: string) => boolean>> = {
  organization: (path) => path === "/organization",
  sameName: (path) => path === "/applications",
  roleGrants: (path) => path.endsWith("/appRoleAssignments"),
  scopeGrants: (path) => path === "/oauth2PermissionGrants",
  roleAssignments: (path) => path === "/roleManagement/directory/roleAssignments",
  exchange: (path) => path.startsWith("/servicePrincipals(appId='00000002"),
  graph: (path) => path.startsWith("/servicePrincipals(appId='00000003"),
  policies: (path) => path.startsWith("/policies/"),
  ownRoles: (path) => path.startsWith("/me/"),
};

function denied(): Response {
  return refusal(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.");
}

/** A request as it is compared with a change's, whatever it refers to by identifiers. */
function isRequestOf(change: Change | undefined, { method, path, body }: ModelCall): boolean {
  if (change === undefined || method !== change.request.method) return false;
  const shape = (text: string) => text.replaceAll(/\{[^}]+\}|id-\d+|app-\d+/g, "*");
  const sent = change.request.body as Record<string, unknown> | undefined;
  const sameKeys =
    Object.keys(body).toSorted().join() ===
    Object.keys(sent ?? {})
      .toSorted()
      .join();
  const sameRole = body["appRoleId"] === sent?.["appRoleId"] && body["resourceId"] === sent?.["resourceId"];
  return shape(path) === shape(decodeURIComponent(change.request.path)) && sameKeys && sameRole;
}

describe("any plan", { timeout: 120_000 }, () => {
  test("from any tenant the plan leads to an empty plan, and nothing that was there is lost", async () => {
    await fc.assert(
      fc.asyncProperty(anyTenant, anyWish, fc.nat(3), async (state, desired, lag) => {
        const model = new GraphModel(structuredClone(state));
        model.lag = lag;
        const { read, apply } = session(model, desired);
        const applied = await apply(plan(desired, await read()));
        expect(applied.stop).toBeNull();
        expect(applied.remaining).toEqual([]);
        expect(plan(desired, await read())).toEqual([]);
        expect(lost(state, model.state)).toEqual([]);
        const after = contents(model.state);
        expect(new Set(after).size).toBe(after.length - duplicates(state));
      }),
      { numRuns: 60 },
    );
  });

  test("each change of a plan can be made after those before it", async () => {
    await fc.assert(
      fc.asyncProperty(anyTenant, anyWish, async (state, desired) => {
        const model = new GraphModel(structuredClone(state));
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
      fc.asyncProperty(anyTenant, anyWish, async (state, desired) => {
        const model = new GraphModel(structuredClone(state));
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

  test("no request of a plan takes away what others have", async () => {
    await fc.assert(
      fc.asyncProperty(anyTenant, anyWish, async (state, desired) => {
        const model = new GraphModel(structuredClone(state));
        for (const { request, part } of plan(desired, await session(model, desired).read())) {
          expect(request.method).not.toBe("DELETE");
          const body = request.body as Record<string, unknown>;
          const [application] = state.applications;
          if (part === "application" && Array.isArray(body["keyCredentials"])) {
            const sent = body["keyCredentials"] as unknown[];
            expect(sent).toEqual(expect.arrayContaining(application?.keyCredentials ?? []));
          }
          if (request.method === "PATCH" && typeof body["scope"] === "string") {
            const grant = state.scopeGrants.find(({ id }) => request.path.endsWith(id));
            expect(body["scope"].split(" ")).toEqual(expect.arrayContaining(grant?.scope.split(" ") ?? [""]));
          }
          if (request.method === "PATCH" && Array.isArray(body["tags"])) {
            expect(body["tags"]).toEqual(expect.arrayContaining(state.servicePrincipals[0]?.tags ?? []));
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  test("the refusal of any one change leaves the rest done, and all of it can be taken back", async () => {
    await fc.assert(
      fc.asyncProperty(anyTenant, anyWish, fc.nat(20), async (state, desired, pick) => {
        const model = new GraphModel(structuredClone(state));
        const { read, apply, journal } = session(model, desired);
        const changes = plan(desired, await read());
        const refused = changes[pick % Math.max(1, changes.length)];
        model.fault = (call) => (isRequestOf(refused, call) ? denied() : null);
        const applied = await apply(changes);
        expect(applied.stop).toBeNull();
        expect(lost(state, model.state)).toEqual([]);
        if (refused !== undefined) {
          const outcome = applied.outcomes.find(({ kind }) => kind === "refused");
          expect(outcome).toMatchObject({
            code: "forbidden",
            change: { id: refused.id, right: refused.right },
          });
          const without = new Set([refused.id]);
          for (const { id, needs } of changes) if (needs.some((need) => without.has(need))) without.add(id);
          const done = applied.outcomes.filter(({ kind }) => kind === "done").map(({ change }) => change.id);
          expect(new Set(done)).toEqual(
            new Set(changes.map(({ id }) => id).filter((id) => !without.has(id))),
          );
        }
        model.fault = () => null;
        const planner = (actual: Parameters<typeof planUndo>[1]) => planUndo(ownChanges(journal), actual);
        const half = structuredClone(model.state);
        await apply(planner(await read()), { planner });
        expect(contents(model.state).toSorted()).toEqual(contents(state).toSorted());
        model.state = half;
        await apply(plan(desired, await read()));
        expect(plan(desired, await read())).toEqual([]);
        expect(lost(state, model.state)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test("what cannot be read is left alone, and done once it can be", async () => {
    await fc.assert(
      fc.asyncProperty(
        anyTenant,
        anyWish,
        fc.subarray(Object.keys(hideable), { minLength: 1 }),
        async (state, desired, hidden) => {
          const model = new GraphModel(structuredClone(state));
          const { read, apply } = session(model, desired);
          model.fault = ({ method, path }) =>
            method === "GET" && hidden.some((part) => hideable[part]?.(path) === true) ? denied() : null;
          const reading = await read();
          const changes = plan(desired, reading);
          expect(changes.filter(({ part }) => !reading[part].known)).toEqual([]);
          await apply(changes, { reading });
          expect(lost(state, model.state)).toEqual([]);
          model.fault = () => null;
          const applied = await apply(plan(desired, await read()));
          expect(applied.remaining).toEqual([]);
          expect(plan(desired, await read())).toEqual([]);
          expect(lost(state, model.state)).toEqual([]);
          const after = contents(model.state);
          expect(new Set(after).size).toBe(after.length - duplicates(state));
        },
      ),
      { numRuns: 80 },
    );
  });
});
