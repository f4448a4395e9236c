import type { Answer, Job, JobKind } from "../../certificates/jobs.ts";
import type { SpawnWorker } from "../../certificates/runner.ts";
import { runJob } from "../../certificates/runner.ts";
import { AppError } from "../../errors.ts";
import type { RandomBytes } from "../../ports.ts";
import type { Turns } from "../../turns.ts";
import type { CertificateRecord } from "../../setups/document.ts";
import { privateKeyName } from "../../setups/secret-names.ts";
import type { Vault } from "../../vault/vault.ts";
import type { PasswordBox } from "../password-box.ts";
import type { Services } from "../services.ts";

export interface CertificateContext {
  services: Services;
  vault: Vault;
  passwords: PasswordBox;
  spawnWorker: SpawnWorker;
  randomBytes: RandomBytes;
  /**
   * Work that touches a setup's key, password or saved PFX runs one after the other (by the setup's id): the fact
   * that a PFX opened must never be written down for another certificate or password. Dialogs come before it.
   */
  turns: Turns;
  /** Tells the log of what stops no work. */
  onError: (message: string, error: unknown) => void;
}

/** Runs jobs in the worker; a job with a task tells its progress and can be cancelled. */
export interface Jobs {
  run<K extends JobKind>(job: Job<K>, task?: string): Promise<Answer<K>>;
  cancel(task: string): void;
}

export function createJobs({ services, spawnWorker }: CertificateContext): Jobs {
  const running = new Map<string, AbortController>();
  function controllerOf(task: string): AbortController {
    const controller = running.get(task) ?? new AbortController();
    running.set(task, controller);
    return controller;
  }

  return {
    run: async (job, task) => {
      if (task === undefined) return runJob(spawnWorker, job);
      const controller = controllerOf(task);
      try {
        return await runJob(spawnWorker, job, {
          signal: controller.signal,
          onPhase: (phase) => services.shell.emit("task", { task, phase, done: 0, total: 0 }),
        });
      } finally {
        running.delete(task);
      }
    },
    // The work may still wait for a dialog: then its job finds itself cancelled when it begins.
    cancel: (task) => controllerOf(task).abort(),
  };
}

/**
 * Removes a secret that nothing names any more. Never fails, for the work that it belonged to is done: what stays
 * is shown among the stored secrets, where it can be removed.
 */
export async function removeUnnamed(
  context: CertificateContext,
  setupId: string,
  name: string,
): Promise<void> {
  await context.vault
    .remove(setupId, name)
    .catch((error: unknown) => context.onError("secret without use not removed", error));
}

/** The recorded certificate. @throws AppError "certificate-missing" */
export function recorded({ services }: CertificateContext, setupId: string): CertificateRecord {
  const { certificate } = services.setups.document(setupId);
  if (certificate === null) throw new AppError("certificate-missing");
  return certificate;
}

/**
 * Key, certificate and chain of a setup as a job wants them. The runner erases the key.
 * @throws AppError "certificate-missing", "secret-missing", or what the vault says
 */
export async function material(context: CertificateContext, setupId: string) {
  const certificate = recorded(context, setupId);
  const key = await context.vault.get(setupId, privateKeyName(certificate.facts.sha1));
  if (key === null) throw new AppError("secret-missing");
  const bytes = (text: string) => new Uint8Array(Buffer.from(text, "base64"));
  return { key, certificate: bytes(certificate.der), chain: certificate.chainDer.map(bytes) };
}
