import { randomUUID } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright/test";
import type { RolloutApi } from "../../preload/contract.ts";
import type { StepId } from "../../preload/model/guide.ts";
import type { SetupView } from "../../preload/model/setup.ts";
import type { App } from "./app.ts";
import { personBrowser } from "./browsers.ts";
import { expect } from "./fixture.ts";
import { people, SystemBrowser } from "./system-browser.ts";
import { applicationId, tenantId, Walker } from "./walker.ts";

export const person = "Ada Lovelace";
/** Steps of which only a person can say that they are done. */
const byHand: StepId[] = [
  "azure-active-directory",
  "target-systems",
  "target-system-instance",
  "technical-attributes",
];

/** Calls main as the app's own page does. */
export async function ask<A extends "practice" | "setups" | "certificates" | "tenant" | "rollout">(
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

/** Makes the setup's certificate. */
async function makeCertificate({ page }: App, setupId: string): Promise<void> {
  await ask(page, "certificates", "newPassword", { setupId, keep: true });
  await ask(page, "certificates", "create", {
    setupId,
    task: randomUUID(),
    commonName: "contoso.org",
    organization: "",
    dnsNames: ["contoso.org"],
    keySize: 2048,
    notBefore: day(0),
    notAfter: day(200),
  });
}

/** Saves the PFX of the setup's certificate; gives its path. */
export async function savePfx(app: App, setupId: string, folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const pfx = join(folder, "connect.pfx");
  await app.nextSaveDialog(pfx);
  await ask(app.page, "certificates", "exportPfx", { setupId, task: randomUUID(), profile: "strong" });
  return pfx;
}

/** Says of everything else that it is done, so that only Rollout is left; gives the setup. */
export async function confirmByHand({ page }: App, setupId: string): Promise<SetupView> {
  let setup = await ask(page, "setups", "open", { setupId });
  for (const step of byHand) {
    setup = await ask(page, "setups", "confirm", { setupId, step, by: person, note: "" });
  }
  expect(setup.rollout.missing).toEqual([]);
  return setup;
}

/** A setup whose values are all there, without a tenant. */
export async function prepareOffline(app: App, folder: string): Promise<{ setup: SetupView; pfx: string }> {
  const { page } = app;
  const created = await ask(page, "setups", "create", {
    name: "Donaudampfschifffahrtsgesellschaft",
    cloud: "global",
  });
  const setupId = created.summary.id;
  await makeCertificate(app, setupId);
  const pfx = await savePfx(app, setupId, folder);
  const values = { tenantDomain: "contoso.onmicrosoft.com", applicationId, tenantId };
  let setup = created;
  for (const [name, value] of Object.entries(values)) {
    setup = await ask(page, "setups", "setField", { setupId, field: name, value });
  }
  return { setup, pfx };
}

/** From an empty practice tenant to everything but Rollout; gives the setup and its PFX. */
export async function prepare(app: App, folder: string): Promise<{ setup: SetupView; pfx: string }> {
  const { page } = app;
  const setupId = (await ask(page, "practice", "create", { sample: "empty" })).summary.id;
  await makeCertificate(app, setupId);
  const pfx = await savePfx(app, setupId, folder);
  const browser = await SystemBrowser.open();
  await browser.follow(app, people.globalAdministrator);
  await ask(page, "tenant", "signIn", { setupId, method: "browser", chooseAccount: false });
  const { tenant } = await ask(page, "tenant", "check", { setupId, quiet: false });
  await ask(page, "tenant", "apply", { setupId, planId: tenant.plan?.id ?? "" });
  await browser.leave();
  return { setup: await confirmByHand(app, setupId), pfx };
}

/** The address that went to the system's browser last, once there is another one than before. */
async function nextAddress(app: App, before: number): Promise<string> {
  await expect
    .poll(async () => (await app.openedExternally()).length, { timeout: 20_000 })
    .toBeGreaterThan(before);
  return (await app.openedExternally()).at(-1) ?? "";
}

/** Opens a step in the main window, and from it the strip; then, from the strip, the portal's new instance. */
export async function openBoth(app: App, setup: SetupView): Promise<{ strip: Page; portal: Page }> {
  const walker = new Walker(app);
  await app.page.reload();
  await walker.openSetup(setup.summary.name);
  await walker.go("technical-attributes");
  await walker.button("transfer.open").click();
  const strip = await app.strip();
  const before = (await app.openedExternally()).length;
  await strip.getByRole("button", { name: "Open the IAM.cloud portal" }).click();
  const portal = await (await (await personBrowser()).newContext({ locale: "en-GB" })).newPage();
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
