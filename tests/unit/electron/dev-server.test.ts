import { afterEach, describe, expect, it } from "vitest";
import { developmentPolicy, policyHeader } from "../../../main/shell/csp.ts";
import { devServerUrl } from "../../../main/shell/page.ts";
import type { DevServer } from "../../electron/dev-server.ts";
import { startDevServer } from "../../electron/dev-server.ts";

let server: DevServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

describe("the development server", () => {
  it("serves page and modules under the development policy of its own address, which the app takes", async () => {
    server = await startDevServer({ logLevel: "silent", server: { port: 0 } });
    expect(devServerUrl(server.url, false)).toBe(server.url);
    for (const path of ["", "main.tsx", "ui/tokens.css", "@vite/client"]) {
      const answer = await fetch(new URL(path, server.url));
      expect([path, answer.status, answer.headers.get("content-security-policy")]).toEqual([
        path,
        200,
        policyHeader(developmentPolicy(server.url)),
      ]);
    }
    const page = await (await fetch(server.url)).text();
    expect(page).toContain('src="./main.tsx"');
  });
});
