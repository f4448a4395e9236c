import type { DryRunDetailId } from "../../preload/model/exchange.ts";

/** What support needs. Empty values are left out. */
export type Details = Partial<Record<DryRunDetailId, string>>;

const longest = 2_000;
const tokens = /\beyJ[\w-]{4,}\.[\w-]+(?:\.[\w-]*)*/g;

/**
 * Words of a service as they are kept and shown: unchanged, but without control characters (Exchange answers with
 * NUL bytes at times), without anything that looks like a token, and of limited length.
 */
export function words(text: string): string {
  return text
    .replaceAll(/\p{Cc}+/gu, " ")
    .replaceAll(tokens, "•••")
    .trim()
    .slice(0, longest);
}

/** The details without empty values; later ones win. */
export function details(...parts: Details[]): Details {
  const merged = Object.assign({}, ...parts) as Details;
  return Object.fromEntries(
    Object.entries(merged)
      .map(([id, value]) => [id, words(value)] as const)
      .filter(([, value]) => value !== ""),
  );
}
