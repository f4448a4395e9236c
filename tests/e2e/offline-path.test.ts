import { execFileSync } from "node:child_process";
import { mkdir, readFile, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "./fixture.ts";
import { Walker, applicationId, tenantId } from "./walker.ts";

/** The longer words of the two languages. */
const language = "de";
test.use({ appOptions: { language } });

/** What openssl, not we, says of the saved certificate. */
async function thumbprint(cer: string): Promise<string> {
  const printed = execFileSync("openssl", [
    "x509",
    "-inform",
    "der",
    "-in",
    cer,
    "-noout",
    "-fingerprint",
    "-sha1",
  ]);
  return printed.toString().split("=")[1]?.trim() ?? "";
}

test("an admin who never signs in works through all 15 steps to a closed setup", async ({
  app,
}, testInfo) => {
  test.setTimeout(180_000);
  const walker = new Walker(app, language);
  const { page, t } = walker;
  const folder = testInfo.outputPath("files");
  await mkdir(folder, { recursive: true });
  await walker.createSetup("Contoso AG");
  await walker.workThrough(folder, thumbprint);

  await walker.go("technical-attributes");
  const attribute = (name: string) =>
    page.getByRole("button", { name: t("common.copyWhat", { what: name }), exact: true });
  await attribute("ConnectAppID").click();
  await expect.poll(() => app.clipboardText()).toBe(applicationId);
  await attribute("TenantID").click();
  await expect.poll(() => app.clipboardText()).toBe(tenantId);
  await attribute("ConnectPFXPassword").click();
  await expect.poll(() => app.clipboardText()).toMatch(/^[A-Za-z2-9._:+-]{24}$/);
  const password = await app.clipboardText();
  const opened = execFileSync("openssl", [
    "pkcs12",
    "-in",
    join(folder, "connect.pfx"),
    "-passin",
    `pass:${password}`,
    "-nokeys",
  ]);
  expect(opened.toString()).toContain("BEGIN CERTIFICATE");
  expect((await stat(join(folder, "connect.pfx"))).mode & 0o777).toBe(0o600);

  await walker.go("rollout");
  await walker.rollout("failed", "UnAuthorized");
  expect(await walker.state("rollout")).toBe("needs-attention");
  await walker.button("rollout.again").click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: t("rollout.guide.cancel") })
    .click();
  await page.getByRole("dialog").waitFor({ state: "hidden" });
  await app.page.getByRole("button", { name: t("rollout.again"), exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText(t("rollout.guide.connected"), { exact: true }).click();
  await dialog.getByRole("button", { name: t("rollout.guide.record") }).click();
  await expect.poll(() => walker.state("rollout")).toBe("done");

  await walker.writeReports("rollout.handover.write", folder);
  await expect(walker.button("rollout.handover.show")).toBeVisible({ timeout: 60_000 });
  const handover = join(folder, (await readdir(folder)).find((name) => name.startsWith("Contoso AG")) ?? "");
  expect((await readdir(handover)).toSorted()).toEqual([
    "Contoso AG - administrator.html",
    "Contoso AG - administrator.pdf",
    "Contoso AG - auditor.html",
    "Contoso AG - auditor.pdf",
    "Contoso AG - values.txt",
    "Contoso AG.cer",
    "Contoso AG.json",
  ]);
  const page1 = await readFile(join(handover, "Contoso AG - auditor.html"), "utf8");
  expect(page1).toContain(t("steps.api-permissions.title").replaceAll("&", "&amp;"));
  expect(page1).not.toContain(password);
  await walker.button("rollout.close.action").click();
  await expect(page.getByText(t("rollout.closed.title"))).toBeVisible();
  await walker.button("frame.backToSetups").click();
  await expect(page.getByRole("row").filter({ hasText: t("home.rolledOut") })).toBeVisible();
});
