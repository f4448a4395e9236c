import type { Handlers } from "../../preload/contract.ts";
import type { SetupSecrets } from "../../preload/model/secrets.ts";
import { AppError } from "../errors.ts";
import type { SetupDocument } from "../setups/document.ts";
import type { Setups } from "../setups/setups.ts";
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
    remove: async ({ setupId, id }) => {
      await remove(setupId, id);
      return list();
    },
    removeAll: async ({ setupId }) => {
      const own = (await vault.list()).filter((secret) => secret.setupId === setupId);
      // One after the other: each changes the same document.
      for (const { purpose } of own) await remove(setupId, purpose);
      return list();
    },
  };
}
