import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readManifest, setupIdOf, writeManifest } from "../../../main/certificates/bulk/manifest.ts";
import type { ListedRow } from "../../../main/certificates/bulk/csv.ts";
import { planRows, withoutCollisions } from "../../../main/certificates/bulk/plan.ts";
import { checkNames } from "../../../main/certificates/names.ts";
import { AppError } from "../../../main/errors.ts";
import type { BatchChoices } from "../../../preload/model/bulk.ts";

const choices: BatchChoices = {
  keySize: 3072,
  notBefore: "2026-11-26",
  notAfter: "2027-11-26",
  profile: "strong",
  passwords: "list",
  setups: true,
  cloud: "global",
};
const batchId = "7f2b0c3a-5a3e-4d0e-8f5a-2d7a1c9e4b60";

function listed(...rows: Partial<ListedRow>[]): ListedRow[] {
  return rows.map((row, index) => ({
    number: index + 2,
    name: `Customer ${index}`,
    dnsName: "contoso.org",
    commonName: "",
    file: "",
    ...row,
  }));
}
const problems = (...rows: Partial<ListedRow>[]) =>
  planRows(listed(...rows)).flatMap(({ number, problems: found }) =>
    found.map(({ code, details }) => [number, code, details["row"] ?? details["file"] ?? ""]),
  );

const nasty = fc.oneof(
  fc.string({ unit: "binary", maxLength: 30 }),
  fc.constantFrom("con", "CON.pfx", "a.pfx.pfx .", "..", "../x", "x.", "\u{202E}gpj", "Ä", "A\u{308}", "=1"),
  fc.constantFrom("a", "A", "b", "contoso.org", "*.contoso.org", "münchen.example", "10.0.0.1", "a b"),
);
const anyRows = fc
  .array(fc.record({ name: nasty, dnsName: nasty, commonName: nasty, file: nasty }), { maxLength: 12 })
  .map((rows) => listed(...rows));

describe("the plan of a batch", () => {
  it("of rows without problems gives every file another name that stays in the folder, whatever was typed", () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const plan = planRows(rows);
        const good = plan.filter((row) => row.problems.length === 0);
        expect(new Set(good.map(({ file }) => file.toLowerCase())).size).toBe(good.length);
        expect(new Set(good.map(({ name }) => name.toLowerCase())).size).toBe(good.length);
        for (const { file, commonName, dnsName } of good) {
          expect(file).not.toMatch(/[\p{Cc}\p{Cf}<>:"/\\|?*]|^[. ]|[. ]$|^$/u);
          expect(() => checkNames({ commonName, organization: "", dnsNames: [dnsName] })).not.toThrow();
        }
      }),
      { numRuns: 500 },
    );
  });

  it("is the same again when it is read from its manifest", () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const good = planRows(rows).filter((row) => row.problems.length === 0);
        if (good.length === 0) return;
        const text = writeManifest({ id: batchId, choices, rows: good }, new Date());
        expect(readManifest(text)).toEqual({ id: batchId, choices, rows: good });
      }),
      { numRuns: 500 },
    );
  });

  it("tells every kind of problem by the number of its row", () => {
    expect(problems({ name: " " })).toEqual([[2, "name-empty", ""]]);
    expect(problems({ name: "x".repeat(201) })).toEqual([[2, "name-too-long", ""]]);
    expect(problems({ name: "Contoso" }, { name: "Contoso" })).toEqual([[3, "name-repeated", 2]]);
    expect(problems({ name: "Contoso" }, { name: "CONTOSO" })).toEqual([[3, "name-case", 2]]);
    expect(problems({ dnsName: "" })).toEqual([[2, "dns-empty", ""]]);
    expect(problems({ dnsName: "not a host" })).toEqual([[2, "dns-invalid", ""]]);
    expect(problems({ dnsName: `${"a.".repeat(127)}de` })).toEqual([[2, "dns-too-long", ""]]);
    expect(problems({ commonName: "x\u{200B}y" })).toEqual([[2, "common-name-characters", ""]]);
    expect(problems({ dnsName: `${"a".repeat(60)}.example` })).toEqual([[2, "common-name-too-long", ""]]);
    expect(problems({ name: "a/b" }, { name: "a?b" })).toEqual([[3, "file-repeated", 2]]);
    expect(problems({ file: "connect.pfx" }, { file: "CONNECT" })).toEqual([[3, "file-repeated", 2]]);
  });

  it("sees files of the folder that are in the way, however they are written", () => {
    const [first, second] = withoutCollisions(planRows(listed({ name: "Contoso" }, { name: "Fabrikam" })), [
      "CONTOSO.CER",
      "other.txt",
    ]);
    expect(first?.problems).toEqual([{ code: "file-exists", details: { file: "Contoso.cer" } }]);
    expect(second?.problems).toEqual([]);
  });
});

describe("a manifest", () => {
  const text = writeManifest({ id: batchId, choices, rows: planRows(listed({}, {})) }, new Date());
  const refused = (json: string) => {
    try {
      readManifest(json);
      return "read";
    } catch (error) {
      return error instanceof AppError ? error.code : String(error);
    }
  };

  it("whose file names lead elsewhere, collide or are not ours is refused", () => {
    for (const [from, to] of [
      ['"Customer 1"', '"../../evil"'],
      ['"Customer 1"', '"customer 0"'],
      ['"number": 3', '"number": 2'],
      ['"version": 1', '"version": 2'],
      ['"contoso.org"', '"not a host"'],
    ] as const) {
      const changed = text.replaceAll(from, to);
      expect(changed).not.toBe(text);
      expect(refused(changed)).toBe("batch-unreadable");
    }
    expect(refused("")).toBe("batch-unreadable");
    expect(refused(text)).toBe("read");
  });

  it("gives each row a setup of its own, the same on every run, with an id the store takes", () => {
    const ids = Array.from({ length: 1_000 }, (_, index) => setupIdOf(batchId, index));
    expect(new Set(ids).size).toBe(1_000);
    expect(setupIdOf(batchId, 7)).toBe(ids[7]);
    expect(
      ids.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id)),
    ).toBe(true);
  });
});
