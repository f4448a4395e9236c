import i18next from "i18next";
import { useMemo } from "react";
import { initReactI18next, useTranslation } from "react-i18next";
import en from "./locales/en.json";

export type Translate = (key: string, params?: Record<string, unknown>) => string;

void i18next.use(initReactI18next).init({
  resources: { en: { translation: en } },
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
  const asked = locale.startsWith(language) ? locale : language;
  document.documentElement.lang = asked;
  if (!i18next.hasResourceBundle(language, "translation")) {
    const { default: texts } = await import("./locales/de.json");
    i18next.addResourceBundle(language, "translation", texts);
  }
  // Meanwhile another one may have been asked for.
  if (document.documentElement.lang === asked && i18next.language !== language)
    await i18next.changeLanguage(language);
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
