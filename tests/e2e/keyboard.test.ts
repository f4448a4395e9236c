import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright/test";
import { expect, test } from "./fixture.ts";
import { rollOutByKeyboard } from "./keyboard-rollout.ts";
import { Keys, focusProblem, wholeBrowser } from "./keys.ts";
import { Walker, applicationId, tenantId } from "./walker.ts";

test.use({ appOptions: wholeBrowser });

test("the offline path is walked to its end by keyboard alone, and the focus is never lost", async ({
  app,
  page,
}, testInfo) => {
  test.setTimeout(240_000);
  const walker = new Walker(app);
  const { t } = walker;
  const keys = new Keys(page);
  const folder = testInfo.outputPath("files");
  await mkdir(folder, { recursive: true });
  const dialog = page.getByRole("dialog");
  const heading = page.getByRole("heading", { level: 1 });
  const onStep = async (step: Parameters<Walker["title"]>[0]) => {
    await expect(heading).toHaveText(walker.title(step));
    await expect(heading).toBeFocused();
  };

  await test.step("a setup is created; Escape leaves the dialog where it was opened", async () => {
    const create = walker.button("home.new").first();
    await keys.tabTo(create);
    await keys.press("Enter");
    await expect(dialog.getByRole("textbox")).toBeFocused();
    await keys.press("Escape");
    await expect(create).toBeFocused();
    await keys.press("Control+n");
    await expect(dialog.getByRole("textbox")).toBeFocused();
    await keys.type("Contoso AG");
    await keys.press("Tab", "Space");
    await expect(page.getByRole("listbox")).toBeVisible();
    await keys.press("ArrowDown", "Escape");
    await expect(page.getByRole("listbox")).toBeHidden();
    await keys.tabTo(walker.button("home.create.submit"));
    await keys.press("Enter");
    await onStep("azure-active-directory");
  });

  await test.step("F6 goes round the parts of the window", async () => {
    const regions: (string | null)[] = [];
    for (let turn = 0; turn < 5; turn += 1) {
      await keys.press("F6");
      regions.push(
        await page.evaluate(
          () =>
            document.activeElement
              ?.closest("[data-region]:not([data-region=''])")
              ?.getAttribute("data-region") ?? null,
        ),
      );
    }
    expect(new Set(regions)).toEqual(new Set(["header", "steps", "main", "help", "footer"]));
  });

  await test.step("a step is confirmed, and the focus goes to the way on", async () => {
    await page.evaluate(() => document.querySelector<HTMLElement>("h1")?.focus());
    const bar = page.getByRole("region", { name: t("step.confirm.region") });
    await keys.tabTo(bar.getByRole("checkbox"));
    await keys.press("Space");
    await keys.tabTo(page.getByRole("textbox", { name: t("step.confirm.name") }));
    await keys.type("Ada Lovelace");
    await keys.press("Enter");
    await expect(bar.getByRole("button", { name: /^Next step/ })).toBeFocused();
    expect(await walker.state("azure-active-directory")).toBe("done");
    await keys.press("Enter");
    await onStep("admin-portal");
  });

  await test.step("values are typed where the list of steps leads", async () => {
    const entry = walker.entry("application-ids");
    await keys.press("Shift+F6");
    await keys.tabTo(entry);
    await keys.press("Enter");
    await onStep("application-ids");
    for (const [field, value] of [
      ["applicationId", applicationId],
      ["tenantId", tenantId],
    ] as const) {
      await keys.tabTo(page.getByRole("textbox", { name: t(`fields.${field}.label`) }));
      await keys.type(value);
    }
    await keys.press("Control+PageUp");
    await onStep("single-tenant");
    await keys.press("Control+PageDown");
    await onStep("application-ids");
    await expect(page.getByRole("textbox", { name: t("fields.tenantId.label") })).toHaveValue(tenantId);
  });

  await test.step("a certificate is made and saved", async () => {
    for (const step of ["api-permissions", "admin-consent", "certificate"] as const) {
      await keys.press("Control+PageDown");
      await onStep(step);
    }
    const tab = (id: string) => page.getByRole("tab", { name: t(`certificate.tabs.${id}`) });
    await keys.tabTo(tab("create"));
    await keys.press("ArrowRight");
    await expect(tab("authority")).toBeFocused();
    await expect(tab("authority")).toHaveAttribute("aria-selected", "true");
    await keys.press("ArrowLeft");
    await keys.tabTo(page.getByRole("textbox", { name: t("certificate.name.label") }));
    await page.keyboard.press("Control+a");
    await keys.type("contoso.org");
    await keys.tabTo(walker.button("certificate.create.action"));
    await keys.press("Enter");
    await walker.button("certificate.export.pfx").waitFor({ timeout: 30_000 });
    await keys.focusIsSeen("the certificate was made");
    await app.nextSaveDialog(join(folder, "connect.pfx"));
    await keys.tabTo(walker.button("certificate.export.pfx"));
    await keys.press("Enter");
    await expect.poll(() => readdir(folder)).toContain("connect.pfx");
    await expect.poll(() => walker.state("certificate")).toBe("done");
    await keys.focusIsSeen("the PFX was saved");
    const cer = walker.button("certificate.export.cer");
    await keys.tabTo(cer);
    await keys.press("Enter");
    await expect(page.getByRole("menu")).toBeVisible();
    await keys.press("ArrowDown", "Escape");
    await expect(page.getByRole("menu")).toBeHidden();
    await expect(cer).toBeFocused();
    await app.nextSaveDialog(join(folder, "connect.cer"));
    await keys.press("ArrowDown", "Enter");
    await expect.poll(() => readdir(folder)).toContain("connect.cer");
    await keys.focusIsSeen("the CER was saved");
  });

  await test.step("dialogs and menus give the focus back", async () => {
    const other = walker.button("password.new");
    await keys.tabTo(other, "Shift+Tab");
    await keys.press("Enter");
    await expect(dialog).toBeVisible();
    await keys.press("Tab", "Tab", "Tab", "Tab", "Tab", "Tab");
    expect(await dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true);
    await keys.press("Escape");
    await expect(other).toBeFocused();
    await keys.press("Control+Shift+K");
    await expect(dialog.getByRole("button")).toBeFocused();
    await keys.press("Escape");
    await expect(other).toBeFocused();
    const more = walker.button("step.moreLabel");
    await keys.tabTo(more);
    await keys.press("Enter", "ArrowDown", "Enter");
    await expect(dialog).toBeVisible();
    await keys.press("Escape");
    await expect(more).toBeFocused();
  });

  await test.step("the other screens, and back to the setup", async () => {
    await keys.press("Control+,");
    await expect(heading).toHaveText(t("settings.title"));
    await expect(heading).toBeFocused();
    const dark = page.getByRole("radio", { name: t("settings.theme.dark"), exact: true });
    const system = page.getByRole("radio", { name: t("settings.theme.system"), exact: true });
    await keys.tabTo(system);
    await keys.press("ArrowLeft");
    await expect(dark).toBeChecked();
    await keys.press("Alt+Home");
    await expect(heading).toHaveText(t("home.title"));
    await expect(heading).toBeFocused();
    const row = page.getByRole("row").first();
    await keys.tabTo(row);
    await keys.press("ArrowRight");
    await expect(walker.button("home.actions", { name: "Contoso AG" })).toBeFocused();
    await keys.press("Enter");
    await expect(page.getByRole("menu")).toBeVisible();
    await keys.press("Enter");
    await expect(dialog.getByRole("textbox")).toBeFocused();
    await page.keyboard.press("Control+a");
    await keys.type("Contoso GmbH");
    await keys.press("Enter");
    await expect(dialog).toBeHidden();
    await keys.focusIsSeen("the setup was renamed");
    await keys.tabTo(page.getByRole("row", { name: "Contoso GmbH" }));
    await keys.press("Enter");
    await onStep("certificate");
    await keys.press("Control+Shift+L");
    await expect(heading).toHaveText(t("activity.title"));
    await expect(heading).toBeFocused();
  });

  await rollOutByKeyboard(app, keys, "Contoso GmbH", folder);
  await test.step("a focus that is lost, hidden or without a ring is noticed", () => spoilFocus(page, keys));
});

/** Takes away, on the list of setups, what each look at the focus has found until now. */
async function spoilFocus(page: Page, keys: Keys): Promise<void> {
  const problem = () => page.evaluate(focusProblem);
  await page.reload();
  await page.getByRole("main").waitFor();
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  expect(await problem()).toBe("lost");
  await keys.press("Tab", "Tab");
  expect(await problem()).toBe("");
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("* { outline: none !important; box-shadow: none !important }");
    document.adoptedStyleSheets = [sheet];
  });
  expect(await problem()).toMatch(/^no ring: BUTTON/);
  await page.evaluate(() => {
    const active = document.activeElement as HTMLElement;
    active.style.position = "fixed";
    active.style.top = "-500px";
  });
  expect(await problem()).toMatch(/^out of view: BUTTON/);
}
