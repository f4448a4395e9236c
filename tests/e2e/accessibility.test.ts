import { mkdir } from "node:fs/promises";
import { stepIds } from "../../preload/model/guide.ts";
import type { App } from "./app.ts";
import { settled, violations } from "./axe.ts";
import { expect, test } from "./fixture.ts";
import { settle } from "./settle.ts";
import { Walker } from "./walker.ts";

/** The longer words of the two languages. */
const language = "de";
test.use({ appOptions: { language } });

/** Checks the screen as it is: everything in the light theme, the colours once more in the dark one. */
class Checker {
  readonly found: string[] = [];
  readonly #app: App;

  constructor(app: App) {
    this.#app = app;
  }

  async screen(name: string): Promise<void> {
    const { page } = this.#app;
    const light = await violations(page);
    this.found.push(...light.map((line) => `${name}, light: ${line}`));
    await this.#theme("dark");
    const dark = await violations(page, "colours");
    await this.#theme("light");
    this.found.push(...dark.map((line) => `${name}, dark: ${line}`));
  }

  async #theme(theme: "light" | "dark"): Promise<void> {
    await this.#app.evaluate(({ nativeTheme }, wanted) => {
      nativeTheme.themeSource = wanted;
    }, theme);
    const { page } = this.#app;
    await page.waitForFunction(
      (dark) => matchMedia("(prefers-color-scheme: dark)").matches === dark,
      theme === "dark",
    );
    await settled(page);
  }
}

test("axe finds nothing wrong on any screen, light or dark", async ({ app, page }, testInfo) => {
  test.setTimeout(180_000);
  const walker = new Walker(app, language);
  const { t } = walker;
  const check = new Checker(app);
  const folder = testInfo.outputPath("files");
  await mkdir(folder, { recursive: true });
  const tab = async (key: string) => page.getByRole("tab", { name: t(key) }).click();

  await check.screen("list, empty");
  await walker.button("home.new").first().click();
  await page.getByRole("dialog").waitFor();
  await check.screen("dialog for a new setup");
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });

  await walker.createSetup("Contoso AG");
  for (const step of stepIds) {
    await walker.go(step);
    await check.screen(step);
  }

  await walker.go("certificate");
  for (const way of ["authority", "import", "inspect", "create"]) {
    await tab(`certificate.tabs.${way}`);
    await check.screen(`certificate, ${way}`);
  }
  const { cer, pfx } = await walker.makeCertificate(folder);
  await check.screen("certificate, current");
  await tab("certificate.tabs.inspect");
  await app.nextOpenDialog(cer);
  await walker.button("inspect.choose").click();
  await walker.button("inspect.another").waitFor();
  await check.screen("certificate, inspected CER");

  await settle(
    app,
    stepIds.filter((step) => !["certificate", "rollout"].includes(step)),
  );
  await walker.button("frame.backToSetups").click();
  await walker.openSetup("Contoso AG");
  for (const step of ["api-permissions", "upload-certificate", "technical-attributes"] as const) {
    await walker.go(step);
    await expect.poll(() => walker.state(step)).toBe("done");
    await check.screen(`${step}, done`);
  }
  await page.getByRole("tab", { name: t("step.tabs.evidence") }).click();
  await check.screen("evidence");
  await walker.go("rollout");
  await check.screen("rollout, ready");
  await walker.button("rollout.action").click();
  await page.getByRole("dialog").waitFor();
  await check.screen("rollout dialog");
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await walker.rollout("failed", "UnAuthorized");
  await check.screen("rollout, failed");

  await walker.button("frame.activity").click();
  await page.getByRole("table").waitFor();
  await check.screen("activity");
  await walker.button("frame.settings").click();
  await walker.button("settings.about.shortcuts").waitFor();
  await check.screen("settings");
  await walker.button("settings.about.shortcuts").click();
  await page.getByRole("dialog").waitFor();
  await check.screen("shortcuts");
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });

  await page.keyboard.press("Alt+Home");
  await page.getByRole("row").first().waitFor();
  await check.screen("list");
  await walker.button("home.actions", { name: "Contoso AG" }).click();
  await page.getByRole("menu").waitFor();
  await check.screen("actions of a setup");
  await page.keyboard.press("Escape");
  await page.getByRole("menu").waitFor({ state: "detached" });
  await walker.button("home.more").click();
  await page.getByRole("menuitem", { name: t("home.inspect") }).click();
  await app.nextOpenDialog(pfx);
  await walker.button("inspect.choose").click();
  await page.getByRole("textbox", { name: t("inspect.locked.password") }).waitFor();
  await check.screen("inspect, protected PFX");

  expect(check.found).toEqual([]);
});

test("each step names itself in the window's title, its heading and the list", async ({ app, page }) => {
  const walker = new Walker(app, language);
  await walker.createSetup("Contoso AG");
  for (const [index, step] of stepIds.entries()) {
    await walker.go(step);
    await expect(page).toHaveTitle(
      walker.t("step.windowTitle", {
        title: walker.title(step),
        number: index + 1,
        total: stepIds.length,
        setup: "Contoso AG",
      }),
    );
    await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
    await expect(page.locator("[aria-current]")).toHaveCount(1);
    await expect(walker.entry(step)).toHaveAttribute("aria-current", "step");
  }
  await walker.go("api-permissions");
  await expect(page).toHaveTitle("API-Berechtigungen (Schritt 7 von 15) - Contoso AG");
  await walker.button("frame.settings").click();
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
});

test("axe reports what is wrong: a picture without words, and grey on grey", async ({ page }) => {
  await page.getByRole("main").waitFor();
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
  expect((await violations(page, "colours")).every((line) => line.startsWith("color-contrast: "))).toBe(true);
});
