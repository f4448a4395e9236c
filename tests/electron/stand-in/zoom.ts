import type { Session as DevToolsSession } from "./devtools.ts";

/**
 * Page zoom: the page gets fewer CSS pixels and more device pixels for each. Chromium's own zoom can't be
 * reached from outside, and CSS zoom would leave viewport units as they are.
 */
export class PageZoom {
  readonly #headless: boolean;
  #scaled = false;
  #last: Promise<void> = Promise.resolve();

  constructor(headless: boolean) {
    this.#headless = headless;
  }

  /** Resolves once no change is under way: a window that gets a new size meanwhile may keep the old one. */
  settled(): Promise<void> {
    return this.#last.catch(() => undefined);
  }

  /** Lays the page out anew, after a change of the factor or of the window's size. */
  apply(page: DevToolsSession, factor: number): Promise<void> {
    this.#last = this.settled().then(() => this.#change(page, factor));
    return this.#last;
  }

  async #change(page: DevToolsSession, factor: number): Promise<void> {
    if (this.#scaled) await page.send("Emulation.clearDeviceMetricsOverride");
    this.#scaled = Math.abs(factor - 1) >= 0.001;
    if (!this.#scaled) return;
    const { result } = await page.send<{ result: { value: [number, number, number] } }>("Runtime.evaluate", {
      // A window on a screen gets its own size back only with its next frame.
      expression: `new Promise((resolve) =>
        setTimeout(() => resolve([innerWidth, innerHeight, devicePixelRatio]), ${this.#headless ? 0 : 100}))`,
      awaitPromise: true,
      returnByValue: true,
    });
    const [width, height, density] = result.value;
    await page.send("Emulation.setDeviceMetricsOverride", {
      width: Math.round(width / factor),
      height: Math.round(height / factor),
      // On a screen the smaller page is scaled up to the window; without one it is drawn with more pixels.
      ...(this.#headless ? { deviceScaleFactor: density * factor } : { deviceScaleFactor: 0, scale: factor }),
      mobile: false,
    });
  }
}
