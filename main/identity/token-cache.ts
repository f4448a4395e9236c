import { Buffer } from "node:buffer";
import type { ICachePlugin } from "@azure/msal-node";
import { z } from "zod";
import type { Vault } from "../vault/vault.ts";

/** Name under which MSAL's cache lies in the vault. */
export const tokenCacheName = "token-cache";

/** Stands in MSAL's cache beside its own parts; MSAL leaves what it does not know as it is. */
const accountPart = "AccountInUse";
const cacheText = z.record(z.string(), z.unknown());

/** MSAL's cache, and which of its accounts is in use: MSAL itself keeps no order that would tell. */
export interface VaultCache extends ICachePlugin {
  accountInUse(): Promise<string | null>;
  /** Only where there is a cache; one that cannot be written is told to `onProblem`. */
  useAccount(id: string): Promise<void>;
}

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
): VaultCache {
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

  async function keep(text: string): Promise<void> {
    last = text;
    const secret = Buffer.from(text, "utf8");
    try {
      await vault.put(setupId, tokenCacheName, secret);
    } catch (error) {
      onProblem(error);
    } finally {
      secret.fill(0);
    }
  }

  async function parts(): Promise<Record<string, unknown> | null> {
    const text = (await stored()) ?? last;
    if (text === null) return null;
    try {
      return cacheText.parse(JSON.parse(text));
    } catch (error) {
      onProblem(error);
      return null;
    }
  }

  return {
    async beforeCacheAccess(context) {
      const text = (await stored()) ?? last;
      if (text !== null) context.tokenCache.deserialize(text);
    },
    async afterCacheAccess(context) {
      if (context.cacheHasChanged) await keep(context.tokenCache.serialize());
    },
    async accountInUse() {
      const id = (await parts())?.[accountPart];
      return typeof id === "string" ? id : null;
    },
    async useAccount(id) {
      const present = await parts();
      if (present === null || present[accountPart] === id) return;
      await keep(JSON.stringify({ ...present, [accountPart]: id }));
    },
  };
}
