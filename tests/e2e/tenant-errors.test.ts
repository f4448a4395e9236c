import { expect, test } from "./fixture.ts";
import { Keys } from "./keys.ts";
import { account, patience, signIn } from "./practice-run.ts";
import { people, SystemBrowser } from "./system-browser.ts";
import { Walker } from "./walker.ts";

let browser: SystemBrowser;
test.beforeAll(async () => {
  browser = await SystemBrowser.open();
});
test.afterAll(async () => {
  await browser.leave();
});

test.describe("npm start -- --practice", () => {
  test.use({ appOptions: { switches: ["--practice"] } });

  test("opens an empty practice setup; a sign-in there is canceled, blocked, made with a device code, or without a network", async ({
    app,
    page,
  }) => {
    test.setTimeout(180_000);
    const walker = new Walker(app);
    const { t } = walker;
    page.setDefaultTimeout(patience.timeout);
    await expectPractice(walker);
    await walker.go("api-permissions");
    await page.getByRole("tab", { name: t("step.tabs.for-me") }).click();

    await test.step("canceled while the browser waits", async () => {
      await walker.button("identity.signIn.browser").click();
      await page.getByText(t("identity.pending.browserTitle")).waitFor();
      await expect.poll(async () => (await app.openedExternally()).length).toBe(1);
      await walker.button("identity.pending.cancel").click();
      await expect(walker.button("identity.signIn.browser")).toBeVisible();
      await new Keys(page).focusIsSeen("the sign-in was canceled");
      await expect(page.getByText(t("identity.reasons.canceled.title"))).toHaveCount(0);
    });

    await test.step("blocked: why, and what support needs, to copy", async () => {
      await browser.follow(app, people.blocked);
      await walker.button("identity.signIn.browser").click();
      await expect(
        page.getByText(t("identity.reasons.conditional-access.title"), { exact: true }),
      ).toBeVisible(patience);
      // The app knows as soon as the page has answered, before the browser has drawn what it got back.
      await expect.poll(() => browser.ends.at(-1), patience).toBe(t("identity.pages.failed.title"));
      const details = page.locator("details").filter({ hasText: t("tenant.details.title") });
      await details.locator("summary").click();
      await expect(details).toContainText("53003");
      await details.getByRole("button").first().click();
      await expect.poll(() => app.clipboardText()).toMatch(/AADSTS53003[^]*Correlation ID: [0-9a-f-]{36}/);
      await browser.leave();
    });

    await test.step("with a device code", async () => {
      await openDeviceCode(walker);
      const code = page.getByText(/^[B-Z2-9]{9}$/);
      await code.waitFor();
      await walker.button("identity.deviceCode.open").click();
      await expect.poll(async () => (await app.openedExternally()).length).toBe(3);
      const address = (await app.openedExternally()).at(-1) ?? "";
      await browser.enterCode(address, await code.innerText(), people.globalAdministrator);
      await expect(account(walker)).toBeVisible(patience);
    });

    await test.step("without a network it says so, and everything by hand stays", async () => {
      await walker.button("frame.backToSetups").click();
      await app.evaluate(({ net }) => {
        net.fetch = () => Promise.reject(new Error("net::ERR_INTERNET_DISCONNECTED"));
      });
      await walker.createSetup("Contoso AG");
      await walker.go("api-permissions");
      await page.getByRole("tab", { name: t("step.tabs.for-me") }).click();
      await openDeviceCode(walker);
      await expect(page.getByText(t("identity.reasons.offline.title"))).toBeVisible(patience);
      await page.getByRole("tab", { name: t("step.tabs.by-hand") }).click();
      await expect(page.getByRole("table").first()).toBeVisible();
    });
  });
});

test.describe("npm start -- --practice=drifted", () => {
  test.use({ appOptions: { switches: ["--practice=drifted"] } });

  test("opens a practice setup whose tenant has drifted", async ({ app, page }) => {
    const walker = new Walker(app);
    await expectPractice(walker);
    await browser.follow(app, people.globalAdministrator);
    await signIn(walker);
    await walker.button("tenant.check.action").click();
    await expect(page.getByText("Mail.Send").first()).toBeVisible(patience);
    await walker.button("frame.settings").click();
    await expect(page.locator("header").getByText(walker.t("frame.practice"))).toBeVisible();
  });
});

/** The app has opened a practice setup by itself, and says that it is one. */
async function expectPractice({ page, t }: Walker): Promise<void> {
  await page.getByRole("navigation", { name: t("checklist.navigation") }).waitFor();
  await expect(page.locator("header").getByText(t("frame.practice"))).toBeVisible();
}

async function openDeviceCode(walker: Walker): Promise<void> {
  const { page, t } = walker;
  await page.locator("summary").getByText(t("identity.deviceCode.summary"), { exact: true }).click();
  await walker.button("identity.deviceCode.action").click();
}
