import { execFileSync } from "node:child_process";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Locator, Page } from "playwright/test";
import { expect, test } from "./fixture.ts";
import { Walker } from "./walker.ts";

const password = "Correct-Horse-42";

function openssl(...args: string[]): void {
  execFileSync("openssl", args, { stdio: "pipe" });
}

/** A certificate with its key, as others make them: key, CER and PFX. */
function foreignCertificate(folder: string): { cer: string; pfx: string } {
  const [key, cer, pfx] = ["own.key", "own.cer", "own.pfx"].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  openssl("genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", key);
  openssl("req", "-x509", "-new", "-key", key, "-subj", "/CN=contoso.org", "-days", "400", "-out", cer);
  openssl("pkcs12", "-export", "-inkey", key, "-in", cer, "-passout", `pass:${password}`, "-out", pfx);
  return { cer, pfx };
}

/** Drags files from outside over an element and lets them go, as the system does it. */
async function drop(page: Page, target: Locator, files: string[]): Promise<void> {
  await target.scrollIntoViewIfNeeded();
  const box = await target.boundingBox();
  if (!box) throw new Error("The place to drop on is not on the screen");
  const at = { x: box.x + box.width / 2, y: box.y + 12 };
  const devTools = await page.context().newCDPSession(page);
  const data = { items: [], files, dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver", "drop"] as const) {
    await devTools.send("Input.dispatchDragEvent", { type, ...at, data });
    if (type === "dragOver") await expect(target).toHaveAttribute("data-drop-target", "true");
  }
  await devTools.detach();
}

// What is imported and waits for its certificate lives as long as the app does.
test.use({ appOptions: { keychain: "none" } });

test("files are dropped where they belong, what does not fit is refused with its reason; without any keychain the user is told that secrets last until the app closes", async ({
  app,
  page,
}, testInfo) => {
  test.setTimeout(90_000);
  const folder = testInfo.outputPath("files");
  await mkdir(folder, { recursive: true });
  const { cer, pfx } = foreignCertificate(folder);
  const walker = new Walker(app);
  const { t } = walker;
  const zone = page
    .locator("[data-rac]")
    .filter({ has: page.locator("[slot='label']") })
    .last();
  const toCertificate = async (setup: string) => {
    await walker.createSetup(setup);
    await walker.go("certificate");
  };
  await toCertificate("Contoso AG");
  await page.getByRole("tab", { name: t("certificate.tabs.import") }).click();

  await test.step("a folder is refused", async () => {
    await drop(page, zone, [folder]);
    await expect(zone.getByText(t("common.drop.one-file"))).toBeVisible();
  });

  await test.step("a file of 3 MB is refused unread", async () => {
    const large = join(folder, "large.pfx");
    await writeFile(large, Buffer.alloc(3 * 1024 * 1024, 0x30));
    await drop(page, zone, [large]);
    await expect(zone.getByText(t("common.drop.too-large", { size: "1,024" }))).toBeVisible();
  });

  await test.step("two files at once are refused", async () => {
    await drop(page, zone, [pfx, cer]);
    await expect(zone.getByText(t("common.drop.one-file"))).toBeVisible();
  });

  await test.step("a CER where a PFX is needed has no private key", async () => {
    await drop(page, zone, [cer]);
    await expect(page.getByRole("alert").getByText(t("certificate.import.no-key"))).toBeVisible();
    await expect(walker.button("certificate.import.accept")).toHaveCount(0);
    await walker.button("certificate.import.another").click();
  });

  await test.step("a PFX asks for its password and becomes the setup's certificate", async () => {
    await drop(page, zone, [pfx]);
    const box = page.getByRole("textbox", { name: t("inspect.locked.password") });
    await box.fill("wrong");
    await box.press("Enter");
    await expect(page.getByText(t("errors.password-wrong.title")).first()).toBeVisible();
    await box.fill(password);
    await box.press("Enter");
    await walker.button("certificate.import.accept").click();
    await walker.button("certificate.export.pfx").waitFor();
    await expect(page.getByText("contoso.org").first()).toBeVisible();
  });

  await test.step("a CER is inspected", async () => {
    await page.getByRole("tab", { name: t("certificate.tabs.inspect") }).click();
    await drop(page, zone, [cer]);
    await expect(page.getByText(t("inspect.fits.public"))).toBeVisible();
    await expect(page.getByText("own.cer").first()).toBeVisible();
  });

  await test.step("the issued certificate is dropped on the request that waits for it; another one is refused", async () => {
    await walker.button("frame.backToSetups").click();
    await toCertificate("Fabrikam AG");
    await page.getByRole("tab", { name: t("certificate.tabs.authority") }).click();
    await page.getByRole("textbox", { name: t("certificate.name.label") }).fill("contoso.org");
    await walker.button("certificate.authority.create").click();
    const csr = join(folder, "connect.csr");
    await app.nextSaveDialog(csr);
    await walker.button("certificate.authority.save").click();
    await expect(
      page.getByText(t("certificate.authority.saved", { path: csr }), { exact: true }).first(),
    ).toBeVisible();

    await drop(page, zone, [cer]);
    await expect(page.getByText(t("errors.certificate-request-mismatch.title"))).toBeVisible();
    await expect(walker.button("certificate.authority.choose")).toBeVisible();

    const issued = join(folder, "issued.cer");
    openssl(
      "x509",
      "-req",
      "-in",
      csr,
      "-CA",
      cer,
      "-CAkey",
      join(folder, "own.key"),
      "-days",
      "300",
      "-out",
      issued,
    );
    await drop(page, zone, [issued]);
    await expect(walker.button("certificate.export.pfx")).toBeVisible();
    await expect(page.getByText(t("certificate.tabs.current"))).toBeVisible();
  });

  await test.step("a PFX is saved from a key that is only in memory", async () => {
    await expect(page.getByText(t("frame.vault.session-only"))).toBeVisible();
    await app.nextSaveDialog(join(folder, "connect.pfx"));
    await walker.button("certificate.export.pfx").click();
    await expect.poll(() => walker.state("certificate")).toBe("done");
    await page.reload();
    await walker.openSetup("Fabrikam AG");
    await expect.poll(() => walker.state("certificate")).toBe("done");
    await expect(page.getByText(t("frame.vault.session-only"))).toBeVisible();
    const kept = (await readdir(app.userDataDir, { recursive: true })).map(String);
    expect(kept.filter((name) => name.endsWith("setup.json"))).toHaveLength(2);
    expect(kept.filter((name) => name.endsWith(".vault"))).toEqual([]);
  });
});
