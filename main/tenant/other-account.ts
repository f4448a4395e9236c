import { AppError } from "../errors.ts";
import type { Account } from "../identity/identity.ts";

/**
 * The failure of work that one account began and in which another signed in; null while it is the same one, or nobody.
 * What was read and confirmed holds for the first one alone: another one of the same tenant may have other rights. Pure.
 */
export function otherAccount(before: Account, now: Account | null): AppError | null {
  if (now === null || now.id === before.id) return null;
  const sameTenant = now.tenantId.toLowerCase() === before.tenantId.toLowerCase();
  return new AppError(sameTenant ? "other-account-signed-in" : "other-tenant-signed-in", {
    before: before.username,
    now: now.username,
  });
}
