import type { SignInMethod, TenantView } from "../../preload/model/tenant.ts";
import type { Clock } from "../ports.ts";
import type { SetupDocument } from "../setups/document.ts";
import type { Setups } from "../setups/setups.ts";
import { tokenCacheName } from "../identity/token-cache.ts";
import type { Vault } from "../vault/vault.ts";
import { defaultClientId } from "../identity/identity.ts";
import { openChangeLog } from "./change-log.ts";
import type { ConnectionOf } from "./connection.ts";
import type { Pace } from "./pace.ts";
import { openTenantSession } from "./session.ts";
import type { SignInHow, TenantSession } from "./session.ts";
import { createSignInTurns } from "./sign-in-turns.ts";
import { tenantViewOffline } from "./view.ts";

export interface TenantSessionsPorts {
  setups: () => Setups;
  vault: Pick<Vault, "get" | "put" | "remove" | "where">;
  clock: Clock;
  pace: Pace;
  newId: () => string;
  connectionOf: ConnectionOf;
  /** Where the changes made in a setup's tenant are written down. */
  changeLogFile: (setupId: string) => string;
  pages: () => { done: string; failed: string };
  onChange: (setupId: string) => void;
  onError: (message: string, error: unknown) => void;
}

/** The tenant sessions of all setups; one is opened when its setup first needs it. */
export interface TenantSessions {
  of(setupId: string): Promise<TenantSession>;
  /** Signs in for a setup. Of several sign-ins, for whatever setups, the one that was asked for last goes on. */
  signIn(setupId: string, method: SignInMethod, how: SignInHow): Promise<void>;
  view(document: SetupDocument): Promise<TenantView>;
  /** Ends a setup's session, for example because its client or cloud changed. */
  close(setupId: string): Promise<void>;
  /** Looks again at every tenant in which somebody is waited for, as far as it goes without asking anybody. */
  lookAgain(): Promise<void>;
  closeAll(): void;
}

export function createTenantSessions(ports: TenantSessionsPorts): TenantSessions {
  const open = new Map<string, Promise<TenantSession>>();
  const signIns = createSignInTurns();

  async function start(setupId: string): Promise<TenantSession> {
    return openTenantSession({
      connection: await ports.connectionOf(setupId),
      vault: ports.vault,
      clock: ports.clock,
      pace: ports.pace,
      newId: ports.newId,
      signIns,
      changeLog: openChangeLog(ports.changeLogFile(setupId)),
      pages: ports.pages(),
      document: () => ports.setups().document(setupId),
      change: async (note, change) => {
        await ports.setups().change(setupId, note, change);
      },
      note: (note) => ports.setups().note(setupId, note),
      onChange: () => ports.onChange(setupId),
      onError: ports.onError,
    });
  }

  function of(setupId: string): Promise<TenantSession> {
    const known = open.get(setupId);
    if (known !== undefined) return known;
    const opened = start(setupId);
    open.set(setupId, opened);
    // One that could not be opened must not be kept.
    opened.catch(() => open.delete(setupId));
    return opened;
  }

  return {
    of,
    async signIn(setupId, method, how) {
      const turn = signIns.begin();
      await (await of(setupId)).signIn(method, { ...how, turn });
    },
    async view(document) {
      const known = open.get(document.id);
      if (known === undefined && (await ports.vault.where(document.id, tokenCacheName)) === "none") {
        const { clientId } = document.tenant;
        return tenantViewOffline(
          document,
          {
            state: "signed-out",
            account: null,
            accounts: [],
            pending: null,
            problem: null,
            clientId: clientId === "" ? defaultClientId : clientId,
            isDefaultClient: clientId === "" || clientId === defaultClientId,
          },
          ports.clock.now(),
        );
      }
      return (await of(document.id)).view();
    },
    async close(setupId) {
      const known = open.get(setupId);
      open.delete(setupId);
      if (known !== undefined) (await known).close();
    },
    async lookAgain() {
      for (const [setupId, opened] of open) {
        const waits = Object.keys(ports.setups().document(setupId).waiting).length > 0;
        if (waits)
          await (
            await opened
          )
            .check(true)
            .catch((error: unknown) => ports.onError("not looked again", error));
      }
    },
    closeAll() {
      for (const session of open.values()) void session.then((one) => one.close()).catch(() => undefined);
    },
  };
}
