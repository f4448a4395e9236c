import { mkdir } from "node:fs/promises";
import { stepIds } from "../../preload/model/guide.ts";
import { expect, test } from "./fixture.ts";
import { layoutProblems } from "./layout.ts";
import { Walker } from "./walker.ts";
import { narrowViews, resizeTo, usualView } from "./window-size.ts";

test.describe("in German", () => {
  test.use({ appOptions: { language: "de" } });

  test("nothing is cut off and nothing scrolls sideways, in small windows and with large text", async ({
    app,
    page,
  }, testInfo) => {
    test.setTimeout(150_000);
    const walker = new Walker(app, "de");
    const { t } = walker;
    const heading = page.getByRole("heading", { level: 1 });
    const folder = testInfo.outputPath("files");
    await mkdir(folder, { recursive: true });
    const found: string[] = [];
    const check = async (name: string): Promise<void> => {
      found.push(...(await layoutProblems(page)).map((problem) => `${name}: ${problem}`));
    };
    const inEveryView = async (name: string, visit: (view: string) => Promise<void>) => {
      for (const [view, size] of Object.entries(narrowViews)) {
        await resizeTo(app, size);
        await visit(`${name}, ${view}`);
      }
    };

    await inEveryView("empty list", check);
    await walker.button("home.new").first().click();
    await page.getByRole("dialog").waitFor();
    await inEveryView("new setup", check);
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await resizeTo(app, usualView);
    await walker.createSetup("Donaudampfschifffahrtsgesellschaft Österreich GmbH & Co. KG");
    await inEveryView("steps", async (view) => {
      for (const [index, step] of stepIds.entries()) {
        if (index > 0) await page.keyboard.press("Control+PageDown");
        await expect(heading).toHaveText(walker.title(step));
        await check(`${view}, ${step}`);
      }
      for (let back = 1; back < stepIds.length; back += 1) await page.keyboard.press("Control+PageUp");
      await expect(heading).toHaveText(walker.title("azure-active-directory"));
    });

    await resizeTo(app, usualView);
    await walker.go("certificate");
    const { pfx } = await walker.makeCertificate(folder);
    await inEveryView("certificate", check);
    await page.getByRole("tab", { name: t("certificate.tabs.inspect") }).click();
    await app.nextOpenDialog(pfx);
    await walker.button("inspect.choose").click();
    await walker.button("inspect.another").waitFor();
    await inEveryView("inspected file", check);
    await page.keyboard.press("Control+Shift+L");
    await page.getByRole("table").waitFor();
    await inEveryView("activity", check);
    await page.keyboard.press("Control+,");
    await walker.button("settings.about.shortcuts").waitFor();
    await inEveryView("settings", check);
    await page.keyboard.press("Alt+Home");
    await page.getByRole("row").first().waitFor();
    await inEveryView("list", check);
    expect(found).toEqual([]);
  });
});

test("what is cut off or beside the window is noticed", async ({ page }) => {
  await page.getByRole("main").waitFor();
  await page.evaluate(() => {
    const button = document.createElement("button");
    button.textContent = "Donaudampfschifffahrtsgesellschaft";
    button.style.cssText = "width: 40px; overflow: hidden; white-space: nowrap";
    const heading = document.createElement("h2");
    heading.textContent = "wide";
    heading.style.width = "3000px";
    document.querySelector("main")?.append(button, heading);
  });
  const found = (await layoutProblems(page)).join("\n");
  expect(found).toMatch(/cut off: BUTTON "Donau/);
  expect(found).toMatch(/beside the window: H2 "wide"/);
  expect(found).toMatch(/scrolls sideways/);
});

test("language and theme change at once and stay after a restart, as does the window's place", async ({
  app,
  page,
}) => {
  const walker = new Walker(app);
  const german = new Walker(app, "de");
  await walker.button("frame.settings").click();
  const dark = () => app.page.evaluate(() => matchMedia("(prefers-color-scheme: dark)").matches);
  const ground = () => app.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.getByText(walker.t("settings.theme.light"), { exact: true }).click();
  await expect.poll(dark).toBe(false);
  const light = await ground();
  await page.getByText(walker.t("settings.theme.dark"), { exact: true }).click();
  await expect.poll(dark).toBe(true);
  await expect.poll(ground).not.toBe(light);

  await page.getByRole("button", { name: walker.t("settings.language.label") }).click();
  await page.getByRole("option", { name: walker.t("settings.language.de") }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(german.t("settings.title"));
  await expect(page.locator("html")).toHaveAttribute("lang", /^de/);
  await expect(page).toHaveTitle(german.t("settings.windowTitle", { app: german.t("app.name") }));
  const menu = () =>
    app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items.map((item) => item.label) ?? []);
  await expect.poll(menu).toContain(german.t("menu.file.label"));

  const bounds = { x: 70, y: 50, width: 1010, height: 690 };
  await app.evaluate(
    ({ BrowserWindow }, wanted) => BrowserWindow.getAllWindows()[0]?.setBounds(wanted),
    bounds,
  );
  const inner = await app.page.evaluate(() => [innerWidth, innerHeight]);
  await app.page.waitForTimeout(1_200);
  await app.restart();
  expect(
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getNormalBounds()),
  ).toEqual(bounds);
  await expect.poll(() => app.page.evaluate(() => [innerWidth, innerHeight])).toEqual(inner);
  await expect(app.page.locator("html")).toHaveAttribute("lang", /^de/);
  await expect(app.page.getByRole("heading", { level: 1 })).toHaveText(german.t("home.title"));
  expect(await dark()).toBe(true);
});
