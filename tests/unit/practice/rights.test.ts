import { describe, expect, it } from "vitest";
import {
  errorOf,
  exchangeAppId,
  graphAppId,
  graphAs,
  graphWith,
  personNamed,
  practise,
  resourceOf,
  signIn,
  valuesOf,
} from "./support.ts";

const badGuid = "00000000-0000-4000-8000-000000000000";

describe("grants and rights", () => {
  async function withPrincipal() {
    const { practice } = await practise();
    const graph = await graphAs(practice, "alex");
    const { body } = await graph("POST", "/applications", { displayName: "Rollout" });
    const principal = await graph("POST", "/servicePrincipals", { appId: body["appId"], tags: ["HideApp"] });
    const principalId = String(principal.body["id"]);
    const roleOf = (appId: string, value: string) =>
      resourceOf(practice, appId).appRoles.find((role) => role.value === value)?.id ?? "";
    const assignment = (appId: string, value: string) => ({
      principalId,
      resourceId: resourceOf(practice, appId).id,
      appRoleId: roleOf(appId, value),
    });
    return { practice, graph, principalId, appId: String(body["appId"]), assignment };
  }

  it("exist once: repeats are told as conflicts", async () => {
    const { graph, principalId, appId, assignment, practice } = await withPrincipal();
    const twice = async (path: string, body: object) => {
      expect((await graph("POST", path, body)).status).toBe(201);
      return errorOf(await graph("POST", path, body));
    };
    expect(
      await twice(
        `/servicePrincipals/${principalId}/appRoleAssignments`,
        assignment(exchangeAppId, "Exchange.ManageAsApp"),
      ),
    ).toEqual({
      status: 400,
      code: "Request_BadRequest",
      message: "Permission being assigned already exists on the object",
    });
    const resourceId = resourceOf(practice, graphAppId).id;
    const grant = {
      clientId: principalId,
      consentType: "AllPrincipals",
      principalId: null,
      resourceId,
      scope: "openid User.Read",
    };
    expect(await twice("/oauth2PermissionGrants", grant)).toMatchObject({
      status: 409,
      message: "Permission entry already exists.",
    });
    const role = {
      principalId,
      roleDefinitionId: "29232cdf-9323-42fd-ade2-1d097af3e4de",
      directoryScopeId: "/",
    };
    expect((await twice("/roleManagement/directory/roleAssignments", role)).message).toMatch(
      /^A conflicting object/,
    );
    expect(errorOf(await graph("POST", "/servicePrincipals", { appId }))).toMatchObject({ status: 409 });
    const seen = await graph("GET", `/oauth2PermissionGrants?$filter=clientId eq '${principalId}'`);
    expect(valuesOf(seen)).toHaveLength(1);
    const roles = await graph(
      "GET",
      `/roleManagement/directory/roleAssignments?$filter=principalId eq '${principalId}'`,
    );
    expect(valuesOf(roles)).toHaveLength(1);
    const to = await graph("GET", `/servicePrincipals(appId='${exchangeAppId}')/appRoleAssignedTo`);
    expect(valuesOf(to).map((item) => item["principalId"])).toEqual([principalId]);
  });

  it("refer only to what there is", async () => {
    const { graph, principalId, assignment } = await withPrincipal();
    const path = `/servicePrincipals/${principalId}/appRoleAssignments`;
    const good = assignment(exchangeAppId, "Exchange.ManageAsApp");
    expect(errorOf(await graph("POST", path, { ...good, appRoleId: badGuid })).message).toMatch(
      /^Permission being assigned was not found on application/,
    );
    expect(errorOf(await graph("POST", path, { ...good, resourceId: badGuid })).message).toBe(
      "Not a valid reference update.",
    );
    expect(errorOf(await graph("POST", "/servicePrincipals", { appId: badGuid })).message).toBe(
      `The appId '${badGuid}' of the service principal does not reference a valid application object.`,
    );
  });

  it("follow the roles of the person: what each admin may and may not do", async () => {
    const { practice, principalId, assignment } = await withPrincipal();
    for (const grant of practice.data.permissionGrants)
      Object.assign(grant, { consentType: "AllPrincipals", principalId: null });
    const attempts = {
      register: ["/applications", { displayName: "Another" }],
      exchangeRole: [
        `/servicePrincipals/${principalId}/appRoleAssignments`,
        assignment(exchangeAppId, "Exchange.ManageAsApp"),
      ],
      graphRole: [
        `/servicePrincipals/${principalId}/appRoleAssignments`,
        assignment(graphAppId, "MailboxSettings.ReadWrite"),
      ],
      scopes: [
        "/oauth2PermissionGrants",
        {
          clientId: principalId,
          consentType: "AllPrincipals",
          resourceId: resourceOf(practice, exchangeAppId).id,
          scope: "Exchange.Manage",
        },
      ],
      directoryRole: [
        "/roleManagement/directory/roleAssignments",
        { principalId, roleDefinitionId: "29232cdf-9323-42fd-ade2-1d097af3e4de", directoryScopeId: "/" },
      ],
    } as const;
    const table: Record<string, number[]> = {};
    for (const name of ["uma", "chris", "pia"] as const) {
      const graph = await graphAs(practice, name);
      practice.data.appRoleAssignments = [];
      practice.data.permissionGrants = practice.data.permissionGrants.filter(
        ({ clientId }) => clientId !== principalId,
      );
      table[name] = [];
      for (const [path, body] of Object.values(attempts)) {
        table[name].push((await graph("POST", path, body)).status);
      }
    }
    expect(table).toEqual({
      //      register, exchange role, graph role, scopes, directory role
      uma: [403, 403, 403, 403, 403],
      chris: [201, 201, 403, 201, 403],
      pia: [403, 201, 201, 201, 201],
    });
  });

  it("need the scope in the token as well as the role", async () => {
    const { practice, principalId } = await withPrincipal();
    const little = graphWith(practice, (await signIn(practice, "alex", ["User.Read"]))["access_token"]);
    practice.data.permissionGrants = [];
    const alone = graphWith(practice, (await signIn(practice, "alex", ["User.Read"]))["access_token"]);
    expect((await little("GET", "/applications")).status).toBe(200);
    expect(errorOf(await alone("GET", "/applications"))).toEqual({
      status: 403,
      code: "Authorization_RequestDenied",
      message: "Insufficient privileges to complete the operation.",
    });
    expect((await alone("DELETE", `/servicePrincipals/${principalId}`)).status).toBe(403);
  });

  it("let owners change what they registered, where users may register", async () => {
    const { practice } = await practise({ directory: { usersMayRegister: true } });
    const alex = await graphAs(practice, "alex");
    for (const grant of practice.data.permissionGrants)
      Object.assign(grant, { consentType: "AllPrincipals", principalId: null });
    const uma = await graphAs(practice, "uma");
    const own = (await uma("POST", "/applications", { displayName: "Own" })).body;
    const foreign = (await alex("POST", "/applications", { displayName: "Foreign" })).body;
    const rename = async (id: unknown) =>
      (await uma("PATCH", `/applications/${String(id)}`, { displayName: "New" })).status;
    expect(await rename(own["id"])).toBe(204);
    expect(await rename(foreign["id"])).toBe(403);
    expect(practice.data.owners[String(own["id"])]).toEqual([personNamed(practice, "uma").id]);
  });
});

describe("tokens at Graph", () => {
  it("are refused when absent, expired, altered or for another API, with Graph's challenge", async () => {
    const { practice, clock } = await practise();
    const { access_token: token } = await signIn(practice, "alex", ["User.Read"]);
    const me = (value: unknown) => graphWith(practice, value)("GET", "/me");
    expect((await me(token)).status).toBe(200);
    const altered = await me(`${String(token).slice(0, -6)}AAAAAA`);
    expect(errorOf(altered)).toMatchObject({ status: 401, code: "InvalidAuthenticationToken" });
    expect(altered.headers.get("WWW-Authenticate")).toContain(
      `authorization_uri="https://${practice.hosts.login}/common/oauth2/authorize"`,
    );
    const exchange = await signIn(practice, "alex", [`https://${practice.hosts.exchange}/Exchange.Manage`]);
    expect(errorOf(await me(exchange["access_token"])).message).toMatch(/Invalid audience/);
    clock.forward(4_000_000);
    expect(errorOf(await me(token)).message).toMatch(/the token is expired/);
  });
});
