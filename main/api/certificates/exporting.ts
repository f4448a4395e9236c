import type { Handlers } from "../../../preload/contract.ts";
import { maxCertificateFileBytes } from "../../../preload/contract.ts";
import type { ExportKind, KeyProvider } from "../../../preload/model/certificates.ts";
import type { ErrorCode } from "../../../preload/model/errors.ts";
import { toPem } from "../../certificates/pem.ts";
import { erase, secretCopy } from "../../certificates/secrets.ts";
import { AppError } from "../../errors.ts";
import { readFileLimited, writeFileAtomic } from "../../files/atomic-file.ts";
import { fileName } from "../../rollout/handover.ts";
import { forgetPfx, recordExport, recordPfx, restorePfx } from "../../setups/certificate-records.ts";
import type { SetupDocument } from "../../setups/document.ts";
import { contentHash } from "../../setups/store.ts";
import type { CertificateContext, Jobs } from "./context.ts";
import { material, recorded } from "./context.ts";
import { checkChosen, keepPassword, passwordBytes, withChosen } from "./passwords.ts";

type Own = "exportPfx" | "exportPublic" | "exportPem" | "checkPfx" | "showExport";

const extensions: Record<Exclude<ExportKind, "csr">, { extension: string; titleKey: string }> = {
  pfx: { extension: "pfx", titleKey: "dialogs.save-pfx" },
  "cer-der": { extension: "cer", titleKey: "dialogs.save-cer" },
  "cer-pem": { extension: "pem", titleKey: "dialogs.save-cer" },
  "pem-encrypted": { extension: "pem", titleKey: "dialogs.save-pem" },
};

/** A saved file as it was read back. */
interface Opened {
  sha256: string;
  keyProvider: KeyProvider;
}

/** What proves that a saved file is no longer the PFX. Moved, unreadable or a locked keychain prove nothing. */
const notThePfx: ReadonlySet<ErrorCode> = new Set([
  "password-wrong",
  "file-empty",
  "certificate-key-mismatch",
  "certificate-no-private-key",
  "certificate-not-recognised",
  "certificate-several-keys",
  "certificate-truncated",
]);

/** Files for Microsoft Entra (CER) and for the IAM.cloud portal (PFX). What was saved is read back and opened. */
export function exportingHandlers(
  context: CertificateContext,
  jobs: Jobs,
): Pick<Handlers["certificates"], Own> {
  const { turns } = context;
  const { setups, shell, clock } = context.services;

  async function ask(setupId: string, kind: Exclude<ExportKind, "csr">): Promise<string | null> {
    const { commonName } = recorded(context, setupId).facts;
    const { extension, titleKey } = extensions[kind];
    const suffix = kind === "pem-encrypted" ? " with key" : "";
    const defaultName = `${fileName(commonName)}${suffix}.${extension}`;
    return shell.saveDialog({ purpose: "certificate", titleKey, defaultName, extensions: [extension] });
  }

  /** Opens what was saved and compares its certificate with the record; no key of it is kept. */
  async function open(setupId: string, bytes: Uint8Array, password: Buffer, task?: string): Promise<Opened> {
    // Only whether it opens: what is wrong with its dates is said elsewhere, and must not fail after saving.
    const job = { kind: "import", bytes, password: secretCopy(password), now: null } as const;
    const answer = await jobs.run(job, task);
    erase(answer.key);
    const { sha256 } = recorded(context, setupId).facts;
    if (answer.facts.sha256 !== sha256) throw new AppError("certificate-key-mismatch");
    return { sha256: contentHash(bytes), keyProvider: answer.keyProvider };
  }

  /** Saves by `write`, reads the file back and opens it. */
  async function saveAndOpen(
    { setupId, task, path }: { setupId: string; task: string; path: string },
    password: Buffer,
    write: () => Promise<void>,
  ): Promise<Opened> {
    shell.emit("task", { task, phase: "saving", done: 0, total: 0 });
    await write();
    shell.emit("task", { task, phase: "checking", done: 0, total: 0 });
    const saved = new Uint8Array(await readFileLimited(path, maxCertificateFileBytes));
    return open(setupId, saved, password);
  }

  /**
   * Writes a PFX with a new password. A recorded PFX that it replaces is forgotten at the last moment: if the app
   * ends there, the file is never taken for the one that was opened. One that stays after all is recorded again.
   */
  async function writeWithNewPassword(setupId: string, path: string, pfx: Uint8Array): Promise<void> {
    const before = setups.document(setupId);
    const known = recorded(context, setupId).pfx;
    const isKnown = async () => known !== null && (await holds(path, known.sha256));
    const replaces = await isKnown();
    const beforeNaming = async () => {
      if (replaces) await setups.change(setupId, null, (document) => forgetPfx(document, clock.now()));
    };
    try {
      await writeFileAtomic(path, pfx, { replace: true, beforeNaming });
    } catch (error) {
      if (await isKnown())
        await setups.change(setupId, null, (document) => restorePfx(document, before)).catch(() => undefined);
      throw error;
    }
  }

  /** Opens the saved file with the kept password, or with a typed one, which is then kept. */
  async function checkFile(setupId: string, path: string, password: string | undefined): Promise<Opened> {
    const bytes = new Uint8Array(await readFileLimited(path, maxCertificateFileBytes));
    if (password === undefined)
      return context.passwords.withPassword(setupId, (kept) => open(setupId, bytes, kept));
    const typed = passwordBytes(password);
    try {
      const opened = await open(setupId, bytes, typed);
      const keep = shell.settings().keepPasswords;
      await keepPassword(context, setupId, typed, { keep, generated: false });
      return opened;
    } finally {
      erase(typed);
    }
  }

  /** That something was saved, as the record and the activity have it. */
  function exported(kind: ExportKind, path: string) {
    const note = { kind: `exported-${kind}`, step: "certificate" as const };
    const change = (document: SetupDocument) => recordExport(document, kind, path, clock.now());
    return { note, change };
  }

  async function noteLostPfx(setupId: string): Promise<void> {
    const note = { kind: "pfx-check-failed", step: "certificate" as const };
    await setups.change(setupId, note, (document) => forgetPfx(document, clock.now()));
    shell.emit("changed", { setupId });
  }

  return {
    exportPfx: async ({ setupId, task, profile, password: chosen }) => {
      checkChosen(chosen);
      const path = await ask(setupId, "pfx");
      if (path === null) return { canceled: true };
      return turns.inTurn(setupId, () =>
        withChosen(context, setupId, chosen, async (password, record) => {
          const friendlyName = recorded(context, setupId).facts.commonName;
          const content = { ...(await material(context, setupId)), friendlyName };
          const job = { kind: "write-pfx" as const, ...content, password: secretCopy(password), profile };
          const { pfx } = await jobs.run(job, task);
          const { sha256, keyProvider } = await saveAndOpen({ setupId, task, path }, password, () =>
            chosen === undefined
              ? writeFileAtomic(path, pfx, { replace: true })
              : writeWithNewPassword(setupId, path, pfx),
          );
          const at = clock.now();
          const saved = { profile, sha256, savedAt: at.toISOString(), path, openedAt: at.toISOString() };
          const view = await record({
            note: { kind: "exported-pfx", step: "certificate", details: { sha256, profile } },
            change: (document) => recordPfx(recordExport(document, "pfx", path, at), saved, keyProvider, at),
          });
          return { canceled: false, path, view };
        }),
      );
    },
    exportPublic: async ({ setupId, format }) => {
      const path = await ask(setupId, format);
      if (path === null) return { canceled: true };
      return turns.inTurn(setupId, async () => {
        const der = Buffer.from(recorded(context, setupId).der, "base64");
        const data = format === "cer-der" ? der : toPem("CERTIFICATE", der);
        await writeFileAtomic(path, data, { replace: true });
        const { note, change } = exported(format, path);
        return { canceled: false, path, view: await setups.change(setupId, note, change) };
      });
    },
    exportPem: async ({ setupId, task, password: chosen }) => {
      checkChosen(chosen);
      const path = await ask(setupId, "pem-encrypted");
      if (path === null) return { canceled: true };
      return turns.inTurn(setupId, async () => {
        // A setup has one password: with another one the saved PFX would have to be forgotten for the sake of a PEM.
        if (chosen !== undefined && recorded(context, setupId).pfx !== null)
          throw new AppError("secret-missing");
        return withChosen(context, setupId, chosen, async (password, record) => {
          const content = await material(context, setupId);
          const job = { kind: "write-pem" as const, ...content, password: secretCopy(password) };
          const { pem } = await jobs.run(job, task);
          await saveAndOpen({ setupId, task, path }, password, () =>
            writeFileAtomic(path, pem, { replace: true }),
          );
          return { canceled: false, path, view: await record(exported("pem-encrypted", path)) };
        });
      });
    },
    checkPfx: ({ setupId, password }) =>
      turns.inTurn(setupId, async () => {
        const { pfx } = recorded(context, setupId);
        if (pfx === null || pfx.path === null) throw new AppError("pfx-missing");
        const { sha256, keyProvider } = await checkFile(setupId, pfx.path, password).catch(
          async (error: unknown) => {
            // A typed password may be mistyped; the kept one is the one that opened the file.
            const mistyped = password !== undefined && isCode(error, ["password-wrong"]);
            if (isCode(error, notThePfx) && !mistyped) await noteLostPfx(setupId);
            throw error;
          },
        );
        const at = clock.now();
        const opened = { ...pfx, sha256, openedAt: at.toISOString() };
        return setups.change(setupId, { kind: "pfx-checked", step: "certificate" }, (document) =>
          recordPfx(document, opened, keyProvider, at),
        );
      }),
    showExport: async ({ setupId, kind }) => {
      const { pfx, exports } = recorded(context, setupId);
      // An imported PFX was not saved here, and counts more than one that was saved before.
      const imported = kind === "pfx" ? pfx?.path : null;
      const shown = imported ?? exports.find((one) => one.kind === kind)?.path ?? null;
      if (shown === null) throw new AppError("file-not-found");
      shell.showInFolder(shown);
      return null;
    },
  };
}

/** Whether this very content lies there now. */
async function holds(path: string, sha256: string): Promise<boolean> {
  const bytes = await readFileLimited(path, maxCertificateFileBytes).catch(() => null);
  return bytes !== null && contentHash(bytes) === sha256;
}

function isCode(error: unknown, codes: Iterable<ErrorCode>): boolean {
  return error instanceof AppError && [...codes].includes(error.code);
}
