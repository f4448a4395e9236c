import { execFileSync } from "node:child_process";
import { mkdir, readFile, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { stepIds } from "../../preload/model/guide.ts";
import { Checker } from "./checker.ts";
import { expect, test } from "./fixture.ts";
import {
  certificateScreens,
  emptyList,
  otherScreens,
  protectedFile,
  untouchedSteps,
} from "./offline-screens.ts";
import type { Walk } from "./offline-screens.ts";
import { expectPagesAlone, expectReportBefore, filesOfReport } from "./reports.ts";
import { spoilScreen } from "./spoil-screen.ts";
import { Walker, applicationId, tenantId } from "./walker.ts";

/** The longer words of the two languages. */
const language = "de";
test.use({ appOptions: { language } });

test("an admin who never signs in works through all 15 steps to a closed setup; on every screen axe finds nothing wrong, light or dark, and nothing is cut off in small windows and with large text", async ({
  app,
  page,
}, testInfo) => {
  test.setTimeout(400_000);
  const walker = new Walker(app, language);
  const { t } = walker;
  const check = new Checker(app);
  const name = "Donaudampfschifffahrtsgesellschaft Österreich GmbH & Co. KG";
  const walk: Walk = { app, walker, check, name };
  const folder = testInfo.outputPath("files");
  await mkdir(folder, { recursive: true });
  const dialog = page.getByRole("dialog");

  await test.step("the empty list", () => emptyList(walk));
  await walker.createSetup(name);
  await test.step("each step before anything is done", () => untouchedSteps(walk));

  const { pfx } = await test.step("each step before Rollout is worked through", () =>
    workThrough(walk, folder));
  const password = await test.step("the values are copied, and OpenSSL opens the PFX", async () => {
    await walker.go("technical-attributes");
    await page.getByRole("tab", { name: t("step.tabs.by-hand") }).click();
    return copyValues(walk, pfx);
  });

  await test.step("a report before Rollout", async () => {
    await walker.go("rollout");
    await check.screen("rollout, ready");
    await expectReportBefore(app, walker, name, testInfo.outputPath("report"));
    await expectPagesAlone(app, walker, testInfo.outputPath("pages"));
  });

  await test.step("Rollout fails and is canceled", async () => {
    await walker.button("rollout.action").click();
    await dialog.waitFor();
    await check.screen("rollout dialog");
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    await walker.rollout("failed", "UnAuthorized");
    expect(await walker.state("rollout")).toBe("needs-attention");
    await check.screen("rollout, failed");
    await walker.button("rollout.again").click();
    await dialog.getByRole("button", { name: t("rollout.guide.cancel") }).click();
    await dialog.waitFor({ state: "hidden" });
  });

  await test.step("the other screens", async () => {
    await otherScreens(walk);
    await protectedFile(walk, pfx);
    await page.keyboard.press("Alt+Home");
    await walker.openSetup(name);
  });

  await test.step("Rollout connects, is handed over, and the setup is closed", async () => {
    await walker.button("rollout.again").click();
    await dialog.getByText(t("rollout.guide.connected"), { exact: true }).click();
    await dialog.getByRole("button", { name: t("rollout.guide.record") }).click();
    await expect.poll(() => walker.state("rollout")).toBe("done");
    await walker.writeReports("rollout.handover.write", folder);
    await expect(walker.button("rollout.handover.show")).toBeVisible({ timeout: 60_000 });
    await expectHandover(walk, folder, password);
    await walker.button("rollout.close.action").click();
    await expect(page.getByText(t("rollout.closed.title"))).toBeVisible();
    await walker.button("frame.backToSetups").click();
    await expect(page.getByRole("row").filter({ hasText: t("home.rolledOut") })).toBeVisible();
  });

  expect(check.found).toEqual([]);
  await test.step("what is wrong, cut off or beside the window is noticed", () => spoilScreen(page));
});

/** Does and confirms every step before Rollout, and looks at some that are done. */
async function workThrough(walk: Walk, folder: string): Promise<{ pfx: string }> {
  const { walker, check } = walk;
  const looked = ["api-permissions", "upload-certificate", "technical-attributes"];
  let files = { pfx: "", cer: "" };
  for (const step of stepIds.filter((id) => id !== "rollout")) {
    await walker.go(step);
    await walker.prepare(step);
    if (step === "certificate") {
      files = await certificateScreens(walk, folder);
      continue;
    }
    if (step === "upload-certificate") await walker.fill("uploadedThumbprint", thumbprint(files.cer));
    await walker.confirm(step);
    if (looked.includes(step)) await check.screen(`${step}, done`);
  }
  await walker.page.getByRole("tab", { name: walker.t("step.tabs.evidence") }).click();
  await check.screen("evidence");
  return files;
}

/** What openssl, not we, says of the saved certificate. */
function thumbprint(cer: string): string {
  const args = ["x509", "-inform", "der", "-in", cer, "-noout", "-fingerprint", "-sha1"];
  return execFileSync("openssl", args).toString().split("=")[1]?.trim() ?? "";
}

/** Copies values of step 14 and opens the PFX with its password, which it gives. */
async function copyValues({ app, walker }: Walk, pfx: string): Promise<string> {
  const { page, t } = walker;
  const attribute = (name: string) =>
    page.getByRole("button", { name: t("common.copyWhat", { what: name }), exact: true });
  await attribute("ConnectAppID").click();
  await expect.poll(() => app.clipboardText()).toBe(applicationId);
  await attribute("TenantID").click();
  await expect.poll(() => app.clipboardText()).toBe(tenantId);
  await attribute("ConnectPFXPassword").click();
  await expect.poll(() => app.clipboardText()).toMatch(/^[A-Za-z2-9._:+-]{24}$/);
  const password = await app.clipboardText();
  const args = ["pkcs12", "-in", pfx, "-passin", `pass:${password}`, "-nokeys"];
  expect(execFileSync("openssl", args).toString()).toContain("BEGIN CERTIFICATE");
  expect((await stat(pfx)).mode & 0o777).toBe(0o600);
  return password;
}

async function expectHandover({ walker, name }: Walk, folder: string, password: string): Promise<void> {
  const handover = join(folder, (await readdir(folder)).find((entry) => entry.startsWith(name)) ?? "");
  expect((await readdir(handover)).toSorted()).toEqual(filesOfReport(name));
  const report = await readFile(join(handover, `${name} - auditor.html`), "utf8");
  expect(report).toContain(walker.t("steps.api-permissions.title").replaceAll("&", "&amp;"));
  expect(report).not.toContain(password);
}
