import { get } from "node:https";
import { afterEach, describe, expect, it } from "vitest";
import { servePractice } from "../../../main/practice/server.ts";
import type { PracticeServer } from "../../../main/practice/server.ts";
import { testCertificate } from "./certificates.ts";
import { authorizeUrl, practise, signIn } from "./support.ts";

let server: PracticeServer | undefined;
afterEach(() => server?.close());

async function served() {
  const { practice } = await practise();
  server = await servePractice(practice);
  const { origin } = server;
  return { practice, origin, local: (url: string) => server?.local(url) ?? "" };
}

describe("the practice tenant on the loopback address", () => {
  it("shows its pages to a browser and answers Graph", async () => {
    const { practice, local, origin } = await served();
    expect(origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const page = await fetch(local(authorizeUrl(practice)));
    expect(await page.text()).toContain("Alex Wilber");
    const { access_token: token } = await signIn(practice, "alex", ["User.Read"]);
    const me = await fetch(local(`https://${practice.hosts.graph}/v1.0/me?$select=displayName`), {
      headers: { Authorization: `Bearer ${String(token)}` },
    });
    expect(await me.json()).toMatchObject({ displayName: "Alex Wilber" });
  });

  it("keeps a browser on the server when a page leads on", async () => {
    const { practice, local } = await served();
    const address = `https://${practice.hosts.login}/common/oauth2/v2.0/devicecode`;
    const body = new URLSearchParams({
      client_id: "14d82eec-204b-4c2f-b7e8-296a70dab67e",
      scope: "User.Read",
    });
    const device = (await (await fetch(local(address), { method: "POST", body })).json()) as Record<
      string,
      string
    >;
    const code = new URLSearchParams({ user_code: device["user_code"] ?? "" });
    const page = await fetch(local(device["verification_uri"] ?? ""), { method: "POST", body: code });
    expect(page.url).toContain("user_code=");
    expect(await page.text()).toContain("Pick an account");
  });

  it("answers over https to a client that names the host itself", async () => {
    const { practice } = await practise();
    const pair = testCertificate("localhost");
    const lines = pair.key.replaceAll(/(.{64})/g, "$1\n");
    const cert = `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
    server = await servePractice(practice, { tls: { key: pair.privateKey, cert } });
    const { port } = new URL(server.origin);
    const issuer = await new Promise<unknown>((resolve, reject) => {
      const path = `/${practice.data.initialDomain}/v2.0/.well-known/openid-configuration`;
      const headers = { Host: `${practice.hosts.login}:${port}` };
      get({ host: "127.0.0.1", port, path, headers, rejectUnauthorized: false }, (answer) => {
        answer.setEncoding("utf8");
        let text = "";
        answer.on("data", (part: string) => (text += part));
        answer.on("end", () => resolve((JSON.parse(text) as { issuer: string }).issuer));
      }).on("error", reject);
    });
    expect(issuer).toBe(`https://${practice.hosts.login}/${practice.data.tenantId}/v2.0`);
  });

  it("knows no other host and passes broken connections on", async () => {
    const { practice, local, origin } = await served();
    expect((await fetch(`${origin}/graph.microsoft.com/v1.0/me`)).status).toBe(404);
    practice.faults.add({ on: () => true, fault: { kind: "lost-before" } });
    await expect(fetch(local(`https://${practice.hosts.graph}/v1.0/me`))).rejects.toThrow("fetch failed");
  });
});
