import { readdir } from "node:fs/promises";
import { stepIds } from "../../preload/model/guide.ts";
import type { App } from "./app.ts";
import { expect, test } from "./fixture.ts";
import type { Keys } from "./keys.ts";
import { settle } from "./settle.ts";
import { Walker } from "./walker.ts";

/**
 * Rollout is reached, recorded, handed over and closed by keyboard alone. Goes on with a setup that stands on its
 * certificate step and has its certificate.
 */
export async function rollOutByKeyboard(app: App, keys: Keys, name: string, folder: string): Promise<void> {
  const walker = new Walker(app);
  const { page, t } = walker;
  const dialog = page.getByRole("dialog");
  const heading = page.getByRole("heading", { level: 1 });
  const portal = "https://portal.iam.example";

  const elsewhere = ["certificate", "target-systems", "rollout"];
  await settle(
    app,
    stepIds.filter((step) => !elsewhere.includes(step)),
    ["portalUrl"],
  );
  await walker.button("frame.backToSetups").click();
  await walker.openSetup(name);
  await expect(heading).toHaveText(walker.title("certificate"));
  await page.evaluate(() => document.querySelector<HTMLElement>("h1")?.focus());

  await test.step("the list of what is missing leads to what is missing", async () => {
    await keys.tabTo(walker.entry("rollout"), "Shift+Tab");
    await keys.press("Enter");
    await expect(heading).toHaveText(walker.title("rollout"));
    await expect(heading).toBeFocused();
    await keys.tabTo(walker.button("rollout.action"));
    await expect(walker.button("rollout.action")).toHaveAttribute("aria-disabled", "true");
    await keys.press("Enter");
    await expect(dialog).toBeHidden();
    await keys.tabTo(walker.button("step.confirm.showMissing"), "Shift+Tab");
    await keys.press("Enter", "Tab");
    const missing = page.getByRole("main").getByRole("button", { name: walker.title("target-systems") });
    await keys.tabTo(missing);
    await keys.press("Enter");
    await expect(heading).toHaveText(walker.title("target-systems"));
    await expect(heading).toBeFocused();
    await keys.tabTo(page.getByRole("textbox", { name: t("fields.portalUrl.label") }));
    await keys.type(portal);
    const bar = page.getByRole("region", { name: t("step.confirm.region") });
    await keys.tabTo(bar.getByRole("checkbox"));
    await keys.press("Space");
    await keys.tabTo(page.getByRole("textbox", { name: t("step.confirm.name") }));
    await page.keyboard.press("Control+a");
    await keys.type("Ada Lovelace");
    await keys.press("Enter");
    await expect.poll(() => walker.state("target-systems")).toBe("done");
    await keys.focusIsSeen("the step was confirmed");
    while ((await heading.textContent()) !== walker.title("rollout")) await keys.press("Control+PageDown");
  });

  await test.step("the portal is opened; a failed Rollout is recorded and leads to its likely cause", async () => {
    await expect(walker.button("rollout.action")).not.toHaveAttribute("aria-disabled", "true");
    await keys.tabTo(walker.button("rollout.action"));
    await keys.press("Enter");
    await expect(dialog).toBeVisible();
    await keys.tabTo(walker.button("rollout.guide.open"));
    await keys.press("Enter");
    await expect.poll(() => app.openedExternally()).toEqual([`${portal}/`]);
    await keys.tabTo(walker.button("rollout.guide.record"));
    await keys.press("Enter");
    await expect(dialog.getByText(t("rollout.guide.chooseResult"))).toBeVisible();
    // Backwards, a group without a choice is entered at its last one.
    await keys.tabTo(dialog.getByRole("radio").last(), "Shift+Tab");
    await keys.press("Space");
    await expect(dialog.getByRole("radio", { name: t("rollout.guide.failed") })).toBeChecked();
    await keys.tabTo(dialog.getByRole("textbox", { name: t("rollout.guide.errorText") }));
    await keys.type("UnAuthorized");
    await keys.tabTo(walker.button("rollout.guide.record"));
    await keys.press("Enter");
    await expect(dialog).toBeHidden();
    await keys.focusIsSeen("the failure was recorded");
    expect(await walker.state("rollout")).toBe("needs-attention");
    await keys.tabTo(page.getByRole("main").getByRole("button", { name: walker.title("exchange-role") }));
    await keys.press("Enter");
    await expect(heading).toHaveText(walker.title("exchange-role"));
    await expect(heading).toBeFocused();
    while ((await heading.textContent()) !== walker.title("rollout")) await keys.press("Control+PageDown");
  });

  await test.step("Escape gives the focus back; the result is recorded with the person's name", async () => {
    const again = walker.button("rollout.again");
    await keys.tabTo(again);
    await keys.press("Enter");
    await expect(dialog).toBeVisible();
    await keys.press("Escape");
    await expect(again).toBeFocused();
    await keys.press("Enter");
    await keys.tabTo(dialog.getByRole("radio").first());
    await keys.press("Space");
    await keys.tabTo(dialog.getByRole("textbox", { name: t("rollout.guide.name") }));
    await page.keyboard.press("Control+a");
    await keys.type("Grace Hopper");
    await keys.tabTo(walker.button("rollout.guide.record"));
    await keys.press("Enter");
    await expect(dialog).toBeHidden();
    await expect.poll(() => walker.state("rollout")).toBe("done");
    await expect(page.getByText(/Grace Hopper/).first()).toBeVisible();
    await keys.focusIsSeen("the result was recorded");
  });

  await test.step("the handover is written, the setup closed and opened again", async () => {
    await app.nextOpenDialog(folder);
    await keys.tabTo(walker.button("rollout.handover.write"));
    await keys.press("Enter");
    await keys.tabTo(dialog.getByRole("button", { name: t("rollout.handover.action") }));
    await keys.press("Enter");
    await expect.poll(async () => (await readdir(folder)).some((entry) => entry.startsWith(name))).toBe(true);
    await walker.button("rollout.handover.show").waitFor();
    await keys.focusIsSeen("the handover was written");
    await keys.tabTo(walker.button("rollout.handover.show"));
    await keys.press("Enter");
    await expect.poll(() => app.shownInFolder()).toHaveLength(1);
    await keys.tabTo(walker.button("rollout.close.action"));
    await keys.press("Enter");
    await expect(page.getByText(t("rollout.closed.title"))).toBeVisible();
    await keys.focusIsSeen("the setup was closed");
    await keys.tabTo(walker.button("rollout.closed.reopen"));
    await keys.press("Enter");
    await expect(walker.button("rollout.close.action")).toBeVisible();
    await keys.focusIsSeen("the setup was opened again");
  });

  await test.step("the record is withdrawn, after being asked", async () => {
    const withdraw = walker.button("rollout.withdraw");
    await keys.tabTo(withdraw);
    await keys.press("Enter");
    await expect(page.getByRole("alertdialog")).toBeVisible();
    await keys.press("Escape");
    await expect(withdraw).toBeFocused();
    await keys.press("Enter");
    await expect(page.getByRole("alertdialog").getByRole("button").last()).toBeFocused();
    await keys.press("Enter");
    await expect(page.getByRole("alertdialog")).toBeHidden();
    await expect.poll(() => walker.state("rollout")).not.toBe("done");
    await keys.focusIsSeen("the record was withdrawn");
  });
}
