/** Red, green and blue, 0 to 1. */
export type Rgb = readonly [number, number, number];

/** Reads "#rgb", "#rrggbb" or "#rrggbbaa" (with or without "#"; the alpha is dropped); null for anything else. */
export function parseHex(value: string): Rgb | null {
  const short = /^#?([0-9a-f]{3,4})$/i.exec(value)?.[1];
  const digits = short === undefined ? value.replace("#", "") : short.replace(/./g, "$&$&");
  if (!/^([0-9a-f]{6}|[0-9a-f]{8})$/i.test(digits)) return null;
  const part = (start: number): number => Number.parseInt(digits.slice(start, start + 2), 16) / 255;
  return [part(0), part(2), part(4)];
}

export function toHex(color: Rgb): string {
  return `#${color
    .map((part) =>
      Math.round(part * 255)
        .toString(16)
        .padStart(2, "0"),
    )
    .join("")}`;
}

/** Relative luminance as in WCAG 2.2. */
export function luminance(color: Rgb): number {
  const [red, green, blue] = color.map((part) =>
    part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
  ) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast ratio as in WCAG 2.2, 1 to 21. */
export function contrast(a: Rgb, b: Rgb): number {
  const [dark, light] = [luminance(a), luminance(b)].toSorted((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** `share` of `a` with the rest of `b`. */
export function mix(a: Rgb, b: Rgb, share: number): Rgb {
  return [0, 1, 2].map((index) => (a[index] ?? 0) * share + (b[index] ?? 0) * (1 - share)) as unknown as Rgb;
}
