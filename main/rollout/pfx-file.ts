import type { PfxFileState, PfxFileView } from "../../preload/model/transfer.ts";
import { maxCertificateFileBytes } from "../../preload/model/certificates.ts";
import type { ErrorCode } from "../../preload/model/errors.ts";
import { AppError } from "../errors.ts";
import { readFileLimited } from "../files/atomic-file.ts";
import type { SetupDocument } from "../setups/document.ts";
import { contentHash } from "../setups/store.ts";

const stateOf: Partial<Record<ErrorCode, PfxFileState>> = {
  "pfx-missing": "none",
  "file-not-found": "missing",
  "pfx-changed": "changed",
};

/** The last part of a path of either kind: a setup may have been made on another system. */
function nameOf(path: string): string {
  return path.split(/[/\\]/).at(-1) ?? "";
}

/** The setup's saved PFX as it lies on the disk now. */
export async function pfxFile(document: SetupDocument): Promise<PfxFileView> {
  const name = nameOf(document.certificate?.pfx?.path ?? "");
  try {
    await intactPfx(document);
    return { state: "ready", name };
  } catch (error) {
    const known = error instanceof AppError ? stateOf[error.code] : undefined;
    return { state: known ?? "unreadable", name };
  }
}

/**
 * Path of the setup's saved PFX, after looking whether it still is the file that was saved and opened: the portal
 * must not get another one. Errors: pfx-missing, file-not-found, pfx-changed, read-failed.
 */
export async function intactPfx(document: SetupDocument): Promise<string> {
  const pfx = document.certificate?.pfx ?? null;
  if (pfx === null || pfx.path === null) throw new AppError("pfx-missing");
  const hash = await hashOf(pfx.path);
  if (hash !== pfx.sha256) throw new AppError("pfx-changed", { path: nameOf(pfx.path) });
  return pfx.path;
}

/** Null for a file that no PFX of ours can be: empty, or far too large. */
async function hashOf(path: string): Promise<string | null> {
  try {
    return contentHash(await readFileLimited(path, maxCertificateFileBytes));
  } catch (error) {
    const other = error instanceof AppError && ["file-empty", "file-too-large"].includes(error.code);
    if (other) return null;
    throw error;
  }
}
