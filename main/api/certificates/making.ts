import type { Handlers } from "../../../preload/contract.ts";
import { maxCertificateFileBytes } from "../../../preload/contract.ts";
import { generatePassword } from "../../certificates/password.ts";
import { toPem } from "../../certificates/pem.ts";
import { erase } from "../../certificates/secrets.ts";
import { AppError } from "../../errors.ts";
import { readFileLimited, writeFileAtomic } from "../../files/atomic-file.ts";
import { fileName } from "../../rollout/handover.ts";
import type { NewRecord } from "../../setups/certificate-records.ts";
import { recordCertificate, removeCertificate } from "../../setups/certificate-records.ts";
import { pfxPasswordName, privateKeyName, requestKeyName } from "../../setups/secret-names.ts";
import type { CertificateContext, Jobs } from "./context.ts";
import { keepPassword } from "./passwords.ts";

type Own =
  | "create"
  | "createRequest"
  | "saveRequest"
  | "discardRequest"
  | "chooseIssued"
  | "acceptIssued"
  | "remove"
  | "cancel";

/**
 * Makes a certificate the setup's own. The key is in the vault before the record names it, and the old key leaves
 * only afterwards: whenever the app ends, record and key fit.
 */
export async function adopt(
  { services, vault }: CertificateContext,
  setupId: string,
  key: Uint8Array,
  record: NewRecord,
  kind: string,
) {
  const { setups, clock } = services;
  const before = setups.document(setupId).certificate?.facts.sha1;
  const { sha1 } = record.facts;
  const bytes = Buffer.from(key.buffer, key.byteOffset, key.byteLength);
  try {
    await vault.put(setupId, privateKeyName(sha1), bytes);
  } finally {
    erase(bytes);
  }
  const view = await setups.change(setupId, { kind, step: "certificate", details: { sha1 } }, (document) =>
    recordCertificate(document, record, clock.now()),
  );
  if (before !== undefined && before !== sha1) await vault.remove(setupId, privateKeyName(before));
  await vault.remove(setupId, requestKeyName);
  return view;
}

/** Certificates made here, or by a certificate authority for a key made here (step 9). */
export function makingHandlers(context: CertificateContext, jobs: Jobs): Pick<Handlers["certificates"], Own> {
  const { services, vault, randomBytes } = context;
  const { setups, shell, clock } = services;

  /** Without a password there would be no PFX; the user can replace it before exporting. */
  async function ensurePassword(setupId: string): Promise<void> {
    if ((await vault.where(setupId, pfxPasswordName)) !== "none") return;
    const password = generatePassword(randomBytes);
    try {
      const keep = shell.settings().keepPasswords;
      await keepPassword(context, setupId, password, { keep, generated: true });
    } finally {
      erase(password);
    }
  }

  async function takeIssued(setupId: string, bytes: Uint8Array) {
    if (setups.document(setupId).request === null) throw new AppError("certificate-request-missing");
    const key = await vault.get(setupId, requestKeyName);
    if (key === null) throw new AppError("secret-missing");
    const copy = Buffer.from(key);
    try {
      const now = clock.now().toISOString();
      const answer = await jobs.run({ kind: "accept-issued", key, files: [bytes], now });
      const record: NewRecord = { ...answer, origin: "authority", keyProvider: "csp", pfx: null };
      const view = await adopt(context, setupId, copy, record, "certificate-issued");
      await ensurePassword(setupId);
      return view;
    } finally {
      erase(key, copy);
    }
  }

  return {
    create: async ({ setupId, task, ...input }) => {
      setups.document(setupId);
      const answer = await jobs.run({ kind: "create", ...input, now: clock.now().toISOString() }, task);
      try {
        await ensurePassword(setupId);
        const record: NewRecord = {
          ...answer,
          origin: "created",
          chainFacts: [],
          keyProvider: "csp",
          pfx: null,
        };
        return await adopt(context, setupId, answer.key, record, "certificate-created");
      } finally {
        erase(answer.key);
      }
    },
    createRequest: async ({ setupId, task, ...input }) => {
      setups.document(setupId);
      const answer = await jobs.run({ kind: "create-request", ...input }, task);
      try {
        await vault.put(
          setupId,
          requestKeyName,
          Buffer.from(answer.key.buffer, answer.key.byteOffset, answer.key.byteLength),
        );
      } finally {
        erase(answer.key);
      }
      const request = {
        commonName: answer.commonName,
        subject: answer.subject,
        dnsNames: answer.dnsNames,
        keyBits: input.keySize,
        createdAt: clock.now().toISOString(),
        der: Buffer.from(answer.request).toString("base64"),
      };
      const note = {
        kind: "request-created",
        step: "certificate" as const,
        details: { subject: answer.subject },
      };
      return setups.change(setupId, note, (document) => ({ ...document, request }));
    },
    saveRequest: async ({ setupId }) => {
      const { request } = setups.document(setupId);
      if (request === null) throw new AppError("certificate-request-missing");
      const path = await shell.saveDialog({
        purpose: "certificate",
        titleKey: "dialogs.save-csr",
        defaultName: `${fileName(request.commonName)}.csr`,
        extensions: ["csr"],
      });
      if (path === null) return { canceled: true };
      const pem = toPem("CERTIFICATE REQUEST", Buffer.from(request.der, "base64"));
      await writeFileAtomic(path, pem, { replace: true });
      await setups.note(setupId, { kind: "request-saved", step: "certificate" });
      return { canceled: false, path };
    },
    discardRequest: async ({ setupId }) => {
      const view = await setups.change(
        setupId,
        { kind: "request-discarded", step: "certificate" },
        (document) => ({
          ...document,
          request: null,
        }),
      );
      await vault.remove(setupId, requestKeyName);
      return view;
    },
    chooseIssued: async ({ setupId }) => {
      const path = await shell.openDialog({
        purpose: "certificate",
        titleKey: "dialogs.open-issued",
        extensions: ["cer", "crt", "pem", "p7b", "der"],
      });
      if (path === null) return { canceled: true };
      const bytes = await readFileLimited(path, maxCertificateFileBytes);
      return { canceled: false, view: await takeIssued(setupId, new Uint8Array(bytes)) };
    },
    acceptIssued: async ({ setupId, file }) => takeIssued(setupId, file.bytes),
    remove: async ({ setupId }) => {
      const sha1 = setups.document(setupId).certificate?.facts.sha1;
      const view = await setups.change(
        setupId,
        { kind: "certificate-removed", step: "certificate" },
        (document) => removeCertificate(document, clock.now()),
      );
      if (sha1 !== undefined) await vault.remove(setupId, privateKeyName(sha1));
      return view;
    },
    cancel: async ({ task }) => {
      jobs.cancel(task);
      return null;
    },
  };
}
