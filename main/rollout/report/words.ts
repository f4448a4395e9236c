import type { ReportLanguage } from "../../../preload/model/app.ts";
import { attributeIds, fieldIds } from "../../../preload/model/guide.ts";
import type { Reason } from "../../../preload/model/setup.ts";

/** Looks a text up in the locale files of the report's language. */
export type Translate = (key: string, params?: Record<string, string | number>) => string;

export interface ReportWords {
  t: Translate;
  language: ReportLanguage;
  /** Date and time for a person, with time zone. */
  formatDateTime: (iso: string) => string;
  /** The day alone, in UTC: certificates end by that clock. */
  formatDate: (iso: string) => string;
}

const dates = new Set(["at", "notBefore", "notAfter"]);

/** The text of `key`, or `fallback` when there is none: for names that come from outside, such as a usage's OID. */
export function knownOr(key: string, fallback: string, t: Translate): string {
  const text = t(key);
  return text === key ? fallback : text;
}

/** The sentence of a reason, with names of facts in words and dates as people write them. */
export function reasonText({ key, params }: Pick<Reason, "key" | "params">, words: ReportWords): string {
  const filled: Reason["params"] = {};
  for (const [name, value] of Object.entries(params)) {
    if (typeof value === "number") filled[name] = value;
    else if (name === "fact") filled[name] = factName(value, words.t);
    else filled[name] = dates.has(name) ? dateOrText(value, words) : value;
  }
  return words.t(key, filled);
}

/** What a fact of the evidence is called: a field's label, an attribute's name, or the certificate. */
export function factName(fact: string, t: Translate): string {
  if (fieldIds.some((field) => field === fact)) return t(`fields.${fact}.label`);
  if (fact === "certificate") return t("evidence.certificateFact");
  if (attributeIds.some((attribute) => attribute === fact)) return fact;
  return factWords.has(fact) ? t(`report.facts.${fact}`) : fact;
}

const factWords = new Set(["requestId", "clientRequestId", "account", "result"]);

function dateOrText(value: string, words: ReportWords): string {
  return Number.isNaN(Date.parse(value)) ? value : words.formatDateTime(value);
}
