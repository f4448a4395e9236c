import { Buffer } from "node:buffer";
import { beforeAll, describe, expect, it } from "vitest";
import { parseJwt } from "../../../main/practice/jwt.ts";
import { assertionOf, testCertificate } from "./certificates.ts";
import type { AssertionPlan, TestCertificate } from "./certificates.ts";
import {
  commandLineTools,
  exchangeAppId,
  graphAs,
  graphWith,
  post,
  practise,
  resourceOf,
} from "./support.ts";

let ours: TestCertificate;
let others: TestCertificate;
let expired: TestCertificate;
beforeAll(() => {
  ours = testCertificate("Rollout");
  others = testCertificate("Somebody else");
  expired = testCertificate("Expired", "2025-01-01T00:00:00Z", "2026-01-01T00:00:00Z");
});

const manageAsApp = "dc50a0fb-09a3-484d-be87-e023b12c6440";
const exchangeAdministrator = "29232cdf-9323-42fd-ade2-1d097af3e4de";

/** A tenant with the application, its service principal and its certificate, nothing granted. */
async function prepared() {
  const { practice, clock } = await practise();
  const graph = await graphAs(practice, "alex");
  const created = await graph("POST", "/applications", {
    displayName: "Rollout",
    keyCredentials: [ours, expired].map(({ key }) => ({ type: "AsymmetricX509Cert", usage: "Verify", key })),
  });
  const { id, appId } = created.body as { id: string; appId: string };
  const principal = (await graph("POST", "/servicePrincipals", { appId })).body as { id: string };
  const endpoint = `https://${practice.hosts.login}/${practice.data.tenantId}/oauth2/v2.0/token`;
  const assertion = (plan: Partial<AssertionPlan> = {}) =>
    assertionOf({ certificate: ours, clientId: appId, audience: endpoint, now: clock.now(), ...plan });
  const token = (clientAssertion = assertion(), more: Record<string, string> = {}) =>
    post(practice, {
      grant_type: "client_credentials",
      client_id: appId,
      scope: `https://${practice.hosts.exchange}/.default`,
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
      client_assertion: clientAssertion,
      ...more,
    });
  return { practice, clock, graph, id, appId, principalId: principal.id, assertion, token };
}

describe("a token for the application itself", () => {
  it("is given for an assertion signed with PS256 or RS256 by an uploaded certificate", async () => {
    const { token, assertion, practice, principalId, appId } = await prepared();
    for (const alg of ["PS256", "RS256"] as const) {
      const answer = await token(assertion({ alg }));
      expect(answer.status).toBe(200);
      const claims = parseJwt(String(answer.body["access_token"]))?.claims;
      expect(claims).toMatchObject({
        aud: `https://${practice.hosts.exchange}`,
        appid: appId,
        oid: principalId,
        idtyp: "app",
        appidacr: "2",
        tid: practice.data.tenantId,
      });
      expect(claims).not.toHaveProperty("roles");
      expect(claims).not.toHaveProperty("wids");
    }
  });

  it("carries the granted permission and directory role only when it is made after the grant", async () => {
    const { token, graph, practice, principalId } = await prepared();
    const before = (await token()).body["access_token"];
    const exchange = resourceOf(practice, exchangeAppId);
    await graph("POST", `/servicePrincipals/${principalId}/appRoleAssignments`, {
      principalId,
      resourceId: exchange.id,
      appRoleId: manageAsApp,
    });
    const granted = (await token()).body["access_token"];
    await graph("POST", "/roleManagement/directory/roleAssignments", {
      principalId,
      roleDefinitionId: exchangeAdministrator,
      directoryScopeId: "/",
    });
    const both = (await token()).body["access_token"];
    expect(parseJwt(String(both))?.claims).toMatchObject({
      roles: ["Exchange.ManageAsApp"],
      wids: [exchangeAdministrator],
    });

    const invoke = async (accessToken: unknown) => {
      const url = `https://eurprd.${practice.hosts.exchange}/adminapi/beta/${practice.data.tenantId}/InvokeCommand`;
      const request = new Request(url, {
        method: "POST",
        headers: { Authorization: `Bearer ${String(accessToken)}`, "Content-Type": "application/json" },
        body: JSON.stringify({ CmdletInput: { CmdletName: "Get-OrganizationConfig", Parameters: {} } }),
      });
      return practice.handle(request);
    };
    expect((await invoke(before)).status).toBe(401);
    expect((await invoke(granted)).status).toBe(403);
    const answer = await invoke(both);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ value: [{ Name: practice.data.initialDomain }] });

    const moduleFile = await practice.handle(
      new Request(
        `https://${practice.hosts.exchange}/AdminApi/v1.0/${practice.data.tenantId}/EXOModuleFile`,
        {
          headers: { Authorization: `Bearer ${String(both)}` },
        },
      ),
    );
    expect(moduleFile.status).toBe(302);
    expect(moduleFile.headers.get("Location")).toContain(`https://eurprd.${practice.hosts.exchange}/`);
  });

  it("lets an application use Graph with its application permissions", async () => {
    const { token, practice, principalId } = await prepared();
    const graph = resourceOf(practice, "00000003-0000-0000-c000-000000000000");
    const role = graph.appRoles.find(({ value }) => value === "Application.Read.All");
    practice.data.appRoleAssignments.push({
      id: "grant",
      principalId,
      resourceId: graph.id,
      appRoleId: role?.id ?? "",
    });
    const scope = { scope: `https://${practice.hosts.graph}/.default` };
    const asApp = graphWith(practice, (await token(undefined, scope)).body["access_token"]);
    expect((await asApp("GET", "/applications")).status).toBe(200);
    expect((await asApp("POST", "/applications", { displayName: "Other" })).status).toBe(403);
  });

  it.each<[string, number, string, (tools: Awaited<ReturnType<typeof prepared>>) => Partial<AssertionPlan>]>([
    ["a certificate that was not uploaded", 700027, "invalid_client", () => ({ certificate: others })],
    [
      "another key under the thumbprint of ours",
      50012,
      "invalid_client",
      () => ({ certificate: { ...ours, privateKey: others.privateKey } }),
    ],
    ["a certificate that has expired", 1000502, "invalid_client", () => ({ certificate: expired })],
    ["another audience", 700023, "invalid_client", () => ({ audience: "https://login.example/token" })],
    ["another issuer", 700021, "invalid_client", () => ({ claims: { iss: commandLineTools } })],
    ["another subject", 700022, "invalid_client", () => ({ claims: { sub: commandLineTools } })],
    ["an assertion that has expired", 700024, "invalid_client", () => ({ claims: { nbf: 0, exp: 1000 } })],
    [
      "an assertion of a clock that is ahead",
      700024,
      "invalid_client",
      ({ clock }) => ({ claims: { nbf: clock.now().getTime() / 1000 + 3600, exp: 1e10 } }),
    ],
    ["no jti", 50027, "invalid_client", () => ({ claims: { jti: undefined } })],
    ["an algorithm without a signature", 5002738, "invalid_client", () => ({ header: { alg: "none" } })],
  ])("is refused for %s", async (_, code, error, planOf) => {
    const tools = await prepared();
    const answer = await tools.token(tools.assertion(planOf(tools)));
    expect(answer.body).toMatchObject({ error, error_codes: [code] });
    expect(answer.status).toBe(401);
    expect(answer.body["error_description"]).toContain(`AADSTS${code}: `);
  });

  it("is refused when the assertion was changed after signing, or names its certificate in another form", async () => {
    const { token, assertion, appId } = await prepared();
    const [header = "", claims = "", signature = ""] = assertion().split(".");
    const read = JSON.parse(Buffer.from(claims, "base64url").toString()) as { exp: number };
    const longer = Buffer.from(JSON.stringify({ ...read, exp: read.exp + 3600 })).toString("base64url");
    const changed = await token([header, longer, signature].join("."));
    expect(changed.body).toMatchObject({ error: "invalid_client", error_codes: [50012] });

    const sha1 = Buffer.from(ours.sha1, "hex").toString("base64url");
    const hex = ours.sha256.toUpperCase();
    for (const thumbprint of [sha1, hex]) {
      const named = await token(assertion({ header: { "x5t#S256": thumbprint } }));
      expect(named.body).toMatchObject({ error: "invalid_client", error_codes: [700027] });
    }
    // A signature with RS256 does not pass as one with PS256.
    const [, , rs256 = ""] = assertion({ alg: "RS256", claims: { jti: "same" } }).split(".");
    const [psHeader = "", psClaims = ""] = assertion({ claims: { jti: "same" } }).split(".");
    const mixed = await token([psHeader, psClaims, rs256].join("."));
    expect(mixed.body["error_codes"]).toEqual([50012]);
    expect((await token(assertion(), { client_id: appId })).status).toBe(200);
  });

  it("knows a new certificate, permission and role a little later than Graph", async () => {
    const { practice, clock, graph, id, token, assertion, principalId } = await prepared();
    practice.setLag({ reads: 0, ms: 5000 });
    const [first, second] = practice.data.applications[0]?.keyCredentials ?? [];
    const key = { type: "AsymmetricX509Cert", usage: "Verify", key: others.key };
    await graph("PATCH", `/applications/${id}`, { keyCredentials: [first, second, key] });
    await graph("POST", "/roleManagement/directory/roleAssignments", {
      principalId,
      roleDefinitionId: exchangeAdministrator,
      directoryScopeId: "/",
    });
    const byNewKey = () => token(assertion({ certificate: others }));
    expect((await byNewKey()).body["error_codes"]).toEqual([700027]);
    expect(parseJwt(String((await token()).body["access_token"]))?.claims).not.toHaveProperty("wids");
    clock.forward(5000);
    const claims = parseJwt(String((await byNewKey()).body["access_token"]))?.claims;
    expect(claims?.["wids"]).toEqual([exchangeAdministrator]);
  });

  it("refuses a changed assertion with a used jti, but takes the very same one again as MSAL sends it", async () => {
    const { token, assertion } = await prepared();
    const first = assertion({ claims: { jti: "one" } });
    expect((await token(first)).status).toBe(200);
    expect((await token(first)).status).toBe(200);
    expect((await token(assertion({ claims: { jti: "one" } }))).body["error_codes"]).toEqual([50013]);
  });

  it("names what is wrong with the request, the application, the resource or the tenant", async () => {
    const { token, practice, appId, graph, principalId } = await prepared();
    const codes = async (answer: ReturnType<typeof token>) => (await answer).body["error_codes"];
    expect(await codes(token(undefined, { scope: "https://nothing.example/.default" }))).toEqual([500011]);
    expect(await codes(token(undefined, { scope: "Exchange.ManageAsApp" }))).toEqual([1002012]);
    expect(await codes(token(undefined, { client_id: practice.data.tenantId }))).toEqual([700016]);
    expect(await codes(token(undefined, { client_id: commandLineTools }))).toEqual([700025]);
    expect(await codes(token(undefined, { client_secret: "x" }))).toEqual([7000215]);
    const bare = { grant_type: "client_credentials", client_id: appId };
    expect((await post(practice, bare)).body["error_codes"]).toEqual([7000218]);
    await graph("PATCH", `/servicePrincipals/${principalId}`, { accountEnabled: false });
    expect(await codes(token())).toEqual([7000112]);
    await graph("DELETE", `/servicePrincipals/${principalId}`);
    expect(await codes(token())).toEqual([7000229]);
  });
});
