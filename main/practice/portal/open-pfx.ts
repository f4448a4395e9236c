import { Buffer } from "node:buffer";
import type { CertificateFacts } from "../../../preload/model/certificates.ts";
import { adoptFile } from "../../certificates/adopt.ts";

/** A PFX opened with its password, key and certificate being a pair. */
export interface OpenedPfx {
  /** PKCS #8 in DER. Erase it. */
  key: Uint8Array;
  facts: CertificateFacts;
}

/**
 * Opens a PFX with its password (UTF-8), whatever its dates. The app gives its worker process for it (the job
 * "import"), because a hostile file may keep the processor busy for seconds. Errors: AppError.
 */
export type OpenPfx = (bytes: Uint8Array, password: Uint8Array) => Promise<OpenedPfx>;

export const openInThisProcess: OpenPfx = async (bytes, password) => {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { key, certificate } = await adoptFile(file, password, null);
  return { key, facts: certificate.facts };
};
