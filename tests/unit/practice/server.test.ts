import { get as getPlain } from "node:http";
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

  it("sends a browser on within the portal, and answers an upload that is too large in words", async () => {
    const { practice, local } = await served();
    const body = new URLSearchParams({ "Target system instance": "Exchange" });
    const address = local(`https://${practice.hosts.portal}/setup`);
    const saved = await fetch(address, { method: "POST", body, redirect: "manual" });
    expect(saved.headers.get("Location")).toMatch(
      /^\/portal\.practice\.invalid\/instance\?id=\S+&done=instance#attributes$/,
    );
    const [{ id } = { id: "" }] = practice.data.targetSystems;
    for (const size of [1_150_000, 5_000_000]) {
      const form = new FormData();
      form.set("ConnectPFX", new File([new Uint8Array(size)], "large.pfx"));
      const refused = await fetch(local(`https://${practice.hosts.portal}/attributes?id=${id}`), {
        method: "POST",
        body: form,
      });
      expect(refused.status).toBe(413);
      expect(await refused.text()).toContain("The chosen file is larger than 1 MB");
    }
  });

  it("answers only under the names of this computer", async () => {
    const { practice, origin } = await served();
    const ask = (Host: string) =>
      new Promise<number | undefined>((resolve, reject) => {
        const path = `/${practice.hosts.portal}/target-systems`;
        getPlain(`${origin}${path}`, { headers: { Host } }, (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        }).on("error", reject);
      });
    const { port } = new URL(origin);
    expect(await ask(`localhost:${port}`)).toBe(200);
    expect(await ask(`attacker.example:${port}`)).toBe(404);
  });
});
