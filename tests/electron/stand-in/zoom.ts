import type { Session as DevToolsSession } from "./devtools.ts";

/**
 * Page zoom: the page gets fewer CSS pixels and more device pixels for each. Chromium's own zoom can't be
 * reached from outside, and CSS zoom would leave viewport units as they are.
 */
export async function zoomPage(page: DevToolsSession, factor: number, headless: boolean): Promise<void> {
  await page.send("Emulation.clearDeviceMetricsOverride");
  if (Math.abs(factor - 1) < 0.001) return;
  const { result } = await page.send<{ result: { value: [number, number, number] } }>("Runtime.evaluate", {
    // A window on a screen gets its own size back only with its next frame.
    expression: `new Promise((resolve) =>
      setTimeout(() => resolve([innerWidth, innerHeight, devicePixelRatio]), ${headless ? 0 : 100}))`,
    awaitPromise: true,
    returnByValue: true,
  });
  const [width, height, density] = result.value;
  await page.send("Emulation.setDeviceMetricsOverride", {
    width: Math.round(width / factor),
    height: Math.round(height / factor),
    // On a screen the smaller page is scaled up to the window; without one it is drawn with more pixels.
    ...(headless ? { deviceScaleFactor: density * factor } : { deviceScaleFactor: 0, scale: factor }),
    mobile: false,
  });
}
