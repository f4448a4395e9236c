import { AppError } from "../errors.ts";
import { pfxPasswordName } from "../setups/secret-names.ts";
import type { Vault } from "../vault/vault.ts";
import type { Services } from "./services.ts";

/** Takes the PFX password out of the vault for the few purposes that may have it. */
export interface PasswordBox {
  /** @throws AppError "secret-missing" */
  withPassword<T>(setupId: string, work: (password: Buffer) => Promise<T>): Promise<T>;
  /** Copies it to the clipboard; seconds until that is cleared. */
  copy(setupId: string): Promise<number>;
}

export function createPasswordBox(vault: Vault, { shell, setups }: Services): PasswordBox {
  async function withPassword<T>(setupId: string, work: (password: Buffer) => Promise<T>): Promise<T> {
    const password = await vault.get(setupId, pfxPasswordName);
    if (password === null) throw new AppError("secret-missing");
    try {
      return await work(password);
    } finally {
      password.fill(0);
    }
  }
  return {
    withPassword,
    copy: (setupId) =>
      withPassword(setupId, async (password) => {
        const seconds = shell.settings().clipboardSeconds;
        await shell.copySecret(password.toString("utf8"), seconds);
        await setups.note(setupId, { kind: "password-copied", step: "certificate" });
        return seconds;
      }),
  };
}
