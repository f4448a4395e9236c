import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { accentFor } from "../../../renderer/ui/accent.ts";
import { contrast, parseHex } from "../../../renderer/ui/contrast.ts";
import type { Rgb } from "../../../renderer/ui/contrast.ts";

const css = readFileSync(new URL("../../../renderer/ui/tokens.css", import.meta.url), "utf8");

/** Each token's light and dark colour, read from the file itself. */
const tokens = new Map(
  [...css.matchAll(/--([\w-]+):\s*(?:var\(--os-[\w-]+,\s*)?light-dark\((#[0-9a-f]+),\s*(#[0-9a-f]+)\)/g)].map(
    ([, name, light, dark]) => [name ?? "", { light: light ?? "", dark: dark ?? "" }],
  ),
);

const themes = ["light", "dark"] as const;
type Theme = (typeof themes)[number];

function color(name: string, theme: Theme): Rgb {
  const value = tokens.get(name)?.[theme];
  const rgb = value === undefined ? null : parseHex(value);
  if (rgb === null) throw new Error(`tokens.css has no colour --${name}`);
  return rgb;
}

const grounds = ["ground", "surface", "raised", "sunken", "hover"];
const softs = ["accent", "ok", "warn", "bad", "wait"];

const textPairs: [string, string][] = [
  ...grounds.flatMap((ground): [string, string][] => [
    ["text", ground],
    ["text-2", ground],
  ]),
  ...softs.flatMap((tone): [string, string][] => [
    [tone, `${tone}-soft`],
    [tone, "surface"],
    [tone, "ground"],
    ["text", `${tone}-soft`],
    ["text-2", `${tone}-soft`],
  ]),
  ["accent", "raised"],
  ["bad", "raised"],
  ["accent-ink", "accent"],
  ["bad-ink", "bad"],
];

const borderPairs: [string, string][] = [
  ...["ground", "surface", "raised", "sunken"].map((ground): [string, string] => ["line-strong", ground]),
  ...softs.flatMap((tone): [string, string][] => [
    [tone, "surface"],
    [tone, "ground"],
  ]),
];

describe.each(themes)("colours of the %s theme", (theme) => {
  it.each(textPairs)("text in --%s on --%s has a contrast of at least 4.5:1", (text, ground) => {
    expect(contrast(color(text, theme), color(ground, theme))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(borderPairs)(
    "borders and icons in --%s on --%s have a contrast of at least 3:1",
    (line, ground) => {
      expect(contrast(color(line, theme), color(ground, theme))).toBeGreaterThanOrEqual(3);
    },
  );

  it("stays readable with any accent colour the system may have", () => {
    const part = fc.integer({ min: 0, max: 255 }).map((value) => value / 255);
    fc.assert(
      fc.property(part, part, part, (red, green, blue) => {
        const { accent, ink, soft } = accentFor([red, green, blue], theme);
        const parsed = (value: string): Rgb => parseHex(value) ?? [0, 0, 0];
        const least = Math.min(
          ...["ground", "surface", "raised", "hover"].map((ground) =>
            contrast(parsed(accent), color(ground, theme)),
          ),
          contrast(parsed(accent), parsed(soft)),
          contrast(parsed(accent), parsed(ink)),
        );
        // Rounding to whole hex values may cost a trace.
        expect(least).toBeGreaterThanOrEqual(4.45);
      }),
    );
  });
});

describe("the contrast ratio", () => {
  it("is 21 between black and white and 1 between equal colours", () => {
    expect(contrast([0, 0, 0], [1, 1, 1])).toBeCloseTo(21, 5);
    expect(contrast([0.2, 0.4, 0.6], [0.2, 0.4, 0.6])).toBe(1);
  });

  it("agrees with WCAG's example of #777777 on white, which just fails", () => {
    const gray = parseHex("#777");
    expect(gray === null ? 0 : contrast(gray, [1, 1, 1])).toBeCloseTo(4.48, 2);
  });
});

describe("reading a colour", () => {
  it.each([
    ["#fff", [1, 1, 1]],
    ["0078d4ff", [0, 120 / 255, 212 / 255]],
    ["#000000", [0, 0, 0]],
  ])("%s is understood", (value, rgb) => {
    expect(parseHex(value)).toEqual(rgb);
  });

  it.each(["", "#12", "red", "#gggggg", "#12345"])("%j is refused", (value) => {
    expect(parseHex(value)).toBeNull();
  });
});
