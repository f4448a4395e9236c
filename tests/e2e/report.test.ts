import { execFileSync } from "node:child_process";
import { mkdir, readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { reportFileSchema } from "../../main/rollout/report/json.ts";
import { expect, test } from "./fixture.ts";
import { Walker, applicationId, tenantId } from "./walker.ts";

/** What Poppler and qpdf, not we, say of a PDF. */
function inspect(pdf: string) {
  const run = (program: string, ...args: string[]) =>
    execFileSync(program, args, { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
  const facts = new Map(
    run("pdfinfo", pdf)
      .split("\n")
      .map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim()]),
  );
  run("qpdf", "--check", pdf);
  return { facts, text: run("pdftotext", "-layout", pdf, "-"), objects: run("qpdf", "--json", pdf) };
}

test.describe("in German", () => {
  test.use({ appOptions: { language: "de" } });

  test("a report before Rollout is written as PDF, page and data, marked as not rolled out; where nothing prints, as page and data", async ({
    app,
    page,
  }, testInfo) => {
    test.setTimeout(180_000);
    const walker = new Walker(app, "de");
    const { t } = walker;
    const folder = testInfo.outputPath("files");
    await mkdir(folder, { recursive: true });
    await walker.createSetup("Contoso AG");
    await walker.go("application-ids");
    await walker.fill("applicationId", applicationId);
    await walker.fill("tenantId", tenantId);
    await walker.go("rollout");
    await walker.writeReports("rollout.handover.reportSave", folder);
    await expect(page.getByText(t("rollout.handover.reportTitle"), { exact: true })).toBeVisible({
      timeout: 60_000,
    });

    const [name = ""] = await readdir(folder);
    const written = join(folder, name);
    expect((await readdir(written)).toSorted()).toEqual([
      "Contoso AG - administrator.html",
      "Contoso AG - administrator.pdf",
      "Contoso AG - auditor.html",
      "Contoso AG - auditor.pdf",
      "Contoso AG - values.txt",
      "Contoso AG.json",
    ]);
    for (const role of ["administrator", "auditor"] as const) {
      const { facts, text, objects } = inspect(join(written, `Contoso AG - ${role}.pdf`));
      expect(facts.get("Page size")).toContain("(A4)");
      expect(facts.get("Tagged")).toBe("yes");
      expect(facts.get("Title")).toBe(
        `${t("report.title", { name: "Contoso AG" })} · ${t(`report.roles.${role}`)}`,
      );
      expect(objects).toMatch(/"\/Lang": "u:de"/);
      expect(objects).toContain('"/Outlines"');
      for (const shown of [applicationId, tenantId, t("report.stage.not-rolled-out"), "Exchange.ManageAsApp"])
        expect(text).toContain(shown);
      const pages = Number(facts.get("Pages"));
      for (let sheet = 1; sheet <= pages; sheet += 1)
        expect(text).toContain(`${t("report.page")} ${sheet} ${t("report.of")} ${pages}`);
    }
    const data: unknown = JSON.parse(await readFile(join(written, "Contoso AG.json"), "utf8"));
    const report = reportFileSchema.parse(data);
    expect(report.stage).toBe("not-rolled-out");
    expect(Object.keys(report.texts)).toEqual(["de"]);
    // The window that printed is gone, and the app's own still answers.
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
    await walker.go("application-ids");

    await test.step("when printing fails, the reports are there as pages, and the app says so", async () => {
      const pages = testInfo.outputPath("pages");
      await mkdir(pages, { recursive: true });
      await app.evaluate(({ app: electron }) => {
        electron.on("web-contents-created", (_event, contents) => {
          contents.printToPDF = () => Promise.reject(new Error("no printer"));
        });
      });
      await walker.go("rollout");
      await walker.writeReports("rollout.handover.reportSave", pages, "both");
      await expect(page.getByText(t("rollout.handover.noPdfTitle"), { exact: true })).toBeVisible({
        timeout: 30_000,
      });
      const [unprinted = ""] = await readdir(pages);
      const names = await readdir(join(pages, unprinted));
      expect(names.filter((one) => one.endsWith(".pdf"))).toEqual([]);
      expect(names.filter((one) => one.endsWith(".html"))).toHaveLength(4);
    });
  });
});
