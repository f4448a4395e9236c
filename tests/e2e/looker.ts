import { join } from "node:path";
import { settled, violations } from "./axe.ts";
import type { App } from "./app.ts";
import { layoutProblems } from "./layout.ts";
import { narrowViews, resizeTo, usualView } from "./window-size.ts";

/** Where pictures of every screen are put, for looking at them; undefined takes none. */
export const pictures = process.env["SCREENSHOTS"];

/** The two that leave the least room; for looking, all of them. */
const narrow =
  pictures === undefined
    ? ["the smallest window", "text of 200 % in a small window"]
    : Object.keys(narrowViews);

/** Looks at the screen as it is: accessibility in both themes, and the layout where there is little room. */
export class Looker {
  readonly found: string[] = [];
  readonly #app: App;
  readonly #language: string;
  #count = 0;

  constructor(app: App, language: string) {
    this.#app = app;
    this.#language = language;
  }

  async screen(name: string, { moving = false } = {}): Promise<void> {
    const { page } = this.#app;
    this.#count += 1;
    const note = (how: string, lines: string[]) =>
      this.found.push(...lines.map((line) => `${name}, ${how}: ${line}`));
    await this.#picture(name, "light");
    note("light", await violations(page));
    // What is under way has gone before another look.
    if (moving) return;
    await page.emulateMedia({ colorScheme: "dark" });
    await settled(page);
    await this.#picture(name, "dark");
    note("dark", await violations(page, "colours"));
    if (pictures !== undefined) {
      await page.emulateMedia({ colorScheme: "light", forcedColors: "active" });
      await this.#picture(name, "forced");
    }
    await page.emulateMedia({ colorScheme: null, forcedColors: null });
    for (const how of narrow) {
      const view = narrowViews[how] ?? usualView;
      await resizeTo(this.#app, view);
      await this.#picture(name, how.replaceAll(/\W+/g, "-"));
      note(how, await layoutProblems(page));
    }
    await resizeTo(this.#app, usualView);
  }

  async #picture(name: string, how: string): Promise<void> {
    if (pictures === undefined) return;
    const file = `${this.#language}-${String(this.#count).padStart(2, "0")}-${name}-${how}.png`;
    await this.#app.page.screenshot({ path: join(pictures, file.replaceAll(" ", "-")) });
  }
}
