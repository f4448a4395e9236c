import { describe, expect, it } from "vitest";
import { printParameters } from "../../electron/stand-in/print-to-pdf.ts";

describe("printToPDF of the stand-in", () => {
  it("takes Electron's options and defaults", () => {
    expect(printParameters({})).toMatchObject({ paperWidth: 8.5, paperHeight: 11, generateTaggedPDF: false });
    expect(printParameters({ pageSize: "A4", generateTaggedPDF: true, margins: { top: 1 } })).toMatchObject({
      paperWidth: 8.27,
      paperHeight: 11.7,
      generateTaggedPDF: true,
      marginTop: 1,
      marginLeft: 0.4,
    });
  });

  it("throws at what it does not know", () => {
    expect(() => printParameters({ silent: true } as object)).toThrow("option silent");
    expect(() => printParameters({ pageSize: "A9" })).toThrow('paper "A9"');
    expect(() => printParameters({ margins: { marginType: "none" } as object })).toThrow("margin marginType");
  });
});
