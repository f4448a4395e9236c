import { createInstance } from "i18next";
import type { Settings } from "../../preload/model/app.ts";
import de from "../../renderer/locales/de.json" with { type: "json" };
import en from "../../renderer/locales/en.json" with { type: "json" };

/** Texts in one language, for native menus and dialogs and for files that people read. */
export interface Words {
  language: "en" | "de";
  /** BCP 47 tag for dates and numbers. */
  locale: string;
  /** A missing German text falls back to English. */
  t: (key: string, params?: Record<string, string | number>) => string;
  /** Date and time for a person, with time zone. */
  formatDateTime: (iso: string) => string;
  /** The day alone, in UTC. */
  formatDate: (iso: string) => string;
}

/** The language to speak: the chosen one, else the system's if we have it, else English. */
export function languageFor(settings: Pick<Settings, "language">, systemLocale: string): "en" | "de" {
  if (settings.language !== "system") return settings.language;
  return primaryLanguage(systemLocale) === "de" ? "de" : "en";
}

/** The system's own habits for dates and numbers when it speaks `language`, else that language's. */
export function localeFor(language: "en" | "de", systemLocale: string): string {
  if (primaryLanguage(systemLocale) !== language) return language;
  try {
    return Intl.getCanonicalLocales(systemLocale)[0] ?? language;
  } catch {
    // Such as "de_DE.UTF-8", which is no BCP 47 tag.
    return language;
  }
}

/** Loads the texts. They come with the app, so nothing is waited for. */
export function createWords(language: "en" | "de", systemLocale: string): Words {
  const instance = createInstance();
  void instance.init({
    lng: language,
    fallbackLng: "en",
    initAsync: false,
    resources: { en: { translation: en }, de: { translation: de } },
    interpolation: { escapeValue: false },
  });
  const locale = localeFor(language, systemLocale);
  // Made when they are needed: most starts of the app need none.
  let moment: Intl.DateTimeFormat | undefined;
  let day: Intl.DateTimeFormat | undefined;
  return {
    language,
    locale,
    t: (key, params = {}) => instance.t(key, params),
    formatDateTime: (iso) => {
      moment ??= new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "long" });
      return moment.format(new Date(iso));
    },
    formatDate: (iso) => {
      day ??= new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" });
      return day.format(new Date(iso));
    },
  };
}

function primaryLanguage(locale: string): string {
  return (locale.split(/[-_.]/)[0] ?? "").toLowerCase();
}
