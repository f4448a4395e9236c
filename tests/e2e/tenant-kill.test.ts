import { expect, test } from "./fixture.ts";
import {
  applyButton,
  changesMade,
  expectPrepared,
  expectVerified,
  patience,
  planAll,
  practiceData,
  practise,
  result,
  signIn,
} from "./practice-run.ts";
import { people, SystemBrowser } from "./system-browser.ts";
import { Walker } from "./walker.ts";

test("killed in the middle of the plan, the app goes on and makes everything exactly once", async ({
  app,
}) => {
  test.setTimeout(240_000);
  const walker = new Walker(app);
  const browser = await SystemBrowser.open();
  const click = (name: string) => walker.page.getByRole("button", { name, exact: true }).click();
  try {
    await practise(walker);
    await browser.follow(app, people.globalAdministrator);
    await signIn(walker);
    await planAll(walker, click);
    await applyButton(walker).click();
    await expect.poll(() => changesMade(walker), { ...patience, intervals: [20] }).toBeGreaterThanOrEqual(1);
    // Into the long wait after the application was made.
    await app.kill9();
    await app.start();
    await walker.openSetup(walker.t("practice.setupName", { number: 1 }));
    await browser.follow(app, people.globalAdministrator);
    await signIn(walker);
    // What was agreed to before lets the app read the tenant at once.
    await walker.button("tenant.card.show").click(patience);
    await applyButton(walker).click();
    const dialog = await result(walker);
    await dialog.getByRole("button", { name: walker.t("common.close"), exact: true }).click();
    await expectVerified(walker);
    expectPrepared(await practiceData(app));
  } finally {
    await browser.leave();
  }
});
