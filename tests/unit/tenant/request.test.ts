import { describe, expect, test } from "vitest";
import type { ActualTenant } from "../../../main/tenant/actual.ts";
import type { DesiredTenant } from "../../../main/tenant/desired.ts";
import { plan } from "../../../main/tenant/plan.ts";
import { changesToAsk, requestEffects } from "../../../main/tenant/request-file.ts";
import { requestNotes } from "../../../main/tenant/request-notes.ts";
import { roles } from "../../../main/tenant/rights.ts";
import { withinRequest } from "../../../main/tenant/wanted.ts";
import { certificate, session, wish } from "./bench.ts";
import { emptyTenant, GraphModel, refusal } from "./graph-model.ts";

const now = new Date("2026-12-01T00:00:00Z");
const role = `role:${wish().directoryRole}`;
const asked = ["grant:graph-mailbox-settings-app", role];

/** A tenant in which this much of the plan was carried out, and a look at it. */
async function tenantWith(done: (id: string) => boolean, desired = wish()) {
  const model = new GraphModel(emptyTenant());
  const { read, apply } = session(model, desired);
  await apply(plan(desired, await read()).filter(({ id }) => done(id)));
  return { model, read };
}

/** What the colleague sees: ids of the changes, and the notes with their levels. */
function seen(actual: ActualTenant, effects: string[], desired: DesiredTenant = wish()) {
  const changes = withinRequest(plan(desired, actual), { effects });
  const told = requestNotes(desired, actual, { effects }, now);
  return { changes: changes.map(({ id }) => id), notes: told };
}

describe("a colleague's request", () => {
  test("made before the own part was applied: what has to come first is named, and nothing is fulfilled", async () => {
    const model = new GraphModel(emptyTenant());
    model.state.ownRoles = [roles.cloudApplicationAdministrator];
    const desired = wish();
    const actual = await session(model, desired).read();
    const planned = { changes: plan(desired, actual), actual };
    const effects = requestEffects(desired, planned);
    expect(effects).toEqual(asked);
    expect(changesToAsk(planned).map(({ id }) => id)).not.toContain("create-application");
    expect(seen(actual, effects)).toEqual({
      changes: [],
      notes: [
        { level: "stop", step: "create-application", kind: "request-needs", change: "create-application" },
      ],
    });
  });

  test("is told the first of the changes that are missing, also where the application is there", async () => {
    const { read } = await tenantWith((id) => id === "create-application");
    expect(seen(await read(), asked)).toMatchObject({
      changes: [],
      notes: [{ level: "stop", kind: "request-needs", change: "create-service-principal" }],
    });
  });

  test("never makes what needs a change that needs another one beyond the request", async () => {
    const { read } = await tenantWith(() => false);
    const effects = ["service-principal", "listed", ...asked];
    expect(seen(await read(), effects)).toMatchObject({
      changes: [],
      notes: [{ level: "stop", kind: "request-needs", change: "create-application" }],
    });
  });

  test("does what it can, and says what else was asked", async () => {
    const { read } = await tenantWith((id) => id === "create-application");
    const effects = [`certificate:${certificate.sha256}`, role];
    expect(seen(await read(), effects)).toMatchObject({
      changes: ["add-certificate"],
      notes: [{ level: "attention", kind: "request-needs", change: "create-service-principal" }],
    });
  });

  test("leaves out a change that would do more than was asked, and says so", async () => {
    const { read } = await tenantWith((id) => !id.startsWith("grant-scopes"));
    const effects = ["grant:exchange-user-readwrite"];
    expect(seen(await read(), effects)).toMatchObject({
      changes: [],
      notes: [{ level: "stop", kind: "request-exceeds", change: "grant-scopes", step: "admin-consent" }],
    });
  });

  test("has nothing to tell when all of it is there, whatever else is open or cannot be read", async () => {
    const { model, read } = await tenantWith((id) => id !== "add-certificate");
    model.fault = ({ path }) =>
      path.includes("olic") ? refusal(403, "Authorization_RequestDenied", "no") : null;
    const actual = await read();
    expect(actual.policies.known).toBe(false);
    expect(seen(actual, asked)).toEqual({ changes: [], notes: [] });
  });

  test.each([
    ["roleAssignments", "exchange-role", role],
    ["roleGrants", "admin-consent", "grant:graph-mailbox-settings-app"],
    ["servicePrincipal", "register-application", role],
  ] as const)("names %s that could not be read", async (part, step, effect) => {
    const { read } = await tenantWith(() => true);
    const denied = { known: false, reason: "no-right", detail: "denied", requestId: "1" } as const;
    const depends = { ...denied, reason: "depends" } as const;
    const actual: ActualTenant = {
      ...(await read()),
      ...(part === "servicePrincipal" && { roleAssignments: depends, roleGrants: depends }),
      [part]: denied,
    };
    expect(seen(actual, [effect])).toMatchObject({
      changes: [],
      notes: [{ level: "attention", kind: "unreadable", part, step }],
    });
  });

  test("names only the API whose permissions were asked", async () => {
    const { read } = await tenantWith(() => true);
    const actual = await read();
    const denied = { known: false, reason: "service-error", detail: "", requestId: "" } as const;
    const resources = Object.fromEntries(Object.keys(actual.resources).map((id) => [id, denied]));
    expect(seen({ ...actual, resources }, ["grant:graph-mailbox-settings-app"]).notes).toMatchObject([
      { kind: "unreadable", part: "00000003-0000-0000-c000-000000000000" },
    ]);
  });

  test("is not fulfilled by a certificate that the tenant refuses, nor by another one", async () => {
    const { read } = await tenantWith((id) => id !== "add-certificate");
    const actual = await read();
    const policies = {
      known: true,
      value: {
        tenant: [
          {
            type: "asymmetricKeyLifetime",
            enabled: true,
            maxLifetime: "P30D",
            appsCreatedAfter: null,
            exempts: false,
          },
        ],
        application: null,
      },
    } as const;
    const effects = [`certificate:${certificate.sha256}`];
    expect(seen({ ...actual, policies }, effects)).toMatchObject({
      changes: [],
      notes: [{ level: "attention", step: "upload-certificate", kind: "policy" }],
    });
    expect(seen(actual, ["certificate:ANOTHER"])).toMatchObject({
      changes: [],
      notes: [{ level: "attention", step: "upload-certificate", kind: "request-open" }],
    });
  });

  test("that another tenant or an unknown application ID stops tells only that", async () => {
    const { read } = await tenantWith(() => true);
    const other = wish({ tenantId: "99999999-0000-4000-8000-000000000009" });
    expect(seen(await read(), asked, other).notes.map(({ kind }) => kind)).toEqual(["other-tenant"]);
    const gone = wish({ applicationId: "gone" });
    const nothing = await session(new GraphModel(emptyTenant()), gone).read();
    expect(seen(nothing, asked, gone).notes.map(({ kind }) => kind)).toEqual(["application-not-found"]);
  });
});
