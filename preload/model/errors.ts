/**
 * Every failure that can reach the user. The text of each is `errors.<code>.title` and `errors.<code>.help`
 * in the locale files; `details` fill the placeholders there.
 */
export const errorCodes = [
  "internal",
  "invalid-input",
  "not-allowed",
  "canceled",
  "setup-not-found",
  "setup-exists",
  "setup-unreadable",
  "setup-too-new",
  "setup-file-invalid",
  "setup-locked-elsewhere",
  "name-required",
  "file-exists",
  "file-not-found",
  "file-empty",
  "file-too-large",
  "folder-gone",
  "folder-read-only",
  "disk-full",
  "write-failed",
  "read-failed",
  "link-not-allowed",
  "no-keychain",
  "keychain-locked",
  "vault-key-lost",
  "vault-file-tampered",
  "secret-missing",
  "password-wrong",
  "password-required",
  "password-not-ascii",
  "password-too-short",
  "password-too-long",
  "certificate-not-recognised",
  "certificate-truncated",
  "certificate-too-complex",
  "certificate-iterations-too-high",
  "certificate-no-private-key",
  "certificate-several-keys",
  "certificate-key-mismatch",
  "certificate-not-rsa",
  "certificate-key-too-short",
  "certificate-weak-signature",
  "certificate-expired",
  "certificate-not-yet-valid",
  "certificate-unsupported-encryption",
  "certificate-name-invalid",
  "certificate-dates-invalid",
  "certificate-missing",
  "certificate-request-missing",
  "certificate-request-key-missing",
  "certificate-request-mismatch",
  "certificate-worker-failed",
  "pfx-missing",
  "pfx-changed",
  "csv-invalid",
  "csv-columns-missing",
  "csv-empty",
  "csv-too-many-rows",
  "batch-exists",
  "batch-not-found",
  "batch-unreadable",
  "not-ready-for-rollout",
  "certificate-in-use",
  "not-while-exchanged",
  "plan-outdated",
  "work-running",
  "sign-in-needed",
  "other-account-signed-in",
  "other-tenant-signed-in",
  "request-file-invalid",
  "practice-no-portal",
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** What crosses from main to the renderer when something fails. */
export interface ErrorView {
  code: ErrorCode;
  /** Key of the text in the locale files, without `.title` and `.help`. */
  messageKey: `errors.${ErrorCode}`;
  /** Values for the text's placeholders. Never a secret. */
  details: Record<string, string | number>;
}

export type Result<T> = { ok: true; value: T } | { ok: false; error: ErrorView };
