import { EventEmitter } from "node:events";
import type { Session as DevToolsSession } from "./devtools.ts";
import { knownEvent } from "./guard.ts";

/** What the desktop looks like, read from a blank page of the browser. */
export interface Appearance {
  dark: boolean;
  forcedColors: boolean;
  highContrast: boolean;
  reducedTransparency: boolean;
  /** RRGGBBAA, as Electron gives it. */
  accent: string;
  screen: {
    x: number;
    y: number;
    width: number;
    height: number;
    scale: number;
    workHeight: number;
    workWidth: number;
  };
}

const expression = `(async () => {
  if (document.readyState !== "complete") await new Promise((resolve) => addEventListener("load", resolve));
  const is = (query) => matchMedia(query).matches;
  const probe = document.body.appendChild(document.createElement("i"));
  probe.style.color = "AccentColor";
  const parts = getComputedStyle(probe).color.match(/[\\d.]+/g).map(Number);
  probe.remove();
  const accent = parts.slice(0, 3).concat(255).map((part) => Math.round(part).toString(16).padStart(2, "0")).join("");
  return {
    dark: is("(prefers-color-scheme: dark)"), forcedColors: is("(forced-colors: active)"),
    highContrast: is("(prefers-contrast: more)"), reducedTransparency: is("(prefers-reduced-transparency: reduce)"), accent,
    screen: { x: screen.availLeft, y: screen.availTop, width: screen.width, height: screen.height,
      workWidth: screen.availWidth, workHeight: screen.availHeight, scale: devicePixelRatio },
  };
})()`;

export async function readAppearance(page: DevToolsSession): Promise<Appearance> {
  const { result } = await page.send<{ result: { value: Appearance } }>("Runtime.evaluate", {
    expression,
    awaitPromise: true,
    returnByValue: true,
  });
  return result.value;
}

/** Electron's nativeTheme. */
export class NativeTheme extends EventEmitter {
  #source = "system";
  #appearance: Appearance | undefined;
  /** Tells the pages which scheme to prefer; the empty string follows the system. */
  onSource: (scheme: string) => void = () => undefined;

  override on(name: string, listener: (...args: never[]) => void): this {
    knownEvent("nativeTheme", ["updated"], name);
    return super.on(name, listener as (...args: unknown[]) => void);
  }
  get themeSource(): string {
    return this.#source;
  }
  set themeSource(source: string) {
    if (!["system", "light", "dark"].includes(source)) throw new TypeError(`themeSource can't be ${source}`);
    if (source === this.#source) return;
    this.#source = source;
    this.onSource(this.scheme);
    this.emit("updated");
  }
  get scheme(): string {
    return this.#source === "system" ? "" : this.#source;
  }
  get shouldUseDarkColors(): boolean {
    return this.#source === "system" ? (this.#appearance?.dark ?? false) : this.#source === "dark";
  }
  get shouldUseHighContrastColors(): boolean {
    return this.#appearance?.highContrast ?? false;
  }
  get shouldUseInvertedColorScheme(): boolean {
    return false;
  }
  get inForcedColorsMode(): boolean {
    return this.#appearance?.forcedColors ?? false;
  }
  get prefersReducedTransparency(): boolean {
    return this.#appearance?.reducedTransparency ?? false;
  }

  /** The desktop's looks as they are now. */
  update(appearance: Appearance): void {
    const before = JSON.stringify(this.#appearance);
    const first = this.#appearance === undefined;
    this.#appearance = appearance;
    if (!first && before !== JSON.stringify(appearance)) this.emit("updated");
  }
  get appearance(): Appearance | undefined {
    return this.#appearance;
  }
}

/** Electron's display, from what a page may know of the screen. */
export function displayOf(appearance: Appearance | undefined): object {
  const {
    x = 0,
    y = 0,
    width = 1280,
    height = 860,
    workWidth = width,
    workHeight = height,
    scale = 1,
  } = appearance?.screen ?? {};
  return {
    id: 1,
    bounds: { x: 0, y: 0, width, height },
    workArea: { x, y, width: workWidth, height: workHeight },
    size: { width, height },
    workAreaSize: { width: workWidth, height: workHeight },
    scaleFactor: scale,
    rotation: 0,
    internal: true,
    label: "",
  };
}
