import { expect, test } from "./fixture.ts";
import { Walker } from "./walker.ts";

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
  const size = () => app.page.evaluate(() => [innerWidth, innerHeight]);
  await expect.poll(async () => (await size())[0]).toBeLessThanOrEqual(bounds.width);
  const inner = await size();
  await app.page.waitForTimeout(1_200);
  await app.restart();
  expect(
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getNormalBounds()),
  ).toEqual(bounds);
  await expect.poll(size).toEqual(inner);
  await expect(app.page.locator("html")).toHaveAttribute("lang", /^de/);
  await expect(app.page.getByRole("heading", { level: 1 })).toHaveText(german.t("home.title"));
  expect(await dark()).toBe(true);
});
