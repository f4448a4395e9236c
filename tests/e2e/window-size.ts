import type { TextSize } from "../../preload/model/app.ts";
import type { App } from "./app.ts";
import { expect } from "./fixture.ts";

export interface View {
  width: number;
  height: number;
  textSize: TextSize;
}

/** The window as it opens. */
export const usualView: View = { width: 1320, height: 860, textSize: 100 };

/** Where there is little room. */
export const narrowViews: Record<string, View> = {
  "the smallest window": { width: 720, height: 560, textSize: 100 },
  "1024 x 700": { width: 1024, height: 700, textSize: 100 },
  "text of 200 %": { width: 1320, height: 860, textSize: 200 },
  "text of 200 % in a small window": { width: 1024, height: 700, textSize: 200 },
};

/** Gives window and text their size, one after the other, and waits until the page has taken them. */
export async function resizeTo(app: App, { width, height, textSize }: View): Promise<void> {
  await setTextSize(app, 100);
  await app.evaluate(({ BrowserWindow }, place) => BrowserWindow.getAllWindows()[0]?.setBounds(place), {
    x: 40,
    y: 40,
    width,
    height,
  });
  await expectWidth(app, width);
  if (textSize === 100) return;
  await setTextSize(app, textSize);
  await expectWidth(app, (width * 100) / textSize);
}

async function setTextSize(app: App, textSize: TextSize): Promise<void> {
  await app.page.evaluate(async (size) => {
    await window.rollout?.app.saveSettings({ textSize: size });
  }, textSize);
}

/** The page is as wide as the window, but for its frame. */
async function expectWidth(app: App, width: number): Promise<void> {
  await expect
    .poll(
      () => app.page.evaluate(() => innerWidth).then((inner) => inner <= width + 1 && inner > width - 40),
      { intervals: [10, 20, 50] },
    )
    .toBe(true);
}
