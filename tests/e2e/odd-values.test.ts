import { fieldIds, stepIds } from "../../preload/model/guide.ts";
import type { App } from "./app.ts";
import { expect, test } from "./fixture.ts";
import { layoutProblems } from "./layout.ts";
import { Walker } from "./walker.ts";

const names = {
  "200 characters without a space": "W".repeat(200),
  "emoji of several code points": "👩‍👩‍👧‍👦 Família & Söhne 🏳️‍🌈",
  "right to left, with a turn of direction": "شركة الاختبار\u202E fdp.exe",
  markup: "<img src=x onerror=alert(1)> & {{name}} **bold** `code`",
};

test("anything pasted into any field is kept as it is, setups of any name are found and opened, and all of it fits on the screen", async ({
  app,
}) => {
  test.setTimeout(300_000);
  await test.step("anything is pasted into any field", () => pasteEverywhere(app));
  await app.page.keyboard.press("Alt+Home");
  await test.step("more setups get names of any kind", () => nameOddly(app));
});

/** In the only setup there is; the app is started again to see what it has kept. */
async function pasteEverywhere(app: App): Promise<void> {
  const { page } = app;
  const walker = new Walker(app);
  await walker.createSetup("Contoso AG");
  const junk = "\u0000\u202E<script>alert(1)</script> ${7*7} {{x}} 👩‍👩‍👧‍👦 " + "x".repeat(2_100);
  const entered = new Map<string, string>();
  for (const step of stepIds) {
    await walker.go(step);
    for (const field of fieldIds) {
      const box = page.getByRole("textbox", { name: walker.t(`fields.${field}.label`), exact: true });
      if ((await box.count()) !== 1 || !(await box.isEditable())) continue;
      await box.focus();
      await page.keyboard.insertText(junk);
      await box.blur();
      entered.set(field, await box.inputValue());
      expect(entered.get(field)).not.toBe("");
    }
    expect(await layoutProblems(page)).toEqual([]);
  }
  expect(entered.size).toBeGreaterThan(6);
  await app.restart();
  await walker.openSetup("Contoso AG");
  const kept = await app.page.evaluate(async () => {
    const list = await window.rollout?.setups.list();
    const setupId = list?.ok === true ? (list.value[0]?.id ?? "") : "";
    const opened = await window.rollout?.setups.open({ setupId });
    const fields = opened?.ok === true ? opened.value.steps.flatMap((step) => step.fields) : [];
    return Object.fromEntries(fields.map(({ id, value }) => [id, value]));
  });
  for (const [field, value] of entered) expect(kept[field]).toBe(value);
}

/** Beside the one setup that is there already. */
async function nameOddly(app: App): Promise<void> {
  const { page } = app;
  const walker = new Walker(app);
  const { t } = walker;
  const found: string[] = [];
  const check = async (where: string): Promise<void> => {
    found.push(...(await layoutProblems(page)).map((problem) => `${where}: ${problem}`));
  };
  await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.setBounds({ x: 0, y: 0, width: 1024, height: 700 }),
  );
  for (const [kind, name] of Object.entries(names)) {
    await walker.createSetup(name);
    expect(await page.title()).toContain(name);
    await check(`${kind}, step`);
    await walker.button("frame.activity").click();
    await page.getByRole("table").waitFor();
    await check(`${kind}, activity`);
    await page.keyboard.press("Alt+Home");
    await page.getByRole("row").first().waitFor();
    await check(`${kind}, list`);
  }
  const rows = page.getByRole("row");
  await expect(rows).toHaveCount(1 + Object.keys(names).length);
  for (const name of Object.values(names)) {
    await expect(walker.button("home.actions", { name })).toHaveCount(1);
  }
  await walker.button("home.actions", { name: names["200 characters without a space"] }).click();
  await page.getByRole("menuitem", { name: t("home.menu.delete") }).click();
  await check("200 characters, after deleting");
  expect(found).toEqual([]);
}
