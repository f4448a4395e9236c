import { describe, expect, it } from "vitest";
import { parseJwt } from "../../../main/practice/jwt.ts";
import { answerOn, browserOf } from "./browser.ts";
import {
  authorizeUrl,
  commandLineTools,
  graphAs,
  graphWith,
  personNamed,
  post,
  practise,
  redeem,
  signIn,
  verifier,
} from "./support.ts";

const claimsOf = (token: unknown) => parseJwt(String(token))?.claims ?? {};

describe("signing in to the practice tenant", () => {
  it("shows every account with its roles, marked as practice", async () => {
    const { practice } = await practise();
    const page = await browserOf(practice).load(authorizeUrl(practice));
    expect(page.text).toContain("Practice tenant: nothing here is real");
    expect(page.forms.map(({ button }) => button)).toEqual([
      expect.stringContaining("Roles: Global Administrator"),
      expect.stringContaining("Roles: Privileged Role Administrator"),
      expect.stringContaining("Roles: Cloud Application Administrator"),
      expect.stringContaining("No directory role"),
      expect.stringContaining("Blocked by conditional access"),
    ]);
    const german = await browserOf(practice, "de-DE,de;q=0.9").load(authorizeUrl(practice));
    expect(german.text).toContain("Übungsmandant");
  });

  it("posts code and state to the client and gives signed tokens for the code", async () => {
    const { practice, clock } = await practise();
    const tokens = await signIn(practice, "alex", ["User.Read"]);
    const claims = claimsOf(tokens["access_token"]);
    const alex = personNamed(practice, "alex");
    expect(claims).toMatchObject({
      aud: `https://${practice.hosts.graph}`,
      tid: practice.data.tenantId,
      oid: alex.id,
      appid: commandLineTools,
      scp: "User.Read openid profile",
      iat: clock.now().getTime() / 1000,
    });
    expect(claims["wids"]).toContain("62e90394-69f5-4237-9190-012177145e10");
    expect(claimsOf(tokens["id_token"])).toMatchObject({
      aud: commandLineTools,
      preferred_username: alex.userPrincipalName,
      iss: `https://${practice.hosts.login}/${practice.data.tenantId}/v2.0`,
    });
  });

  it("needs the verifier of the challenge, and takes a code once", async () => {
    const { practice } = await practise();
    const browser = browserOf(practice);
    const start = await browser.load(authorizeUrl(practice));
    const consent = await browser.press(start, "uma@");
    const { code = "", state } = answerOn(await browser.press(consent, "Accept"));
    expect(state).toBe("the-state");
    const wrong = await redeem(practice, code, { code_verifier: "x".repeat(43) });
    expect(wrong.body).toMatchObject({ error: "invalid_grant", error_codes: [501481] });
    expect((await redeem(practice, code)).status).toBe(200);
    const again = await redeem(practice, code);
    expect(again.status).toBe(400);
    expect(again.body).toMatchObject({ error: "invalid_grant", error_codes: [54005] });
    expect(again.body["error_description"]).toMatch(
      /^AADSTS54005: .+ Trace ID: [\da-f-]{36} Correlation ID: [\da-f-]{36} Timestamp: 2026-11-24 10:00:00Z$/,
    );
    expect(again.body).toHaveProperty("trace_id");
    expect(again.body).toHaveProperty("correlation_id");
    expect(again.body["timestamp"]).toBe("2026-11-24 10:00:00Z");
  });

  it("tells the client that the person cancelled at the consent", async () => {
    const { practice } = await practise();
    const browser = browserOf(practice);
    const consent = await browser.press(await browser.load(authorizeUrl(practice)), "alex@");
    const answer = answerOn(await browser.press(consent, "Cancel"));
    expect(answer).toMatchObject({ error: "access_denied", error_subcode: "cancel", state: "the-state" });
    expect(answer["error_description"]).toMatch(/^AADSTS65004: /);
  });

  it("lets nobody without an administrative role consent to what admins must consent to", async () => {
    const { practice } = await practise();
    const browser = browserOf(practice);
    const scope = "openid offline_access Application.ReadWrite.All";
    const page = await browser.press(await browser.load(authorizeUrl(practice, { scope })), "uma@");
    expect(page.text).toContain("Need admin approval");
    expect(answerOn(await browser.press(page, "Back to the app"))["error_description"]).toMatch(
      /^AADSTS90094: /,
    );
  });

  it("stops an account at conditional access, in the browser and at each renewal", async () => {
    const { practice } = await practise();
    const browser = browserOf(practice);
    const page = await browser.press(await browser.load(authorizeUrl(practice)), "bela@");
    expect(page.text).toContain("AADSTS53003");
    const answer = answerOn(await browser.press(page, "Back to the app"));
    expect(answer).toMatchObject({ error: "access_denied" });
    const tokens = await signIn(practice, "alex", ["User.Read"]);
    personNamed(practice, "alex").blocked = true;
    const renewed = await post(practice, {
      grant_type: "refresh_token",
      client_id: commandLineTools,
      refresh_token: String(tokens["refresh_token"]),
      scope: "User.Read",
    });
    expect(renewed.body).toMatchObject({
      error: "invalid_grant",
      error_codes: [53003],
      suberror: "message_only",
    });
    expect(JSON.parse(String(renewed.body["claims"]))).toHaveProperty("access_token.capolids");
  });

  it("keeps errors in the browser when the client or its address is not known", async () => {
    const { practice } = await practise();
    const browser = browserOf(practice);
    const client = await browser.load(authorizeUrl(practice, { client_id: practice.data.tenantId }));
    expect(client.text).toContain("AADSTS700016");
    const address = await browser.load(authorizeUrl(practice, { redirect_uri: "https://evil.example" }));
    expect(address.text).toContain("AADSTS50011");
    expect(address.forms).toEqual([]);
    const scope = await browser.load(authorizeUrl(practice, { scope: "Application.Everything" }));
    expect(scope.text).toContain("AADSTS650053");
  });

  it("takes a plain code challenge as well, refuses one of the wrong size, and tokens only by POST", async () => {
    const { practice } = await practise();
    const browser = browserOf(practice);
    const plain = { code_challenge: verifier, code_challenge_method: "plain" };
    let page = await browser.press(await browser.load(authorizeUrl(practice, plain)), "alex@");
    page = await browser.press(page, "Accept");
    expect((await redeem(practice, answerOn(page)["code"] ?? "")).status).toBe(200);
    const short = await browser.load(authorizeUrl(practice, { code_challenge: "short" }));
    expect(short.text).toContain("AADSTS501491: Invalid size of Code_Challenge parameter.");
    const endpoint = `https://${practice.hosts.login}/common/oauth2/v2.0/token`;
    const answer = await practice.handle(new Request(endpoint));
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain("AADSTS900561");
    const nowhere = new Request(`https://${practice.hosts.login}/common/oauth2/v2.0/nowhere`);
    expect((await practice.handle(nowhere)).status).toBe(404);
  });

  it("refuses Azure CLI scopes that Microsoft did not authorize beforehand", async () => {
    const { practice } = await practise();
    const browser = browserOf(practice);
    const url = authorizeUrl(practice, { client_id: "04b07795-8ddb-461a-bbee-02f9e1bf7b46" });
    expect((await browser.press(await browser.load(url), "alex@")).text).toContain("AADSTS65002");
  });

  it("asks for consent before a refresh token gives more", async () => {
    const { practice } = await practise();
    const tokens = await signIn(practice, "alex", ["User.Read"]);
    const renew = (scope: string) =>
      post(practice, {
        grant_type: "refresh_token",
        client_id: commandLineTools,
        refresh_token: String(tokens["refresh_token"]),
        scope,
      });
    expect((await renew("Directory.Read.All")).body).toMatchObject({
      error: "invalid_grant",
      error_codes: [65001],
      suberror: "consent_required",
    });
    await signIn(practice, "alex", ["Directory.Read.All"]);
    expect(claimsOf((await renew("Directory.Read.All")).body["access_token"])["scp"]).toContain(
      "Directory.Read.All",
    );
  });

  it("never puts rights into a token that were granted after it was made", async () => {
    const { practice } = await practise();
    const uma = personNamed(practice, "uma");
    const alex = await graphAs(practice, "alex");
    // Her scopes were consented to for everybody; her roles are what is missing.
    for (const grant of practice.data.permissionGrants) {
      grant.consentType = "AllPrincipals";
      grant.principalId = null;
    }
    const before = await signIn(practice, "uma");
    const create = (tokens: Record<string, unknown>) =>
      graphWith(practice, tokens["access_token"])("POST", "/applications", { displayName: "App" });
    expect((await create(before)).status).toBe(403);
    const assigned = await alex("POST", "/roleManagement/directory/roleAssignments", {
      principalId: uma.id,
      roleDefinitionId: "158c047a-c907-4556-b7ef-446551a6b5f7",
      directoryScopeId: "/",
    });
    expect(assigned.status).toBe(201);
    expect((await create(before)).status).toBe(403);
    expect((await create(await signIn(practice, "uma"))).status).toBe(201);
  });

  it("knows no other tenant", async () => {
    const { practice } = await practise();
    const answer = await post(
      practice,
      { grant_type: "refresh_token" },
      "fabrikam.example/oauth2/v2.0/token",
    );
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ error: "invalid_request", error_codes: [90002] });
  });
});

describe("signing in with a code on another device", () => {
  async function start() {
    const { practice, clock } = await practise();
    const path = `${practice.data.tenantId}/oauth2/v2.0/devicecode`;
    const { body } = await post(practice, { client_id: commandLineTools, scope: "openid User.Read" }, path);
    const poll = () =>
      post(practice, {
        grant_type: "urn:ietf:params:oauth:grant-type:device_code",
        client_id: commandLineTools,
        device_code: String(body["device_code"]),
      });
    return { practice, clock, body, poll, browser: browserOf(practice) };
  }

  it("is pending until the code is entered and confirmed", async () => {
    const { body, poll, browser, practice } = await start();
    expect((await poll()).body).toMatchObject({ error: "authorization_pending", error_codes: [70016] });
    const entry = await browser.load(String(body["verification_uri"]));
    const wrong = await browser.press(entry, "Next", { user_code: "NONSENSE" });
    expect(wrong.text).toContain("That code didn’t work");
    const picker = await browser.press(wrong, "Next", { user_code: String(body["user_code"]).toLowerCase() });
    const confirm = await browser.press(picker, "pia@");
    expect(confirm.text).toContain("Are you trying to sign in to Microsoft Graph Command Line Tools?");
    expect((await browser.press(confirm, "Continue")).text).toContain("You have signed in");
    const answer = await poll();
    expect(claimsOf(answer.body["access_token"])["oid"]).toBe(personNamed(practice, "pia").id);
  });

  it("ends when the person declines, and when the time is over", async () => {
    const declined = await start();
    const entry = await declined.browser.load(String(declined.body["verification_uri"]));
    const picker = await declined.browser.press(entry, "Next", {
      user_code: String(declined.body["user_code"]),
    });
    await declined.browser.press(await declined.browser.press(picker, "pia@"), "Cancel");
    expect((await declined.poll()).body["error"]).toBe("authorization_declined");
    const expired = await start();
    expired.clock.forward(901_000);
    expect((await expired.poll()).body["error"]).toBe("expired_token");
  });
});
