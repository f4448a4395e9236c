import type { AuthenticationResult } from "@azure/msal-node";

/** How long before its end a token is no longer given, in milliseconds: as long as MSAL renews one before. */
const marginMs = 300_000;

/** The access tokens that the current account got last, each by its scopes. */
export interface RecentTokens {
  /** The token for exactly these scopes; null when there is none, or it ends soon. */
  find(scopes: readonly string[]): string | null;
  keep(scopes: readonly string[], result: Pick<AuthenticationResult, "accessToken" | "expiresOn">): void;
  /** To be called whenever another account may be the current one, or none. */
  forget(): void;
}

/**
 * Remembers tokens for this run. MSAL reads, decrypts and parses its whole cache for each one, which a plan of many
 * requests would do for every request.
 */
export function createRecentTokens(now: () => Date): RecentTokens {
  const tokens = new Map<string, { token: string; until: number }>();
  const keyOf = (scopes: readonly string[]) => scopes.toSorted().join(" ");
  return {
    find(scopes) {
      const kept = tokens.get(keyOf(scopes));
      return kept !== undefined && now().getTime() < kept.until ? kept.token : null;
    },
    keep(scopes, { accessToken, expiresOn }) {
      // Where the end is not told, MSAL decides each time.
      if (expiresOn === null) tokens.delete(keyOf(scopes));
      else tokens.set(keyOf(scopes), { token: accessToken, until: expiresOn.getTime() - marginMs });
    },
    forget: () => tokens.clear(),
  };
}
