import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { App } from "./app.ts";
import { expect, test } from "./fixture.ts";
import { Walker } from "./walker.ts";

test.use({ appOptions: { privateMounts: true } });

/** A small disk of its own that can be filled, made read-only and mended while the app runs. */
class SmallDisk {
  readonly #app: App;
  readonly folder: string;

  constructor(app: App, folder: string) {
    this.#app = app;
    this.folder = folder;
    app.inMounts(`mount -t tmpfs -o size=1m tmpfs '${folder}'`);
  }

  break(how: "full" | "read-only"): void {
    this.#app.inMounts(
      how === "full"
        ? // Fails when nothing more fits, which is what it is for.
          `cat /dev/zero > '${this.folder}/filler' 2>/dev/null || true`
        : `mount -o remount,ro '${this.folder}'`,
    );
  }
  mend(): void {
    this.#app.inMounts(`mount -o remount,rw '${this.folder}' && rm -f '${this.folder}/filler'`);
  }
  /** Every file with the hash of its content, hidden ones too; not what fills the disk. */
  content(): string[] {
    const list = `find '${this.folder}' -type f ! -name filler -exec sha256sum {} +`;
    return this.#app.inMounts(list).trim().split("\n").toSorted();
  }
  names(): string[] {
    const list = `find '${this.folder}' -mindepth 1 ! -name filler -printf '%P\\n'`;
    return this.#app
      .inMounts(list)
      .split("\n")
      .filter((name) => name !== "")
      .toSorted();
  }
  read(name: string): string {
    return this.#app.inMounts(`cat "$(find '${this.folder}' -name '${name}')"`);
  }
}

const full = { how: "full", told: "errors.disk-full" } as const;
const readOnly = { how: "read-only", told: "errors.folder-read-only" } as const;
const troubles = [full, readOnly];

test("certificate files go to a disk that is full, then read-only: that is said, and what was there stays", async ({
  app,
}, testInfo) => {
  test.setTimeout(120_000);
  const folder = testInfo.outputPath("files");
  await mkdir(folder, { recursive: true });
  const disk = new SmallDisk(app, folder);
  const walker = new Walker(app);
  const { page, t } = walker;
  await walker.createSetup("Contoso AG");
  await walker.go("certificate");
  await walker.makeCertificate(folder);
  expect(disk.names()).toEqual(["connect.cer", "connect.pfx"]);

  const save = async (kind: "pfx" | "cer" | "pem", name: string): Promise<void> => {
    await app.nextSaveDialog(join(folder, name));
    if (kind === "pem") await walker.button("certificate.export.more").click();
    else await walker.button(`certificate.export.${kind}`).click();
    const entry = kind === "cer" ? "certificate.export.cer-der" : "certificate.export.pem";
    if (kind !== "pfx") await page.getByRole("menuitem", { name: t(entry) }).click();
  };
  const messages = page.getByRole("region", { name: t("common.messages") });
  const notice = page.getByRole("tabpanel").getByRole("alert");

  for (const { how, told } of troubles) {
    await test.step(`a disk that is ${how}`, async () => {
      const [pfx, cer, pem] = [`${how}.pfx`, `${how}.cer`, `${how}.pem`];
      const before = disk.content();
      const names = disk.names();
      disk.break(how);
      await save("pfx", "connect.pfx");
      await expect(notice).toContainText(t(`${told}.title`));
      await expect(notice).toContainText(t(`${told}.help`, { path: "connect.pfx" }));
      expect(disk.content()).toEqual(before);
      await save("cer", cer);
      await expect(messages.getByText(t(`${told}.help`, { path: cer }))).toBeVisible();
      expect(disk.content()).toEqual(before);
      await save("pem", pem);
      await expect(notice).toContainText(pem);
      expect(disk.content()).toEqual(before);
      expect(await walker.state("certificate")).toBe("done");

      disk.mend();
      await save("pfx", pfx);
      const saved = t("home.savedTo", { path: join(folder, pfx) });
      await expect(messages.getByText(saved)).toBeVisible();
      await save("cer", cer);
      await expect.poll(() => disk.names()).toEqual([...names, cer, pfx].toSorted());
      await expect(notice).toHaveCount(0);
    });
  }

  await test.step("the PFX stays recorded when its password isn't here and no other one comes about", async () => {
    await walker.button("password.more").click();
    await page.getByRole("menuitem", { name: t("password.forget") }).click();
    await page
      .getByRole("alertdialog")
      .getByRole("button", { name: t("password.forget") })
      .click();
    await page.getByText(t("password.missingForPfx")).waitFor();
    const before = disk.content();
    await app.nextSaveDialog(null);
    await walker.button("certificate.export.pfx").click();
    await expect(page.getByText(t("certificate.export.canceled"))).toBeAttached();
    for (const { how, told } of troubles) {
      disk.break(how);
      await save("pfx", "read-only.pfx");
      await expect(notice).toContainText(t(`${told}.title`));
      disk.mend();
    }
    expect(disk.content()).toEqual(before);
    expect(await walker.state("certificate")).toBe("done");
    await expect(page.getByText(t("password.missingForPfx"))).toBeVisible();
    await save("pfx", "read-only.pfx");
    await walker.button("password.more").waitFor();
    expect(await walker.state("certificate")).toBe("done");
    expect(disk.content()).not.toEqual(before);
  });
});

test("values and dialogs are filled in while the app's own disk is full, then read-only: the text stays, and can be sent again", async ({
  app,
}) => {
  test.setTimeout(180_000);
  const disk = new SmallDisk(app, join(app.userDataDir, "setups"));
  expect(disk.names()).toEqual([]);
  await typeUntilSaved(app, disk);
  await new Walker(app).button("frame.backToSetups").click();
  await sendDialogsAgain(app, disk);
});

/** Makes a setup and types values: each is kept while it can't be saved. */
async function typeUntilSaved(app: App, disk: SmallDisk): Promise<void> {
  const walker = new Walker(app);
  const { page, t } = walker;
  await walker.createSetup("Contoso AG");
  await walker.go("admin-portal");
  await walker.fill("tenantName", "Contoso AG");
  await expect.poll(() => disk.read("setup.json")).toContain('"tenantName": "Contoso AG"');

  for (const { how, told } of troubles) {
    await test.step(`values, on a disk that is ${how}`, async () => {
      const domain = `${how}.onmicrosoft.com`;
      const before = disk.content();
      disk.break(how);
      const box = page.getByRole("textbox", { name: t("fields.tenantDomain.label") });
      await walker.fill("tenantDomain", domain);
      const problem = page.getByText(t("step.fields.notSaved", { reason: t(`${told}.title`) }));
      await expect(problem).toBeVisible();
      await expect(box).toHaveValue(domain);
      expect(disk.content()).toEqual(before);

      await walker.go("application-ids");
      await walker.go("admin-portal");
      await expect(box).toHaveValue(domain);
      await expect(problem).toBeVisible();

      disk.mend();
      await walker.button("step.fields.retry").click();
      await expect(problem).toBeHidden();
      await expect.poll(() => disk.read("setup.json")).toContain(domain);
      await walker.confirm("admin-portal");
      await walker.button("step.confirm.undo").click();
      await expect.poll(() => walker.state("admin-portal")).not.toBe("done");
    });
  }
}

/** Makes a setup and answers the dialogs of its first steps: each once in vain, then with the disk mended. */
async function sendDialogsAgain(app: App, disk: SmallDisk): Promise<void> {
  const walker = new Walker(app);
  const { page, t } = walker;
  const name = "Contoso GmbH";
  const dialog = page.getByRole("dialog");
  const messages = page.getByRole("region", { name: t("common.messages") });

  await test.step("a new setup, on a disk that is full", async () => {
    const before = disk.names();
    disk.break(full.how);
    await walker.button("home.new").first().click();
    await dialog.getByRole("textbox").first().fill(name);
    await walker.button("home.create.submit").click();
    await expect(dialog.getByText(t(`${full.told}.title`))).toBeVisible();
    await expect(dialog.getByRole("textbox").first()).toHaveValue(name);
    expect(disk.names()).toEqual(before);
    disk.mend();
    await walker.button("home.create.submit").click();
    await page.getByRole("navigation", { name: t("checklist.navigation") }).waitFor();
  });

  await test.step("a confirmation, on a disk that is read-only", async () => {
    const before = disk.content();
    disk.break(readOnly.how);
    const bar = page.getByRole("region", { name: t("step.confirm.region") });
    await bar.locator("label").first().click();
    await page.getByRole("textbox", { name: t("step.confirm.name") }).fill("Ada Lovelace");
    await page.getByRole("textbox", { name: t("step.confirm.note") }).fill("Seen by phone");
    await walker.button("step.confirm.submit").click();
    await expect(messages.getByText(t(`${readOnly.told}.title`))).toBeVisible();
    await expect(page.getByRole("textbox", { name: t("step.confirm.note") })).toHaveValue("Seen by phone");
    expect(await walker.state("azure-active-directory")).not.toBe("done");
    expect(disk.content()).toEqual(before);
    disk.mend();
    await walker.button("step.confirm.submit").click();
    await expect.poll(() => walker.state("azure-active-directory")).toBe("done");
    await messages.getByRole("button", { name: t("common.dismiss") }).click();
  });

  await test.step("a step that waits, on a disk that is full", async () => {
    await walker.go("admin-portal");
    disk.break(full.how);
    await walker.button("step.moreLabel").click();
    await page.getByRole("menuitem", { name: t("step.waiting.menu") }).click();
    await dialog.getByRole("textbox", { name: t("step.waiting.who") }).fill("Grace Hopper");
    await dialog.getByRole("button", { name: t("step.waiting.start") }).click();
    await expect(dialog.getByText(t(`${full.told}.title`))).toBeVisible();
    await expect(dialog.getByRole("textbox", { name: t("step.waiting.who") })).toHaveValue("Grace Hopper");
    disk.mend();
    await dialog.getByRole("button", { name: t("step.waiting.start") }).click();
    await dialog.waitFor({ state: "detached" });
    expect(await walker.state("admin-portal")).toBe("waiting");
  });

  await test.step("a step that does not apply, on a disk that is read-only", async () => {
    disk.break(readOnly.how);
    await walker.button("step.moreLabel").click();
    await page.getByRole("menuitem", { name: t("step.notApplicable.menu") }).click();
    await dialog.getByRole("textbox", { name: t("step.notApplicable.reason") }).fill("Done by Contoso");
    await dialog.getByRole("button", { name: t("step.notApplicable.submit") }).click();
    await expect(dialog.getByText(t(`${readOnly.told}.title`))).toBeVisible();
    disk.mend();
    await dialog.getByRole("button", { name: t("step.notApplicable.submit") }).click();
    await dialog.waitFor({ state: "detached" });
    expect(await walker.state("admin-portal")).toBe("not-applicable");
  });
}
