import type { App } from "./app.ts";
import { expect, test } from "./fixture.ts";
import { Keys, wholeBrowser } from "./keys.ts";
import {
  account,
  applyButton,
  changesMade,
  expectPrepared,
  expectVerified,
  patience,
  practiceData,
} from "./practice-run.ts";
import { people, SystemBrowser } from "./system-browser.ts";
import { Walker } from "./walker.ts";

test.use({ appOptions: wholeBrowser });

test("from Home to a verified tenant and signed out again by keyboard alone, and the focus is never lost; killed in the middle of the plan, the app goes on and makes everything exactly once", async ({
  app,
}) => {
  test.setTimeout(240_000);
  const walker = new Walker(app);
  const browser = await SystemBrowser.open();
  try {
    await browser.follow(app, people.globalAdministrator);
    await beginPlan(walker);
    await expect.poll(() => changesMade(walker), { ...patience, intervals: [20] }).toBeGreaterThanOrEqual(1);
    // Into the long wait after the application was made.
    await app.kill9();
    await app.start();
    await browser.follow(app, people.globalAdministrator);
    await goOn(app, walker);
  } finally {
    await browser.leave();
  }
});

/** From the empty list to the plan that is being carried out. */
async function beginPlan(walker: Walker): Promise<void> {
  const { page, t } = walker;
  const keys = new Keys(page);
  const dialog = page.getByRole("dialog");
  await enter(keys, walker, "home.practice");
  await dialog.waitFor();
  await keys.focusIsSeen("the dialog opened");
  // The way on is found by arrow keys among the samples, and leads back to the first one.
  await keys.tabTo(dialog.getByRole("radio", { checked: true }));
  await keys.press("ArrowDown", "ArrowUp");
  await enter(keys, walker, "practice.create.submit");
  await page.getByRole("navigation", { name: t("checklist.navigation") }).waitFor();
  await keys.tabTo(walker.entry("api-permissions"));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  await signInByKeys(keys, walker);
  await enter(keys, walker, "tenant.check.action");
  await openPlan(keys, walker);
  await enter(keys, walker, "tenant.quick.action");
  await expect(walker.button("tenant.quick.action")).toHaveCount(0, patience);
  await keys.focusIsSeen("the certificate was made");
  await keys.tabTo(applyButton(walker));
  await page.keyboard.press("Enter");
}

/** From the list of the app that was started again to the end of the plan, and signed out. */
async function goOn(app: App, walker: Walker): Promise<void> {
  const { page, t } = walker;
  const keys = new Keys(page);
  const dialog = page.getByRole("dialog");
  await keys.tabTo(page.getByRole("row", { name: t("practice.setupName", { number: 1 }) }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(walker.title("api-permissions"));
  await signInByKeys(keys, walker);
  // What was agreed to before lets the app read the tenant at once.
  await openPlan(keys, walker);
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
}

/** Signs in from a step that stands on the tab of its hands or of the app. */
async function signInByKeys(keys: Keys, walker: Walker): Promise<void> {
  const { page, t } = walker;
  const forMe = page.getByRole("tab", { name: t("step.tabs.for-me") });
  if ((await forMe.getAttribute("aria-selected")) !== "true") {
    await keys.tabTo(page.getByRole("tab", { name: t("step.tabs.by-hand") }));
    await keys.press("ArrowLeft");
  }
  await enter(keys, walker, "identity.signIn.browser");
  await expect(account(walker)).toBeVisible(patience);
  await keys.focusIsSeen("somebody signed in");
}

/** Opens the plan once the tenant has been read. */
async function openPlan(keys: Keys, walker: Walker): Promise<void> {
  await walker.button("tenant.card.show").waitFor(patience);
  await keys.focusIsSeen("the tenant was read");
  await enter(keys, walker, "tenant.card.show");
  await walker.page.getByRole("dialog").waitFor();
  await keys.focusIsSeen("the plan opened");
}

async function enter(keys: Keys, walker: Walker, key: string): Promise<void> {
  await keys.tabTo(walker.button(key));
  await walker.page.keyboard.press("Enter");
}
