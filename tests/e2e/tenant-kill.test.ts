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

/** How often the app is killed, each time right after the first change that the run has made. */
const kills = 2;

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
    let planned = true;
    for (let kill = 1; kill <= kills; kill += 1) {
      await applyButton(walker).click();
      await expect
        .poll(() => changesMade(walker), { ...patience, intervals: [20] })
        .toBeGreaterThanOrEqual(1);
      await app.kill9();
      await app.start();
      await walker.openSetup(walker.t("practice.setupName", { number: 1 }));
      await browser.follow(app, people.globalAdministrator);
      await signIn(walker);
      // What was agreed to before lets the app read the tenant at once.
      const show = walker.button("tenant.card.show");
      await show.or(walker.button("tenant.check.again")).first().waitFor(patience);
      planned = await show.isVisible();
      // The first kill falls into the long wait after the application was made; a later one may come too late.
      if (kill === 1) expect(planned).toBe(true);
      if (!planned) break;
      await show.click();
    }
    if (planned) {
      await applyButton(walker).click();
      const dialog = await result(walker);
      await dialog.getByRole("button", { name: walker.t("common.close"), exact: true }).click();
    }
    await expectVerified(walker);
    expectPrepared(await practiceData(app));
  } finally {
    await browser.leave();
  }
});
