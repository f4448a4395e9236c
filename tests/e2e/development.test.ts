import { expect, test as base } from "./fixture.ts";
import type { AppOptions } from "./app.ts";
import { startDevServer } from "../electron/dev-server.ts";
import { Walker } from "./walker.ts";

/** The app on a development server of its own. A violation of the policy is a problem, which fails the test. */
const test = base.extend<{ appOptions: Partial<AppOptions> }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads a fixture's needs from this pattern
  appOptions: async ({}, provide) => {
    const server = await startDevServer({ logLevel: "error", server: { port: 0 } });
    await provide({ environment: { EXCHANGE_ROLLOUT_DEV_URL: server.url } });
    await server.close();
  },
});

test.describe.configure({ timeout: 120_000 });

test("under the policy of development the app works, and what the policy forbids stays forbidden", async ({
  app,
  page,
}) => {
  const walker = new Walker(app);
  await walker.createSetup("Contoso AG");
  await walker.go("admin-portal");
  await walker.fill("tenantName", "Contoso AG");
  await walker.go("certificate");
  await expect(walker.button("certificate.create.action")).toBeVisible();
  const policy = await page.evaluate(async () => {
    const answer = await fetch(location.href);
    return answer.headers.get("content-security-policy");
  });
  expect(policy).toContain(`connect-src 'self' ws://${new URL(page.url()).host}`);
  expect(app.problems).toEqual([]);

  const violated = page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        document.addEventListener("securitypolicyviolation", (event) => resolve(event.effectiveDirective));
        const frame = document.createElement("iframe");
        frame.src = "data:text/html,";
        document.body.append(frame);
      }),
  );
  expect(await violated).toBe("frame-src");
  await expect.poll(() => app.problems.length).toBeGreaterThan(0);
  expect(app.problems.splice(0).every((problem) => problem.includes("Content Security Policy"))).toBe(true);
});
