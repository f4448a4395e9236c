import { contrast, mix, parseHex, toHex } from "./contrast.ts";
import type { Rgb } from "./contrast.ts";

const white: Rgb = [1, 1, 1];
const black: Rgb = [0, 0, 0];
const lightSurface: Rgb = [1, 1, 1];
const lightGround = parseHex("#f4f5f7") ?? white;
const lightHover = parseHex("#e9ebef") ?? white;
const darkRaised = parseHex("#262a30") ?? black;
const darkHover = parseHex("#2c3138") ?? black;
const darkSurface = parseHex("#1e2126") ?? black;

export interface Accent {
  accent: string;
  ink: string;
  soft: string;
}

/**
 * The system's accent colour, made readable: darker for light themes or lighter for dark ones until text in it
 * has a contrast of 4.5:1 on every ground it stands on, its own soft tint included.
 */
export function accentFor(system: Rgb, theme: "light" | "dark"): Accent {
  const towards = theme === "light" ? black : white;
  const ground = theme === "light" ? lightSurface : darkSurface;
  const grounds =
    theme === "light" ? [lightSurface, lightGround, lightHover] : [darkSurface, darkRaised, darkHover];
  for (let share = 1; share >= 0; share -= 0.02) {
    const accent = mix(system, towards, share);
    const soft = mix(accent, ground, theme === "light" ? 0.1 : 0.16);
    const readable = [...grounds, soft].every((behind) => contrast(accent, behind) >= 4.5);
    const ink = theme === "light" ? white : mix(accent, black, 0.1);
    if (readable && contrast(accent, ink) >= 4.5) {
      return { accent: toHex(accent), ink: toHex(ink), soft: toHex(soft) };
    }
  }
  return { accent: toHex(towards), ink: toHex(theme === "light" ? white : black), soft: toHex(ground) };
}

/** Lets the app follow the system's accent colour ("rrggbbaa" or "#rrggbb"); null keeps the app's own. */
export function applyAccent(system: string | null, root: HTMLElement = document.documentElement): void {
  const color = system === null ? null : parseHex(system);
  const names = { accent: "--os-accent", ink: "--os-accent-ink", soft: "--os-accent-soft" } as const;
  if (color === null) {
    for (const name of Object.values(names)) root.style.removeProperty(name);
    return;
  }
  const light = accentFor(color, "light");
  const dark = accentFor(color, "dark");
  for (const part of ["accent", "ink", "soft"] as const) {
    root.style.setProperty(names[part], `light-dark(${light[part]}, ${dark[part]})`);
  }
}
