import type { App } from "./app.ts";
import { Colleague } from "./colleague.ts";
import { expect, test } from "./fixture.ts";
import { Keys } from "./keys.ts";
import { Looker } from "./looker.ts";
import { account, applyButton, patience, practiceData } from "./practice-run.ts";
import { people, SystemBrowser } from "./system-browser.ts";
import { Walker } from "./walker.ts";

/** The longer words of the two languages. */
const language = "de";
test.use({ appOptions: { language, switches: ["--practice"] } });

test("npm start -- --practice opens an empty practice setup; a sign-in there is canceled, blocked, made with a device code, or without a network; the screens of the tenant are accessible, and nothing is cut off", async ({
  app,
  page,
}) => {
  test.setTimeout(400_000);
  page.setDefaultTimeout(patience.timeout);
  const walker = new Walker(app, language);
  const { t } = walker;
  const look = new Looker(app, language);
  const browser = await SystemBrowser.open(language);
  const dialog = page.getByRole("dialog");
  try {
    await page.getByRole("navigation", { name: t("checklist.navigation") }).waitFor();
    await expect(page.locator("header").getByText(t("frame.practice"))).toBeVisible();
    await walker.button("frame.backToSetups").click();
    await walker.button("home.more").click();
    await page.getByRole("menuitem", { name: t("home.practice") }).click();
    await dialog.waitFor();
    await look.screen("practice");
    await page.keyboard.press("Escape");
    await walker.openSetup(t("practice.setupName", { number: 1 }));
    await walker.go("api-permissions");
    await page.getByRole("tab", { name: t("step.tabs.for-me") }).click();
    await signInAtLast(app, walker, look, browser);
    await look.screen("signed in");
    // More is agreed to in the browser.
    await browser.follow(app, people.globalAdministrator);
    const click = (name: string) => page.getByRole("button", { name, exact: true }).click();
    await click(t("tenant.check.action"));
    await walker.button("tenant.card.show").waitFor(patience);
    await look.screen("card");
    await page.getByRole("button", { name: t("tenant.access.helper") }).click();
    await page.getByRole("heading", { level: 1, name: t("tenant.access.title") }).waitFor();
    await look.screen("access");
    await walker.button("frame.checklist").click();
    await walker.go("api-permissions");
    await walker.button("tenant.card.show").click();
    await look.screen("plan without certificate");
    await walker.button("tenant.quick.action").click();
    await expect(walker.button("tenant.quick.action")).toHaveCount(0, patience);
    await dialog.locator("summary").nth(1).click();
    await look.screen("plan");
    await applyButton(walker).click();
    await dialog
      .getByText(new RegExp(`^${t("tenant.work.done", { done: "[1-9]", total: "\\d+" })}$`))
      .waitFor(patience);
    await look.screen("working", { moving: true });
    await expect(dialog.getByRole("heading", { name: t("tenant.result.last") })).toBeVisible(patience);
    await look.screen("result");
    await dialog.getByRole("button", { name: t("common.close"), exact: true }).click();
    await look.screen("permissions after");
    await account(walker).click();
    await page.getByRole("menu").waitFor();
    await look.screen("account menu");
    await page.getByRole("menuitem", { name: t("identity.account.undo") }).click();
    await dialog.getByText(t("tenant.undo.connector")).waitFor();
    await look.screen("undo");
    await page.keyboard.press("Escape");

    const [address = ""] = await app.openedExternally();
    const colleague = await Colleague.signIn(browser, address, people.privilegedRoleAdministrator);
    const [role] = (await practiceData(app)).roleAssignments.slice(-1);
    await colleague.graph("DELETE", `/roleManagement/directory/roleAssignments/${role?.id}`);
    await walker.go("exchange-role");
    await walker.button("tenant.check.again").click();
    await page.getByText(t("tenant.drift.title")).waitFor(patience);
    await look.screen("drift");
    await walker.go("certificate");
    await look.screen("certificate");
    await walker.go("application-ids");
    await page.getByRole("tab", { name: t("step.tabs.by-hand") }).click();
    await walker.fill("tenantId", "6f0f2f52-0a3a-4a0e-9a3f-3a9a4a6d1c11");
    await page.getByRole("tab", { name: t("step.tabs.for-me") }).click();
    await page.getByText(t("tenant.other.title")).waitFor();
    await look.screen("other tenant");
    await withoutNetwork(app, walker);
  } finally {
    await browser.leave();
  }
  expect(look.found).toEqual([]);
});

/** A sign-in that is canceled, one that is blocked, and one with a code on another device. */
async function signInAtLast(app: App, walker: Walker, look: Looker, browser: SystemBrowser): Promise<void> {
  const { page, t } = walker;
  const code = page.getByText(/^[B-Z2-9]{9}$/);

  await test.step("canceled while the browser or another device waits", async () => {
    await page.locator("summary").getByText(t("identity.deviceCode.summary"), { exact: true }).click();
    await look.screen("signed out");
    await walker.button("identity.deviceCode.action").click();
    await page.getByText(t("identity.deviceCode.title")).waitFor();
    await code.waitFor();
    await look.screen("device code");
    await walker.button("identity.pending.cancel").click();
    await walker.button("identity.signIn.browser").click();
    await page.getByText(t("identity.pending.browserTitle")).waitFor();
    await expect.poll(async () => (await app.openedExternally()).length).toBe(1);
    await look.screen("pending");
    await walker.button("identity.pending.cancel").click();
    await expect(walker.button("identity.signIn.browser")).toBeVisible();
    await new Keys(page).focusIsSeen("the sign-in was canceled");
    await expect(page.getByText(t("identity.reasons.canceled.title"))).toHaveCount(0);
  });

  await test.step("blocked: why, and what support needs, to copy", async () => {
    await browser.follow(app, people.blocked);
    await walker.button("identity.signIn.browser").click();
    await expect(page.getByText(t("identity.reasons.conditional-access.title"), { exact: true })).toBeVisible(
      patience,
    );
    // The app knows as soon as the page has answered, before the browser has drawn what it got back.
    await expect.poll(() => browser.ends.at(-1), patience).toBe(t("identity.pages.failed.title"));
    const details = page.locator("details").filter({ hasText: t("tenant.details.title") });
    await details.locator("summary").click();
    await expect(details).toContainText("53003");
    await look.screen("blocked");
    await details.getByRole("button").first().click();
    const correlation = `AADSTS53003[^]*${t("tenant.details.correlationId")}: [0-9a-f-]{36}`;
    await expect.poll(() => app.clipboardText()).toMatch(new RegExp(correlation));
    await browser.leave();
  });

  await test.step("with a device code", async () => {
    await openDeviceCode(walker);
    await code.waitFor();
    await walker.button("identity.deviceCode.open").click();
    await expect.poll(async () => (await app.openedExternally()).length).toBe(3);
    const address = (await app.openedExternally()).at(-1) ?? "";
    await browser.enterCode(address, await code.innerText(), people.globalAdministrator);
    await expect(account(walker)).toBeVisible(patience);
  });
}

/** In another setup, whose customer is not practised. */
async function withoutNetwork(app: App, walker: Walker): Promise<void> {
  const { page, t } = walker;
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
}

async function openDeviceCode(walker: Walker): Promise<void> {
  const { page, t } = walker;
  const action = walker.button("identity.deviceCode.action");
  if (!(await action.isVisible()))
    await page.locator("summary").getByText(t("identity.deviceCode.summary"), { exact: true }).click();
  await action.click();
}
