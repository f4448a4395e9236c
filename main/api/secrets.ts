import type { Handlers } from "../../preload/contract.ts";
import type { SetupSecrets } from "../../preload/model/secrets.ts";
import { AppError } from "../errors.ts";
import type { SetupDocument } from "../setups/document.ts";
import type { Setups } from "../setups/setups.ts";
import { setupOfEntry } from "../setups/trash.ts";
import type { Vault } from "../vault/vault.ts";
import { kindOfSecret, secretsBySetup } from "./stored-secrets.ts";

export interface SecretHandlerOptions {
  setups: Setups;
  vault: Vault;
  certificates: Pick<Handlers["certificates"], "discardRequest" | "forgetPassword">;
  tenant: Pick<Handlers["tenant"], "signOut">;
}

/** What is kept of keys, passwords and sign-ins, and getting rid of it. The secrets themselves stay here. */
export function secretHandlers(options: SecretHandlerOptions): Handlers["secrets"] {
  const { setups, vault, certificates, tenant } = options;

  async function list(): Promise<SetupSecrets[]> {
    const readable = setups.list().filter(({ problem }) => problem === null);
    return secretsBySetup(
      await vault.list(),
      readable.map(({ id }) => setups.document(id)),
      await setups.deleted(),
    );
  }

  /** Removes one secret in the way its part of the app does, so that nothing goes on counting with it. */
  async function remove(setupId: string, id: string): Promise<void> {
    const document = documentOf(setupId);
    const kind = kindOfSecret(id);
    if (document === null) return vault.remove(setupId, id);
    if (kind === "pfx-password") await certificates.forgetPassword({ setupId });
    else if (kind === "tokens") await tenant.signOut({ setupId });
    else if (kind === "request-key" && document.request !== null) {
      await certificates.discardRequest({ setupId });
    } else {
      await setups.note(setupId, { kind: "secret-removed", step: "certificate", details: { secret: kind } });
    }
    // Also what the other ways leave, for instance tokens of a session that never began.
    await vault.remove(setupId, id);
  }

  /** Nothing goes on counting with the secrets of a deleted setup. */
  async function removeDeleted(setupId: string, id: string, entry: string): Promise<void> {
    if (setupOfEntry(entry) !== setupId) throw new AppError("invalid-input");
    const own = (await list()).find(({ deleted }) => deleted === entry)?.secrets.find((one) => one.id === id);
    await vault.remove(setupId, id, entry);
    // Once the setup is there again, what is in memory belongs to that one.
    const isThere = setups.list().some((one) => one.id === setupId);
    if (own?.place === "session" && !isThere) await vault.remove(setupId, id);
  }

  function documentOf(setupId: string): SetupDocument | null {
    try {
      return setups.document(setupId);
    } catch (error) {
      // Gone or unreadable: only its secrets are left to be dealt with.
      if (error instanceof AppError) return null;
      throw error;
    }
  }

  return {
    list,
    remove: async ({ setupId, id, deleted = null }) => {
      await (deleted === null ? remove(setupId, id) : removeDeleted(setupId, id, deleted));
      return list();
    },
    removeAll: async ({ setupId, deleted = null }) => {
      const own = (await list()).find((one) => one.setupId === setupId && one.deleted === deleted);
      // One after the other: each changes the same document.
      for (const { id } of own?.secrets ?? []) {
        await (deleted === null ? remove(setupId, id) : removeDeleted(setupId, id, deleted));
      }
      return list();
    },
  };
}
