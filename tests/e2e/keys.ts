import type { ElementHandle, Locator, Page } from "playwright/test";
import { findChromium } from "../electron/stand-in/find-chromium.ts";
import type { AppOptions } from "./app.ts";
import { expect } from "./fixture.ts";

const browser = findChromium();

/** In Chromium's shell without windows, Tab leaves the page at its end; with windows it goes round, as in Electron. */
export const wholeBrowser: Partial<AppOptions> =
  browser === undefined ? {} : { ownBrowser: true, environment: { CHROME_PATH: browser } };

/** Works the app with keys alone and looks after each one where the focus is. */
export class Keys {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Presses keys one after the other; the focus must then be on something, and to be seen. */
  async press(...keys: string[]): Promise<void> {
    for (const key of keys) {
      await this.#page.keyboard.press(key);
      await this.focusIsSeen(key);
    }
  }
  async type(text: string): Promise<void> {
    await this.#page.keyboard.insertText(text);
  }

  /** Goes on with Tab until the focus is there; looks at every stop on the way. */
  async tabTo(target: Locator, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
    let element: ElementHandle<Element> | null = null;
    for (let stops = 0; stops < 60; stops += 1) {
      // Looking for it by its role and name takes longer than a key; it is done again only when the page was redrawn.
      const isLeft = element !== null && (await element.evaluate((known) => known.isConnected));
      if (!isLeft) element = await target.elementHandle().catch(() => null);
      if (element !== null && (await element.evaluate((known) => known === document.activeElement))) return;
      await this.press(key);
    }
    throw new Error(`${String(target)} can't be reached with ${key}`);
  }

  /** The focus is on an element in view which shows it by a ring, its own or that of what stands for it. */
  async focusIsSeen(after: string): Promise<void> {
    await expect.poll(() => this.#page.evaluate(focusProblem), { message: `focus after ${after}` }).toBe("");
  }
}

/** Runs in the page: why the focus cannot be seen, or nothing. */
export function focusProblem(): string {
  const active = document.activeElement;
  if (active === null || active === document.body) return "lost";
  const rings = (element: Element): boolean => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
    return (outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 1) || boxShadow !== "none";
  };
  // A box or a switch is drawn beside its invisible input.
  const shown = active.closest("label, [data-focus-visible]") ?? active;
  const marked = [active, shown, ...shown.querySelectorAll("*")].filter(
    (element) => element === active || element === shown || element.closest("label") === shown,
  );
  const { top, bottom, left, right, width, height } = shown.getBoundingClientRect();
  const name = `${active.tagName} ${active.getAttribute("aria-label") ?? active.textContent?.slice(0, 40) ?? ""}`;
  if (width === 0 || height === 0 || bottom <= 0 || right <= 0 || top >= innerHeight || left >= innerWidth)
    return `out of view: ${name}`;
  // A heading, a dialog or a whole part of the window needs no ring: focus there only says where reading goes on.
  if (active.matches("[tabindex='-1']:not([role]), [role='dialog'], [role='alertdialog']")) return "";
  return marked.some(rings) ? "" : `no ring: ${name}`;
}
