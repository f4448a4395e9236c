import { mkdtemp, readFile, readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { HandoverInput } from "../../../main/rollout/handover.ts";
import { fileName, writeHandover } from "../../../main/rollout/handover.ts";
import type { Printer } from "../../../main/rollout/printer.ts";
import { reportFileSchema } from "../../../main/rollout/report/json.ts";
import { applicationId } from "../setups/sample.ts";
import { english, german, reportInput } from "./report-sample.ts";

/** Stands for paper: the page's own bytes behind a mark. */
const printer: Printer = { pdfs: async (pages) => pages.map((html) => Buffer.from(`%PDF ${html}`)) };
const noPaper: Printer = { pdfs: () => Promise.reject(new Error("no printer")) };

function input(change: Partial<HandoverInput> = {}): HandoverInput {
  return {
    ...reportInput(),
    certificate: Buffer.from([1, 2, 3]),
    words: [english],
    printer,
    ...change,
  };
}
const newFolder = () => mkdtemp(join(tmpdir(), "rollout-handover-"));

describe("the handover folder", () => {
  test("holds both reports as page and PDF, the data, the values and the public certificate", async () => {
    const { path, pdf } = await writeHandover(await newFolder(), input());
    expect(pdf).toBe(true);
    expect((await readdir(path)).toSorted()).toEqual([
      "Contoso AG - administrator.html",
      "Contoso AG - administrator.pdf",
      "Contoso AG - auditor.html",
      "Contoso AG - auditor.pdf",
      "Contoso AG - values.txt",
      "Contoso AG.cer",
      "Contoso AG.json",
    ]);
    const file = await readFile(join(path, "Contoso AG.json"), "utf8");
    expect(reportFileSchema.parse(JSON.parse(file)).setup.name).toBe("Contoso AG");
    const values = await readFile(join(path, "Contoso AG - values.txt"), "utf8");
    expect(values).toContain(`ConnectAppID: ${applicationId}`);
    expect(values).not.toContain("ConnectPFXPassword");
    const [page, paper] = await Promise.all(
      ["html", "pdf"].map((ending) => readFile(join(path, `Contoso AG - auditor.${ending}`), "utf8")),
    );
    expect(paper).toBe(`%PDF ${page}`);
  });

  test("names the language in each file when there are two", async () => {
    const { path } = await writeHandover(await newFolder(), input({ words: [english, german] }));
    const names = await readdir(path);
    for (const language of ["en", "de"])
      for (const role of ["administrator", "auditor"])
        for (const ending of ["html", "pdf"])
          expect(names).toContain(`Contoso AG - ${role} (${language}).${ending}`);
    expect(names.filter((name) => name.endsWith(".json"))).toEqual(["Contoso AG.json"]);
  });

  test("is written without PDF when printing fails, and says so", async () => {
    const { path, pdf } = await writeHandover(await newFolder(), input({ printer: noPaper }));
    expect(pdf).toBe(false);
    const names = await readdir(path);
    expect(names.filter((name) => name.endsWith(".pdf"))).toEqual([]);
    expect(names.filter((name) => name.endsWith(".html"))).toHaveLength(2);
    expect(names).toContain("Contoso AG.json");
  });

  test("names no local path", async () => {
    const { path } = await writeHandover(await newFolder(), input());
    for (const file of await readdir(path))
      expect(await readFile(join(path, file), "utf8")).not.toContain("/x/a.pfx");
  });

  test("never replaces an older one and leaves nothing behind when it fails", async () => {
    const parent = await newFolder();
    await writeHandover(parent, input());
    await writeHandover(parent, input());
    expect(await readdir(parent)).toHaveLength(2);
    await expect(writeHandover(join(parent, "missing"), input())).rejects.toMatchObject({
      code: "file-not-found",
    });
    expect(await readdir(parent)).toHaveLength(2);
  });

  test.each([
    ["Contoso AG", "Contoso AG"],
    ["a/b\\c:d*e?", "a b c d e"],
    ["con", "setup con"],
    ["...", "setup"],
    ["x".repeat(200), "x".repeat(80)],
    [`${"x".repeat(79)} y`, "x".repeat(79)],
    ["*.contoso.org", "contoso.org"],
    ["con.contoso.org", "setup con.contoso.org"],
    ["\u202egpj.exe", "gpj.exe"],
  ])("names %j as %j", (name, expected) => {
    expect(fileName(name)).toBe(expected);
  });
});
