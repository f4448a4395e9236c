import { randomUUID } from "node:crypto";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { SetupDocument } from "../../main/setups/document.ts";
import { newDocument, parseDocument, serializeDocument } from "../../main/setups/document.ts";
import type { App } from "./app.ts";
import { expect, test } from "./fixture.ts";
import { Walker } from "./walker.ts";

/** Puts a setup's document where the app keeps it; the app must not be running. */
async function write(app: App, document: SetupDocument, text = serializeDocument(document)): Promise<string> {
  const folder = join(app.userDataDir, "setups", document.id);
  await mkdir(folder, { recursive: true });
  const file = join(folder, "setup.json");
  await writeFile(file, text);
  return file;
}

function row(app: App, name: string) {
  return app.page.getByRole("row").filter({ has: app.page.getByText(name, { exact: true }) });
}

/** Opens a setup's menu in the list and chooses an entry. */
async function choose(walker: Walker, name: string, entry: string): Promise<void> {
  await walker.button("home.actions", { name }).click();
  await walker.page.getByRole("menuitem", { name: walker.t(`home.menu.${entry}`) }).click();
}

test("setups are renamed, duplicated, archived, deleted with undo, exported and imported; a thousand are listed and searched, and one that can't be read is explained and kept", async ({
  app,
}, testInfo) => {
  test.setTimeout(150_000);
  await test.step("a few", () => manageFew(app, testInfo.outputPath("files")));
  await test.step("a thousand", () => listThousand(app));
});

/** A thousand setups are listed and searched; one that can't be read is explained and kept. */
async function listThousand(app: App): Promise<void> {
  await app.quit();
  await rm(join(app.userDataDir, "setups"), { recursive: true });
  const long = "Ä".repeat(199) + "Z";
  const fifty = "Stadtwerke Musterhausen-Sankt-Georgen an der Donau";
  expect(fifty).toHaveLength(50);
  const at = new Date("2026-03-01T09:00:00Z");
  const broken = newDocument(randomUUID(), "Broken", "global", at);
  const torn = '{"schemaVersion": 2, "name": "Bro';
  const brokenFile = await write(app, broken, torn);
  const later = newDocument(randomUUID(), "Of a later app", "global", at);
  const laterText = serializeDocument(later).replace('"schemaVersion": 2', '"schemaVersion": 99');
  const laterFile = await write(app, later, laterText);
  for (const name of [long, fifty]) await write(app, newDocument(randomUUID(), name, "global", new Date()));
  for (let number = 1; number <= 996; number += 1) {
    const document = newDocument(randomUUID(), `Customer ${number}`, "global", at);
    await write(app, {
      ...document,
      fields: { tenantDomain: `customer${number}.onmicrosoft.com` },
    });
  }
  const page = await app.start();
  const walker = new Walker(app);
  const { t } = walker;
  const expectCount = (count: number) =>
    expect(page.getByText(t("home.count", { count }), { exact: true })).toBeVisible();

  await test.step("all of them are counted, and few are in the page", async () => {
    await expectCount(1_000);
    expect(await page.getByRole("row").count()).toBeLessThan(60);
  });

  await test.step("unreadable ones come first, say why, and stay as they are", async () => {
    const first = page.getByRole("row").nth(0);
    const second = page.getByRole("row").nth(1);
    for (const unreadable of [first, second]) {
      await expect(unreadable).toContainText(/setup\.json/);
      await expect(unreadable.getByRole("button")).toHaveCount(0);
    }
    await expect(page.getByText(t("errors.setup-unreadable.title"))).toBeVisible();
    await expect(page.getByText(t("errors.setup-too-new.title"))).toBeVisible();
    await first.click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(t("home.title"));
    expect(await readFile(brokenFile, "utf8")).toBe(torn);
    expect(await readFile(laterFile, "utf8")).toBe(laterText);
  });

  await test.step("search finds by name and by tenant", async () => {
    const search = page.getByRole("textbox", { name: t("home.search") });
    await search.fill("CUSTOMER 77");
    const numbers = Array.from({ length: 996 }, (_, index) => String(index + 1));
    await expectCount(numbers.filter((number) => number.includes("77")).length);
    await search.fill("customer500.on");
    await expectCount(1);
    await expect(row(app, "Customer 500")).toBeVisible();
    await search.fill("nobody at all");
    await expect(page.getByText(t("home.nothing.title"))).toBeVisible();
    await walker.button("home.nothing.clear").click();
    await expectCount(1_000);
  });

  await test.step("the list scrolls to its end", async () => {
    await page.getByRole("grid").evaluate((grid) => grid.scrollTo(0, grid.scrollHeight));
    await expect.poll(() => page.getByRole("row").last().getAttribute("aria-rowindex")).toBe("1000");
  });

  await test.step("long names stay inside their row and window", async () => {
    await page.getByRole("grid").evaluate((grid) => grid.scrollTo(0, 0));
    for (const name of [long, fifty]) {
      await expect(row(app, name)).toBeVisible();
      const wide = await row(app, name).evaluate((element) => element.scrollWidth - element.clientWidth);
      expect(wide).toBeLessThanOrEqual(1);
    }
    // While the list scrolls it takes no clicks.
    await expect(row(app, long)).toHaveCSS("pointer-events", "auto");
    await walker.openSetup(long);
    const beside = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(beside).toBe(0);
    await expect(walker.button("frame.settings")).toBeInViewport({ ratio: 1 });
  });
}

/** Setups are renamed, duplicated, archived, deleted with undo, exported and imported. */
async function manageFew(app: App, folder: string): Promise<void> {
  const walker = new Walker(app);
  const { t } = walker;
  const { page } = app;
  await mkdir(folder, { recursive: true });
  const documents = async () => {
    const ids = await readdir(join(app.userDataDir, "setups"));
    return Promise.all(
      ids.map(async (id) =>
        parseDocument(await readFile(join(app.userDataDir, "setups", id, "setup.json"), "utf8")),
      ),
    );
  };
  const names = async () => (await documents()).map(({ name }) => name).toSorted();
  const toast = (key: string, params: Record<string, string> = {}) => page.getByText(t(key, params)).first();

  await walker.createSetup("Contoso AG");
  await walker.go("admin-portal");
  await walker.fill("tenantDomain", "contoso.onmicrosoft.com");
  await walker.confirm("admin-portal");
  await walker.button("frame.backToSetups").click();

  await test.step("renamed", async () => {
    await choose(walker, "Contoso AG", "rename");
    const box = page.getByRole("dialog").getByRole("textbox");
    await box.fill("   ");
    await box.press("Enter");
    await expect(page.getByText(t("errors.name-required.title"))).toBeVisible();
    await box.fill("Contoso GmbH");
    await box.press("Enter");
    await expect(row(app, "Contoso GmbH")).toBeVisible();
    expect(await names()).toEqual(["Contoso GmbH"]);
  });

  await test.step("duplicated", async () => {
    await choose(walker, "Contoso GmbH", "duplicate");
    await expect(row(app, "Contoso GmbH (copy)")).toBeVisible();
    expect(await names()).toEqual(["Contoso GmbH", "Contoso GmbH (copy)"]);
  });

  await test.step("archived, found there, and taken back", async () => {
    await choose(walker, "Contoso GmbH (copy)", "archive");
    await expect(toast("home.archived", { name: "Contoso GmbH (copy)" })).toBeVisible();
    await expect(row(app, "Contoso GmbH (copy)")).toHaveCount(0);
    await page.getByRole("button", { name: t("home.show.label") }).click();
    await page.getByRole("option", { name: t("home.show.archived") }).click();
    await expect(row(app, "Contoso GmbH (copy)")).toBeVisible();
    await choose(walker, "Contoso GmbH (copy)", "unarchive");
    await page.getByRole("button", { name: t("home.nothing.clear") }).click();
    await expect(row(app, "Contoso GmbH (copy)")).toBeVisible();
  });

  await test.step("deleted and brought back", async () => {
    await choose(walker, "Contoso GmbH", "delete");
    await expect(row(app, "Contoso GmbH")).toHaveCount(0);
    expect(await names()).toEqual(["Contoso GmbH (copy)"]);
    await page
      .getByRole("listitem")
      .filter({ hasText: t("home.deleted", { name: "Contoso GmbH" }) })
      .getByRole("button", { name: t("common.undo") })
      .click();
    await expect(row(app, "Contoso GmbH")).toBeVisible();
    expect(await names()).toEqual(["Contoso GmbH", "Contoso GmbH (copy)"]);
  });

  await test.step("exported to a file, and imported from it", async () => {
    const file = join(folder, "contoso.json");
    await app.nextSaveDialog(file);
    await choose(walker, "Contoso GmbH", "export");
    await expect(toast("home.exported")).toBeVisible();
    expect(await readFile(file, "utf8")).toContain("contoso.onmicrosoft.com");
    await app.nextOpenDialog(file);
    await walker.button("home.more").click();
    await page.getByRole("menuitem", { name: t("home.import") }).click();
    await page.getByRole("navigation", { name: t("checklist.navigation") }).waitFor();
    await walker.go("admin-portal");
    await expect(page.getByRole("textbox", { name: t("fields.tenantDomain.label") })).toHaveValue(
      "contoso.onmicrosoft.com",
    );
    expect(await walker.state("admin-portal")).toBe("done");
    expect(await documents()).toHaveLength(3);

    const nonsense = join(folder, "nonsense.json");
    await writeFile(nonsense, '{"a": 1}');
    await walker.button("frame.backToSetups").click();
    await app.nextOpenDialog(nonsense);
    await walker.button("home.more").click();
    await page.getByRole("menuitem", { name: t("home.import") }).click();
    await expect(toast("errors.setup-file-invalid.title")).toBeVisible();
    expect(await documents()).toHaveLength(3);
  });
}
