import type { Reason } from "../../preload/model/setup.ts";
import { attributeIds, fieldIds } from "../../preload/model/guide.ts";
import { useOpenSetup } from "../store/setups.ts";
import { audience, permissionName } from "../tenant/words.ts";
import { useWords } from "./words.ts";
import type { Words } from "./step-status.ts";

const dates = new Set(["at", "notBefore", "notAfter"]);

/** The sentence of a reason, with names of facts in words and dates as the user writes them. */
export function reasonText(reason: Pick<Reason, "key" | "params">, words: Words): string {
  const params: Reason["params"] = {};
  for (const [name, value] of Object.entries(reason.params)) {
    if (typeof value === "number") params[name] = value;
    else if (name === "expected" || name === "found") params[name] = tenantValue(reason.key, value, words);
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

/** What a check of the tenant expected or found, where main sends names that only programs know. */
function tenantValue(key: string, value: string, { t, permission }: Words): string {
  if (key.startsWith("checks.single-tenant.")) return audience(value, t);
  if (!key.startsWith("checks.permissions-")) return value;
  const names = value.split(", ").map((id) => permission?.(id) ?? id);
  const shown = names.slice(0, namedPermissions);
  const rest = names.length - shown.length;
  return rest === 0 ? shown.join(", ") : t("tenant.more", { list: shown.join(", "), count: rest });
}

/** So many are named in one sentence; the table lists all. */
const namedPermissions = 3;

export function useReasonText(): (reason: Pick<Reason, "key" | "params">) => string {
  const words = useWords();
  const { view } = useOpenSetup();
  const permission = (id: string): string | undefined => {
    const row = view?.permissions.find((one) => one.id === id);
    return row === undefined ? undefined : permissionName(row, words.t);
  };
  return (reason) => reasonText(reason, { ...words, permission });
}
