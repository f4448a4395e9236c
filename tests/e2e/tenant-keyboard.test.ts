import { expect, test } from "./fixture.ts";
import { Keys, wholeBrowser } from "./keys.ts";
import {
  account,
  applyButton,
  expectPrepared,
  expectVerified,
  patience,
  practiceData,
} from "./practice-run.ts";
import { people, SystemBrowser } from "./system-browser.ts";
import { Walker } from "./walker.ts";

test.use({ appOptions: wholeBrowser });

test("from Home to a verified tenant and signed out again by keyboard alone, and the focus is never lost", async ({
  app,
  page,
}) => {
  test.setTimeout(180_000);
  const walker = new Walker(app);
  const { t } = walker;
  const keys = new Keys(page);
  const browser = await SystemBrowser.open();
  const dialog = page.getByRole("dialog");
  const enter = async (key: string, way: "Tab" | "Shift+Tab" = "Tab") => {
    await keys.tabTo(walker.button(key), way);
    await page.keyboard.press("Enter");
  };
  try {
    await browser.follow(app, people.globalAdministrator);
    await enter("home.practice");
    await dialog.waitFor();
    await keys.focusIsSeen("the dialog opened");
    // The way on is found by arrow keys among the samples, and leads back to the first one.
    await keys.tabTo(dialog.getByRole("radio", { checked: true }));
    await keys.press("ArrowDown", "ArrowUp");
    await enter("practice.create.submit");
    await page.getByRole("navigation", { name: t("checklist.navigation") }).waitFor();
    await keys.tabTo(walker.entry("api-permissions"));
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
    await keys.tabTo(page.getByRole("tab", { name: t("step.tabs.by-hand") }));
    await keys.press("ArrowLeft");
    await enter("identity.signIn.browser");
    await expect(account(walker)).toBeVisible(patience);
    await keys.focusIsSeen("somebody signed in");
    await enter("tenant.check.action");
    await walker.button("tenant.card.show").waitFor(patience);
    await keys.focusIsSeen("the tenant was read");
    await enter("tenant.card.show");
    await dialog.waitFor();
    await keys.focusIsSeen("the plan opened");
    await enter("tenant.quick.action");
    await expect(walker.button("tenant.quick.action")).toHaveCount(0, patience);
    await keys.focusIsSeen("the certificate was made");
    await keys.tabTo(applyButton(walker));
    await page.keyboard.press("Enter");
    await expect(dialog.getByRole("heading", { name: t("tenant.result.last") })).toBeVisible(patience);
    await keys.focusIsSeen("the plan was applied");
    await keys.tabTo(dialog.getByRole("button", { name: t("common.close"), exact: true }));
    await page.keyboard.press("Enter");
    await dialog.waitFor({ state: "detached" });
    await keys.focusIsSeen("the plan closed");
    await expectVerified(walker);
    expectPrepared(await practiceData(app));
    await keys.tabTo(account(walker), "Shift+Tab");
    await page.keyboard.press("Enter");
    const out = page.getByRole("menuitem", { name: t("identity.account.signOut") });
    while (!(await out.evaluate((item) => item === document.activeElement))) await keys.press("ArrowDown");
    await page.keyboard.press("Enter");
    await expect(account(walker)).toHaveCount(0);
    await keys.focusIsSeen("signed out");
  } finally {
    await browser.leave();
  }
});
