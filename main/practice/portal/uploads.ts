import type { Buffer } from "node:buffer";
import { erase, secretCopy } from "../../certificates/secrets.ts";

/** What an instance needs for Rollout and must not outlast this run. */
export interface Upload {
  pfx: Buffer | null;
  /** UTF-8. */
  password: Buffer | null;
}

/** PFX files and passwords by the instance's id, in memory only; whatever is replaced or forgotten is erased. */
export interface Uploads {
  /** What is there now; copies are the caller's to erase. */
  get(id: string): Upload;
  /** Takes copies; null leaves what is there. */
  put(id: string, upload: { pfx: Uint8Array | null; password: Uint8Array | null }): void;
  forget(id: string): void;
  close(): void;
}

const nothing: Upload = { pfx: null, password: null };

export function createUploads(): Uploads {
  const held = new Map<string, Upload>();
  function forget(id: string): void {
    const { pfx, password } = held.get(id) ?? nothing;
    held.delete(id);
    erase(pfx, password);
  }
  return {
    get: (id) => held.get(id) ?? nothing,
    put(id, { pfx, password }) {
      const upload = held.get(id) ?? { ...nothing };
      held.set(id, upload);
      if (pfx !== null) {
        erase(upload.pfx);
        upload.pfx = secretCopy(pfx);
      }
      if (password !== null) {
        erase(upload.password);
        upload.password = secretCopy(password);
      }
    },
    forget,
    close() {
      for (const id of held.keys()) forget(id);
    },
  };
}
