import { mkdir } from "node:fs/promises";
import type { Page } from "playwright/test";
import { stepIds } from "../../preload/model/guide.ts";
import type { App } from "./app.ts";
import { violations } from "./axe.ts";
import { expect, test } from "./fixture.ts";
import { layoutProblems } from "./layout.ts";
import { settle } from "./settle.ts";
import { Walker } from "./walker.ts";
import { narrowViews, resizeTo, usualView } from "./window-size.ts";

/** Notes what is wrong with the screens that are shown. */
class Checker {
  readonly found: string[] = [];
  readonly #app: App;
  #theme: "light" | "dark" = "light";

  constructor(app: App) {
    this.#app = app;
  }

  /**
   * Checks the screen as it is: everything in the light theme, the colours in the dark one. Begins with the theme in
   * which the screen before was left, which saves a change.
   */
  async screen(name: string): Promise<void> {
    await this.#screenIn(this.#theme, name);
    await this.#screenIn(this.#theme === "light" ? "dark" : "light", name);
  }

  /**
   * Visits screens with little room, once in each view, and checks with the function it is given that nothing is
   * cut off and nothing scrolls sideways.
   */
  async inNarrowViews(visit: (fits: (name: string) => Promise<void>) => Promise<void>): Promise<void> {
    for (const [view, size] of Object.entries(narrowViews)) {
      await resizeTo(this.#app, size);
      await visit(async (name) => {
        const problems = await layoutProblems(this.#app.page);
        this.found.push(...problems.map((problem) => `${name}, ${view}: ${problem}`));
      });
    }
    await resizeTo(this.#app, usualView);
  }

  async #screenIn(theme: "light" | "dark", name: string): Promise<void> {
    const { page } = this.#app;
    this.#theme = theme;
    // Settings that are saved meanwhile bring their own theme back.
    await this.#app.evaluate(({ nativeTheme }, wanted) => {
      nativeTheme.themeSource = wanted;
    }, theme);
    await page.waitForFunction(
      (dark) => matchMedia("(prefers-color-scheme: dark)").matches === dark,
      theme === "dark",
    );
    const lines = await violations(page, theme === "light" ? "all" : "colours");
    this.found.push(...lines.map((line) => `${name}, ${theme}: ${line}`));
  }
}

test.describe("in German, whose words are longer", () => {
  test.use({ appOptions: { language: "de" } });

  test("on every screen axe finds nothing wrong, light or dark, and nothing is cut off in small windows and with large text", async ({
    app,
    page,
  }, testInfo) => {
    test.setTimeout(300_000);
    const walker = new Walker(app, "de");
    const { t } = walker;
    const check = new Checker(app);
    const name = "Donaudampfschifffahrtsgesellschaft Österreich GmbH & Co. KG";
    const folder = testInfo.outputPath("files");
    await mkdir(folder, { recursive: true });
    const heading = page.getByRole("heading", { level: 1 });
    const dialog = page.getByRole("dialog");
    const tab = async (key: string) => page.getByRole("tab", { name: t(key) }).click();
    const escape = async (role: "dialog" | "menu") => {
      await page.keyboard.press("Escape");
      await page.getByRole(role).waitFor({ state: "detached" });
    };

    await test.step("the empty list, and the dialog for a new setup", async () => {
      await check.screen("list, empty");
      await walker.button("home.new").first().click();
      await dialog.waitFor();
      await check.screen("dialog for a new setup");
      await escape("dialog");
      await check.inNarrowViews(async (fits) => {
        await fits("list, empty");
        await walker.button("home.new").first().click();
        await dialog.waitFor();
        await fits("dialog for a new setup");
        await escape("dialog");
      });
    });

    await test.step("each step, which names itself in the window's title, its heading and the list", async () => {
      await walker.createSetup(name);
      const titles = new Map<string, string>();
      for (const [index, step] of stepIds.entries()) {
        await walker.go(step);
        const title = t("step.windowTitle", {
          title: walker.title(step),
          number: index + 1,
          total: stepIds.length,
          setup: name,
        });
        await expect(page).toHaveTitle(title);
        titles.set(step, title);
        await expect(heading).toBeFocused();
        await expect(page.locator("[aria-current]")).toHaveCount(1);
        await expect(walker.entry(step)).toHaveAttribute("aria-current", "step");
        await check.screen(step);
      }
      expect(titles.get("api-permissions")).toBe(`API-Berechtigungen (Schritt 7 von 15) - ${name}`);
      // Up from the last one, in the next view down again.
      let order = stepIds.toReversed();
      await check.inNarrowViews(async (fits) => {
        for (const [index, step] of order.entries()) {
          if (index > 0)
            await page.keyboard.press(order[0] === stepIds[0] ? "Control+PageDown" : "Control+PageUp");
          await expect(heading).toHaveText(walker.title(step));
          await fits(step);
        }
        order = order.toReversed();
      });
    });

    const files = await test.step("the certificate's tabs, and files that are inspected", async () => {
      await walker.go("certificate");
      // The first tab, "create", has been looked at with the steps.
      for (const way of ["authority", "import", "inspect"]) {
        await tab(`certificate.tabs.${way}`);
        await check.screen(`certificate, ${way}`);
      }
      await tab("certificate.tabs.create");
      const { cer, pfx } = await walker.makeCertificate(folder);
      // Three messages tell of it, as long as they stay: over the help, so that no step and no action is covered.
      const messages = page.getByRole("region", { name: t("common.messages") }).getByRole("listitem");
      const left = await messages.last().evaluate((item) => item.getBoundingClientRect().left);
      const right = await page.getByRole("main").evaluate((main) => main.getBoundingClientRect().right);
      expect(left).toBeGreaterThan(right);
      await check.inNarrowViews(async (fits) => {
        const overWork = await page.evaluate(() => innerWidth < 900);
        expect(await messages.count()).toBeLessThanOrEqual(overWork ? 2 : 3);
        await fits("certificate, current");
      });
      await check.screen("certificate, current");
      await tab("certificate.tabs.inspect");
      await app.nextOpenDialog(cer);
      await walker.button("inspect.choose").click();
      await walker.button("inspect.another").waitFor();
      await check.screen("certificate, inspected CER");
      await app.nextOpenDialog(pfx);
      await walker.button("inspect.another").click();
      await page.getByText("connect.pfx").first().waitFor();
      await check.inNarrowViews((fits) => fits("certificate, inspected PFX"));
      return { pfx };
    });

    await test.step("steps that are done, evidence, and Rollout", async () => {
      await settle(
        app,
        stepIds.filter((step) => !["certificate", "rollout"].includes(step)),
      );
      await walker.button("frame.backToSetups").click();
      await walker.openSetup(name);
      for (const step of ["api-permissions", "upload-certificate", "technical-attributes"] as const) {
        await walker.go(step);
        await expect.poll(() => walker.state(step)).toBe("done");
        await check.screen(`${step}, done`);
      }
      await tab("step.tabs.evidence");
      await check.screen("evidence");
      await walker.go("rollout");
      await check.screen("rollout, ready");
      await walker.button("rollout.action").click();
      await dialog.waitFor();
      await check.screen("rollout dialog");
      await escape("dialog");
      await walker.rollout("failed", "UnAuthorized");
      await check.screen("rollout, failed");
    });

    await test.step("activity, settings and the list of setups", async () => {
      await walker.button("frame.activity").click();
      await page.getByRole("table").waitFor();
      await check.screen("activity");
      await walker.button("frame.settings").click();
      await walker.button("settings.about.shortcuts").waitFor();
      await expect(heading).toBeFocused();
      await check.screen("settings");
      await walker.button("settings.about.shortcuts").click();
      await dialog.waitFor();
      await check.screen("shortcuts");
      await escape("dialog");
      await check.inNarrowViews(async (fits) => {
        await page.keyboard.press("Control+Shift+L");
        await page.getByRole("table").waitFor();
        await fits("activity");
        await page.keyboard.press("Control+,");
        await walker.button("settings.about.shortcuts").waitFor();
        await fits("settings");
        await page.keyboard.press("Alt+Home");
        await page.getByRole("row").first().waitFor();
        await fits("list");
        await page.getByText(name, { exact: true }).first().click();
        await expect(heading).toHaveText(walker.title("rollout"));
      });
      await page.keyboard.press("Alt+Home");
      await page.getByRole("row").first().waitFor();
      await check.screen("list");
      await walker.button("home.actions", { name }).click();
      await page.getByRole("menu").waitFor();
      await check.screen("actions of a setup");
      await escape("menu");
    });

    await test.step("a protected file to be inspected without a setup", async () => {
      await walker.button("home.more").click();
      await page.getByRole("menuitem", { name: t("home.inspect") }).click();
      await app.nextOpenDialog(files.pfx);
      await walker.button("inspect.choose").click();
      await page.getByRole("textbox", { name: t("inspect.locked.password") }).waitFor();
      await check.screen("inspect, protected PFX");
    });

    expect(check.found).toEqual([]);
    await test.step("what is wrong, cut off or beside the window is noticed", () => spoilScreen(page));
  });
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

/** Puts on the page what each look has found missing until now. */
async function spoilScreen(page: Page): Promise<void> {
  await test.step("a picture without words, and grey on grey", async () => {
    await page.evaluate(() => {
      const main = document.querySelector("main");
      main?.append(document.createElement("img"));
      const pale = document.createElement("p");
      pale.textContent = "hardly to be read";
      pale.style.color = "#999";
      pale.style.backgroundColor = "#888";
      main?.append(pale);
    });
    const found = await violations(page);
    expect(found.some((line) => line.startsWith("image-alt: "))).toBe(true);
    expect(found.some((line) => line.startsWith("color-contrast: "))).toBe(true);
    const colours = await violations(page, "colours");
    expect(colours.every((line) => line.startsWith("color-contrast: "))).toBe(true);
  });

  await test.step("a button too narrow for its words, and a heading wider than the window", async () => {
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
}
