import { expect, test } from "./fixture.ts";
import { patience, signIn } from "./practice-run.ts";
import { people, SystemBrowser } from "./system-browser.ts";
import { Walker } from "./walker.ts";

test.use({ appOptions: { switches: ["--practice=drifted"] } });

test("npm start -- --practice=drifted opens a practice setup whose tenant has drifted", async ({
  app,
  page,
}) => {
  const walker = new Walker(app);
  const browser = await SystemBrowser.open();
  try {
    await page.getByRole("navigation", { name: walker.t("checklist.navigation") }).waitFor();
    await expect(page.locator("header").getByText(walker.t("frame.practice"))).toBeVisible();
    await browser.follow(app, people.globalAdministrator);
    await signIn(walker);
    await walker.button("tenant.check.action").click();
    await expect(page.getByText("Mail.Send").first()).toBeVisible(patience);
    await walker.button("frame.settings").click();
    await expect(page.locator("header").getByText(walker.t("frame.practice"))).toBeVisible();
  } finally {
    await browser.leave();
  }
});
