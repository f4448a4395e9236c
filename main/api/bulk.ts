import { randomUUID } from "node:crypto";
import { unlink } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { basename, join } from "node:path";
import type { Handlers } from "../../preload/contract.ts";
import type { BatchChoices, BatchView } from "../../preload/model/bulk.ts";
import { maxListBytes } from "../../preload/model/bulk.ts";
import { maxCertificateFileBytes } from "../../preload/model/certificates.ts";
import { decodeText, readList } from "../certificates/bulk/csv.ts";
import { listName, manifestName, setupIdOf, writeManifest } from "../certificates/bulk/manifest.ts";
import { newPasswords, takePasswords, writePasswordList } from "../certificates/bulk/password-list.ts";
import { planRows } from "../certificates/bulk/plan.ts";
import { runBatch } from "../certificates/bulk/run.ts";
import { generatePassword } from "../certificates/password.ts";
import { runJob } from "../certificates/runner.ts";
import { erase, secretCopy } from "../certificates/secrets.ts";
import { AppError, toErrorView } from "../errors.ts";
import { readFileLimited, writeFileAtomic } from "../files/atomic-file.ts";
import { closedDoor } from "../vault/vault.ts";
import type { Batch } from "./bulk/batches.ts";
import { createBatches, viewOf } from "./bulk/batches.ts";
import { expectNoProblems, placeInFolder, readBatch } from "./bulk/folders.ts";
import { keepingOf } from "./bulk/keeping.ts";
import type { CertificateContext } from "./certificates/context.ts";
import { passwordBytes } from "./certificates/passwords.ts";

/** "Prepare many": from a list of names to a folder of PFX and CER pairs. */
export function bulkHandlers(context: CertificateContext): Handlers["bulk"] {
  const { services, vault, spawnWorker, randomBytes, passwords } = context;
  const { shell, clock } = services;
  const batches = createBatches();

  function offer(name: string, bytes: Uint8Array): BatchView {
    if (bytes.byteLength > maxListBytes) {
      throw new AppError("file-too-large", { path: name, size: bytes.byteLength, limit: maxListBytes });
    }
    const rows = planRows(readList(decodeText(bytes)));
    return viewOf(batches.add({ id: randomUUID(), source: name, rows, folder: null, choices: null }));
  }

  async function openBatch(path: string): Promise<BatchView> {
    const { id, choices, rows } = await readBatch(path);
    const folder = { path, holdsBatch: true };
    return viewOf(batches.add({ id, source: basename(path), rows, folder, choices }));
  }

  /** Generated once per batch, in memory only: whoever does not store it has lost the list. */
  function listPasswordOf(batch: Batch): Buffer {
    batch.listPassword ??= generatePassword(randomBytes);
    return batch.listPassword;
  }

  /** The passwords are on the disk before the first PFX that needs them. */
  async function sealPasswords(batch: Batch, path: string): Promise<void> {
    erase(...(batch.passwords?.values() ?? []));
    batch.passwords = newPasswords(batch.rows, randomBytes);
    const list = writePasswordList(batch.rows, batch.passwords, shell.words().language);
    const password = secretCopy(listPasswordOf(batch));
    const { archive } = await runJob(spawnWorker, { kind: "seal-list", list, password });
    await writeFileAtomic(path, archive, { replace: false });
  }

  /** Without its manifest the batch has not begun; then the list of passwords stands for nothing. */
  async function writePlan(batch: Batch, folder: string, choices: BatchChoices): Promise<void> {
    const manifest = writeManifest({ id: batch.id, choices, rows: batch.rows }, clock.now());
    try {
      await writeFileAtomic(join(folder, manifestName), manifest, { replace: false });
    } catch (error) {
      if (choices.passwords === "list") await unlink(join(folder, listName)).catch(() => undefined);
      throw error;
    }
  }

  async function openPasswords(batch: Batch, folder: string, typed: string): Promise<void> {
    if (typed === "") throw new AppError("password-required");
    const archive = Uint8Array.from(await readFileLimited(join(folder, listName), maxCertificateFileBytes));
    const bytes = passwordBytes(typed);
    try {
      const job = { kind: "open-list", archive, password: secretCopy(bytes) } as const;
      const answer = await runJob(spawnWorker, job);
      const found = takePasswords(answer);
      erase(answer.list);
      if (batch.rows.some(({ number }) => !found.has(number))) throw new AppError("batch-unreadable");
      batch.passwords = found;
      batch.listPassword = secretCopy(bytes);
    } finally {
      erase(bytes);
    }
  }

  /** Errors: those of a closed vault while it keeps nothing beyond this run, invalid-input without setups. */
  function assertPlaceForPasswords({ passwords: place, setups }: BatchChoices): void {
    if (place !== "vault") return;
    if (!setups) throw new AppError("invalid-input", { field: "passwords" });
    const { kind, detail } = vault.status();
    if (kind !== "ready") throw new AppError(closedDoor[kind], { answer: detail });
  }

  async function run(
    batch: Batch,
    folder: string,
    choices: BatchChoices,
    signal: AbortSignal,
  ): Promise<void> {
    const { id: batchId, rows, states } = batch;
    states.clear();
    batch.hasRun = true;
    await runBatch(rows, {
      folder,
      choices,
      spawnWorker,
      parallel: availableParallelism(),
      ...keepingOf(context, batch),
      now: () => clock.now(),
      signal,
      onRow: ({ number }, state, failure) => {
        const error = failure === null ? null : toErrorView(failure);
        states.set(number, { state, error });
        shell.emit("row", { batchId, number, state, error });
      },
    });
    if (choices.setups) shell.emit("changed", { setupId: null });
  }

  /** Only one run at a time on a batch; its view says so meanwhile. */
  async function alone(batchId: string, work: (batch: Batch, signal: AbortSignal) => Promise<void>) {
    const batch = batches.idle(batchId);
    batch.run = new AbortController();
    try {
      await work(batch, batch.run.signal);
    } finally {
      batch.run = null;
    }
    return viewOf(batch);
  }

  async function copy(text: Buffer): Promise<{ clearsIn: number }> {
    const { clipboardSeconds } = shell.settings();
    await shell.copySecret(text.toString("utf8"), clipboardSeconds);
    return { clearsIn: clipboardSeconds };
  }

  return {
    chooseList: async () => {
      const path = await shell.openDialog({
        purpose: "list",
        titleKey: "dialogs.open-list",
        extensions: ["csv"],
      });
      if (path === null) return { canceled: true };
      return { canceled: false, batch: offer(basename(path), await readFileLimited(path, maxListBytes)) };
    },
    offerList: async ({ file }) => offer(file.name, file.bytes),
    chooseFolder: async ({ batchId }) => {
      const batch = batches.idle(batchId);
      if (batch.choices !== null) throw new AppError("not-allowed");
      const path = await shell.folderDialog({ purpose: "batch", titleKey: "dialogs.batch-folder" });
      if (path === null) return { canceled: true };
      await placeInFolder(batch, path);
      return { canceled: false, batch: viewOf(batch) };
    },
    openFolder: async () => {
      const path = await shell.folderDialog({ purpose: "batch", titleKey: "dialogs.batch-continue" });
      return path === null ? { canceled: true } : { canceled: false, batch: await openBatch(path) };
    },
    continueFolder: async ({ batchId }) => {
      const { folder } = batches.get(batchId);
      if (folder === null) throw new AppError("batch-not-found");
      return openBatch(folder.path);
    },
    view: async ({ batchId }) => viewOf(batches.get(batchId)),
    revealListPassword: async ({ batchId }) => ({
      password: listPasswordOf(batches.get(batchId)).toString("utf8"),
    }),
    copyListPassword: async ({ batchId }) => copy(listPasswordOf(batches.get(batchId))),
    start: async ({ batchId, choices }) =>
      alone(batchId, async (batch, signal) => {
        const { folder } = batch;
        if (folder === null || batch.choices !== null) throw new AppError("not-allowed");
        assertPlaceForPasswords(choices);
        // The folder may have changed since it was chosen.
        await placeInFolder(batch, folder.path);
        if (batch.folder?.holdsBatch === true) throw new AppError("batch-exists");
        expectNoProblems(batch.rows);
        if (choices.passwords === "list") await sealPasswords(batch, join(folder.path, listName));
        await writePlan(batch, folder.path, choices);
        batch.choices = choices;
        batch.folder = { path: folder.path, holdsBatch: true };
        await run(batch, folder.path, choices, signal);
      }),
    resume: async ({ batchId, listPassword }) =>
      alone(batchId, async (batch, signal) => {
        const { folder, choices } = batch;
        if (folder === null || choices === null) throw new AppError("not-allowed");
        assertPlaceForPasswords(choices);
        if (choices.passwords === "list" && batch.passwords === null) {
          await openPasswords(batch, folder.path, listPassword ?? "");
        }
        await run(batch, folder.path, choices, signal);
      }),
    copyPassword: async ({ batchId, row }) => {
      const batch = batches.get(batchId);
      if (batch.choices?.passwords === "vault") {
        return { clearsIn: await passwords.copy(setupIdOf(batch.id, row)) };
      }
      const password = batch.passwords?.get(row);
      if (password === undefined) throw new AppError("secret-missing");
      return copy(password);
    },
    show: async ({ batchId, what }) => {
      const { folder } = batches.get(batchId);
      if (folder === null) throw new AppError("file-not-found");
      if (what === "folder") await shell.openFolder(folder.path);
      else shell.showInFolder(join(folder.path, listName));
      return null;
    },
    cancel: async ({ batchId }) => {
      batches.get(batchId).run?.abort();
      return null;
    },
    close: async ({ batchId }) => {
      batches.close(batchId);
      return null;
    },
  };
}
