/** The words of the practice tenant's pages in one language; the composition root gives them. */
export interface PageWords {
  language: PageLanguage;
  /** Looks a text up in the locale files. */
  t: (key: string, params?: Record<string, string | number>) => string;
  /** Date and time for a person, with time zone. */
  formatDateTime: (iso: string) => string;
}

export type PageLanguage = "en" | "de";
export type WordsIn = (language: PageLanguage) => PageWords;

/**
 * The language to show a page in: `?lang=de`, else OpenID Connect's `ui_locales` (blanks between the tags), else
 * the browser's Accept-Language, else English.
 */
export function languageOf(request: Request): PageLanguage {
  const { searchParams } = new URL(request.url);
  return (
    spoken(searchParams.get("lang")) ??
    firstSpoken((searchParams.get("ui_locales") ?? "").split(/\s+/)) ??
    firstSpoken(accepted(request.headers.get("Accept-Language") ?? "")) ??
    "en"
  );
}

/** The language of a tag such as "de-AT"; null when there are no words in it. */
function spoken(tag: string | null): PageLanguage | null {
  const language = tag?.trim().split("-")[0]?.toLowerCase();
  return language === "en" || language === "de" ? language : null;
}

function firstSpoken(tags: readonly string[]): PageLanguage | null {
  return tags.map(spoken).find((language) => language !== null) ?? null;
}

/** The tags of Accept-Language, the most wanted first (RFC 9110 section 12.5.4). */
function accepted(header: string): string[] {
  return header
    .slice(0, 1_000)
    .split(",")
    .map((part) => {
      const [tag = "", weight] = part.split(";");
      const quality = weight === undefined ? 1 : Number(weight.replace(/^\s*q=/i, ""));
      return { tag, quality: Number.isNaN(quality) ? 0 : quality };
    })
    .filter(({ quality }) => quality > 0)
    .toSorted((a, b) => b.quality - a.quality)
    .map(({ tag }) => tag);
}
