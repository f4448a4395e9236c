import { execFileSync } from "node:child_process";
import { mkdir, readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { reportFileSchema } from "../../main/rollout/report/json.ts";
import type { App } from "./app.ts";
import { expect } from "./fixture.ts";
import type { Walker } from "./walker.ts";
import { applicationId, tenantId } from "./walker.ts";

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

/** The files of a report, sorted, of a setup that has its certificate. */
export function filesOfReport(name: string): string[] {
  return [
    `${name} - administrator.html`,
    `${name} - administrator.pdf`,
    `${name} - auditor.html`,
    `${name} - auditor.pdf`,
    `${name} - values.txt`,
    `${name}.cer`,
    `${name}.json`,
  ];
}

/** Before Rollout: a report is written as PDF, page and data, in German, marked as not rolled out. */
export async function expectReportBefore(
  app: App,
  walker: Walker,
  name: string,
  folder: string,
): Promise<void> {
  const { page, t } = walker;
  await mkdir(folder);
  await walker.writeReports("rollout.handover.reportSave", folder);
  await expect(page.getByText(t("rollout.handover.reportTitle"), { exact: true })).toBeVisible({
    timeout: 60_000,
  });

  const [written = ""] = await readdir(folder);
  const file = (ending: string) => join(folder, written, `${name}${ending}`);
  expect((await readdir(join(folder, written))).toSorted()).toEqual(filesOfReport(name));
  for (const role of ["administrator", "auditor"] as const) {
    const { facts, text, objects } = inspect(file(` - ${role}.pdf`));
    expect(facts.get("Page size")).toContain("(A4)");
    expect(facts.get("Tagged")).toBe("yes");
    expect(facts.get("Title")).toBe(`${t("report.title", { name })} · ${t(`report.roles.${role}`)}`);
    expect(objects).toMatch(/"\/Lang": "u:de"/);
    expect(objects).toContain('"/Outlines"');
    for (const shown of [applicationId, tenantId, t("report.stage.not-rolled-out"), "Exchange.ManageAsApp"])
      expect(text).toContain(shown);
    const pages = Number(facts.get("Pages"));
    for (let sheet = 1; sheet <= pages; sheet += 1)
      expect(text).toContain(`${t("report.page")} ${sheet} ${t("report.of")} ${pages}`);
  }
  const data: unknown = JSON.parse(await readFile(file(".json"), "utf8"));
  const report = reportFileSchema.parse(data);
  expect(report.stage).toBe("not-rolled-out");
  expect(Object.keys(report.texts)).toEqual(["de"]);
  // The window that printed is gone, and the app's own still answers.
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  await walker.go("application-ids");
  await walker.go("rollout");
}

/** The same where nothing prints: the reports are there as pages, and the app says so. */
export async function expectPagesAlone(app: App, walker: Walker, folder: string): Promise<void> {
  const { page, t } = walker;
  await mkdir(folder);
  await app.evaluate(({ app: electron }) => {
    electron.once("web-contents-created", (_event, contents) => {
      contents.printToPDF = () => Promise.reject(new Error("no printer"));
    });
  });
  await walker.writeReports("rollout.handover.reportSave", folder, "both");
  await expect(page.getByText(t("rollout.handover.noPdfTitle"), { exact: true })).toBeVisible({
    timeout: 30_000,
  });
  const [unprinted = ""] = await readdir(folder);
  const names = await readdir(join(folder, unprinted));
  expect(names.filter((one) => one.endsWith(".pdf"))).toEqual([]);
  expect(names.filter((one) => one.endsWith(".html"))).toHaveLength(4);
}
