import { stepIds } from "../../preload/model/guide.ts";
import type { App } from "./app.ts";
import type { Checker } from "./checker.ts";
import { expect } from "./fixture.ts";
import type { Walker } from "./walker.ts";

/** Who walks, and what looks at the screens on the way. */
export interface Walk {
  app: App;
  walker: Walker;
  check: Checker;
  /** Of the setup. */
  name: string;
}

/** The empty list, and the dialog for a new setup, which stays unused. */
export async function emptyList({ app, walker, check }: Walk): Promise<void> {
  const dialog = app.page.getByRole("dialog");
  await check.screen("list, empty");
  await walker.button("home.new").first().click();
  await dialog.waitFor();
  await check.screen("dialog for a new setup");
  await escape(app, "dialog");
  await check.inNarrowViews(async (fits) => {
    await fits("list, empty");
    await walker.button("home.new").first().click();
    await dialog.waitFor();
    await fits("dialog for a new setup");
    await escape(app, "dialog");
  });
}

/** Each step as it is at first: it names itself in the window's title, its heading and the list. */
export async function untouchedSteps({ app, walker, check, name }: Walk): Promise<void> {
  const { page, t } = walker;
  const heading = page.getByRole("heading", { level: 1 });
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
        await app.page.keyboard.press(order[0] === stepIds[0] ? "Control+PageDown" : "Control+PageUp");
      await expect(heading).toHaveText(walker.title(step));
      await fits(step);
    }
    order = order.toReversed();
  });
}

/** Step 9 with all its tabs: makes the certificate, and inspects the files that it has saved. */
export async function certificateScreens(
  { app, walker, check }: Walk,
  folder: string,
): Promise<{ pfx: string; cer: string }> {
  const { page, t } = walker;
  const tab = async (way: string) => page.getByRole("tab", { name: t(`certificate.tabs.${way}`) }).click();
  // The first tab, "create", has been looked at with the steps.
  for (const way of ["authority", "import", "inspect"]) {
    await tab(way);
    await check.screen(`certificate, ${way}`);
  }
  await tab("create");
  const files = await walker.makeCertificate(folder);
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
  await tab("inspect");
  await app.nextOpenDialog(files.cer);
  await walker.button("inspect.choose").click();
  await walker.button("inspect.another").waitFor();
  await check.screen("certificate, inspected CER");
  await app.nextOpenDialog(files.pfx);
  await walker.button("inspect.another").click();
  await page.getByText("connect.pfx").first().waitFor();
  await check.inNarrowViews((fits) => fits("certificate, inspected PFX"));
  return files;
}

/** Activity, settings, shortcuts, and the list with the setup in it; ends at the list. */
export async function otherScreens({ app, walker, check, name }: Walk): Promise<void> {
  const { page } = walker;
  const heading = page.getByRole("heading", { level: 1 });
  await walker.button("frame.activity").click();
  await page.getByRole("table").waitFor();
  await check.screen("activity");
  await walker.button("frame.settings").click();
  await walker.button("settings.about.shortcuts").waitFor();
  await expect(heading).toBeFocused();
  await check.screen("settings");
  await walker.button("settings.about.shortcuts").click();
  await page.getByRole("dialog").waitFor();
  await check.screen("shortcuts");
  await escape(app, "dialog");
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
  await escape(app, "menu");
}

/** A protected file that is inspected without a setup; begins at the list. */
export async function protectedFile({ app, walker, check }: Walk, pfx: string): Promise<void> {
  const { page, t } = walker;
  await walker.button("home.more").click();
  await page.getByRole("menuitem", { name: t("home.inspect") }).click();
  await app.nextOpenDialog(pfx);
  await walker.button("inspect.choose").click();
  await page.getByRole("textbox", { name: t("inspect.locked.password") }).waitFor();
  await check.screen("inspect, protected PFX");
}

async function escape({ page }: App, role: "dialog" | "menu"): Promise<void> {
  await page.keyboard.press("Escape");
  await page.getByRole(role).waitFor({ state: "detached" });
}
