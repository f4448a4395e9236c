import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeText, readList } from "../../../main/certificates/bulk/csv.ts";
import { AppError } from "../../../main/errors.ts";

/** The error's code, or "read". */
function outcome(text: string): string {
  try {
    readList(text);
    return "read";
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

const cell = fc.string({ unit: "grapheme", maxLength: 20 }).map((text) => text.trim());
const row = fc.record({ name: cell, dnsName: cell, commonName: cell, file: cell });
const headings = {
  en: { name: "Setup name", dnsName: "DNS name", commonName: "Common name", file: "File name" },
  de: { name: "Einrichtung", dnsName: "DNS-Name", commonName: "Allgemeiner Name", file: "Dateiname" },
};
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

describe("a list of names", () => {
  it("comes back cell by cell, whatever separator, language, line ending, order and signs it is written with", () => {
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 1, maxLength: 12 }),
        fc.constantFrom(",", ";", "\t"),
        fc.constantFrom("en" as const, "de" as const),
        fc.constantFrom("\r\n", "\n"),
        fc.shuffledSubarray(["name", "dnsName", "commonName", "file"] as const, { minLength: 4 }),
        fc.boolean(),
        (rows, separator, language, ending, order, mark) => {
          const filled = rows.map((one) => ({ ...one, name: one.name || "x" }));
          const lines = [
            order.map((column) => headings[language][column]),
            ...filled.map((one) => order.map((column) => quoted(one[column]))),
          ].map((cells) => cells.join(separator));
          const text = `${mark ? "\u{FEFF}" : ""}${lines.join(ending)}${ending}`;
          const read = readList(decodeText(Buffer.from(text)));
          expect(read).toEqual(filled.map((one, index) => ({ number: index + 2, ...one })));
        },
      ),
    );
  });

  it("is read or refused with a reason, never anything else, whatever the file holds", () => {
    const known = ["read", "csv-columns-missing", "csv-empty", "csv-invalid", "csv-too-many-rows"];
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(known).toContain(outcome(decodeText(bytes)));
        expect(known).toContain(outcome(`Name;DNS name\n${decodeText(bytes)}`));
      }),
    );
  });

  it("is read as Excel saves it: Windows-1252 with semicolons, or UTF-16 with tabs", () => {
    const text = "Kunde;DNS-Name\r\nMüller & Söhne;mueller.example\r\n";
    expect(readList(decodeText(Buffer.from(text, "latin1")))[0]?.name).toBe("Müller & Söhne");
    const wide = Buffer.from(`\u{FEFF}${text.replaceAll(";", "\t")}`, "utf16le");
    expect(readList(decodeText(wide))[0]).toMatchObject({
      name: "Müller & Söhne",
      dnsName: "mueller.example",
    });
  });

  it("counts rows as a spreadsheet does: empty rows count, a cell with line breaks is one row", () => {
    const text = 'sep=;\nName;DNS name\n"two\nlines";a.example\n\n;;\nlast;b.example';
    expect(readList(text).map(({ number }) => number)).toEqual([2, 5]);
  });

  it("takes commas inside a cell for text when the headings are separated by semicolons", () => {
    const [first] = readList("Name;DNS name\nContoso, Inc.;contoso.org");
    expect(first).toMatchObject({ name: "Contoso, Inc.", dnsName: "contoso.org" });
  });

  it("says what is missing", () => {
    expect(outcome("")).toBe("csv-columns-missing");
    expect(outcome("Contoso;contoso.org")).toBe("csv-columns-missing");
    expect(outcome("Name\nContoso")).toBe("csv-columns-missing");
    expect(outcome("Name;DNS name\n\n;\n")).toBe("csv-empty");
    expect(outcome('Name;DNS name\n"Contoso;contoso.org\n')).toBe("csv-invalid");
    expect(outcome(`Name;DNS name\n${"x;x.example\n".repeat(1_001)}`)).toBe("csv-too-many-rows");
    expect(outcome(`Name;DNS name\n${"x;x.example\n".repeat(1_000)}`)).toBe("read");
  });
});
