import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright/test";
import type { App } from "./app.ts";
import { violations } from "./axe.ts";
import { expect, test } from "./fixture.ts";
import { inTurn } from "./hand-over.ts";
import { layoutProblems } from "./layout.ts";
import { pictures } from "./looker.ts";
import { ask, prepareOffline } from "./strip-run.ts";
import { applicationId, Walker } from "./walker.ts";

/** The longer words of the two languages. */
const language = "de";
test.use({ appOptions: { language } });

test("the strip is readable and stays where it was put, tells of a PFX that has gone, and ends with the app", async ({
  app,
}, testInfo) => {
  test.setTimeout(240_000);
  const walker = new Walker(app, language);
  const { t } = walker;
  const { setup, pfx } = await prepareOffline(app, testInfo.outputPath("files"));
  await app.page.evaluate(async (id) => window.rollout?.transfer.open({ setupId: id }), setup.summary.id);
  const strip = await app.strip();
  const bounds = { x: 120, y: 60, width: 360, height: 560 };
  await app.evaluate(
    ({ BrowserWindow }, place) => BrowserWindow.getAllWindows()[1]?.setBounds(place),
    bounds,
  );
  await expect.poll(() => strip.evaluate(() => innerWidth)).toBeLessThanOrEqual(360);

  await test.step("every row is readable in light, dark, and at 200 %, in 360 × 560", async () => {
    expect(await lookAtRows(app, strip)).toEqual([]);
  });

  await test.step("what changes in the main window is seen at once, whether ticked or missing before", async () => {
    const setupId = setup.summary.id;
    const setField = (field: string, value: string) =>
      ask(app.page, "setups", "setField", { setupId, field, value });
    const row = (name: string, state?: "changed" | "mend") =>
      strip.getByRole("button", {
        name: state === undefined ? name : `${name}, ${t(`transfer.states.${state}`)}`,
        exact: true,
      });
    await strip.keyboard.press("Home");
    await strip.keyboard.press("Enter");
    await expect(strip.getByText(t("transfer.count", { done: 1, total: 13 }))).toBeVisible();
    await setField("instanceName", "Contoso EXO");
    await expect(row("Target system instance Contoso EXO", "changed")).toBeVisible();
    await setField("applicationId", "");
    await expect(row("ConnectAppID", "mend")).toBeVisible();
    await setField("applicationId", applicationId);
    await expect(row(`ConnectAppID ${applicationId}`)).toBeVisible();
  });

  await test.step("a PFX that has gone is told, with the way to mend it", async () => {
    await rm(pfx);
    await strip.evaluate(() => window.dispatchEvent(new Event("focus")));
    await strip
      .getByRole("button", { name: `ConnectPFX, ${t("transfer.states.mend")}`, exact: true })
      .click();
    await expect(inTurn(strip)).toContainText(t("transfer.file.missing"));
    await strip.keyboard.press("Enter");
    await expect(app.page.getByRole("heading", { level: 1 })).toHaveText(walker.title("certificate"));
  });

  await test.step("closing the main window is the end of the app, strip or no strip", async () => {
    const ended = app.ended();
    await app.evaluate(({ BrowserWindow }) => {
      setImmediate(() => BrowserWindow.getAllWindows()[0]?.close());
    });
    expect(await ended).toBe(0);
    await app.end();
  });

  await test.step("after another start it is where it was put", async () => {
    await app.start();
    await walker.openSetup(setup.summary.name);
    await app.page.keyboard.press("Control+Shift+T");
    const again = await app.strip();
    const place = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[1]?.getBounds());
    expect(place).toMatchObject({ width: bounds.width, height: bounds.height });
    await expect(again.getByText(t("transfer.count", { done: 0, total: 13 }))).toBeVisible();
  });
});

/** What is wrong with any row in any look; the app then looks as it did before. */
async function lookAtRows(app: App, strip: Page): Promise<string[]> {
  const found: string[] = [];
  for (const [look, settings] of Object.entries({
    light: { theme: "light", textSize: 100 },
    dark: { theme: "dark", textSize: 100 },
    large: { theme: "light", textSize: 200 },
  } as const)) {
    await app.page.evaluate(async (change) => window.rollout?.app.saveSettings(change), settings);
    await expect
      .poll(() => strip.evaluate(() => innerWidth))
      .toBeLessThanOrEqual((360 * 100) / settings.textSize);
    await strip.keyboard.press("Home");
    for (let row = 0; row < 13; row += 1) {
      const problems = await layoutProblems(strip);
      found.push(...problems.map((problem) => `${look}, row ${row}: ${problem}`));
      if ([0, 2, 6, 7].includes(row)) {
        if (pictures !== undefined)
          await strip.screenshot({ path: join(pictures, `strip-${look}-${row}.png`) });
        const lines = await violations(strip, look === "light" ? "all" : "colours");
        found.push(...lines.map((line) => `${look}, row ${row}: ${line}`));
      }
      await strip.keyboard.press("ArrowDown");
    }
  }
  await app.page.evaluate(async () => window.rollout?.app.saveSettings({ theme: "system", textSize: 100 }));
  return found;
}
