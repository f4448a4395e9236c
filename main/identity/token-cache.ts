import { Buffer } from "node:buffer";
import type { ICachePlugin } from "@azure/msal-node";
import type { Vault } from "../vault/vault.ts";

/** Name under which MSAL's cache lies in the vault. */
export const tokenCacheName = "token-cache";

export type CacheVault = Pick<Vault, "get" | "put" | "remove">;

/**
 * Keeps MSAL's cache in the vault, as the setup's secret. A cache that cannot be opened (keychain locked, key lost)
 * counts as empty: the person signs in again. What the vault cannot keep lasts for this run. Its failures are given
 * to `onProblem`; the sign-in itself stands.
 */
export function vaultCache(
  vault: CacheVault,
  setupId: string,
  onProblem: (error: unknown) => void = () => undefined,
): ICachePlugin {
  /** MSAL takes its memory from what was read last: a plugin that reads nothing makes it forget everything. */
  let last: string | null = null;

  async function stored(): Promise<string | null> {
    let secret: Buffer | null = null;
    try {
      secret = await vault.get(setupId, tokenCacheName);
      return secret?.toString("utf8") ?? null;
    } catch (error) {
      onProblem(error);
      return null;
    } finally {
      secret?.fill(0);
    }
  }

  return {
    async beforeCacheAccess(context) {
      const text = (await stored()) ?? last;
      if (text !== null) context.tokenCache.deserialize(text);
    },
    async afterCacheAccess(context) {
      if (!context.cacheHasChanged) return;
      last = context.tokenCache.serialize();
      const secret = Buffer.from(last, "utf8");
      try {
        await vault.put(setupId, tokenCacheName, secret);
      } catch (error) {
        onProblem(error);
      } finally {
        secret.fill(0);
      }
    },
  };
}
