import { describe, expect, it } from "vitest";
import { errorOf, exchangeAppId, graphAppId, graphAs, practise, signIn, valuesOf } from "./support.ts";
import type { GraphAs } from "./support.ts";

const badGuid = "00000000-0000-4000-8000-000000000000";

describe("applications", () => {
  it("are created once for a unique name, and changed by the same request afterwards", async () => {
    const { practice } = await practise();
    const graph = await graphAs(practice, "alex");
    const upsert = (displayName: string, headers: Record<string, string>) =>
      graph("PATCH", "/applications(uniqueName='rollout-1')", { displayName }, headers);
    expect((await upsert("Rollout", {})).status).toBe(404);
    const created = await upsert("Rollout", { Prefer: "create-if-missing" });
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({
      displayName: "Rollout",
      uniqueName: "rollout-1",
      signInAudience: "AzureADMyOrg",
    });
    expect((await upsert("Renamed", { Prefer: "create-if-missing" })).status).toBe(204);
    expect(valuesOf(await graph("GET", "/applications")).map(({ displayName }) => displayName)).toEqual([
      "Renamed",
    ]);
    const byAppId = await graph(
      "GET",
      `/applications(appId='${String(created.body["appId"])}')?$select=id,uniqueName`,
    );
    expect(Object.keys(byAppId.body)).toEqual(["@odata.context", "id", "uniqueName"]);
    const change = await graph("PATCH", `/applications/${String(created.body["id"])}`, {
      uniqueName: "other",
    });
    expect(errorOf(change)).toMatchObject({ status: 400, code: "Request_BadRequest" });
  });

  it("keep their unique name while they are among the deleted items", async () => {
    const { practice } = await practise();
    const graph = await graphAs(practice, "alex");
    const upsert = () =>
      graph("PATCH", "/applications(uniqueName='x')", { displayName: "X" }, { Prefer: "create-if-missing" });
    const id = String((await upsert()).body["id"]);
    expect((await graph("DELETE", `/applications/${id}`)).status).toBe(204);
    expect(errorOf(await graph("GET", `/applications/${id}`))).toEqual({
      status: 404,
      code: "Request_ResourceNotFound",
      message: `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
    });
    expect(errorOf(await upsert()).message).toBe(
      "Another object with the same value for property uniqueName already exists.",
    );
    const deleted = await graph("GET", "/directory/deletedItems/microsoft.graph.application");
    expect(valuesOf(deleted).map((item) => item["id"])).toEqual([id]);
    expect((await graph("POST", `/directory/deletedItems/${id}/restore`)).status).toBe(200);
    expect((await upsert()).status).toBe(204);
    await graph("DELETE", `/applications/${id}`);
    expect((await graph("DELETE", `/directory/deletedItems/${id}`)).status).toBe(204);
    expect((await upsert()).status).toBe(201);
  });

  it("come back without their service principal, which is restored on its own", async () => {
    const { practice } = await practise();
    const graph = await graphAs(practice, "alex");
    const { id, appId } = (await graph("POST", "/applications", { displayName: "X" })).body as {
      id: string;
      appId: string;
    };
    const principalId = String((await graph("POST", "/servicePrincipals", { appId })).body["id"]);
    await graph("DELETE", `/applications/${id}`);
    expect((await graph("GET", `/servicePrincipals/${principalId}`)).status).toBe(404);
    const principals = "/directory/deletedItems/microsoft.graph.servicePrincipal";
    expect(valuesOf(await graph("GET", principals)).map((item) => item["id"])).toEqual([principalId]);
    const restored = await graph("POST", `/directory/deletedItems/${id}/restore`);
    expect(restored.body).toMatchObject({
      "@odata.type": "#microsoft.graph.application",
      id,
      appId,
      deletedDateTime: null,
    });
    expect((await graph("GET", `/servicePrincipals(appId='${appId}')`)).status).toBe(404);
    const fresh = await graph("POST", "/servicePrincipals", { appId });
    expect(fresh.status).toBe(201);
    const twin = errorOf(await graph("POST", `/directory/deletedItems/${principalId}/restore`));
    expect(twin).toMatchObject({ status: 409, code: "Request_MultipleObjectsWithSameKeyValue" });
    await graph("DELETE", `/servicePrincipals/${String(fresh.body["id"])}`);
    expect((await graph("POST", `/directory/deletedItems/${principalId}/restore`)).status).toBe(200);
    expect((await graph("GET", `/servicePrincipals(appId='${appId}')`)).body["id"]).toBe(principalId);
  });

  it("are deleted for good after 30 days, and free their unique name", async () => {
    const { practice, clock } = await practise();
    const graph = await graphAs(practice, "alex");
    const upsert = (as: GraphAs) =>
      as("PATCH", "/applications(uniqueName='x')", { displayName: "X" }, { Prefer: "create-if-missing" });
    const id = String((await upsert(graph)).body["id"]);
    await graph("DELETE", `/applications/${id}`);
    clock.forward(30 * 86_400_000);
    const later = await graphAs(practice, "alex");
    expect(valuesOf(await later("GET", "/directory/deletedItems/microsoft.graph.application"))).toEqual([]);
    expect((await later("POST", `/directory/deletedItems/${id}/restore`)).status).toBe(404);
    expect((await upsert(later)).status).toBe(201);
  });

  it("give the value of a key only for one object and only when asked", async () => {
    const { practice } = await practise({ sample: "same-name" });
    const graph = await graphAs(practice, "alex");
    const id = practice.data.applications[0]?.id ?? "";
    const keyOf = (body: Record<string, unknown> | undefined) =>
      (body?.["keyCredentials"] as { key: string | null }[] | undefined)?.[0]?.key;
    expect(keyOf((await graph("GET", `/applications/${id}`)).body)).toBeNull();
    expect(keyOf((await graph("GET", `/applications/${id}?$select=keyCredentials`)).body)).toMatch(/^MII/);
    expect(keyOf(valuesOf(await graph("GET", "/applications?$select=keyCredentials"))[0])).toBeNull();
  });

  it("lose keys that an update leaves out, and keep those that come back by their keyId alone", async () => {
    const { practice } = await practise({ sample: "same-name" });
    const graph = await graphAs(practice, "alex");
    const [application] = practice.data.applications;
    const id = application?.id ?? "";
    const before = application?.keyCredentials[0];
    const back = { ...before, key: null };
    expect((await graph("PATCH", `/applications/${id}`, { keyCredentials: [back] })).status).toBe(204);
    expect(application?.keyCredentials).toEqual([before]);
    const longer = { ...back, endDateTime: "2030-01-01T00:00:00Z" };
    expect(
      errorOf(await graph("PATCH", `/applications/${id}`, { keyCredentials: [longer] })).message,
    ).toMatch(/^Update to existing credential with KeyId '.+' is not allowed\.$/);
    expect((await graph("PATCH", `/applications/${id}`, { keyCredentials: [] })).status).toBe(204);
    expect(application?.keyCredentials).toEqual([]);
  });

  it("refuse keys that are no base64, end after their certificate, or live longer than the policy allows", async () => {
    const { practice } = await practise({ sample: "strict-policy" });
    const graph = await graphAs(practice, "alex");
    const { body } = await graph("POST", "/applications", { displayName: "App" });
    const stranger = (await practise({ sample: "same-name" })).practice.data.applications[0]
      ?.keyCredentials[0];
    const set = async (more: object) =>
      errorOf(
        await graph("PATCH", `/applications/${String(body["id"])}`, {
          keyCredentials: [{ type: "AsymmetricX509Cert", usage: "Verify", key: stranger?.key, ...more }],
        }),
      );
    expect((await set({ key: "a-b_" })).message).toContain("Edm.Binary");
    expect(await set({ endDateTime: "2040-01-01T00:00:00Z" })).toMatchObject({
      code: "KeyCredentialsInvalidEndDate",
    });
    expect(await set({})).toMatchObject({ status: 400, code: "CredentialInvalidLifetimeAsPerAppPolicy" });
    expect(await set({ endDateTime: "2027-04-01T00:00:00Z" })).toMatchObject({ code: "" });
    const policy = await graph("GET", "/policies/defaultAppManagementPolicy");
    expect(policy.body).toMatchObject({
      isEnabled: true,
      applicationRestrictions: {
        keyCredentials: [{ restrictionType: "asymmetricKeyLifetime", maxLifetime: "P180D" }],
      },
    });
    expect(valuesOf(await graph("GET", `/applications/${String(body["id"])}/appManagementPolicies`))).toEqual(
      [],
    );
  });

  it.each([
    [{ displayName: "A", colour: "red" }, "Invalid property 'colour'."],
    [{ displayName: "A", appId: badGuid }, "Property 'appId' is read-only and cannot be set."],
    [{ description: "A" }, "A value is required for property 'displayName' of resource 'Application'."],
    [{ displayName: 5 }, "Cannot convert the literal '5' to the expected type 'Edm.String'."],
    [{ displayName: "A", web: { colour: "red" } }, "Invalid property 'colour'."],
    [
      { displayName: "A", signInAudience: "Everybody" },
      "Invalid value specified for property 'signInAudience' of resource 'Application'.",
    ],
  ])("are refused for the body %j", async (body, message) => {
    const { practice } = await practise();
    const graph = await graphAs(practice, "alex");
    const answer = await graph("POST", "/applications", body);
    expect(errorOf(answer)).toEqual({ status: 400, code: "Request_BadRequest", message });
    expect(answer.body["error"]).toMatchObject({
      innerError: {
        date: "2026-11-24T10:00:00",
        "request-id": answer.headers.get("request-id"),
        "client-request-id": answer.headers.get("client-request-id"),
      },
    });
    expect(practice.data.applications).toEqual([]);
  });
});

describe("queries", () => {
  it.each([
    ["displayName eq 'Microsoft Graph'", ["Microsoft Graph"]],
    ["startswith(displayName,'micro')", ["Microsoft Graph"]],
    [`appId eq '${exchangeAppId}' or displayName eq 'x'`, ["Office 365 Exchange Online"]],
    [`appId in ('${exchangeAppId}','${graphAppId}')`, ["Microsoft Graph", "Office 365 Exchange Online"]],
    ["servicePrincipalNames/any(n:n eq 'https://graph.microsoft.com')", ["Microsoft Graph"]],
    ["(accountEnabled eq true) and startsWith(displayName, 'Office')", ["Office 365 Exchange Online"]],
    ["displayName eq 'O''Neill'", []],
  ])("filter by %s", async (filter, names) => {
    const { practice } = await practise();
    const graph = await graphAs(practice, "alex");
    const answer = await graph("GET", `/servicePrincipals?$filter=${encodeURIComponent(filter)}`);
    const found = valuesOf(answer).map(({ displayName }) => displayName);
    expect(found.filter((name) => name !== "Microsoft Graph Command Line Tools")).toEqual(names);
  });

  it.each([
    [
      "/applications?$select=colour",
      "BadRequest",
      /Could not find a property named 'colour' on type 'microsoft.graph.application'/,
    ],
    [
      "/applications?$filter=colour eq 'red'",
      "Request_UnsupportedQuery",
      /Could not find a property named 'colour'/,
    ],
    [
      "/servicePrincipals?$filter=appRoleAssignmentRequired eq true",
      "Request_UnsupportedQuery",
      /^Unsupported or invalid query filter clause specified for property 'appRoleAssignmentRequired'/,
    ],
    [
      "/applications?$filter=displayName ne 'x'",
      "Request_UnsupportedQuery",
      /^Operator 'ne' is not supported .*ConsistencyLevel:eventual/,
    ],
    ["/applications?$filter=displayName eq", "Request_UnsupportedQuery", /^Invalid filter clause/],
    ["/applications?$expand=owners", "Request_UnsupportedQuery", /'\$expand' is not supported/],
    ["/me?$expand=manager", "Request_UnsupportedQuery", /'\$expand' is not supported/],
    ["/applications?$skip=5", "Request_BadRequest", /'\$skip' is not supported/],
    ["/applications?$colour=red", "BadRequest", /'\$colour' is not supported/],
    ["/applications?$top=5000", "Request_UnsupportedQuery", /^Invalid page size/],
    ['/applications?$search="displayName:x"', "Request_UnsupportedQuery", /ConsistencyLevel: eventual/],
    ["/me/transitiveMemberOf/microsoft.graph.directoryRole", "Request_UnsupportedQuery", /ConsistencyLevel/],
    ["/colours", "BadRequest", /^Resource not found for the segment 'colours'/],
  ])("refuse %s as Graph does", async (path, code, message) => {
    const { practice } = await practise();
    const answer = errorOf(await (await graphAs(practice, "alex"))("GET", path));
    expect(answer).toMatchObject({ status: 400, code });
    expect(answer.message).toMatch(message);
  });

  it("page through a collection with $top and the next link", async () => {
    const { practice } = await practise();
    const graph = await graphAs(practice, "alex");
    const first = await graph("GET", "/servicePrincipals?$top=2&$select=displayName");
    expect(valuesOf(first)).toHaveLength(2);
    const link = new URL(String(first.body["@odata.nextLink"]));
    const second = await graph("GET", `${link.pathname.replace("/v1.0", "")}${link.search}`);
    expect(valuesOf(second)).toHaveLength(1);
    expect(second.body).not.toHaveProperty("@odata.nextLink");
  });

  it("give the own directory roles with the advanced query headers", async () => {
    const { practice } = await practise();
    const path =
      "/me/transitiveMemberOf/microsoft.graph.directoryRole?$select=id,displayName,roleTemplateId&$count=true";
    const rolesOf = async (name: "pia" | "uma") =>
      valuesOf(
        await (
          await graphAs(practice, name, ["User.Read"])
        )("GET", path, undefined, { ConsistencyLevel: "eventual" }),
      );
    expect((await rolesOf("pia")).map(({ displayName }) => displayName)).toEqual([
      "Privileged Role Administrator",
    ]);
    expect(await rolesOf("uma")).toEqual([]);
  });

  it("give of the organization with User.Read alone only name and domains", async () => {
    const { practice } = await practise();
    const read = async (scopes: string[]) =>
      valuesOf(
        await (
          await graphAs(practice, "alex", scopes)
        )("GET", "/organization?$select=id,tenantType,verifiedDomains"),
      )[0];
    const little = await read(["User.Read"]);
    expect(little).toMatchObject({ id: practice.data.tenantId, tenantType: null });
    expect(little?.["verifiedDomains"]).toContainEqual(
      expect.objectContaining({ name: practice.data.initialDomain, isInitial: true, isDefault: false }),
    );
    expect(await read(["Organization.Read.All"])).toMatchObject({ tenantType: "AAD" });
  });

  it("leave the context out for a client that wants no metadata", async () => {
    const { practice } = await practise();
    const { access_token: token } = await signIn(practice, "alex", ["User.Read"]);
    const request = new Request(`https://${practice.hosts.graph}/v1.0/myorganization/organization`, {
      headers: { Authorization: `Bearer ${String(token)}`, Accept: "application/json;odata.metadata=none" },
    });
    const response = await practice.handle(request);
    expect(Object.keys((await response.json()) as object)).toEqual(["value"]);
  });

  it("run in a batch with an answer for each, 20 at most", async () => {
    const { practice } = await practise();
    const graph = await graphAs(practice, "alex");
    const answer = await graph("POST", "/$batch", {
      requests: [
        { id: "1", method: "GET", url: "/organization" },
        { id: "2", method: "GET", url: "/applications/none" },
        { id: "3", method: "GET", url: "/me", dependsOn: ["2"] },
      ],
    });
    const responses = answer.body["responses"] as { status: number }[];
    expect(responses.map(({ status }) => status)).toEqual([200, 404, 424]);
    const many = Array.from({ length: 21 }, (_, id) => ({ id: String(id), method: "GET", url: "/me" }));
    expect(errorOf(await graph("POST", "/$batch", { requests: many })).code).toBe("MaximumValueExceeded");
  });
});
