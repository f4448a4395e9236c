import { randomBytes } from "node:crypto";
import { ConfidentialClientApplication, PublicClientApplication } from "@azure/msal-node";
import type { INetworkModule, NetworkRequestOptions } from "@azure/msal-node";
import { afterEach, describe, expect, it, vi } from "vitest";
import { parseJwt } from "../../../main/practice/jwt.ts";
import { createPracticeTenant } from "../../../main/practice/practice.ts";
import type { PracticeTenant } from "../../../main/practice/practice.ts";
import { answerOn, browserOf } from "./browser.ts";
import { testCertificate } from "./certificates.ts";
import { commandLineTools, graphAs, graphWith, words } from "./support.ts";

afterEach(() => {
  vi.useRealTimers();
});

/** MSAL reads the computer's clock, so does the tenant here. */
function realTimeTenant(): PracticeTenant {
  return createPracticeTenant({ clock: { now: () => new Date() }, randomBytes, words });
}

function networkOf(practice: PracticeTenant): INetworkModule {
  async function send(url: string, method: string, options: NetworkRequestOptions = {}) {
    const { headers = {}, body } = options;
    const request = new Request(url, { method, headers, ...(body !== undefined && { body }) });
    const response = await practice.handle(request);
    return {
      headers: Object.fromEntries(response.headers),
      body: await response.json(),
      status: response.status,
    };
  }
  return {
    sendGetRequestAsync: (url, options) => send(url, "GET", options),
    sendPostRequestAsync: (url, options) => send(url, "POST", options),
  };
}

function publicClient(practice: PracticeTenant): PublicClientApplication {
  return new PublicClientApplication({
    auth: {
      clientId: commandLineTools,
      authority: `https://${practice.hosts.login}/organizations`,
      knownAuthorities: [practice.hosts.login],
    },
    system: { networkClient: networkOf(practice) },
  });
}

/** What the system browser does: shows the pages, then posts the answer to MSAL's own server. */
async function signInBrowser(practice: PracticeTenant, url: string, account: string): Promise<void> {
  const browser = browserOf(practice);
  let page = await browser.press(await browser.load(url), account);
  if (page.forms.some(({ button }) => button === "Accept")) page = await browser.press(page, "Accept");
  const target = page.forms[0]?.action ?? "";
  await fetch(target, { method: "POST", body: new URLSearchParams(answerOn(page)) });
}

const scopesOf = (practice: PracticeTenant, ...names: string[]) =>
  names.map((name) => `https://${practice.hosts.graph}/${name}`);

describe("Microsoft's own library, @azure/msal-node", () => {
  it("signs in interactively, stays signed in, and asks again for more", async () => {
    const practice = realTimeTenant();
    const client = publicClient(practice);
    const interactive = (names: string[]) =>
      client.acquireTokenInteractive({
        scopes: scopesOf(practice, ...names),
        openBrowser: (url) => signInBrowser(practice, url, "alex@"),
      });
    const result = await interactive(["User.Read"]);
    expect(result.tenantId).toBe(practice.data.tenantId);
    expect(result.account?.username).toMatch(/^alex@/);
    const me = await graphWith(practice, result.accessToken)("GET", "/me");
    expect(me.body["displayName"]).toBe("Alex Wilber");
    const [account] = await client.getTokenCache().getAllAccounts();
    if (account === undefined) throw new Error("no account");
    const silent = await client.acquireTokenSilent({ account, scopes: scopesOf(practice, "User.Read") });
    expect(silent.fromCache).toBe(true);
    const renewed = await client.acquireTokenSilent({
      account,
      scopes: scopesOf(practice, "User.Read"),
      forceRefresh: true,
    });
    expect(renewed.fromCache).toBe(false);
    const more = scopesOf(practice, "Application.Read.All");
    await expect(client.acquireTokenSilent({ account, scopes: more })).rejects.toMatchObject({
      name: "InteractionRequiredAuthError",
      errorCode: "invalid_grant",
      subError: "consent_required",
    });
    expect((await interactive(["Application.Read.All"])).scopes).toEqual(expect.arrayContaining(more));
  });

  it("learns of a cancelled consent and of a block by conditional access", async () => {
    const practice = realTimeTenant();
    const client = publicClient(practice);
    const refuse = (account: string, button: string) =>
      client.acquireTokenInteractive({
        scopes: scopesOf(practice, "User.Read"),
        openBrowser: async (url) => {
          const browser = browserOf(practice);
          const page = await browser.press(await browser.load(url), account);
          const last = await browser.press(page, button);
          await fetch(last.forms[0]?.action ?? "", {
            method: "POST",
            body: new URLSearchParams(answerOn(last)),
          });
        },
      });
    await expect(refuse("alex@", "Cancel")).rejects.toMatchObject({ errorCode: "access_denied" });
    await expect(refuse("bela@", "Back to the app")).rejects.toThrow("AADSTS53003");
  });

  it("signs in with a code on another device", async () => {
    const practice = realTimeTenant();
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const result = await publicClient(practice).acquireTokenByDeviceCode({
      scopes: scopesOf(practice, "User.Read"),
      deviceCodeCallback: ({ userCode, verificationUri }) => {
        const browser = browserOf(practice);
        void (async () => {
          const entry = await browser.load(verificationUri);
          const picker = await browser.press(entry, "Next", { user_code: userCode });
          await browser.press(await browser.press(picker, "pia@"), "Continue");
          // MSAL asks again after the seconds that the tenant named; they are over when it has begun to wait.
          while (vi.getTimerCount() === 0) await new Promise((resolve) => setImmediate(resolve));
          vi.advanceTimersByTime(5_000);
        })();
      },
    });
    expect(result?.account?.username).toMatch(/^pia@/);
  });

  it("gets a token as the application with its certificate", async () => {
    const practice = realTimeTenant();
    const now = Date.now();
    const certificate = testCertificate(
      "Rollout",
      new Date(now - 86_400_000).toISOString(),
      new Date(now + 86_400_000).toISOString(),
    );
    const graph = await graphAs(practice, "alex");
    const key = { type: "AsymmetricX509Cert", usage: "Verify", key: certificate.key };
    const { body } = await graph("POST", "/applications", { displayName: "Rollout", keyCredentials: [key] });
    const appId = String(body["appId"]);
    await graph("POST", "/servicePrincipals", { appId });
    const clientWith = (thumbprintSha256: string) =>
      new ConfidentialClientApplication({
        auth: {
          clientId: appId,
          authority: `https://${practice.hosts.login}/${practice.data.tenantId}`,
          knownAuthorities: [practice.hosts.login],
          clientCertificate: { thumbprintSha256, privateKey: certificate.privateKey },
        },
        system: { networkClient: networkOf(practice) },
      });
    const request = { scopes: [`https://${practice.hosts.exchange}/.default`], skipCache: true };
    const client = clientWith(certificate.sha256);
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const result = await client.acquireTokenByClientCredential(request);
      expect(parseJwt(result?.accessToken ?? "")?.claims["appid"]).toBe(appId);
    }
    await expect(clientWith("ab".repeat(32)).acquireTokenByClientCredential(request)).rejects.toThrow(
      "AADSTS700027",
    );
  });
});
