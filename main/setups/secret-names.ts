/** Names under which a setup's secrets lie in the vault. */

/** The private key of one certificate, so that a new one never overwrites the old before it is recorded. */
export function privateKeyName(sha1: string): string {
  return `key-${sha1}`;
}

/** The thumbprint in a private key's name; null for another secret's name. */
export function thumbprintOfKey(name: string): string | null {
  return /^key-([0-9A-Fa-f]{40})$/.exec(name)?.[1] ?? null;
}

/** The private key of a request that waits for its certificate. */
export const requestKeyName = "request-key";

export const pfxPasswordName = "pfx-password";

/** The password of the certificate that is being exchanged; the new one's has the usual name. */
export function oldPasswordName(sha1: string): string {
  return `pfx-password-${sha1}`;
}

export function isOldPassword(name: string): boolean {
  return /^pfx-password-[0-9A-Fa-f]{40}$/.test(name);
}
