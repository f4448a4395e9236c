import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright/test";
import type * as Axe from "axe-core";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** "colours": only what a change of theme can break. */
export type Rules = "all" | "colours";

const colourRules = ["color-contrast", "link-in-text-block"];

/**
 * What axe finds wrong on the page as it is now: one line per rule and element. It is put in through the DevTools
 * protocol, because the page's policy refuses scripts.
 */
export async function violations(page: Page, rules: Rules = "all"): Promise<string[]> {
  await settled(page);
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(source);
  return page.evaluate(
    async ({ wanted, ofColours }) => {
      const { axe } = window as unknown as { axe: typeof Axe };
      // react-aria announces with elements whose label has often gone before they have.
      const result = await axe.run(
        { exclude: [["body > [data-live-announcer]"]] },
        {
          resultTypes: ["violations"],
          // No style sheet comes from elsewhere.
          preload: false,
          ...(wanted === "colours" ? { runOnly: { type: "rule", values: ofColours } } : {}),
        },
      );
      // What the mouse happens to be over shows its tooltip, which lies beside all landmarks.
      const isTooltip = (id: string, selector: string) => {
        const element = id === "region" ? document.querySelector(selector) : null;
        if (element === null || element.closest("[role=tooltip]") !== null) return element !== null;
        return element.querySelector("[role=tooltip]")?.textContent === element.textContent;
      };
      return result.violations.flatMap(({ id, nodes }) =>
        nodes
          .filter(({ target }) => !isTooltip(id, String(target[0])))
          .map((node) => `${id}: ${node.target.join(" ")}: ${node.failureSummary ?? ""} ${node.html}`),
      );
    },
    { wanted: rules, ofColours: colourRules },
  );
}

/** Waits until nothing fades or slides any more, a second at most: some things turn for as long as they are there. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    const until = performance.now() + 1_000;
    const moves = () =>
      document
        .getAnimations()
        .some(
          ({ playState, effect }) =>
            playState === "running" && Number.isFinite(Number(effect?.getComputedTiming().endTime)),
        );
    while (moves() && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 20));
  });
}
