import { chmod, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseJwt } from "../../../../main/practice/jwt.ts";
import { commandLineTools, graphWith } from "../support.ts";
import { appWithCertificate } from "./registered.ts";
import { jsonOf, openWorld } from "./world.ts";
import type { World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const program = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const graphDefault = "https://graph.microsoft.com/.default";

async function tokenFor(order: object, more: NodeJS.ProcessEnv = {}) {
  const { practice } = world;
  const whole = { tenantId: practice.data.tenantId, clientId: commandLineTools, ...order };
  const ended = await world.run(program("azure-identity-program.ts"), [JSON.stringify(whole)], more);
  const { token } = jsonOf(ended) as { token: string };
  return { token, claims: parseJwt(token)?.claims ?? {} };
}

describe("@azure/identity", () => {
  it.concurrent("gets a token with a client certificate, and Graph takes it", async () => {
    const app = await appWithCertificate(world, ["Application.Read.All"]);
    const order = { kind: "certificate", clientId: app.appId, certificatePath: app.pemFile };
    const { token, claims } = await tokenFor({ ...order, scopes: [graphDefault] });
    expect(claims).toMatchObject({
      appid: app.appId,
      aud: "https://graph.microsoft.com",
      roles: ["Application.Read.All"],
    });
    const apps = await graphWith(world.practice, token)("GET", "/applications?$select=appId");
    expect(apps.body["value"]).toContainEqual({ appId: app.appId });
    const exchange = await tokenFor({ ...order, scopes: ["https://outlook.office365.com/.default"] });
    expect(exchange.claims["aud"]).toBe("https://outlook.office365.com");
  });

  it.concurrent("says why a certificate that was not uploaded is refused", async () => {
    const app = await appWithCertificate(world, []);
    const stranger = await appWithCertificate(world, []);
    const whole = { kind: "certificate", tenantId: world.practice.data.tenantId, clientId: app.appId };
    const order = { ...whole, certificatePath: stranger.pemFile, scopes: [graphDefault] };
    const { code, stderr } = await world.run(program("azure-identity-program.ts"), [JSON.stringify(order)]);
    expect(code).not.toBe(0);
    expect(stderr).toContain("AADSTS700027");
  });

  it.concurrent("signs a person in with a code on another device", async () => {
    const scopes = ["https://graph.microsoft.com/User.Read"];
    const { token, claims } = await tokenFor({ kind: "device-code", account: "pia@", scopes });
    expect(claims).toMatchObject({
      name: "Pia Brandt",
      scp: expect.stringContaining("User.Read") as unknown,
    });
    expect((await graphWith(world.practice, token)("GET", "/me")).body["displayName"]).toBe("Pia Brandt");
  });

  it.skipIf(process.platform === "win32")(
    "signs a person in with the system browser",
    { concurrent: true },
    async () => {
      // The opener of URLs asks for the browser in BROWSER on Linux; on macOS it runs "open".
      const shim = `#!/bin/sh\nexec "${process.execPath}" "${program("browser-program.ts")}" "$@"\n`;
      for (const name of ["browser", "open"]) {
        await writeFile(join(world.folder, name), shim);
        await chmod(join(world.folder, name), 0o755);
      }
      const scopes = ["https://graph.microsoft.com/User.Read"];
      const { claims } = await tokenFor(
        { kind: "browser", scopes },
        {
          PRACTICE_ACCOUNT: "chris@",
          BROWSER: join(world.folder, "browser"),
          PATH: `${world.folder}:${process.env["PATH"] ?? ""}`,
        },
      );
      expect(claims).toMatchObject({ name: "Chris Green", aud: "https://graph.microsoft.com" });
    },
  );

  it("went nowhere but to the practice tenant", () => {
    expect(world.refused).toEqual([]);
  });
});
