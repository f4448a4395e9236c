import type { DeletedSetup, SetupSummary } from "../../preload/model/setup.ts";

export const shows = [
  "active",
  "attention",
  "waiting",
  "expiring",
  "rolled-out",
  "archived",
  "deleted",
] as const;
export type Show = (typeof shows)[number];
export const orders = ["changed", "name", "expiry"] as const;
export type Order = (typeof orders)[number];

/** Days before its end from which a certificate counts as expiring soon. */
export const expirySoon = 60;

export interface Selection {
  search: string;
  /** Deleted setups are no part of the list: `selectDeleted`. */
  show: Exclude<Show, "deleted">;
  order: Order;
}

/** The setups to list: those that match every word of the search, in the wanted order. Unreadable ones first. */
export function selectSetups(
  list: readonly SetupSummary[],
  { search, show, order }: Selection,
  locale: string,
): SetupSummary[] {
  const words = wordsOf(search);
  const collator = new Intl.Collator(locale, { numeric: true, sensitivity: "base" });
  const compare: Record<Order, (a: SetupSummary, b: SetupSummary) => number> = {
    changed: (a, b) => b.updatedAt.localeCompare(a.updatedAt),
    name: (a, b) => collator.compare(a.name, b.name),
    expiry: (a, b) =>
      (a.certificateDaysLeft ?? Number.MAX_SAFE_INTEGER) - (b.certificateDaysLeft ?? Number.MAX_SAFE_INTEGER),
  };
  return list
    .filter((setup) => isShown(setup, show) && matches(setup, words))
    .toSorted(
      (a, b) =>
        Number(a.problem === null) - Number(b.problem === null) ||
        compare[order](a, b) ||
        a.id.localeCompare(b.id),
    );
}

/** The deleted setups that match every word of the search, in the order given. */
export function selectDeleted(list: readonly DeletedSetup[], search: string): DeletedSetup[] {
  const words = wordsOf(search);
  return list.filter(({ name, tenantName, tenantDomain }) =>
    contain([name, tenantName, tenantDomain], words),
  );
}

function isShown(setup: SetupSummary, show: Selection["show"]): boolean {
  if (show === "archived") return setup.archivedAt !== null;
  if (setup.archivedAt !== null) return false;
  switch (show) {
    case "attention":
      return setup.attention > 0 || setup.problem !== null;
    case "waiting":
      return setup.waiting > 0;
    case "expiring":
      return setup.certificateDaysLeft !== null && setup.certificateDaysLeft <= expirySoon;
    case "rolled-out":
      return setup.rolledOut;
    default:
      return true;
  }
}

function matches(
  { name, tenantName, tenantDomain, problem }: SetupSummary,
  words: readonly string[],
): boolean {
  return contain([name, tenantName, tenantDomain, problem?.file ?? ""], words);
}

function wordsOf(search: string): string[] {
  return fold(search).split(/\s+/).filter(Boolean);
}

function contain(texts: readonly string[], words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const text = fold(texts.join(" "));
  return words.every((word) => text.includes(word));
}

/** Upper and lower case and accents make no difference: "zurich" finds "Zürich". */
function fold(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
