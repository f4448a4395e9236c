import type { SignInMethod, SignInView } from "../../preload/model/tenant.ts";
import { createIdentity, defaultClientId } from "../identity/identity.ts";
import type { Account, Identity, SignInOptions } from "../identity/identity.ts";
import { browserLimitMs } from "../identity/interactive.ts";
import { IdentityError } from "../identity/reasons.ts";
import { tokenCacheName } from "../identity/token-cache.ts";
import type { Clock } from "../ports.ts";
import type { Vault } from "../vault/vault.ts";
import type { Connection } from "./connection.ts";
import { problemOf } from "./problem.ts";
import { fullScopes } from "./scopes.ts";
import type { GraphScope } from "./scopes.ts";
import type { SignInTurn, SignInTurns } from "./sign-in-turns.ts";

export interface SignedInPorts {
  connection: Connection;
  vault: Pick<Vault, "get" | "put" | "remove" | "where">;
  clock: Clock;
  onError: (message: string, error: unknown) => void;
  /** The view is out of date. */
  onChange: () => void;
  signIns: SignInTurns;
  /** Pages that the browser shows at the end, as HTML. */
  pages: { done: string; failed: string };
}

export interface SignedInConfig {
  setupId: string;
  /** Empty: the default client. */
  clientId: string;
  /** The setup's tenant; empty while unknown. */
  tenantId: string;
}

/** Who is signed in for one setup, and what the sign-in is doing now. */
export interface SignedIn {
  /**
   * Asks a person; resolves with the account, or null when it ended otherwise (the view says how). `turn`: taken when
   * the person asked for it, where that was before this call.
   */
  signIn(
    method: SignInMethod,
    scopes: readonly GraphScope[],
    options?: { chooseAccount?: boolean; guest?: boolean; claims?: string; turn?: SignInTurn },
  ): Promise<Account | null>;
  /**
   * Makes sure that a token for these permissions can be had. `ask`: a person may be asked in the browser. Errors:
   * IdentityError when it cannot be had.
   */
  ensure(scopes: readonly GraphScope[], ask: boolean): Promise<void>;
  /**
   * A token for a request. While a person's own work runs (`asking`), what only a person can settle is settled in the
   * browser, for all requests at once: a claims challenge of conditional access, for example.
   */
  getToken: Identity["getToken"];
  asking<T>(work: () => Promise<T>): Promise<T>;
  cancel(): void;
  signOut(): Promise<void>;
  useAccount(id: string): Promise<Account | null>;
  account(): Account | null;
  view(): SignInView;
}

/** Reads which account the vault holds; without one nothing is built or sent. */
export async function openSignedIn(ports: SignedInPorts, config: SignedInConfig): Promise<SignedIn> {
  const { connection, vault, clock, onChange, onError } = ports;
  let pending: SignInView["pending"] = null;
  let abort: AbortController | null = null;
  let problem: SignInView["problem"] = null;
  let accounts: Account[] = [];
  let current: Account | null = null;
  let guestOf = "";
  /** Whether the work under way may ask, and the question that is open. */
  let mayAsk = false;
  let question: Promise<Account | null> | null = null;
  let identity = create(null);

  /** `account`: who goes on; null where the cache has to tell. */
  function create(account: Account | null): Identity {
    return createIdentity(
      {
        fetch: connection.fetch,
        openBrowser: connection.openBrowser,
        vault,
        now: () => clock.now(),
        onProblem: (error) => onError("token cache", error),
        pages: ports.pages,
      },
      {
        setupId: config.setupId,
        cloud: connection.cloud,
        tenantId: guestOf,
        clientId: config.clientId,
        preferredTenantId: config.tenantId,
        ...(account !== null && { accountId: account.id }),
      },
    );
  }

  /** A guest's account renews only at the tenant it is a guest of, and no other account does so there. */
  function follow(account: Account | null): void {
    const wanted = account !== null && isGuest(account) ? account.tenantId : "";
    if (wanted === guestOf) return;
    guestOf = wanted;
    identity = create(account);
  }

  async function refresh(): Promise<Account | null> {
    accounts = await identity.accounts();
    current = await identity.current();
    return current;
  }

  if ((await vault.where(config.setupId, tokenCacheName)) !== "none") {
    try {
      const known = await refresh();
      if (known !== null) follow(known);
    } catch (error) {
      onError("accounts not read", error);
    }
  }

  const scopesOf = (scopes: readonly GraphScope[]) => fullScopes(connection.cloud.graph, scopes);

  async function signIn(
    method: SignInMethod,
    scopes: readonly GraphScope[],
    options: { chooseAccount?: boolean; guest?: boolean; claims?: string; turn?: SignInTurn } = {},
  ): Promise<Account | null> {
    const own = options.turn ?? ports.signIns.begin();
    if (own.signal.aborted) return null;
    const wantedGuest = options.guest === true ? config.tenantId : "";
    if (options.guest !== undefined && wantedGuest !== guestOf) {
      guestOf = wantedGuest;
      identity = create(current);
    }
    abort = own;
    problem = null;
    const since = clock.now();
    const until = new Date(since.getTime() + browserLimitMs).toISOString();
    const asked = { method, since: since.toISOString(), until, code: null, scopes: [...scopes] };
    pending = asked;
    onChange();
    const request: SignInOptions = {
      signal: own.signal,
      ...(options.claims !== undefined && { claims: options.claims }),
      ...(options.chooseAccount === true
        ? { chooseAccount: true }
        : current !== null && { loginHint: current.username }),
      onDeviceCode: ({ userCode, verificationUri, expiresIn }) => {
        if (abort !== own) return;
        const ends = new Date(clock.now().getTime() + expiresIn * 1000).toISOString();
        pending = { ...asked, until: ends, code: { userCode, verificationUri } };
        onChange();
      },
    };
    try {
      const asking = identity;
      const account = await asking.signIn(method, scopesOf(scopes), request);
      // A later sign-in went to another tenant meanwhile: what this one knows is no longer asked.
      if (asking !== identity) return null;
      current = account;
      accounts = await identity.accounts();
      return current;
    } catch (error) {
      if (abort === own) {
        problem = problemOf(error);
        // Whoever was signed in before goes on, and renews where they did.
        follow(current);
      }
      if (!(error instanceof IdentityError)) throw error;
      onError(`sign-in ended: ${error.reason}`, error);
      return null;
    } finally {
      if (abort === own) {
        abort = null;
        pending = null;
      }
      onChange();
    }
  }

  /** Lets a person settle what kept a token away; requests that fail meanwhile wait for the same answer. */
  async function settle(error: IdentityError, scopes: readonly GraphScope[]): Promise<void> {
    question ??= askPerson(error.details.claims, scopes);
    if ((await question) === null) throw problem === null ? new IdentityError("canceled", {}, error) : error;
  }

  async function askPerson(claims: string, scopes: readonly GraphScope[]): Promise<Account | null> {
    try {
      return await signIn("browser", scopes, claims === "" ? {} : { claims });
    } finally {
      question = null;
    }
  }

  return {
    signIn,
    async ensure(scopes, ask) {
      try {
        await identity.getToken(scopesOf(scopes));
      } catch (error) {
        if (!(ask && error instanceof IdentityError && asksPerson(error))) throw error;
        await settle(error, scopes);
      }
    },
    async getToken(scopes, options) {
      try {
        return await identity.getToken(scopes, options);
      } catch (error) {
        if (!(mayAsk && error instanceof IdentityError && asksPerson(error))) throw error;
        const names = scopes.map((scope) => scope.slice(scope.lastIndexOf("/") + 1) as GraphScope);
        await settle(error, names);
        return identity.getToken(scopes);
      }
    },
    async asking(work) {
      mayAsk = true;
      try {
        return await work();
      } finally {
        mayAsk = false;
      }
    },
    cancel() {
      abort?.abort();
    },
    async signOut() {
      abort?.abort();
      await identity.signOut();
      accounts = [];
      current = null;
      problem = null;
      onChange();
    },
    async useAccount(id) {
      const asked = identity;
      const account = await asked.switchAccount(id);
      if (account === null) await refresh();
      else {
        current = account;
        follow(account);
        // A guest's sign-in that ended meanwhile left a client that goes on as the account before.
        if (identity !== asked) identity = create(account);
      }
      onChange();
      return account;
    },
    account: () => current,
    view: () => ({
      state: pending !== null ? "signing-in" : current === null ? "signed-out" : "signed-in",
      account: current,
      accounts,
      pending,
      problem,
      clientId: config.clientId === "" ? defaultClientId : config.clientId,
      isDefaultClient: config.clientId === "" || config.clientId === defaultClientId,
    }),
  };
}

/** Whether a person in front of the browser could settle it. */
function asksPerson({ reason }: IdentityError): boolean {
  return ["sign-in-needed", "consent-needed", "conditional-access", "security-defaults"].includes(reason);
}

/** MSAL's home account id is "<object id>.<home tenant>"; it stands before the slash of ours. */
function isGuest(account: Account): boolean {
  const home = account.id.split("/")[0]?.split(".").at(-1) ?? "";
  return home !== "" && home.toLowerCase() !== account.tenantId.toLowerCase();
}
