import { describe, expect, it } from "vitest";
import { errorOf, graphAs, practise } from "./support.ts";

const eventual = { ConsistencyLevel: "eventual" };

/** A tenant in which every kind of object exists, and the address of one of each. */
async function populated() {
  const application = { displayName: "IAM.cloud Exchange Online", uniqueName: "rollout-1" };
  const { practice } = await practise({ sample: "drifted", application });
  const graph = await graphAs(practice, "alex");
  const { body: other } = await graph("POST", "/applications", { displayName: "Other" });
  await graph("POST", "/servicePrincipals", { appId: other["appId"] });
  await graph("DELETE", `/applications/${String(other["id"])}`);
  const { data } = practice;
  const own = data.applications[0];
  const principal = data.servicePrincipals.find(({ appId }) => appId === own?.appId);
  const at = {
    application: `/applications/${own?.id}`,
    principal: `/servicePrincipals/${principal?.id}`,
    roleGrant: `/servicePrincipals/${principal?.id}/appRoleAssignments`,
    grant: `/oauth2PermissionGrants/${data.permissionGrants.find(({ clientId }) => clientId === principal?.id)?.id}`,
    assignment: `/roleManagement/directory/roleAssignments/${data.roleAssignments[0]?.id}`,
    deleted: `/directory/deletedItems/${String(other["id"])}`,
  };
  return { practice, graph, at };
}

type At = Awaited<ReturnType<typeof populated>>["at"];

/** Every address that can be read; "one" gives a single object. */
const reads: readonly (readonly [what: "one" | "many", path: (at: At) => string])[] = [
  ["many", () => "/organization"],
  ["one", () => "/me"],
  ["many", () => "/me/transitiveMemberOf"],
  ["many", () => "/me/memberOf"],
  ["many", () => "/applications"],
  ["one", (at) => at.application],
  ["one", () => "/applications(uniqueName='rollout-1')"],
  ["many", (at) => `${at.application}/appManagementPolicies`],
  ["many", () => "/servicePrincipals"],
  ["one", (at) => at.principal],
  ["many", () => "/servicePrincipals(appId='00000002-0000-0ff1-ce00-000000000000')/appRoles"],
  ["many", () => "/servicePrincipals(appId='00000002-0000-0ff1-ce00-000000000000')/oauth2PermissionScopes"],
  ["many", (at) => at.roleGrant],
  ["many", () => "/servicePrincipals(appId='00000003-0000-0000-c000-000000000000')/appRoleAssignedTo"],
  ["many", (at) => `${at.principal}/oauth2PermissionGrants`],
  ["many", () => "/oauth2PermissionGrants"],
  ["one", (at) => at.grant],
  ["many", () => "/roleManagement/directory/roleAssignments"],
  ["one", (at) => at.assignment],
  ["many", () => "/roleManagement/directory/roleDefinitions"],
  ["one", () => "/roleManagement/directory/roleDefinitions/29232cdf-9323-42fd-ade2-1d097af3e4de"],
  ["one", () => "/policies/defaultAppManagementPolicy"],
  ["many", () => "/directory/deletedItems/microsoft.graph.application"],
  ["many", () => "/directory/deletedItems/microsoft.graph.servicePrincipal"],
  ["one", (at) => at.deleted],
];

describe("every address that can be read", () => {
  it("gives what Microsoft's metadata describes, and something of it", async () => {
    const { graph, at } = await populated();
    for (const [what, path] of reads) {
      // Each answer is checked against the metadata by the caller itself.
      const answer = await graph("GET", path(at));
      expect({ path: path(at), status: answer.status }).toEqual({ path: path(at), status: 200 });
      const value = answer.body["value"];
      if (what === "many" && !path(at).endsWith("/appManagementPolicies")) expect(value).not.toEqual([]);
    }
  });

  it.each([
    ["$select=colour", "BadRequest", /Could not find a property named 'colour'/],
    ["$expand=owners", "Request_UnsupportedQuery", /'\$expand' is not supported/],
    ["$skip=1", "Request_BadRequest", /'\$skip' is not supported/],
    ["$colour=red", "BadRequest", /'\$colour' is not supported/],
  ])("refuses %s with Graph's own 400", async (query, code, message) => {
    const { graph, at } = await populated();
    for (const [, path] of reads) {
      const error = errorOf(await graph("GET", `${path(at)}?${query}`));
      expect({ path: path(at), ...error }).toMatchObject({ path: path(at), status: 400, code });
      expect(error.message).toMatch(message);
    }
  });

  it.each(["$filter=colour eq 'red'", "$orderby=colour", "$search=colour", "$top=0"])(
    "refuses %s of a collection, and of a single object at all",
    async (query) => {
      const { graph, at } = await populated();
      for (const [what, path] of reads) {
        const answer = errorOf(await graph("GET", `${path(at)}?${query}`, undefined, eventual));
        expect({ what, path: path(at), ...answer }).toMatchObject({ what, path: path(at), status: 400 });
      }
    },
  );
});

/** Every address that can be written, with a body that is allowed. */
const writes: readonly (readonly [method: string, path: (at: At) => string, body: object])[] = [
  ["POST", () => "/applications", { displayName: "New" }],
  ["PATCH", (at) => at.application, { displayName: "New" }],
  ["PATCH", () => "/applications(uniqueName='rollout-1')", { displayName: "New" }],
  ["POST", () => "/servicePrincipals", { appId: "00000000-0000-4000-8000-000000000000" }],
  ["PATCH", (at) => at.principal, { tags: [] }],
  ["POST", (at) => at.roleGrant, {}],
  ["POST", () => "/oauth2PermissionGrants", {}],
  ["PATCH", (at) => at.grant, { scope: "openid" }],
  ["POST", () => "/roleManagement/directory/roleAssignments", {}],
];

describe("every address that can be written", () => {
  it("refuses a property that does not exist with Graph's own 400, and changes nothing", async () => {
    const { practice, graph, at } = await populated();
    const before = JSON.stringify(practice.data);
    for (const [method, path, body] of writes) {
      const error = errorOf(await graph(method, path(at), { ...body, colour: "red" }));
      expect({ path: path(at), ...error }).toEqual({
        path: path(at),
        status: 400,
        code: "Request_BadRequest",
        message: "Invalid property 'colour'.",
      });
    }
    expect(JSON.stringify(practice.data)).toBe(before);
  });

  it("refuses the identifier, which only the directory gives", async () => {
    const { graph, at } = await populated();
    for (const [method, path, body] of writes) {
      const error = errorOf(await graph(method, path(at), { ...body, id: "mine" }));
      expect({ path: path(at), ...error }).toMatchObject({ path: path(at), status: 400 });
      expect(error.message).toContain("'id'");
    }
  });
});
