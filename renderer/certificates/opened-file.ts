import { useRef, useState } from "react";
import type { Chosen } from "../../preload/contract.ts";
import type { Inspection } from "../../preload/model/certificates.ts";
import type { ErrorView, Result } from "../../preload/model/errors.ts";
import { attempt, rollout } from "../store/api.ts";
import { canUnlock } from "./import-obstacle.ts";

interface Recognised {
  fileId: string;
  inspection: Inspection;
}

export interface FileSource {
  choose: () => Promise<Result<Chosen<Recognised>>>;
  offer: (file: { name: string; bytes: Uint8Array<ArrayBuffer> }) => Promise<Result<Recognised>>;
}

/** A file that main has opened, and the ways to open one. */
export interface OpenedFile {
  opened: Recognised | null;
  busy: boolean;
  error: ErrorView | null;
  choose: () => void;
  offer: (name: string, bytes: Uint8Array<ArrayBuffer>) => void;
  /** Tries a password; gives why it did not open, or null. */
  unlock: (password: string) => Promise<ErrorView | null>;
  close: () => void;
}

const wrongPassword: ErrorView = { code: "password-wrong", messageKey: "errors.password-wrong", details: {} };

/** Opens files through main. The file on the screen stays until another one could be read. */
export function useOpenedFile(source: FileSource): OpenedFile {
  const [opened, setOpened] = useState<Recognised | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ErrorView | null>(null);
  const latest = useRef(0);

  async function take(promise: Promise<Result<Chosen<Recognised>>>): Promise<void> {
    latest.current += 1;
    const turn = latest.current;
    setBusy(true);
    const result = await attempt(promise);
    // A file chosen later wins, whichever was read first.
    if (turn !== latest.current) return;
    setBusy(false);
    setError(result.ok ? null : result.error);
    if (result.ok && !result.value.canceled) {
      setOpened({ fileId: result.value.fileId, inspection: result.value.inspection });
    }
  }

  async function offered(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<Result<Chosen<Recognised>>> {
    const result = await source.offer({ name, bytes });
    return result.ok ? { ok: true, value: { canceled: false, ...result.value } } : result;
  }

  return {
    opened,
    busy,
    error,
    choose: () => void take(source.choose()),
    offer: (name, bytes) => void take(offered(name, bytes)),
    unlock: async (password) => {
      if (opened === null) return null;
      const turn = latest.current;
      const result = await attempt(rollout().certificates.unlock({ fileId: opened.fileId, password }));
      if (!result.ok) return result.error;
      if (canUnlock(result.value)) return wrongPassword;
      if (turn === latest.current) setOpened({ fileId: opened.fileId, inspection: result.value });
      return null;
    },
    close: () => {
      latest.current += 1;
      setOpened(null);
      setError(null);
      setBusy(false);
    },
  };
}
