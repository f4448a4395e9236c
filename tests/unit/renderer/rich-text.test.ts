import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseRichText } from "../../../renderer/ui/rich-text.ts";

describe("texts with marks", () => {
  it("splits code and bold words from the rest", () => {
    expect(parseRichText("Run `openssl` **now**.").map(({ kind, text }) => [kind, text])).toEqual([
      ["text", "Run "],
      ["code", "openssl"],
      ["text", " "],
      ["bold", "now"],
      ["text", "."],
    ]);
  });

  it("leaves a mark without its partner as it is written", () => {
    expect(
      parseRichText("2 ** 3 and `open")
        .map(({ text }) => text)
        .join(""),
    ).toBe("2 ** 3 and `open");
  });

  it("never loses a character other than the marks", () => {
    fc.assert(
      fc.property(fc.string(), (source) => {
        const bare = (text: string): string => text.replaceAll("`", "").replaceAll("*", "");
        const parts = parseRichText(source);
        expect(bare(parts.map(({ text }) => text).join(""))).toBe(bare(source));
        expect(new Set(parts.map(({ at }) => at)).size).toBe(parts.length);
      }),
    );
  });
});
