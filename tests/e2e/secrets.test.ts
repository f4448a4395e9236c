import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync } from "node:fs";
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stepIds } from "../../preload/model/guide.ts";
import { expect, test } from "./fixture.ts";
import { needlesOf, search } from "./needles.ts";
import { Walker } from "./walker.ts";

/** A temp folder of the app's own, so that everything in it can be searched. */
const temp = mkdtempSync(join(tmpdir(), "exchange-rollout-secrets-"));
test.use({ appOptions: { ownBrowser: true, environment: { TMPDIR: temp, TMP: temp, TEMP: temp } } });
test.afterAll(() => rm(temp, { recursive: true, force: true, maxRetries: 5 }));

test("password and private key are nowhere but where the user put them, and leave the clipboard", async ({
  app,
  page,
}, testInfo) => {
  test.setTimeout(120_000);
  const walker = new Walker(app);
  const { t } = walker;
  const folder = testInfo.outputPath("files");
  await mkdir(folder, { recursive: true });
  await walker.button("frame.settings").click();
  await page.getByText(t("settings.clipboard.seconds", { count: 15 }), { exact: true }).click();
  await walker.button("frame.backToSetups").click();

  await walker.createSetup("Contoso AG");
  await walker.go("certificate");
  const { pfx } = await walker.makeCertificate(folder);
  await walker.button("common.copyWhat", { what: t("password.label") }).click();
  await expect.poll(() => app.clipboardText()).toMatch(/^\S{24}$/);
  const password = await app.clipboardText();
  const copiedAt = Date.now();
  await walker.button("password.show").click();
  await expect(page.getByText(password)).toBeVisible();
  await walker.button("password.show").click();
  await expect(page.getByText(password)).toHaveCount(0);
  const needles = needlesOf(pfx, password);

  await test.step("the search finds each form where it does lie", async () => {
    const control = testInfo.outputPath("control");
    await mkdir(control);
    for (const [index, { bytes }] of needles.entries()) await writeFile(join(control, String(index)), bytes);
    const pem = execFileSync(
      "openssl",
      ["pkcs12", "-in", pfx, "-passin", `pass:${password}`, "-nocerts", "-nodes"],
      {
        stdio: "pipe",
      },
    );
    await writeFile(join(control, "key.pem"), pem);
    const { found } = await search(control, needles);
    for (const index of needles.keys())
      expect(found.some((line) => line.startsWith(`${join(control, String(index))}: `))).toBe(true);
    expect(found.some((line) => line.startsWith(join(control, "key.pem")))).toBe(true);
  });

  await test.step("everything is written that the app writes: exports, handover, diagnostics, export of the setup", async () => {
    await app.nextSaveDialog(join(folder, "key-and-certificate.pem"));
    await walker.button("certificate.export.more").click();
    await page.getByRole("menuitem", { name: t("certificate.export.pem") }).click();
    await expect.poll(() => existsSync(join(folder, "key-and-certificate.pem"))).toBe(true);
    // An error on the way must not tell anything either.
    await app.nextSaveDialog(join(folder, "no such folder", "connect.pfx"));
    await walker.button("certificate.export.pfx").click();
    await expect(page.getByText(t("errors.file-not-found.title")).first()).toBeVisible();
    await page.evaluate(
      async (steps) => {
        const { rollout } = window;
        const list = await rollout?.setups.list();
        const setupId = list?.ok === true ? (list.value[0]?.id ?? "") : "";
        const opened = await rollout?.setups.open({ setupId });
        const sha1 = opened?.ok === true ? (opened.value.certificate?.sha1 ?? "") : "";
        const fields = {
          tenantName: "Contoso AG",
          tenantDomain: "contoso.onmicrosoft.com",
          applicationId: "0a8b5f0e-4a53-4a59-8f57-c1c4b2a7d301",
          tenantId: "6f0f2f52-0a3a-4a0e-9a3f-3a9a4a6d1c11",
          uploadedThumbprint: sha1,
        } as const;
        for (const [field, value] of Object.entries(fields))
          await rollout?.setups.setField({ setupId, field: field as keyof typeof fields, value });
        for (const step of steps)
          await rollout?.setups.confirm({ setupId, step, by: "Ada Lovelace", note: "" });
      },
      stepIds.filter((step) => !["certificate", "rollout"].includes(step)),
    );
    await walker.button("frame.backToSetups").click();
    await walker.openSetup("Contoso AG");
    await walker.go("rollout");
    await walker.rollout("connected");
    await walker.writeReports("rollout.handover.write", folder, "both");
    await expect(walker.button("rollout.handover.show")).toBeVisible({ timeout: 60_000 });
    await app.nextSaveDialog(join(folder, "setup.json"));
    await page.keyboard.press("Control+e");
    await expect.poll(() => existsSync(join(folder, "setup.json"))).toBe(true);
    await walker.button("frame.settings").click();
    await app.nextSaveDialog(join(folder, "diagnostics.txt"));
    await walker.button("settings.data.diagnostics").click();
    await expect.poll(() => existsSync(join(folder, "diagnostics.txt"))).toBe(true);
  });

  const nowhere = async () => {
    for (const place of [app.userDataDir, temp, folder]) {
      const { found, files } = await search(place, needles);
      expect(found).toEqual([]);
      // The sealed secrets, the log and the setup are among what was searched.
      if (place === app.userDataDir) expect(files).toBeGreaterThan(4);
    }
    const kept = (await readdir(app.userDataDir, { recursive: true })).map(String);
    expect(kept.some((name) => name.endsWith(".vault"))).toBe(true);
    expect(kept.some((name) => name.startsWith("logs"))).toBe(true);
    expect(needles.filter(({ bytes }) => app.output.includes(bytes.toString("latin1")))).toEqual([]);
  };
  await test.step("they are found nowhere while the app runs", nowhere);

  await test.step("the clipboard is cleared after 15 seconds, and what the user copied since stays", async () => {
    if (Date.now() - copiedAt < 12_000) expect(await app.clipboardText()).toBe(password);
    await expect.poll(() => app.clipboardText(), { timeout: 25_000 }).toBe("");
    expect(Date.now() - copiedAt).toBeGreaterThan(14_000);
  });

  await test.step("quitting clears the clipboard", async () => {
    await page.keyboard.press("Alt+Home");
    await walker.openSetup("Contoso AG");
    await walker.go("certificate");
    await walker.button("common.copyWhat", { what: t("password.label") }).click();
    await expect.poll(() => app.clipboardText()).toBe(password);
    // The clipboard of the stand-in ends with it, so what happens to it is noted in a file before.
    const note = testInfo.outputPath("cleared");
    await app.evaluate(({ clipboard }, path) => {
      const clear = clipboard.clear.bind(clipboard);
      clipboard.clear = () => {
        clear();
        process.getBuiltinModule("node:fs").writeFileSync(path, "cleared");
      };
    }, note);
    expect(existsSync(join(app.userDataDir, "clipboard.json"))).toBe(true);
    expect(await app.quit()).toBe(0);
    expect(existsSync(note)).toBe(true);
    expect(existsSync(join(app.userDataDir, "clipboard.json"))).toBe(false);
  });

  await test.step("they are found nowhere after the end", nowhere);
});
