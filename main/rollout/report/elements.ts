import type { Markup } from "./markup.ts";
import { markup } from "./markup.ts";

/** A section with its heading. */
export function section(id: string, heading: string, ...content: Markup[]): Markup {
  return markup`<section aria-labelledby="${id}">
    <h2 id="${id}">${heading}</h2>
    ${content}
  </section>`;
}

/** Names with their values. Empty values are left out. */
export function definitions(items: readonly (readonly [string, string | Markup])[], className = ""): Markup {
  const shown = items.filter(([, value]) => value !== "");
  return markup`<dl class="${className}">
    ${shown.map(
      ([name, value]) =>
        markup`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
}

/** A table with a head; its kind gives the columns' widths. The first cell of each row names it. */
export function table(
  kind: "values" | "steps" | "permissions" | "changes" | "exchanges",
  heads: readonly string[],
  rows: readonly (readonly (string | Markup)[])[],
): Markup {
  return markup`<div class="scroll">
    <table class="${kind}">
      <thead>
        <tr>
          ${heads.map((head) => markup`<th scope="col">${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ([first = "", ...cells]) =>
            markup`<tr>
              <th scope="row">${first}</th>
              ${cells.map((cell) => markup`<td>${cell}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

/** An identifier or thumbprint. */
export function code(text: string): Markup {
  return markup`<code>${text}</code>`;
}

/** Thumbprints in groups of four, so that they can be compared by eye. */
export function groups(hex: string): Markup {
  return code(inFours(hex));
}

/** Hex in groups of four, as text. */
export function inFours(hex: string): string {
  return hex.replace(/(.{4})(?=.)/g, "$1 ");
}

/** Lines one below the other; empty ones are left out. */
export function lines(...all: (string | Markup)[]): Markup {
  return markup`${all
    .filter((line) => line !== "")
    .map((line, index) => (index === 0 ? markup`${line}` : markup`<br />${line}`))}`;
}
