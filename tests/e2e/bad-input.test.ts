import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import en from "../../renderer/locales/en.json" with { type: "json" };
import type { BadFile } from "../support/bad-files.ts";
import { writeBadFiles } from "../support/bad-files.ts";
import { expect, test } from "./fixture.ts";
import { Walker } from "./walker.ts";

let folder = "";
let files: BadFile[] = [];
test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "exchange-rollout-bad-"));
  files = writeBadFiles(folder);
});
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A sentence of the locale file, whatever values stand in it. */
function sentence(key: string): RegExp {
  let text: unknown = en;
  for (const part of key.split("."))
    text = Reflect.get(text as object, part) ?? Reflect.get(text as object, `${part}_other`);
  const parts = String(text).split(/\{\{[^}]*\}\}/);
  return new RegExp(parts.map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")).join(".*"));
}

test("each kind of bad file is refused with its own words, at once, and nothing is lost", async ({ app }) => {
  test.setTimeout(120_000);
  const walker = new Walker(app);
  const { page, t } = walker;
  await walker.createSetup("Contoso AG");
  await walker.go("certificate");
  await walker.page.getByRole("textbox", { name: t("certificate.name.label") }).fill("typed before");
  const seen = new Set<string>();
  for (const file of files) {
    await page.getByRole("tab", { name: t("certificate.tabs.import") }).click();
    const another = walker.button("certificate.import.another");
    if (await another.isVisible()) await another.click();
    await app.nextOpenDialog(file.path);
    await walker.button("certificate.import.choose").click();
    const words = page.getByText(sentence(file.told)).first();
    const unlock = page.getByRole("textbox", { name: t("inspect.locked.password") });
    await expect(words.or(unlock).first(), file.name).toBeVisible({ timeout: 5_000 });
    if (await unlock.isVisible()) {
      await unlock.fill(file.password);
      await unlock.press("Enter");
    }
    await expect(words, file.name).toBeVisible({ timeout: 5_000 });
    const accept = walker.button("certificate.import.accept");
    if (await accept.isVisible()) await expect(accept, file.name).toHaveAttribute("aria-disabled", "true");
    seen.add(file.told);
  }
  expect(seen.size).toBe(files.length);
  await page.getByRole("tab", { name: t("certificate.tabs.create") }).click();
  await expect(page.getByRole("textbox", { name: t("certificate.name.label") })).toHaveValue("typed before");
  expect(await walker.state("certificate")).toBe("not-started");
});
