import type { Page } from "playwright/test";
import { settled } from "./axe.ts";

/**
 * What does not fit on the screen as it is now: parts that scroll sideways, words that are cut off, and a main
 * button out of view.
 */
export async function layoutProblems(page: Page): Promise<string[]> {
  await settled(page);
  return page.evaluate(problemsInPage);
}

function problemsInPage(): string[] {
  const problems: string[] = [];
  const words = (element: Element) =>
    `${element.tagName} "${(element.textContent ?? "").trim().slice(0, 50)}"`;
  const visible = (element: Element) => {
    const { width, height } = element.getBoundingClientRect();
    // What only screen readers hear is one pixel wide; what is folded away is not drawn.
    return width > 2 && height > 2 && element.checkVisibility({ visibilityProperty: true });
  };
  // A page of code may be wider than its box: that scrolls in itself.
  for (const part of document.querySelectorAll(
    "html, body, header, nav, main, aside, [role='dialog'], [data-scroll]",
  )) {
    if (visible(part) && part.scrollWidth > part.clientWidth + 1)
      problems.push(`scrolls sideways: ${part.tagName} ${part.scrollWidth} > ${part.clientWidth}`);
  }
  for (const element of document.querySelectorAll<HTMLElement>(
    "button, h1, h2, h3, label, [role='tab'], [role='menuitem'], [role='option'], th",
  )) {
    if (!visible(element)) continue;
    if (element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1)
      problems.push(`cut off: ${words(element)} ${element.scrollWidth} > ${element.clientWidth}`);
    const { left, right } = element.getBoundingClientRect();
    if (left < -1 || right > innerWidth + 1) problems.push(`beside the window: ${words(element)}`);
  }
  // Below this height the whole page scrolls, bar and all; the button must then be found by scrolling.
  const low = innerHeight / Number.parseFloat(getComputedStyle(document.documentElement).fontSize) < 30;
  for (const button of document.querySelectorAll(
    "form [class*='primary'], section > div [class*='primary']",
  )) {
    if (!visible(button) || button.closest("[data-scroll]") !== null) continue;
    if (low) button.scrollIntoView({ block: "nearest" });
    const { top, bottom } = button.getBoundingClientRect();
    if (top < -1 || bottom > innerHeight + 1) problems.push(`main button out of view: ${words(button)}`);
  }
  return problems;
}
