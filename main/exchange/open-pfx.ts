import { maxCertificateFileBytes } from "../../preload/model/certificates.ts";
import type { DryRunCause } from "../../preload/model/exchange.ts";
import type { ErrorCode } from "../../preload/model/errors.ts";
import { erase, secretCopy } from "../certificates/secrets.ts";
import { AppError } from "../errors.ts";
import type { CertificateRecord } from "../setups/document.ts";
import { contentHash } from "../setups/store.ts";

export interface PfxPorts {
  /** The file's bytes. Errors: those of readFileLimited. */
  readFile(path: string, maxBytes: number): Promise<Uint8Array>;
  /** Opens it in the certificate worker, which erases the password. Errors: AppError. */
  openPfx(bytes: Uint8Array, password: Buffer): Promise<{ key: Uint8Array; sha256: string }>;
}

/** The private key, the caller's to erase; or why it is not to be had. */
export type OpenedPfx = { key: Uint8Array } | { cause: DryRunCause; file: string };

const ofCode: Readonly<Partial<Record<ErrorCode, DryRunCause>>> = {
  "file-not-found": "pfx-moved",
  "read-failed": "pfx-unreadable",
  "password-wrong": "password-wrong",
  "certificate-worker-failed": "worker-failed",
};

/**
 * Opens the saved PFX, the very file that goes to the portal: it must open with the password, hold the setup's
 * certificate, and be the file whose hash was written down when it was saved.
 */
export async function openSavedPfx(
  ports: PfxPorts,
  { facts, pfx }: CertificateRecord,
  password: Buffer,
  now: Date,
): Promise<OpenedPfx> {
  const path = pfx?.path ?? null;
  if (pfx === null || path === null) return { cause: "pfx-not-located", file: "" };
  const failed = (cause: DryRunCause): OpenedPfx => ({ cause, file: path });
  let key: Uint8Array | null = null;
  try {
    const bytes = await ports.readFile(path, maxCertificateFileBytes);
    const hash = contentHash(bytes);
    const opened = await ports.openPfx(bytes, secretCopy(password));
    key = opened.key;
    const cause =
      opened.sha256 !== facts.sha256
        ? "pfx-other-certificate"
        : hash !== pfx.sha256
          ? "pfx-changed"
          : outsideValidity(facts, now);
    if (cause === null) return { key };
    erase(key);
    return failed(cause);
  } catch (error) {
    erase(key);
    if (!(error instanceof AppError)) throw error;
    return failed(ofCode[error.code] ?? "pfx-damaged");
  }
}

function outsideValidity({ notBefore, notAfter }: CertificateRecord["facts"], now: Date): DryRunCause | null {
  if (Date.parse(notAfter) <= now.getTime()) return "certificate-expired";
  return Date.parse(notBefore) > now.getTime() ? "certificate-not-yet-valid" : null;
}
