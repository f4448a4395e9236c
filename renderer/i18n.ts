import i18next from "i18next";
import { useMemo } from "react";
import { initReactI18next, useTranslation } from "react-i18next";
import de from "./locales/de.json";
import en from "./locales/en.json";

export type Translate = (key: string, params?: Record<string, unknown>) => string;

void i18next.use(initReactI18next).init({
  resources: { en: { translation: en }, de: { translation: de } },
  lng: "en",
  fallbackLng: "en",
  supportedLngs: ["en", "de"],
  initAsync: false,
  // React renders text, never HTML, so escaping would only show up as &amp;.
  interpolation: { escapeValue: false },
  // A detail that an error does not have leaves no braces behind.
  missingInterpolationHandler: () => "",
  returnNull: false,
});

/** Switches every visible word; `locale` also tells the page which hyphenation and quotes are right. */
export async function setLanguage(language: "en" | "de", locale: string): Promise<void> {
  document.documentElement.lang = locale.startsWith(language) ? locale : language;
  if (i18next.language !== language) await i18next.changeLanguage(language);
}

/** Looks up texts in the app's language; the component follows when it changes. */
export function useT(): Translate {
  const { t } = useTranslation();
  // The same function as long as the language is the same, so that memoised work is kept.
  return useMemo(
    () =>
      (key, params = {}) =>
        t(key, params),
    [t],
  );
}

/** The same outside of components. */
export const translate: Translate = (key, params = {}) => i18next.t(key, params);
