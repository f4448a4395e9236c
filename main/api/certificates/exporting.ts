import type { Handlers } from "../../../preload/contract.ts";
import { maxCertificateFileBytes } from "../../../preload/contract.ts";
import type { ExportKind, PfxProfile } from "../../../preload/model/certificates.ts";
import type { ErrorCode } from "../../../preload/model/errors.ts";
import { toPem } from "../../certificates/pem.ts";
import { erase, secretCopy } from "../../certificates/secrets.ts";
import { AppError } from "../../errors.ts";
import { readFileLimited, writeFileAtomic } from "../../files/atomic-file.ts";
import { fileName } from "../../rollout/handover.ts";
import { forgetPfx, recordExport, recordPfx } from "../../setups/certificate-records.ts";
import { contentHash } from "../../setups/store.ts";
import type { CertificateContext, Jobs } from "./context.ts";
import { material, recorded } from "./context.ts";
import { keepPassword, passwordBytes } from "./passwords.ts";

type Own = "exportPfx" | "exportPublic" | "exportPem" | "checkPfx" | "showExport";

const extensions: Record<Exclude<ExportKind, "csr">, { extension: string; titleKey: string }> = {
  pfx: { extension: "pfx", titleKey: "dialogs.save-pfx" },
  "cer-der": { extension: "cer", titleKey: "dialogs.save-cer" },
  "cer-pem": { extension: "pem", titleKey: "dialogs.save-cer" },
  "pem-encrypted": { extension: "pem", titleKey: "dialogs.save-pem" },
};

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

  async function noteExport(setupId: string, kind: ExportKind, path: string) {
    const note = { kind: `exported-${kind}`, step: "certificate" as const };
    return setups.change(setupId, note, (document) => recordExport(document, kind, path, clock.now()));
  }

  /** Opens a PFX and compares its certificate with the record; nothing of it is kept. */
  async function opens(setupId: string, bytes: Uint8Array, password: Buffer, task?: string): Promise<void> {
    // Only whether it opens: what is wrong with its dates is said elsewhere, and must not fail after saving.
    const job = { kind: "import", bytes, password: secretCopy(password), now: null } as const;
    const answer = await jobs.run(job, task);
    erase(answer.key);
    const { sha256 } = recorded(context, setupId).facts;
    if (answer.facts.sha256 !== sha256) throw new AppError("certificate-key-mismatch");
  }

  async function writeAndVerify(setupId: string, task: string, profile: PfxProfile, path: string) {
    return context.passwords.withPassword(setupId, async (password) => {
      const { facts } = recorded(context, setupId);
      const job = {
        kind: "write-pfx" as const,
        ...(await material(context, setupId)),
        password: secretCopy(password),
        profile,
        friendlyName: facts.commonName,
      };
      const { pfx } = await jobs.run(job, task);
      shell.emit("task", { task, phase: "saving", done: 0, total: 0 });
      await writeFileAtomic(path, pfx, { replace: true });
      shell.emit("task", { task, phase: "checking", done: 0, total: 0 });
      const saved = new Uint8Array(await readFileLimited(path, maxCertificateFileBytes));
      await opens(setupId, saved, password);
      return contentHash(saved);
    });
  }

  /** Opens the saved file with the kept password, or with a typed one, which is then kept. Gives its hash. */
  async function checkFile(setupId: string, path: string, password: string | undefined): Promise<string> {
    const bytes = new Uint8Array(await readFileLimited(path, maxCertificateFileBytes));
    if (password === undefined) {
      await context.passwords.withPassword(setupId, (kept) => opens(setupId, bytes, kept));
      return contentHash(bytes);
    }
    const typed = passwordBytes(password);
    try {
      await opens(setupId, bytes, typed);
      const keep = shell.settings().keepPasswords;
      await keepPassword(context, setupId, typed, { keep, generated: false });
    } finally {
      erase(typed);
    }
    return contentHash(bytes);
  }

  async function noteLostPfx(setupId: string): Promise<void> {
    const note = { kind: "pfx-check-failed", step: "certificate" as const };
    await setups.change(setupId, note, (document) => forgetPfx(document, clock.now()));
    shell.emit("changed", { setupId });
  }

  return {
    exportPfx: async ({ setupId, task, profile }) => {
      const path = await ask(setupId, "pfx");
      if (path === null) return { canceled: true };
      return turns.inTurn(setupId, async () => {
        const sha256 = await writeAndVerify(setupId, task, profile, path);
        const at = clock.now();
        const note = { kind: "exported-pfx", step: "certificate" as const, details: { sha256, profile } };
        const pfx = { profile, sha256, savedAt: at.toISOString(), path, openedAt: at.toISOString() };
        const view = await setups.change(setupId, note, (document) =>
          recordPfx(recordExport(document, "pfx", path, at), pfx, at),
        );
        return { canceled: false, path, view };
      });
    },
    exportPublic: async ({ setupId, format }) => {
      const path = await ask(setupId, format);
      if (path === null) return { canceled: true };
      return turns.inTurn(setupId, async () => {
        const der = Buffer.from(recorded(context, setupId).der, "base64");
        const data = format === "cer-der" ? der : toPem("CERTIFICATE", der);
        await writeFileAtomic(path, data, { replace: true });
        return { canceled: false, path, view: await noteExport(setupId, format, path) };
      });
    },
    exportPem: async ({ setupId, task }) => {
      const path = await ask(setupId, "pem-encrypted");
      if (path === null) return { canceled: true };
      return turns.inTurn(setupId, async () => {
        const { pem } = await context.passwords.withPassword(setupId, async (password) => {
          const job = {
            kind: "write-pem" as const,
            ...(await material(context, setupId)),
            password: secretCopy(password),
          };
          return jobs.run(job, task);
        });
        await writeFileAtomic(path, pem, { replace: true });
        return { canceled: false, path, view: await noteExport(setupId, "pem-encrypted", path) };
      });
    },
    checkPfx: ({ setupId, password }) =>
      turns.inTurn(setupId, async () => {
        const { pfx } = recorded(context, setupId);
        if (pfx === null || pfx.path === null) throw new AppError("pfx-missing");
        const sha256 = await checkFile(setupId, pfx.path, password).catch(async (error: unknown) => {
          // A typed password may be mistyped; the kept one is the one that opened the file.
          const mistyped = password !== undefined && isCode(error, ["password-wrong"]);
          if (isCode(error, notThePfx) && !mistyped) await noteLostPfx(setupId);
          throw error;
        });
        const at = clock.now();
        const opened = { ...pfx, sha256, openedAt: at.toISOString() };
        return setups.change(setupId, { kind: "pfx-checked", step: "certificate" }, (document) =>
          recordPfx(document, opened, at),
        );
      }),
    showExport: async ({ setupId, kind }) => {
      const path = recorded(context, setupId).exports.find((one) => one.kind === kind)?.path ?? null;
      const shown = path ?? (kind === "pfx" ? recorded(context, setupId).pfx?.path : null) ?? null;
      if (shown === null) throw new AppError("file-not-found");
      shell.showInFolder(shown);
      return null;
    },
  };
}

function isCode(error: unknown, codes: Iterable<ErrorCode>): boolean {
  return error instanceof AppError && [...codes].includes(error.code);
}
