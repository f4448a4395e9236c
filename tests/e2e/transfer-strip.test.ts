import { rm } from "node:fs/promises";
import type { Browser } from "playwright/test";
import { attributeIds } from "../../preload/model/guide.ts";
import type { AttributeId } from "../../preload/model/guide.ts";
import { violations } from "./axe.ts";
import { personBrowser } from "./browsers.ts";
import { expect, test } from "./fixture.ts";
import { layoutProblems } from "./layout.ts";
import { ask, field, inTurn, openBoth, person, prepare, prepareOffline, rollOut } from "./strip-run.ts";
import { Walker } from "./walker.ts";

/** A window behind another one is drawn once a second, which is how long a look for movement would take. */
const unmoved = { force: true };

let browser: Browser;
test.beforeAll(async () => {
  browser = await personBrowser();
});

test("an empty practice tenant gets connected through the strip, and the result is recorded", async ({
  app,
}, testInfo) => {
  test.setTimeout(240_000);
  const { setup, pfx } = await prepare(app, browser, testInfo.outputPath("files"));
  const { strip, portal } = await openBoth(app, browser, setup);
  const setupId = setup.summary.id;

  await test.step("the strip is one window above the others, and has no more rights than the app's own", async () => {
    const windows = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
    expect(windows).toBe(2);
    expect(await strip.evaluate(() => Object.keys(window).includes("require"))).toBe(false);
    await app.page.evaluate(async (id) => window.rollout?.transfer.open({ setupId: id }), setupId);
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(2);
  });

  await inTurn(strip).getByRole("button", { name: "Copy Target system instance" }).click(unmoved);
  await expect(inTurn(strip).getByRole("heading")).toHaveText("Description");
  await field(portal, "TargetSystemInstance").fill(await app.clipboardText());
  await inTurn(strip)
    .getByRole("button", { name: /^Next: Description/ })
    .click(unmoved);
  await inTurn(strip)
    .getByRole("button", { name: /^Next: Execution server/ })
    .click(unmoved);
  await portal.getByRole("button", { name: "Save" }).click();
  await inTurn(strip).getByRole("button", { name: "Saved in the portal" }).click(unmoved);

  for (const id of attributeIds.slice(3)) {
    await expect(inTurn(strip).getByRole("heading")).toHaveText(id);
    if (id === "ConnectPFX") {
      // A drag of the mouse begins it; the file is the one that main gave to the system.
      await strip.locator("[draggable]").dispatchEvent("dragstart");
      await expect.poll(() => app.dragged()).toEqual([pfx]);
      await field(portal, id).setInputFiles((await app.dragged())[0] ?? "");
      continue;
    }
    await inTurn(strip)
      .getByRole("button", { name: `Copy ${id}` })
      .click(unmoved);
    if (id === "ConnectPFXPassword")
      await expect(inTurn(strip).getByRole("heading")).toHaveText("TenantDisplay");
    await expect.poll(() => app.clipboardText()).not.toBe("");
    await field(portal, id).fill(await app.clipboardText());
    if (id !== "ConnectPFXPassword") continue;
    await expect(strip.getByText(/leaves the clipboard in \d+ seconds/)).toBeVisible();
    const password = await app.clipboardText();
    expect(await strip.content()).not.toContain(password);
    // Whoever finds the computer locked must not paste it.
    await app.evaluate(({ powerMonitor }) => void powerMonitor.emit("lock-screen"));
    await expect.poll(() => app.clipboardText()).toBe("");
  }
  await portal.getByRole("button", { name: "Save" }).nth(1).click();
  await inTurn(strip).getByRole("button", { name: "Saved in the portal" }).click(unmoved);
  await expect(strip.getByText("13 of 13 handed over")).toBeVisible();
  await rollOut(portal);

  await strip.getByRole("button", { name: "Record the result…" }).click(unmoved);
  const walker = new Walker(app);
  await expect(app.page.getByRole("heading", { level: 1 })).toHaveText(walker.title("rollout"));
  await walker.button("rollout.action").click();
  const dialog = app.page.getByRole("dialog");
  await dialog.getByText(walker.t("rollout.guide.connected"), { exact: true }).click();
  const name = dialog.getByRole("textbox", { name: walker.t("rollout.guide.name") });
  await name.fill(person);
  await dialog.getByRole("button", { name: walker.t("rollout.guide.record") }).click();
  await expect.poll(() => walker.state("rollout")).toBe("done");
  const { rollout } = await ask(app.page, "setups", "open", { setupId });
  expect(rollout.record).toMatchObject({ result: "connected", by: person });
  await portal.context().close();
});

test("the keyboard alone gets connected; Escape closes the strip", async ({ app }, testInfo) => {
  test.setTimeout(240_000);
  const { setup, pfx } = await prepare(app, browser, testInfo.outputPath("files"));
  const { strip, portal } = await openBoth(app, browser, setup);
  const enter = async (next: string) => {
    await strip.keyboard.press("Enter");
    await expect(inTurn(strip).getByRole("heading")).toHaveText(next);
  };
  const paste = async (id: AttributeId) => {
    await field(portal, id).focus();
    await portal.keyboard.insertText(await app.clipboardText());
  };
  await strip.bringToFront();
  // The keys find the rows from wherever the focus is.
  await strip.keyboard.press("Home");
  await expect(inTurn(strip).getByRole("button").first()).toBeFocused();
  await enter("Description");
  await paste("TargetSystemInstance");
  await enter("Execution server");
  await enter("Save");
  await portal.getByRole("button", { name: "Save" }).press("Enter");
  const order = attributeIds.slice(3);
  await enter("ShellDisplay");
  for (const [index, id] of order.entries()) {
    await enter(order[index + 1] ?? "Save");
    if (id === "ConnectPFX") {
      expect(await app.clipboardText()).toBe(pfx);
      await field(portal, id).setInputFiles(await app.clipboardText());
    } else await paste(id);
  }
  await portal.getByRole("button", { name: "Save" }).nth(1).press("Enter");
  await strip.keyboard.press("Enter");
  await expect(strip.getByRole("button", { name: "Record the result…" })).toBeFocused();
  await rollOut(portal);
  // The window closes when the key goes down, before that is answered.
  await strip.keyboard.down("Escape").catch(() => undefined);
  await expect.poll(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  await portal.context().close();
});

test("the strip stays where it was put, tells of a PFX that has gone, and ends with the app", async ({
  app,
}, testInfo) => {
  test.setTimeout(240_000);
  const { setup, pfx } = await prepareOffline(app, testInfo.outputPath("files"));
  await app.page.evaluate(async (id) => window.rollout?.transfer.open({ setupId: id }), setup.summary.id);
  const strip = await app.strip();
  const bounds = { x: 120, y: 60, width: 360, height: 560 };
  await app.evaluate(
    ({ BrowserWindow }, place) => BrowserWindow.getAllWindows()[1]?.setBounds(place),
    bounds,
  );
  await expect.poll(() => strip.evaluate(() => innerWidth)).toBeLessThanOrEqual(360);

  await rm(pfx);
  await strip.evaluate(() => window.dispatchEvent(new Event("focus")));
  await strip.getByRole("button", { name: /^ConnectPFX, not ready/ }).click();
  await expect(inTurn(strip)).toContainText("The PFX isn’t where it was saved any more.");
  await strip.keyboard.press("Enter");
  await expect(app.page.getByRole("heading", { level: 1 })).toHaveText(new Walker(app).title("certificate"));

  // Closing the main window is the end of the app, strip or no strip.
  const ended = app.ended();
  await app.evaluate(({ BrowserWindow }) => {
    setImmediate(() => BrowserWindow.getAllWindows()[0]?.close());
  });
  expect(await ended).toBe(0);
  await app.end();
  await app.start();
  await new Walker(app).openSetup(setup.summary.name);
  await app.page.keyboard.press("Control+Shift+T");
  const again = await app.strip();
  const place = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[1]?.getBounds());
  expect(place).toMatchObject({ width: bounds.width, height: bounds.height });
  await expect(again.getByText("0 of 13 handed over")).toBeVisible();
});

test.describe("in German, whose words are longer", () => {
  test.use({ appOptions: { language: "de" } });
  test("every row is readable in light, dark, and at 200 %, in 360 × 560", async ({ app }, testInfo) => {
    test.setTimeout(240_000);
    const { setup } = await prepareOffline(app, testInfo.outputPath("files"));
    await app.page.evaluate(async (id) => window.rollout?.transfer.open({ setupId: id }), setup.summary.id);
    const strip = await app.strip();
    await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[1]?.setBounds({ x: 40, y: 40, width: 360, height: 560 }),
    );
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
          await strip.screenshot({ path: testInfo.outputPath(`${look}-${row}.png`) });
          const lines = await violations(strip, look === "light" ? "all" : "colours");
          found.push(...lines.map((line) => `${look}, row ${row}: ${line}`));
        }
        await strip.keyboard.press("ArrowDown");
      }
    }
    expect(found).toEqual([]);
  });
});
