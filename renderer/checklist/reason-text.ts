import type { Reason } from "../../preload/model/setup.ts";
import { attributeIds, fieldIds } from "../../preload/model/guide.ts";
import { useWords } from "./words.ts";
import type { Words } from "./step-status.ts";

const dates = new Set(["at", "notBefore", "notAfter"]);

/** The sentence of a reason, with names of facts in words and dates as the user writes them. */
export function reasonText(reason: Pick<Reason, "key" | "params">, words: Words): string {
  const params: Reason["params"] = {};
  for (const [name, value] of Object.entries(reason.params)) {
    if (typeof value === "number") params[name] = value;
    else if (name === "fact") params[name] = factName(value, words.t);
    else params[name] = dates.has(name) ? words.when(value) : value;
  }
  return words.t(reason.key, params);
}

/** What a fact of the evidence is called: a field's label, an attribute's name, or the certificate. */
export function factName(fact: string, t: Words["t"]): string {
  if (fieldIds.some((field) => field === fact)) return t(`fields.${fact}.label`);
  if (fact === "certificate") return t("evidence.certificateFact");
  if (attributeIds.some((attribute) => attribute === fact)) return fact;
  return fact;
}

export function useReasonText(): (reason: Pick<Reason, "key" | "params">) => string {
  const words = useWords();
  return (reason) => reasonText(reason, words);
}
