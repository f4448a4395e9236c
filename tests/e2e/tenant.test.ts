import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "./fixture.ts";
import {
  account,
  applyButton,
  expectPrepared,
  expectVerified,
  patience,
  planAll,
  practiceData,
  practise,
  setupFolder,
  signIn,
} from "./practice-run.ts";
import { people, SystemBrowser } from "./system-browser.ts";
import { Walker } from "./walker.ts";

let browser: SystemBrowser;
test.beforeAll(async () => {
  browser = await SystemBrowser.open();
});
test.afterAll(async () => {
  await browser.leave();
});

test("from an empty tenant to a verified one in at most four clicks after sign-in; then taken back and signed out", async ({
  app,
  page,
}) => {
  test.setTimeout(180_000);
  const walker = new Walker(app);
  const { t } = walker;
  await practise(walker);
  await browser.follow(app, people.globalAdministrator);
  await signIn(walker);
  // Counted by the page itself, so that no click of this test is left out.
  await page.evaluate(() => {
    document.documentElement.dataset["clicks"] = "0";
    addEventListener(
      "pointerdown",
      () => {
        const { dataset } = document.documentElement;
        dataset["clicks"] = String(Number(dataset["clicks"]) + 1);
      },
      true,
    );
  });
  const dialog = await planAll(walker, (name) => page.getByRole("button", { name, exact: true }).click());
  await applyButton(walker).click();
  await expect(dialog.getByRole("heading", { name: t("tenant.result.last") })).toBeVisible(patience);
  expect(await page.evaluate(() => Number(document.documentElement.dataset["clicks"]))).toBeLessThanOrEqual(
    4,
  );
  await dialog.getByRole("button", { name: t("common.close"), exact: true }).click();
  await expectVerified(walker);
  await expect.poll(async () => walker.state("certificate")).not.toBe("cannot-start");
  expectPrepared(await practiceData(app));

  await test.step("what would be taken back is shown as a plan of its own", async () => {
    await account(walker).click();
    await page.getByRole("menuitem", { name: t("identity.account.undo") }).click();
    await expect(dialog).toContainText(t("tenant.undo.connector"));
    await expect(dialog.getByRole("listitem").first()).toBeVisible();
    await page.keyboard.press("Escape");
  });

  await test.step("signing out takes the tokens from the disk", async () => {
    const tokens = () => filesBelow(setupFolder(app)).filter((name) => /token-cache/.test(name));
    expect(tokens()).not.toEqual([]);
    await account(walker).click();
    await page.getByRole("menuitem", { name: t("identity.account.signOut") }).click();
    await expect(account(walker)).toHaveCount(0);
    await expect.poll(tokens).toEqual([]);
    // What was verified stays so: the evidence tells when.
    await expectVerified(walker);
  });
});

function filesBelow(folder: string): string[] {
  return existsSync(folder)
    ? readdirSync(folder, { recursive: true }).map((name) => join(folder, String(name)))
    : [];
}
