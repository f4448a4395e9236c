import { PublicClientApplication } from "@azure/msal-node";
import type { AccountInfo, AuthenticationResult } from "@azure/msal-node";
import type { Cloud } from "../guide/clouds.ts";
import { signInWithDeviceCode } from "./device-code.ts";
import type { DeviceCode } from "./device-code.ts";
import type { Fetch } from "./fetch.ts";
import { signInWithBrowser } from "./interactive.ts";
import { identityError } from "./map-error.ts";
import { createNetwork } from "./network.ts";
import { IdentityError } from "./reasons.ts";
import { createRecentTokens } from "./recent-tokens.ts";
import { createSequencer } from "./sequencer.ts";
import { tokenCacheName, vaultCache } from "./token-cache.ts";
import type { CacheVault } from "./token-cache.ts";

/**
 * Microsoft Graph Command Line Tools: a public client of Microsoft's that may ask for any permission of Graph,
 * step by step. The consent page shows its name. An organization may name its own instead.
 */
export const defaultClientId = "14d82eec-204b-4c2f-b7e8-296a70dab67e";

export interface Account {
  /** Stable name of account and tenant in the cache. */
  id: string;
  username: string;
  name: string;
  tenantId: string;
}

export type SignInMethod = "browser" | "device-code";

export interface SignInOptions {
  signal?: AbortSignal;
  /** From a claims challenge: what the next token has to prove. */
  claims?: string;
  /** Suggests an account on the sign-in page. */
  loginHint?: string;
  /** Shows the account picker even when only one account is signed in in the browser. */
  chooseAccount?: boolean;
  /** The code to show; only for the method "device-code". */
  onDeviceCode?: (code: DeviceCode) => void;
}

/** The signed-in person of one setup. All errors are IdentityErrors. */
export interface Identity {
  /**
   * Asks a person to sign in; the account becomes the current one. One at a time: a new sign-in ends a pending
   * one with "superseded".
   */
  signIn(method: SignInMethod, scopes: readonly string[], options?: SignInOptions): Promise<Account>;
  /**
   * A token of the current account, from the cache or renewed. "sign-in-needed", "consent-needed" and others whose
   * `details.claims` is set mean that `signIn` with these scopes and claims is next.
   */
  getToken(scopes: readonly string[], options?: { claims?: string; refresh?: boolean }): Promise<string>;
  accounts(): Promise<Account[]>;
  current(): Promise<Account | null>;
  /** Makes a cached account the current one; null when it is not cached any more. */
  switchAccount(id: string): Promise<Account | null>;
  /** Forgets all accounts and tokens, on the disk too. The browser's own session stays. */
  signOut(): Promise<void>;
}

export interface IdentityPorts {
  fetch: Fetch;
  openBrowser: (url: string) => Promise<void>;
  vault: CacheVault;
  now: () => Date;
  onProblem?: (error: unknown) => void;
  /** Pages that the browser shows at the end, as HTML. */
  pages?: { done: string; failed: string };
}

export interface IdentityConfig {
  setupId: string;
  cloud: Pick<Cloud, "authority">;
  /** Tenant to sign in to; empty: any organization. */
  tenantId: string;
  clientId?: string;
  /** The account to go on as; without one the cache tells. */
  accountId?: string;
  /** Tenant whose accounts are preferred when it is the cache that tells; empty: none. */
  preferredTenantId?: string;
  browserLimitMs?: number;
}

/** The public client of one setup. Nothing is sent before the first call. */
export function createIdentity(ports: IdentityPorts, config: IdentityConfig): Identity {
  const network = createNetwork(ports.fetch, ports.now);
  const sequence = createSequencer();
  const authority = `https://${config.cloud.authority}/${config.tenantId === "" ? "organizations" : config.tenantId}`;
  let cache = vaultCache(ports.vault, config.setupId, ports.onProblem);
  let client = createClient();
  let chosen: string | null = config.accountId ?? null;
  let pending: AbortController | null = null;
  const recent = createRecentTokens(ports.now);

  function createClient(): PublicClientApplication {
    return new PublicClientApplication({
      auth: {
        clientId: config.clientId === undefined || config.clientId === "" ? defaultClientId : config.clientId,
        authority,
        // The hosts are those of the guide; asking another host which they are would only add a way to fail.
        knownAuthorities: [config.cloud.authority],
        clientCapabilities: ["CP1"],
      },
      cache: { cachePlugin: cache },
      system: { networkClient: network, disableInternalRetries: true },
    });
  }

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    return sequence(() => {
      network.begin();
      return work();
    });
  }

  function failure(error: unknown): IdentityError {
    const request = network.lastFailure();
    return identityError(
      request === null || error instanceof IdentityError ? error : request,
      network.clockOffsetMs(),
    );
  }

  async function cached(): Promise<AccountInfo[]> {
    return client.getTokenCache().getAllAccounts();
  }

  async function currentInfo(): Promise<AccountInfo | null> {
    const all = await cached();
    if (chosen !== null) return all.find((info) => idOf(info) === chosen) ?? null;
    const inUse = await cache.accountInUse();
    const info = accountToGoOnAs(all, inUse, config.preferredTenantId ?? "");
    chosen = info === null ? null : idOf(info);
    return info;
  }

  async function choose(id: string): Promise<void> {
    chosen = id;
    recent.forget();
    await cache.useAccount(id);
  }

  async function ask(
    method: SignInMethod,
    scopes: readonly string[],
    options: SignInOptions,
    signal: AbortSignal,
  ): Promise<AuthenticationResult> {
    const common = {
      scopes: [...scopes],
      ...(options.claims !== undefined && { claims: options.claims }),
    };
    if (method === "device-code") {
      return signInWithDeviceCode(client, common, signal, options.onDeviceCode);
    }
    return signInWithBrowser(client, {
      request: {
        ...common,
        ...(options.loginHint !== undefined && { loginHint: options.loginHint }),
        ...(options.chooseAccount === true && { prompt: "select_account" }),
        ...(ports.pages && { successTemplate: ports.pages.done, errorTemplate: ports.pages.failed }),
      },
      openBrowser: ports.openBrowser,
      signal,
      ...(config.browserLimitMs !== undefined && { limitMs: config.browserLimitMs }),
    });
  }

  return {
    async signIn(method, scopes, options = {}) {
      pending?.abort();
      const own = new AbortController();
      pending = own;
      const signal = options.signal ? AbortSignal.any([options.signal, own.signal]) : own.signal;
      return inTurn(async () => {
        try {
          const { account } = await ask(method, scopes, options, signal);
          recent.forget();
          if (account === null) throw new IdentityError("unknown");
          await choose(idOf(account));
          return view(account);
        } catch (error) {
          const mapped = failure(error);
          throw own.signal.aborted ? new IdentityError("superseded", {}, mapped) : mapped;
        } finally {
          if (pending === own) pending = null;
        }
      });
    },

    getToken: (scopes, options = {}) =>
      inTurn(async () => {
        const asIs = options.claims === undefined && options.refresh !== true;
        const known = asIs ? recent.find(scopes) : null;
        if (known !== null) return known;
        const account = await currentInfo();
        if (account === null) throw new IdentityError("sign-in-needed");
        try {
          const result = await client.acquireTokenSilent({
            account,
            scopes: [...scopes],
            ...(options.claims !== undefined && { claims: options.claims }),
            ...(options.refresh === true && { forceRefresh: true }),
          });
          recent.keep(scopes, result);
          return result.accessToken;
        } catch (error) {
          const mapped = failure(error);
          // Without the challenge's claims the next sign-in would give the same refused token.
          if (options.claims === undefined || mapped.details.claims !== "") throw mapped;
          throw new IdentityError(mapped.reason, { ...mapped.details, claims: options.claims }, mapped);
        }
      }),

    accounts: () => inTurn(async () => (await cached()).map(view)),

    current: () =>
      inTurn(async () => {
        const info = await currentInfo();
        return info === null ? null : view(info);
      }),

    switchAccount: (id) =>
      inTurn(async () => {
        const info = (await cached()).find((account) => idOf(account) === id);
        if (info === undefined) return null;
        await choose(id);
        return view(info);
      }),

    async signOut() {
      pending?.abort();
      await inTurn(async () => {
        chosen = null;
        recent.forget();
        // A new client: the old one's memory goes with it, whatever the vault answers.
        cache = vaultCache(ports.vault, config.setupId, ports.onProblem);
        client = createClient();
        await ports.vault.remove(config.setupId, tokenCacheName);
      });
    },
  };
}

/** After a restart: the one that was in use, unless only another one is of the preferred tenant. Pure. */
function accountToGoOnAs(
  all: readonly AccountInfo[],
  inUse: string | null,
  tenantId: string,
): AccountInfo | null {
  const last = all.find((info) => idOf(info) === inUse) ?? null;
  const isPreferred = (info: AccountInfo) =>
    tenantId === "" || info.tenantId.toLowerCase() === tenantId.toLowerCase();
  if (last !== null && isPreferred(last)) return last;
  return all.find(isPreferred) ?? last ?? all[0] ?? null;
}

function idOf(info: AccountInfo): string {
  return `${info.homeAccountId}/${info.tenantId}`;
}

function view(info: AccountInfo): Account {
  return { id: idOf(info), username: info.username, name: info.name ?? "", tenantId: info.tenantId };
}
