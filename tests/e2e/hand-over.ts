import type { Page } from "playwright/test";
import { attributeIds } from "../../preload/model/guide.ts";
import type { AttributeId } from "../../preload/model/guide.ts";
import type { App } from "./app.ts";
import { expect } from "./fixture.ts";

/** What the portal's own label is, where it differs from the attribute's name. */
const labels: Partial<Record<AttributeId, string>> = {
  TargetSystemInstance: "Target system instance",
  ExecutionServer: "Execution server",
};
/** The attributes of the portal's second form; the first one has the other three. */
const technical = attributeIds.slice(3);
/** A window behind another one is drawn once a second, which is how long a look for movement would take. */
const unmoved = { force: true };

/** What is handed over, and where: the strip beside the portal's page for a new instance. */
export interface Desk {
  app: App;
  strip: Page;
  portal: Page;
  /** Where the PFX was saved. */
  pfx: string;
}

/** The portal's own field of an attribute. */
const field = (portal: Page, id: AttributeId) => portal.getByLabel(labels[id] ?? id, { exact: true });
/** The strip's row that is to be handed over now. */
export const inTurn = (strip: Page) => strip.locator("[aria-current='step']");

/** Hands everything over with the mouse. */
export async function handOverByMouse({ app, strip, portal, pfx }: Desk): Promise<void> {
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

  for (const id of technical) {
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
}

/** Hands everything over with keys alone, and leaves the focus on what comes next; gives the PFX's password. */
export async function handOverByKeys({ app, strip, portal, pfx }: Desk): Promise<string> {
  let password = "";
  const enter = async (next: string) => {
    await strip.keyboard.press("Enter");
    await expect(inTurn(strip).getByRole("heading")).toHaveText(next);
  };
  const paste = async (id: AttributeId) => {
    const copied = await app.clipboardText();
    if (id === "ConnectPFXPassword") password = copied;
    await field(portal, id).focus();
    await portal.keyboard.insertText(copied);
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
  await enter("ShellDisplay");
  for (const [index, id] of technical.entries()) {
    await enter(technical[index + 1] ?? "Save");
    if (id === "ConnectPFX") {
      expect(await app.clipboardText()).toBe(pfx);
      await field(portal, id).setInputFiles(await app.clipboardText());
    } else await paste(id);
  }
  await portal.getByRole("button", { name: "Save" }).nth(1).press("Enter");
  await strip.keyboard.press("Enter");
  await expect(strip.getByRole("button", { name: "Record the result…" })).toBeFocused();
  return password;
}

/** Presses Rollout in the portal, which connects. */
export async function rollOut(portal: Page): Promise<void> {
  await portal.getByRole("button", { name: "Rollout" }).press("Enter");
  await expect(portal.getByRole("status").filter({ hasText: "Connected" })).toBeVisible();
}
