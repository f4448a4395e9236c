import type { Page } from "playwright/test";
import { violations } from "./axe.ts";
import { expect, test } from "./fixture.ts";
import { layoutProblems } from "./layout.ts";

/** Puts on the page what each look has found missing until now. */
export async function spoilScreen(page: Page): Promise<void> {
  await test.step("a picture without words, and grey on grey", async () => {
    await page.evaluate(() => {
      const main = document.querySelector("main");
      main?.append(document.createElement("img"));
      const pale = document.createElement("p");
      pale.textContent = "hardly to be read";
      pale.style.color = "#999";
      pale.style.backgroundColor = "#888";
      main?.append(pale);
    });
    const found = await violations(page);
    expect(found.some((line) => line.startsWith("image-alt: "))).toBe(true);
    expect(found.some((line) => line.startsWith("color-contrast: "))).toBe(true);
    const colours = await violations(page, "colours");
    expect(colours.every((line) => line.startsWith("color-contrast: "))).toBe(true);
  });

  await test.step("a button too narrow for its words, and a heading wider than the window", async () => {
    await page.evaluate(() => {
      const button = document.createElement("button");
      button.textContent = "Donaudampfschifffahrtsgesellschaft";
      button.style.cssText = "width: 40px; overflow: hidden; white-space: nowrap";
      const heading = document.createElement("h2");
      heading.textContent = "wide";
      heading.style.width = "3000px";
      document.querySelector("main")?.append(button, heading);
    });
    const found = (await layoutProblems(page)).join("\n");
    expect(found).toMatch(/cut off: BUTTON "Donau/);
    expect(found).toMatch(/beside the window: H2 "wide"/);
    expect(found).toMatch(/scrolls sideways/);
  });
}
