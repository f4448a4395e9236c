/** Kinds of secrets; texts are `secrets.kinds.<kind>`. */
export const secretKinds = [
  "private-key",
  "request-key",
  "pfx-password",
  "old-password",
  "tokens",
  "other",
] as const;
export type SecretKind = (typeof secretKinds)[number];

/** A secret that is kept, never the secret itself. */
export interface SecretView {
  /** Name in the vault. */
  id: string;
  kind: SecretKind;
  /** Thumbprint of the certificate to which a private key belongs; "" for others. */
  sha1: string;
  /** Whether it belongs to the certificate, request or sign-in that the setup uses now. */
  current: boolean;
  /** When it was last written; null when that cannot be told. */
  at: string | null;
  place: "vault" | "session" | "unreadable";
}

/** What is kept of one setup. */
export interface SetupSecrets {
  setupId: string;
  /** "" when there is no setup of that ID any more. */
  name: string;
  /** Name in the trash when the setup is deleted; null otherwise. */
  deleted: string | null;
  secrets: SecretView[];
}
