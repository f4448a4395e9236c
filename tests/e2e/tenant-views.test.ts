import { Colleague } from "./colleague.ts";
import { expect, test } from "./fixture.ts";
import { Looker } from "./looker.ts";
import { account, applyButton, patience, practiceData, practise, signIn } from "./practice-run.ts";
import { people, SystemBrowser } from "./system-browser.ts";
import { Walker } from "./walker.ts";

/** The longer words of the two languages. */
const language = "de";
test.use({ appOptions: { language } });

test("the screens of the tenant are accessible, and nothing is cut off", async ({ app, page }) => {
  test.setTimeout(400_000);
  const walker = new Walker(app, language);
  const { t } = walker;
  const look = new Looker(app, language);
  const browser = await SystemBrowser.open(language);
  const dialog = page.getByRole("dialog");
  try {
    await walker.button("home.practice").click();
    await dialog.waitFor();
    await look.screen("practice");
    await page.keyboard.press("Escape");
    await practise(walker);
    await walker.go("api-permissions");
    await page.getByRole("tab", { name: t("step.tabs.for-me") }).click();
    await page.locator("summary").getByText(t("identity.deviceCode.summary"), { exact: true }).click();
    await look.screen("signed out");
    await walker.button("identity.deviceCode.action").click();
    await page.getByText(t("identity.deviceCode.title")).waitFor();
    await page.getByText(/^[A-Z0-9]{9}$/).waitFor();
    await look.screen("device code");
    await walker.button("identity.pending.cancel").click();
    await walker.button("identity.signIn.browser").click();
    await page.getByText(t("identity.pending.browserTitle")).waitFor();
    await look.screen("pending");
    await walker.button("identity.pending.cancel").click();
    await walker.button("identity.signIn.browser").waitFor();
    await browser.follow(app, people.blocked);
    await walker.button("identity.signIn.browser").click();
    await page.getByText(t("identity.reasons.conditional-access.title"), { exact: true }).waitFor();
    await page.locator("summary").getByText(t("tenant.details.title")).first().click();
    await look.screen("blocked");

    await browser.follow(app, people.globalAdministrator);
    await signIn(walker);
    await look.screen("signed in");
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
  } finally {
    await browser.leave();
  }
  expect(look.found).toEqual([]);
});
