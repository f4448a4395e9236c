import { generateKeyPairSync, verify } from "node:crypto";
import { describe, expect, test } from "vitest";
import { clouds } from "../../../main/guide/clouds.ts";
import { appOnlyToken } from "../../../main/identity/app-only.ts";
import { createIdentity, defaultClientId } from "../../../main/identity/identity.ts";
import type { IdentityConfig, IdentityPorts } from "../../../main/identity/identity.ts";
import { IdentityError } from "../../../main/identity/reasons.ts";
import { browser, fakeEntra, refused, tenantId } from "./fake-entra.ts";
import { memoryVault } from "./memory-vault.ts";

function identityWith(ports: Partial<IdentityPorts> = {}, config: Partial<IdentityConfig> = {}) {
  const entra = fakeEntra();
  const page = browser();
  const vault = memoryVault();
  const identity = createIdentity(
    { fetch: entra.fetch, openBrowser: page.open, vault, now: () => new Date(), ...ports },
    { setupId: "setup-1", cloud: clouds.global, tenantId, ...config },
  );
  return { identity, entra, page, vault };
}

const scopes = ["https://graph.microsoft.com/User.Read"];

/** What a rejected promise was rejected with. */
async function failureOf(work: Promise<unknown>): Promise<IdentityError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof IdentityError) return error;
    throw error;
  }
  throw new Error("It was expected to fail.");
}

describe("signing in with the browser", () => {
  test("gives the account, and tokens come from the cache afterwards", async () => {
    const { identity, entra, page } = identityWith();
    const account = await identity.signIn("browser", scopes);
    expect(account).toMatchObject({ username: "admin@contoso.org", tenantId });
    const [opened] = page.opened;
    expect(opened?.origin).toBe("https://login.microsoftonline.com");
    expect(opened?.searchParams.get("client_id")).toBe(defaultClientId);
    expect(opened?.searchParams.get("response_mode")).toBe("form_post");
    expect(opened?.searchParams.get("code_challenge_method")).toBe("S256");
    expect(opened?.searchParams.get("scope")).toContain(scopes[0]);
    const before = entra.posted.length;
    expect(await identity.getToken(scopes)).toBe("token-1");
    expect(entra.posted).toHaveLength(before);
    expect(await identity.getToken(scopes, { refresh: true })).toBe("token-2");
  });

  test("the cache is read for the first of many tokens, and again for whoever signs in next", async () => {
    const kept = memoryVault();
    let reads = 0;
    const get: typeof kept.get = (...where) => {
      reads += 1;
      return kept.get(...where);
    };
    const { identity } = identityWith({ vault: { ...kept, get } });
    await identity.signIn("browser", scopes);
    expect(await identity.getToken(scopes)).toBe("token-1");
    const before = reads;
    for (let request = 0; request < 5; request += 1) expect(await identity.getToken(scopes)).toBe("token-1");
    expect(reads).toBe(before);
    await identity.signIn("browser", scopes);
    expect(await identity.getToken(scopes)).toBe("token-2");
    expect(await identity.getToken(scopes, { refresh: true })).toBe("token-3");
    expect(await identity.getToken(scopes)).toBe("token-3");
  });

  test("the cache survives a restart and is empty after signing out, on the disk too", async () => {
    const { identity, vault, entra } = identityWith();
    await identity.signIn("browser", scopes);
    expect(vault.files.size).toBe(1);
    const restarted = identityWith({ vault, fetch: entra.fetch }).identity;
    expect(await restarted.accounts()).toHaveLength(1);
    expect(await restarted.getToken(scopes)).toBe("token-1");
    await restarted.signOut();
    expect(vault.files.size).toBe(0);
    expect(await restarted.accounts()).toEqual([]);
    expect((await failureOf(restarted.getToken(scopes))).reason).toBe("sign-in-needed");
  });

  test("where the vault keeps nothing, the sign-in lasts for this run", async () => {
    const refuse = async () => Promise.reject(new Error("the keychain is locked"));
    const problems: unknown[] = [];
    const vault = { get: refuse, put: refuse, remove: async () => undefined };
    const { identity } = identityWith({ vault, onProblem: (problem) => problems.push(problem) });
    await identity.signIn("browser", scopes);
    expect(await identity.getToken(scopes)).toBe("token-1");
    expect(await identity.getToken(scopes)).toBe("token-1");
    expect(problems.length).toBeGreaterThan(0);
    await identity.signOut();
    expect(await identity.accounts()).toEqual([]);
  });

  test("cancel ends the wait for the browser", async () => {
    const cancel = new AbortController();
    const { identity } = identityWith({ openBrowser: async () => cancel.abort() });
    const error = await failureOf(identity.signIn("browser", scopes, { signal: cancel.signal }));
    expect(error.reason).toBe("canceled");
  });

  test("a browser that was closed ends at the time limit", async () => {
    const { identity } = identityWith({ openBrowser: async () => undefined }, { browserLimitMs: 50 });
    expect((await failureOf(identity.signIn("browser", scopes))).reason).toBe("timed-out");
  });

  test("a second sign-in takes the place of a pending one", async () => {
    let opened = 0;
    const page = browser();
    const { identity } = identityWith({
      openBrowser: async (url) => {
        opened += 1;
        if (opened > 1) await page.open(url);
      },
    });
    const first = failureOf(identity.signIn("browser", scopes));
    await expect.poll(() => opened).toBe(1);
    await expect(identity.signIn("browser", scopes)).resolves.toMatchObject({ name: "admin" });
    expect((await first).reason).toBe("superseded");
  });

  test("a browser that cannot be opened is told", async () => {
    const openBrowser = async () => Promise.reject(new Error("no browser"));
    const { identity } = identityWith({ openBrowser });
    expect((await failureOf(identity.signIn("browser", scopes))).reason).toBe("browser-not-opened");
  });

  test("another cloud and another client are used as configured", async () => {
    const entra = fakeEntra("login.microsoftonline.us");
    const page = browser();
    const { identity } = identityWith(
      { fetch: entra.fetch, openBrowser: page.open },
      { cloud: clouds["gcc-high"], clientId: "11111111-2222-3333-4444-555555555555" },
    );
    await identity.signIn("browser", scopes, { chooseAccount: true });
    expect(page.opened[0]?.host).toBe("login.microsoftonline.us");
    expect(page.opened[0]?.searchParams.get("prompt")).toBe("select_account");
    expect(page.opened[0]?.searchParams.get("client_id")).toBe("11111111-2222-3333-4444-555555555555");
    expect(entra.requested.every((url) => new URL(url).host === "login.microsoftonline.us")).toBe(true);
  });
});

describe("what went wrong", () => {
  const trace = "Trace ID: 1111-aa Correlation ID: 2222-bb Timestamp: 2026-11-24 10:00:00Z";
  test.each([
    [
      "invalid_grant",
      "AADSTS53003: Access has been blocked by Conditional Access policies.",
      "conditional-access",
    ],
    ["access_denied", "AADSTS65004: User declined to consent.", "consent-declined"],
    ["consent_required", "AADSTS65001: The user or administrator has not consented.", "consent-needed"],
    ["invalid_request", "AADSTS50020: User account does not exist in tenant.", "wrong-account-type"],
    ["invalid_request", "AADSTS9999999: Something new.", "unknown"],
  ])("%s with “%s” means %s, with both ids kept", async (error, text, reason) => {
    const page = browser(() => ({ error, error_description: `${text} ${trace}` }));
    const { identity } = identityWith({ openBrowser: page.open });
    const failure = await failureOf(identity.signIn("browser", scopes));
    expect(failure.reason).toBe(reason);
    expect(failure.details).toMatchObject({ traceId: "1111-aa", correlationId: "2222-bb" });
    expect(failure.details.text).toContain(text);
    expect(failure.details.code).toBe(/AADSTS\d+/.exec(text)?.[0]);
  });

  test.each([
    ["ENOTFOUND", "offline"],
    ["ERR_PROXY_CONNECTION_FAILED", "proxy"],
    ["SELF_SIGNED_CERT_IN_CHAIN", "tls-interception"],
    ["net::ERR_CERT_AUTHORITY_INVALID", "tls-interception"],
    ["CERT_NOT_YET_VALID", "clock-wrong"],
  ])("a connection that fails with %s means %s", async (code, reason) => {
    const fetch = async () => Promise.reject(new TypeError("fetch failed", { cause: new Error(code) }));
    const { identity } = identityWith({ fetch });
    expect((await failureOf(identity.signIn("browser", scopes))).reason).toBe(reason);
  });

  test("a page of a proxy instead of an answer means that the service cannot be reached", async () => {
    const fetch = async () => new Response("<html>login</html>", { status: 200 });
    const { identity } = identityWith({ fetch });
    expect((await failureOf(identity.signIn("browser", scopes))).reason).toBe("service-unavailable");
    const broken = () => new ReadableStream({ pull: (body) => body.error(new Error("net::ERR_TUNNEL")) });
    const proxied = identityWith({ fetch: async () => new Response(broken(), { status: 407 }) }).identity;
    expect((await failureOf(proxied.signIn("browser", scopes))).reason).toBe("proxy-sign-in");
  });

  test("a refused assertion on a computer with a wrong clock is told as the clock", async () => {
    const { identity, entra } = identityWith();
    entra.headers = { date: new Date(Date.now() + 3_600_000).toUTCString() };
    entra.refuse = () =>
      refused("invalid_client", "AADSTS50013: Assertion is not within its valid time range.");
    const failure = await failureOf(identity.signIn("browser", scopes));
    expect(failure.reason).toBe("clock-wrong");
    expect(failure.details.clockOffsetMs).toBeGreaterThan(3_500_000);
  });
});

describe("silent renewal", () => {
  test("a claims challenge that cannot be met silently goes into the next sign-in", async () => {
    const { identity, entra, page } = identityWith();
    await identity.signIn("browser", scopes);
    const claims = JSON.stringify({ access_token: { nbf: { essential: true, value: "1" } } });
    entra.refuse = () =>
      refused("interaction_required", "AADSTS50076: Due to a configuration change …", {
        suberror: "basic_action",
      });
    const failure = await failureOf(identity.getToken(scopes, { claims }));
    expect(failure.reason).toBe("sign-in-needed");
    expect(failure.details.claims).toBe(claims);
    entra.refuse = null;
    await identity.signIn("browser", scopes, { claims: failure.details.claims });
    const asked = JSON.parse(page.opened.at(-1)?.searchParams.get("claims") ?? "{}") as object;
    expect(asked).toMatchObject({ access_token: { nbf: { value: "1" }, xms_cc: { values: ["CP1"] } } });
  });

  test("a permission nobody agreed to yet asks for consent", async () => {
    const { identity, entra } = identityWith();
    await identity.signIn("browser", scopes);
    entra.refuse = () =>
      refused("invalid_grant", "AADSTS65001: not consented", { suberror: "consent_required" });
    const failure = await failureOf(identity.getToken(["https://graph.microsoft.com/Directory.Read.All"]));
    expect(failure.reason).toBe("consent-needed");
  });

  test("switching accounts changes whose token is given", async () => {
    const vault = memoryVault();
    const first = fakeEntra("login.microsoftonline.com", "anna");
    const alone = identityWith({ vault, fetch: first.fetch }).identity;
    const anna = await alone.signIn("browser", scopes);
    expect(await alone.getToken(scopes, { refresh: true })).toBe("token-2");
    const both = identityWith({ vault, fetch: fakeEntra("login.microsoftonline.com", "ben").fetch }).identity;
    const ben = await both.signIn("browser", scopes);
    expect(await both.current()).toEqual(ben);
    expect(await both.getToken(scopes)).toBe("token-1");
    expect(await both.switchAccount(anna.id)).toEqual(anna);
    expect(await both.current()).toEqual(anna);
    expect(await both.getToken(scopes)).toBe("token-2");
    await both.switchAccount(ben.id);
    expect(await both.getToken(scopes)).toBe("token-1");
    expect(await both.switchAccount("nobody")).toBeNull();
  });
});

describe("device code", () => {
  test("shows the code and gives the account once it was typed", async () => {
    const { identity, entra } = identityWith();
    const codes: string[] = [];
    const account = await identity.signIn("device-code", scopes, {
      onDeviceCode: ({ userCode }) => codes.push(userCode),
    });
    expect(codes).toEqual(["ABCD1234"]);
    expect(account.username).toBe("admin@contoso.org");
    expect(entra.posted.at(-1)?.get("grant_type")).toBe("device_code");
  });

  test("cancel ends it at once", async () => {
    const { identity, entra } = identityWith();
    entra.refuse = () => refused("authorization_pending", "AADSTS70016: pending");
    const cancel = new AbortController();
    const signIn = identity.signIn("device-code", scopes, {
      signal: cancel.signal,
      onDeviceCode: () => setTimeout(() => cancel.abort(), 20),
    });
    expect((await failureOf(signIn)).reason).toBe("canceled");
  });

  test("a code that was declined is told", async () => {
    const { identity, entra } = identityWith();
    entra.refuse = () => refused("authorization_declined", "declined");
    expect((await failureOf(identity.signIn("device-code", scopes))).reason).toBe("consent-declined");
  });
});

describe("as the application", () => {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const config = {
    cloud: clouds.global,
    tenantId,
    applicationId: "22222222-2222-3333-4444-555555555555",
    sha256: "AB".repeat(32),
    privateKey: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
  const scope = "https://outlook.office365.com/.default";

  test("proves itself with PS256 and the SHA-256 thumbprint, with a new token each time", async () => {
    const entra = fakeEntra();
    const ports = { fetch: entra.fetch, now: () => new Date() };
    expect(await appOnlyToken(ports, config, scope)).toBe("token-1");
    expect(await appOnlyToken(ports, config, scope)).toBe("token-2");
    const [head = "", body = "", signature = ""] = (entra.posted[0]?.get("client_assertion") ?? "").split(
      ".",
    );
    const header = JSON.parse(Buffer.from(head, "base64url").toString()) as Record<string, string>;
    expect(header).toMatchObject({ alg: "PS256", "x5t#S256": Buffer.alloc(32, 0xab).toString("base64url") });
    const pss = { key: publicKey, padding: 6, saltLength: 32 };
    expect(verify("sha256", Buffer.from(`${head}.${body}`), pss, Buffer.from(signature, "base64url"))).toBe(
      true,
    );
  });

  test("an unknown certificate is told as such", async () => {
    const entra = fakeEntra();
    entra.refuse = () =>
      refused("invalid_client", "AADSTS700027: The certificate … is not registered on application.");
    const ports = { fetch: entra.fetch, now: () => new Date() };
    expect((await failureOf(appOnlyToken(ports, config, scope))).reason).toBe("certificate-not-registered");
  });
});
