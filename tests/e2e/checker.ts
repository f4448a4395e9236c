import type { App } from "./app.ts";
import { violations } from "./axe.ts";
import { layoutProblems } from "./layout.ts";
import { narrowViews, resizeTo, usualView } from "./window-size.ts";

/** Notes what is wrong with the screens that are shown. */
export class Checker {
  readonly found: string[] = [];
  readonly #app: App;
  #theme: "light" | "dark" = "light";

  constructor(app: App) {
    this.#app = app;
  }

  /**
   * Checks the screen as it is: everything in the light theme, the colours in the dark one. Begins with the theme in
   * which the screen before was left, which saves a change.
   */
  async screen(name: string): Promise<void> {
    await this.#screenIn(this.#theme, name);
    await this.#screenIn(this.#theme === "light" ? "dark" : "light", name);
  }

  /**
   * Visits screens with little room, once in each view, and checks with the function it is given that nothing is
   * cut off and nothing scrolls sideways.
   */
  async inNarrowViews(visit: (fits: (name: string) => Promise<void>) => Promise<void>): Promise<void> {
    for (const [view, size] of Object.entries(narrowViews)) {
      await resizeTo(this.#app, size);
      await visit(async (name) => {
        const problems = await layoutProblems(this.#app.page);
        this.found.push(...problems.map((problem) => `${name}, ${view}: ${problem}`));
      });
    }
    await resizeTo(this.#app, usualView);
  }

  async #screenIn(theme: "light" | "dark", name: string): Promise<void> {
    const { page } = this.#app;
    this.#theme = theme;
    // Settings that are saved meanwhile bring their own theme back.
    await this.#app.evaluate(({ nativeTheme }, wanted) => {
      nativeTheme.themeSource = wanted;
    }, theme);
    await page.waitForFunction(
      (dark) => matchMedia("(prefers-color-scheme: dark)").matches === dark,
      theme === "dark",
    );
    const lines = await violations(page, theme === "light" ? "all" : "colours");
    this.found.push(...lines.map((line) => `${name}, ${theme}: ${line}`));
  }
}
