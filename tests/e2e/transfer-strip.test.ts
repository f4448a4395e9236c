import { randomUUID } from "node:crypto";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { chromium } from "playwright/test";
import type { Browser, Page } from "playwright/test";
import { electronSwitches } from "../electron/electron-program.ts";
import { findChromium } from "../electron/stand-in/find-chromium.ts";
import type { RolloutApi } from "../../preload/contract.ts";
import { attributeIds } from "../../preload/model/guide.ts";
import type { AttributeId, StepId } from "../../preload/model/guide.ts";
import type { SetupView } from "../../preload/model/setup.ts";
import type { App } from "./app.ts";
import { violations } from "./axe.ts";
import { expect, test } from "./fixture.ts";
import { layoutProblems } from "./layout.ts";
import { applicationId, tenantId, Walker } from "./walker.ts";

const person = "Ada Lovelace";
/** Steps of which only a person can say that they are done. */
const byHand: StepId[] = [
  "azure-active-directory",
  "target-systems",
  "target-system-instance",
  "technical-attributes",
];
/** What the portal's own label is, where it differs from the attribute's name. */
const labels: Partial<Record<AttributeId, string>> = {
  TargetSystemInstance: "Target system instance",
  ExecutionServer: "Execution server",
};

let browser: Browser;
test.beforeAll(async () => {
  const executablePath = findChromium();
  browser = await chromium.launch({
    args: electronSwitches(),
    ...(executablePath !== undefined && { executablePath }),
  });
});
test.afterAll(() => browser.close());

/** Calls main as the app's own page does. */
async function ask<A extends "practice" | "setups" | "certificates" | "tenant">(
  page: Page,
  area: A,
  method: keyof RolloutApi[A] & string,
  input: object,
): Promise<SetupView> {
  return page.evaluate(
    async (call) => {
      const api = window.rollout as unknown as Record<
        string,
        Record<string, (input: object) => Promise<{ ok: boolean; value: SetupView; error?: object }>>
      >;
      const answer = await api[call.area]?.[call.method]?.(call.input);
      if (answer?.ok !== true) throw new Error(`${call.method}: ${JSON.stringify(answer?.error)}`);
      return answer.value;
    },
    { area, method, input },
  );
}

const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);

/** Makes the setup's certificate and saves its PFX; gives the PFX's path. */
async function makePfx(app: App, setupId: string, folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const pfx = join(folder, "connect.pfx");
  await ask(app.page, "certificates", "newPassword", { setupId, keep: true });
  await ask(app.page, "certificates", "create", {
    setupId,
    task: randomUUID(),
    commonName: "contoso.org",
    organization: "",
    dnsNames: ["contoso.org"],
    keySize: 2048,
    notBefore: day(0),
    notAfter: day(200),
  });
  await app.nextSaveDialog(pfx);
  await ask(app.page, "certificates", "exportPfx", { setupId, task: randomUUID(), profile: "strong" });
  return pfx;
}

/** A setup whose values are all there, without a tenant. */
async function prepareOffline(app: App, folder: string): Promise<{ setup: SetupView; pfx: string }> {
  const { page } = app;
  const created = await ask(page, "setups", "create", {
    name: "Donaudampfschifffahrtsgesellschaft",
    cloud: "global",
  });
  const setupId = created.summary.id;
  const pfx = await makePfx(app, setupId, folder);
  const values = { tenantDomain: "contoso.onmicrosoft.com", applicationId, tenantId };
  let setup = created;
  for (const [name, value] of Object.entries(values)) {
    setup = await ask(page, "setups", "setField", { setupId, field: name, value });
  }
  return { setup, pfx };
}

/** From an empty practice tenant to everything but Rollout; gives the setup and its PFX. */
async function prepare(app: App, folder: string): Promise<{ setup: SetupView; pfx: string }> {
  const { page } = app;
  const setupId = (await ask(page, "practice", "create", { sample: "empty" })).summary.id;
  const pfx = await makePfx(app, setupId, folder);
  const noMoreSignIns = answerSignIns(app);
  await ask(page, "tenant", "signIn", { setupId, method: "browser", chooseAccount: false });
  const { tenant } = await ask(page, "tenant", "check", { setupId, quiet: false });
  await ask(page, "tenant", "apply", { setupId, planId: tenant.plan?.id ?? "" });
  await noMoreSignIns();
  let setup = await ask(page, "setups", "open", { setupId });
  for (const step of byHand) {
    setup = await ask(page, "setups", "confirm", { setupId, step, by: person, note: "" });
  }
  expect(setup.rollout.missing).toEqual([]);
  return { setup, pfx };
}

/** The address that went to the system's browser last, once there is another one than before. */
async function nextAddress(app: App, before: number): Promise<string> {
  await expect
    .poll(async () => (await app.openedExternally()).length, { timeout: 20_000 })
    .toBeGreaterThan(before);
  return (await app.openedExternally()).at(-1) ?? "";
}

/** A person who answers every sign-in page that opens in the browser, until the returned function is called. */
function answerSignIns(app: App): () => Promise<void> {
  const end = new AbortController();
  const answering = (async () => {
    const context = await browser.newContext({ locale: "en-GB" });
    const page = await context.newPage();
    for (let answered = 0; !end.signal.aborted;) {
      const address = (await app.openedExternally())[answered];
      if (address === undefined) {
        await new Promise((resolve) => setTimeout(resolve, 100));
        continue;
      }
      answered += 1;
      await page.goto(address);
      const buttons = page.getByRole("button", { name: /^(Alex Wilber|Accept$)/ });
      while ((await buttons.count()) > 0) {
        await buttons.first().click();
        await page.waitForLoadState();
      }
    }
    await context.close();
  })();
  return async () => {
    end.abort();
    await answering;
  };
}

/** Opens a step in the main window, and from it the strip; then, from the strip, the portal's new instance. */
async function openBoth(app: App, setup: SetupView): Promise<{ strip: Page; portal: Page }> {
  const walker = new Walker(app);
  await app.page.reload();
  await walker.openSetup(setup.summary.name);
  await walker.go("technical-attributes");
  await walker.button("transfer.open").click();
  const strip = await app.strip();
  const before = (await app.openedExternally()).length;
  await strip.getByRole("button", { name: "Open the IAM.cloud portal" }).click();
  const portal = await (await browser.newContext({ locale: "en-GB" })).newPage();
  await portal.goto(await nextAddress(app, before));
  await portal
    .getByRole("navigation", { name: "Main navigation" })
    .getByRole("link", { name: "Target systems" })
    .click();
  await portal
    .getByRole("listitem")
    .filter({ hasText: "Microsoft Office 365 Exchange Online" })
    .getByRole("button", { name: "Setup" })
    .click();
  return { strip, portal };
}

const field = (portal: Page, id: AttributeId) => portal.getByLabel(labels[id] ?? id, { exact: true });
const inTurn = (strip: Page) => strip.locator("[aria-current='step']");

/** Presses Rollout until the new grants have reached the practice tenant everywhere. */
async function rollOut(portal: Page): Promise<void> {
  await portal.getByRole("button", { name: "Rollout" }).press("Enter");
  await expect(portal.getByRole("status").filter({ hasText: "Connected" })).toBeVisible();
}

test("an empty practice tenant gets connected through the strip, and the result is recorded", async ({
  app,
}, testInfo) => {
  test.setTimeout(240_000);
  const { setup, pfx } = await prepare(app, testInfo.outputPath("files"));
  const { strip, portal } = await openBoth(app, setup);
  const setupId = setup.summary.id;

  await test.step("the strip is one window above the others, and has no more rights than the app's own", async () => {
    const windows = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
    expect(windows).toBe(2);
    expect(await strip.evaluate(() => Object.keys(window).includes("require"))).toBe(false);
    await app.page.evaluate(async (id) => window.rollout?.transfer.open({ setupId: id }), setupId);
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(2);
  });

  await inTurn(strip).getByRole("button", { name: "Copy Target system instance" }).click();
  await expect(inTurn(strip).getByRole("heading")).toHaveText("Description");
  await field(portal, "TargetSystemInstance").fill(await app.clipboardText());
  await inTurn(strip)
    .getByRole("button", { name: /^Next: Description/ })
    .click();
  await inTurn(strip)
    .getByRole("button", { name: /^Next: Execution server/ })
    .click();
  await portal.getByRole("button", { name: "Save" }).click();
  await inTurn(strip).getByRole("button", { name: "Saved in the portal" }).click();

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
      .click();
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
  await inTurn(strip).getByRole("button", { name: "Saved in the portal" }).click();
  await expect(strip.getByText("13 of 13 handed over")).toBeVisible();
  await rollOut(portal);

  await strip.getByRole("button", { name: "Record the result…" }).click();
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
  const { setup, pfx } = await prepare(app, testInfo.outputPath("files"));
  const { strip, portal } = await openBoth(app, setup);
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
  await strip.keyboard.press("Escape");
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

for (const language of ["en", "de"] as const) {
  test.describe(`in ${language}`, () => {
    test.use({ appOptions: { language } });
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
}
