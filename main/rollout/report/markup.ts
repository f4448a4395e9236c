/** Markup that may stand in a page as it is. Only `markup` makes it. */
export class Markup {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }
  toString(): string {
    return this.#text;
  }
}

type Part = string | number | Markup | readonly Markup[];

/** A piece of a page. Every text that is put in is escaped, and only markup stays markup. */
export function markup(strings: TemplateStringsArray, ...parts: Part[]): Markup {
  return new Markup(strings.reduce((all, text, index) => `${all}${written(parts[index - 1] ?? "")}${text}`));
}

/** Nothing at all, for what is left out. */
export const nothing = new Markup("");

function written(part: Part): string {
  if (part instanceof Markup) return part.toString();
  if (typeof part === "number") return String(part);
  return typeof part === "string" ? escapeHtml(part) : part.join("\n");
}

const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escapeHtml(text: string): string {
  return (
    text
      // What no page may contain, such as NUL; tab and line breaks stay.
      .replace(/[\p{Cc}\p{Cs}]/gu, (character) => (/[\t\n\r]/.test(character) ? character : "\u{fffd}"))
      .replace(/[&<>"']/g, (character) => entities[character] ?? character)
  );
}

/** A text as a string of a style sheet, also within a page: everything but plain letters and digits is escaped. */
export function cssString(text: string): string {
  const escaped = Array.from(text, (character) =>
    /^[A-Za-z0-9 ]$/.test(character) ? character : `\\${(character.codePointAt(0) ?? 0).toString(16)} `,
  );
  return `"${escaped.join("")}"`;
}
