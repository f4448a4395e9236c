import { mkdir } from "node:fs/promises";
import { stepIds } from "../../preload/model/guide.ts";
import { violations } from "./axe.ts";
import { expect, test } from "./fixture.ts";
import { layoutProblems } from "./layout.ts";
import { settle } from "./settle.ts";
import { ask, person, prepareOffline } from "./strip-run.ts";
import { Walker } from "./walker.ts";

/** The longer words of the two languages. */
const language = "de";
test.use({ appOptions: { language } });

test("a certificate in use is exchanged as a list of its own, can be canceled, and goes on after a restart", async ({
  app,
}, testInfo) => {
  test.setTimeout(300_000);
  const walker = new Walker(app, language);
  const { t } = walker;
  const [first, second] = [testInfo.outputPath("first"), testInfo.outputPath("second")];
  await mkdir(second, { recursive: true });
  const found: string[] = [];
  async function look(name: string): Promise<void> {
    for (const theme of ["dark", "light"] as const) {
      await app.evaluate(({ nativeTheme }, wanted) => {
        nativeTheme.themeSource = wanted;
      }, theme);
      await app.page.waitForFunction(
        (dark) => matchMedia("(prefers-color-scheme: dark)").matches === dark,
        theme === "dark",
      );
      const wrong = await violations(app.page, theme === "dark" ? "colours" : "all");
      found.push(...wrong.map((line) => `${name}, ${theme}: ${line}`));
    }
    found.push(...(await layoutProblems(app.page)).map((problem) => `${name}: ${problem}`));
  }
  const heading = () => app.page.getByRole("heading", { level: 1 });
  const done = (count: number) =>
    expect(app.page.getByText(t("rotation.done", { done: count, total: 6 }), { exact: true })).toBeVisible();

  const { setup } = await prepareOffline(app, first);
  const { id: setupId, name } = setup.summary;
  await settle(
    app,
    stepIds.filter((step) => !["certificate", "rollout"].includes(step)),
  );
  await ask(app.page, "rollout", "record", { setupId, result: "connected", text: "", by: person });
  await app.page.reload();
  await walker.openSetup(name);
  await walker.go("certificate");
  await walker.button("certificate.replace.action").first().click();
  await expect(heading()).toHaveText(t("rotation.title"));
  await look("begin");
  await walker.button("rotation.start.action").click();
  await done(0);
  await look("begun");

  await walker.button("rotation.steps.new-certificate.action").click();
  await expect(app.page.getByText(t("rotation.notice.title"))).toBeVisible();
  await look("step-9");
  await walker.makeCertificate(second);
  for (const step of ["upload-certificate", "technical-attributes", "rollout"] as const)
    expect(await walker.state(step)).not.toBe("needs-attention");
  await walker.button("rotation.notice.open").click();
  await done(1);
  await look("second-step");

  await walker.button("rotation.cancel.action").click();
  await app.page.getByRole("alertdialog").waitFor();
  await look("cancel");
  await walker.button("rotation.cancel.confirm").click();
  await expect(walker.button("rotation.start.action")).toBeVisible();
  await walker.button("frame.checklist").click();
  for (const step of ["certificate", "upload-certificate", "technical-attributes", "rollout"] as const)
    expect(await walker.state(step)).toBe("done");
  await walker.go("certificate");

  await walker.button("certificate.replace.action").first().click();
  await walker.button("rotation.start.action").click();
  await done(0);
  await app.restart();
  await walker.openSetup(name);
  await walker.button("rotation.notice.open").click();
  await done(0);
  expect(found).toEqual([]);
});
