import { execFileSync } from "node:child_process";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { App } from "./app.ts";
import { violations } from "./axe.ts";
import { expect, test } from "./fixture.ts";
import { Walker } from "./walker.ts";

/** Whether OpenSSL opens a PFX with this password and finds a key in it. */
function opens(pfx: string, password: string): boolean {
  const args = ["pkcs12", "-in", pfx, "-passin", "env:PASS", "-nodes", "-nocerts"];
  const env = { ...process.env, PASS: password };
  return execFileSync("openssl", args, { env, stdio: "pipe" }).toString().includes("PRIVATE KEY");
}

async function openScreen(app: App, walker: Walker): Promise<void> {
  const { page } = app;
  await walker.button("home.bulk").click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(walker.t("bulk.title"));
}

async function chooseList(app: App, walker: Walker, path: string, text: string, key: string): Promise<void> {
  await writeFile(path, text);
  await app.nextOpenDialog(path);
  await walker.button(key).click();
}

test("a list becomes a folder of pairs with their setups; what is wrong with it is told first", async ({
  app,
  page,
}, testInfo) => {
  test.setTimeout(400_000);
  const walker = new Walker(app);
  const { t } = walker;
  const folder = testInfo.outputPath("pairs");
  await mkdir(folder, { recursive: true });
  const list = testInfo.outputPath("customers.csv");
  const found: string[] = [];
  const check = async (name: string) =>
    found.push(...(await violations(page)).map((line) => `${name}: ${line}`));

  await openScreen(app, walker);
  await check("no list");
  const wrong = "Name,DNS name\nContoso,contoso.org\ncontoso,not a host\n";
  await chooseList(app, walker, list, wrong, "bulk.list.choose");
  await expect(page.getByText(t("bulk.problems.dns-invalid"))).toBeVisible();
  await expect(page.getByText(t("bulk.problems.name-case", { row: 2 }))).toBeVisible();
  await check("problems");
  const right = "Name,DNS name\nContoso,contoso.org\nFabrikam,fabrikam.example\n";
  await chooseList(app, walker, list, right, "bulk.plan.another");
  await expect(page.getByText(t("bulk.plan.count", { count: 2 }))).toBeVisible();
  await page.getByText("RSA 2048", { exact: true }).click();
  await app.nextOpenDialog(folder);
  await walker.button("bulk.folder.choose").click();
  await expect(page.getByText(folder)).toBeVisible();
  await check("ready");
  await walker.button("bulk.start.action", { count: 2 }).click();
  await expect(page.locator("#main").getByText(t("bulk.ended.complete", { count: 2 }))).toBeVisible({
    timeout: 120_000,
  });
  await check("finished");
  expect(found).toEqual([]);

  expect((await readdir(folder)).toSorted()).toEqual([
    "Contoso.cer",
    "Contoso.pfx",
    "Fabrikam.cer",
    "Fabrikam.pfx",
    "exchange-rollout-batch.json",
  ]);
  for (const name of ["Contoso", "Fabrikam"]) {
    const what = t("bulk.rows.password", { name });
    await walker.button("common.copyWhat", { what }).click();
    await expect.poll(() => app.clipboardText()).toMatch(/^[!-~]{24}$/);
    expect(opens(join(folder, `${name}.pfx`), await app.clipboardText())).toBe(true);
    await app.evaluate(({ clipboard }) => clipboard.clear());
  }
  await walker.button("frame.backToSetups").click();
  await expect(page.getByRole("row")).toHaveCount(2);
  await walker.openSetup("Fabrikam");
  await expect.poll(() => walker.state("certificate")).toBe("done");
});

test.describe("in German", () => {
  test.use({ appOptions: { language: "de" } });

  test("killed in the middle and opened again with the list's password, every pair is there once", async ({
    app,
  }, testInfo) => {
    test.setTimeout(400_000);
    const walker = new Walker(app, "de");
    const { t } = walker;
    const folder = testInfo.outputPath("pairs");
    await mkdir(folder, { recursive: true });
    const names = ["Müller", "Böhm", "Weiß", "Krüger"];
    const rows = names.map((name, index) => `${name};kunde${index}.example`);
    const text = ["Einrichtung;DNS-Name", ...rows].join("\r\n");
    const pairs = async (ending: string) => (await readdir(folder)).filter((name) => name.endsWith(ending));
    const found: string[] = [];
    const check = async (name: string) =>
      found.push(...(await violations(app.page)).map((line) => `${name}: ${line}`));

    await openScreen(app, walker);
    await check("no list");
    await chooseList(app, walker, testInfo.outputPath("kunden.csv"), text, "bulk.list.choose");
    await app.page.getByText("RSA 2048", { exact: true }).click();
    await app.page.getByText(t("bulk.passwords.list"), { exact: true }).click();
    await walker.button("common.copyWhat", { what: t("bulk.listPassword.label") }).click();
    await expect.poll(() => app.clipboardText()).toMatch(/^[!-~]{24}$/);
    const password = await app.clipboardText();
    await app.page.getByText(t("bulk.listPassword.stored"), { exact: true }).click();
    await app.nextOpenDialog(folder);
    await walker.button("bulk.folder.choose").click();
    await expect(app.page.getByText(folder)).toBeVisible();
    await check("ready");
    await walker.button("bulk.start.action", { count: 4 }).click();
    await expect.poll(() => pairs(".pfx"), { timeout: 120_000, intervals: [20] }).not.toEqual([]);
    await app.kill9();

    await app.start();
    await app.page.keyboard.press("Alt+Home");
    // Whether the first pair has got its setup by then is open; an empty list offers the way on by itself.
    const atStart = walker.button("home.bulk");
    await app.page.getByRole("row").or(atStart).first().waitFor();
    if (await atStart.isVisible()) await atStart.click();
    else {
      await walker.button("home.more").click();
      await app.page.getByRole("menuitem", { name: t("home.bulk") }).click();
    }
    await app.nextOpenDialog(folder);
    await walker.button("bulk.earlier.open").click();
    await app.page.getByLabel(t("bulk.listPassword.label"), { exact: true }).fill(password);
    await check("earlier batch");
    await walker.button("bulk.ended.check").click();
    await expect(app.page.locator("#main").getByText(t("bulk.ended.complete", { count: 4 }))).toBeVisible({
      timeout: 120_000,
    });
    await expect(app.page.getByText(t("bulk.states.verified")).first()).toBeVisible();
    await check("finished");
    expect(found).toEqual([]);
    expect((await pairs(".pfx")).toSorted()).toEqual(names.map((name) => `${name}.pfx`).toSorted());
    expect((await pairs(".cer")).length).toBe(4);
    expect((await readdir(join(app.userDataDir, "setups"))).length).toBe(4);
    expect((await readdir(folder)).filter((name) => name.startsWith("."))).toEqual([]);
  });
});
