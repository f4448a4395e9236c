import { describe, expect, test } from "vitest";
import { known, unknown } from "../../../main/tenant/actual.ts";
import { isCertificate } from "../../../main/tenant/key-credentials.ts";
import { notes } from "../../../main/tenant/notes.ts";
import { plan } from "../../../main/tenant/plan.ts";
import { certificateVerdict, durationMs, longestLifetime } from "../../../main/tenant/policies.ts";
import { accessTo, roles, scopesFor } from "../../../main/tenant/rights.ts";
import { verify } from "../../../main/tenant/verify.ts";
import { certificate, session, wish } from "./bench.ts";
import { emptyTenant, GraphModel, refusal } from "./graph-model.ts";

const now = new Date("2026-12-01T00:00:00Z");

async function prepared(gone: string[] = [], desired = wish()) {
  const model = new GraphModel(emptyTenant(gone));
  const { read, apply } = session(model, desired);
  await apply(plan(desired, await read()));
  return { model, desired, read };
}

describe("verifying", () => {
  test("what cannot be read is unknown and leaves the other facts alone", async () => {
    const { model, desired, read } = await prepared();
    model.fault = ({ path }) =>
      path.endsWith("/roleAssignments") ? refusal(403, "Authorization_RequestDenied", "no") : null;
    const after = verify(desired, await read());
    expect(after.facts.filter(({ outcome }) => outcome.result !== "satisfied")).toMatchObject([
      {
        id: "role-assigned",
        outcome: { result: "unknown", reason: "no-right", requestId: "server-request" },
      },
    ]);
  });

  test("a permission that is no longer offered is left out, shown, and does not break the rest", async () => {
    const { desired, read } = await prepared(["exchange-people-readwrite"]);
    const actual = await read();
    const { facts, permissions } = verify(desired, actual);
    const row = permissions.rows.find(({ row: { id } }) => id === "exchange-people-readwrite");
    expect(row).toMatchObject({
      guid: null,
      offered: known(false),
      requested: known(false),
      granted: known(false),
    });
    expect(facts.every(({ outcome }) => outcome.result === "satisfied")).toBe(true);
    expect(notes(desired, actual, now)).toContainEqual({
      level: "attention",
      step: "api-permissions",
      kind: "not-offered",
      permission: "exchange-people-readwrite",
      essential: false,
    });
  });

  test("without the essential permission the consent is not satisfied", async () => {
    const { desired, read } = await prepared(["exchange-manage-as-app"]);
    const { facts } = verify(desired, await read());
    const open = facts.filter(({ outcome }) => outcome.result === "unsatisfied").map(({ id }) => id);
    expect(open).toEqual(["permissions-requested", "permissions-granted"]);
  });

  test("permissions are found by value where their identifier is another one", async () => {
    const model = new GraphModel(emptyTenant());
    for (const role of model.state.resources[1]!.appRoles) role.id = `other-${role.id}`;
    const desired = wish({ profile: "least-privilege" });
    const { read, apply } = session(model, desired);
    const applied = await apply(plan(desired, await read()));
    expect(applied.remaining).toEqual([]);
    const [row] = verify(desired, applied.actual).permissions.rows;
    expect(row).toMatchObject({ guid: "other-dc50a0fb-09a3-484d-be87-e023b12c6440", guidDiffers: true });
    expect(model.state.roleGrants).toHaveLength(1);
    expect(model.state.scopeGrants).toEqual([]);
  });

  test("what goes beyond the profile is listed as extra and stays", async () => {
    const { desired: _all, model } = await prepared();
    const least = wish({ profile: "least-privilege" });
    const actual = await session(model, least).read();
    expect(plan(least, actual)).toEqual([]);
    const { extras } = verify(least, actual).permissions;
    expect(extras.map(({ value }) => value)).toContain("MailboxSettings.ReadWrite");
    expect(extras.every(({ requested, granted }) => requested || granted)).toBe(true);
  });
});

describe("before anything is planned", () => {
  test("another tenant than the setup's stops everything, with both named", async () => {
    const desired = wish({ tenantId: "99999999-0000-4000-8000-000000000009" });
    const actual = await session(new GraphModel(emptyTenant()), desired).read();
    expect(plan(desired, actual)).toEqual([]);
    expect(notes(desired, actual, now)).toMatchObject([
      { level: "stop", kind: "other-tenant", expected: desired.tenantId, foundName: "Contoso" },
    ]);
  });

  test("an application of the same name by somebody else needs a choice", async () => {
    const state = emptyTenant();
    const other = {
      id: "other",
      appId: "app-other",
      displayName: "IAM.cloud Exchange Online",
      uniqueName: null,
      signInAudience: "AzureADMultipleOrgs",
      createdDateTime: "2020-01-01T00:00:00Z",
      requiredResourceAccess: [],
      keyCredentials: [],
    };
    state.applications.push(other);
    const model = new GraphModel(state);
    const desired = wish();
    const actual = await session(model, desired).read();
    expect(plan(desired, actual)).toEqual([]);
    expect(notes(desired, actual, now)).toMatchObject([{ level: "stop", kind: "same-name" }]);
    expect(plan(wish({ besideNamesake: true }), actual)[0]?.id).toBe("create-application");
    const adopting = wish({ applicationId: "app-other" });
    const ids = plan(adopting, await session(model, adopting).read()).map(({ id }) => id);
    expect(ids.slice(0, 3)).toEqual(["set-audience", "request-permissions", "create-service-principal"]);
  });

  test("an application ID that leads nowhere never becomes a second application", async () => {
    const desired = wish({ applicationId: "gone" });
    const actual = await session(new GraphModel(emptyTenant()), desired).read();
    expect(plan(desired, actual)).toEqual([]);
    expect(notes(desired, actual, now)).toMatchObject([{ kind: "application-not-found", appId: "gone" }]);
  });

  test("an application that cannot be read is not planned at all", async () => {
    const model = new GraphModel(emptyTenant());
    model.fault = ({ path }) =>
      path.includes("uniqueName") ? refusal(403, "Authorization_RequestDenied", "") : null;
    const desired = wish();
    const actual = await session(model, desired).read();
    expect(plan(desired, actual)).toEqual([]);
    expect(notes(desired, actual, now)).toMatchObject([{ kind: "unreadable", part: "application" }]);
  });

  test("a certificate that the tenant would refuse is told and not sent", async () => {
    const state = emptyTenant();
    state.restrictions = [
      { restrictionType: "asymmetricKeyLifetime", state: "enabled", maxLifetime: "P90D" },
    ];
    const desired = wish();
    const actual = await session(new GraphModel(state), desired).read();
    expect(plan(desired, actual).map(({ id }) => id)).not.toContain("add-certificate");
    expect(notes(desired, actual, now)).toMatchObject([
      { kind: "policy", verdict: { kind: "refused", because: "lifetime", maxDays: 90, days: 365 } },
    ]);
    expect(longestLifetime(actual.policies, null)).toBe(90);
  });
});

describe("policies", () => {
  const restriction = {
    type: "asymmetricKeyLifetime",
    enabled: true,
    maxLifetime: "P180D",
    appsCreatedAfter: null,
    exempts: false,
  };
  const policies = (tenant: object[], application: object[] | null = null) =>
    known({ tenant, application }) as Parameters<typeof certificateVerdict>[0];

  test.each([
    ["none", policies([]), "allowed"],
    ["a limit", policies([restriction]), "refused"],
    ["a limit that is switched off", policies([{ ...restriction, enabled: false }]), "allowed"],
    [
      "a limit for newer applications",
      policies([{ ...restriction, appsCreatedAfter: "2026-06-01T00:00:00Z" }]),
      "allowed",
    ],
    ["a limit with exemptions", policies([{ ...restriction, exempts: true }]), "unknown"],
    [
      "the application's own, wider policy",
      policies([restriction], [{ ...restriction, maxLifetime: "P400D" }]),
      "allowed",
    ],
    ["own authorities only", policies([{ ...restriction, type: "trustedCertificateAuthority" }]), "refused"],
    ["nothing readable", unknown("no-right"), "unknown"],
  ])("%s: %s", (_name, policy, kind) => {
    expect(certificateVerdict(policy, certificate, "2026-01-01T00:00:00Z").kind).toBe(kind);
  });

  test.each([
    ["P90D", 90 * 86_400_000],
    ["P4DT12H30M5S", 390_605_000],
    ["PT0.5S", 500],
    ["P1Y", 365 * 86_400_000],
    ["P", null],
    ["90", null],
  ])("the duration %s has %s milliseconds", (duration, expected) => {
    expect(durationMs(duration)).toBe(expected);
  });
});

describe("rights", () => {
  test("a Cloud Application Administrator can do all but Graph's role and the directory role", async () => {
    const desired = wish();
    const actual = await session(new GraphModel(emptyTenant()), desired).read();
    const access = accessTo(plan(desired, actual), known([roles.cloudApplicationAdministrator]));
    const no = access.filter(({ mayDo }) => mayDo === "no").map(({ change }) => change);
    expect(no).toEqual(["grant-role:graph-mailbox-settings-app", "assign-role"]);
    expect(access.every(({ after }) => after.length === 0)).toBe(true);
  });

  test("without a role everything waits for somebody else, and unknown roles stay unknown", async () => {
    const desired = wish();
    const changes = plan(desired, await session(new GraphModel(emptyTenant()), desired).read());
    expect(accessTo(changes, known([])).every(({ mayDo }) => mayDo === "no")).toBe(true);
    expect(accessTo(changes, unknown("no-right")).every(({ mayDo }) => mayDo === "unknown")).toBe(true);
  });

  test("only the scopes that the changes need are asked for", async () => {
    const desired = wish();
    const changes = plan(desired, await session(new GraphModel(emptyTenant()), desired).read());
    const role = changes.filter(({ id }) => id === "assign-role");
    expect(scopesFor(role)).toEqual(["RoleManagement.ReadWrite.Directory"]);
  });
});

test.each([
  ["the key itself", { key: certificate.der }],
  ["the thumbprint as hex", { customKeyIdentifier: certificate.sha1.toLowerCase() }],
  [
    "the thumbprint as base64",
    { customKeyIdentifier: Buffer.from(certificate.sha1, "hex").toString("base64") },
  ],
  ["the hex thumbprint as base64", { customKeyIdentifier: Buffer.from(certificate.sha1).toString("base64") }],
  [
    "the SHA-256 thumbprint",
    { customKeyIdentifier: Buffer.from(certificate.sha256, "hex").toString("base64") },
  ],
])("a key credential is recognised by %s", (_name, credential) => {
  expect(isCertificate(credential, certificate)).toBe(true);
  expect(isCertificate(credential, { sha1: "AA", sha256: "BB", der: "Zm9v" })).toBe(false);
});
