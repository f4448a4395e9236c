import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "./fixture.ts";
import { handOverByMouse, rollOut } from "./hand-over.ts";
import type { Desk } from "./hand-over.ts";
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
import { ask, confirmByHand, openBoth, person, savePfx } from "./strip-run.ts";
import { people, SystemBrowser } from "./system-browser.ts";
import { Walker } from "./walker.ts";

// As long as for a user.
test.use({ appOptions: { practiceLag: 1.5 } });

let browser: SystemBrowser;
test.beforeAll(async () => {
  browser = await SystemBrowser.open();
});
test.afterAll(async () => {
  await browser.leave();
});

test("an empty tenant is verified after at most four clicks, gets connected through the strip, and is signed out", async ({
  app,
  page,
}, testInfo) => {
  test.setTimeout(300_000);
  const walker = new Walker(app);
  const { t } = walker;
  const dialog = page.getByRole("dialog");
  await practise(walker);
  await browser.follow(app, people.globalAdministrator);
  await signIn(walker);

  await test.step("from an empty tenant to a verified one in at most four clicks after sign-in", async () => {
    expect(await clicksToPrepare(walker)).toBeLessThanOrEqual(4);
    await dialog.getByRole("button", { name: t("common.close"), exact: true }).click();
    await expectVerified(walker);
    await expect.poll(async () => walker.state("certificate")).not.toBe("cannot-start");
    expectPrepared(await practiceData(app));
  });

  await test.step("what would be taken back is shown as a plan of its own", async () => {
    await account(walker).click();
    await page.getByRole("menuitem", { name: t("identity.account.undo") }).click();
    await expect(dialog).toContainText(t("tenant.undo.connector"));
    await expect(dialog.getByRole("listitem").first()).toBeVisible();
    await page.keyboard.press("Escape");
  });
  await browser.leave();

  const [listed] = await page.evaluate(async () => {
    const setups = await window.rollout?.setups.list();
    return setups?.ok === true ? setups.value : [];
  });
  const setupId = listed?.id ?? "";
  const pfx = await savePfx(app, setupId, testInfo.outputPath("files"));
  const setup = await confirmByHand(app, setupId);
  const desk: Desk = { app, pfx, ...(await openBoth(app, setup)) };
  await test.step("the strip is one window above the others, and has no more rights than the app's own", () =>
    expectOneStrip(desk, setupId));
  await test.step("the mouse hands everything over, and Rollout connects", async () => {
    await handOverByMouse(desk);
    await rollOut(desk.portal);
  });
  await test.step("the result is recorded", async () => {
    await desk.strip.getByRole("button", { name: "Record the result…" }).click({ force: true });
    await record(walker);
    const { rollout } = await ask(page, "setups", "open", { setupId });
    expect(rollout.record).toMatchObject({ result: "connected", by: person });
  });
  await desk.portal.context().close();

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

/** Reads the tenant, makes the certificate and carries the plan out; gives the number of clicks that took. */
async function clicksToPrepare(walker: Walker): Promise<number> {
  const { page, t } = walker;
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
  return page.evaluate(() => Number(document.documentElement.dataset["clicks"]));
}

async function expectOneStrip({ app, strip }: Desk, setupId: string): Promise<void> {
  const windows = () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
  expect(await windows()).toBe(2);
  expect(await strip.evaluate(() => Object.keys(window).includes("require"))).toBe(false);
  await app.page.evaluate(async (id) => window.rollout?.transfer.open({ setupId: id }), setupId);
  expect(await windows()).toBe(2);
}

/** Records in the main window, which the strip has shown Rollout in, that it has connected. */
async function record(walker: Walker): Promise<void> {
  await expect(walker.page.getByRole("heading", { level: 1 })).toHaveText(walker.title("rollout"));
  await walker.button("rollout.action").click();
  const dialog = walker.page.getByRole("dialog");
  await dialog.getByText(walker.t("rollout.guide.connected"), { exact: true }).click();
  await dialog.getByRole("textbox", { name: walker.t("rollout.guide.name") }).fill(person);
  await dialog.getByRole("button", { name: walker.t("rollout.guide.record") }).click();
  await expect.poll(() => walker.state("rollout")).toBe("done");
}

function filesBelow(folder: string): string[] {
  return existsSync(folder)
    ? readdirSync(folder, { recursive: true }).map((name) => join(folder, String(name)))
    : [];
}
