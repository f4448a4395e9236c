import type { Handlers } from "../../../preload/contract.ts";
import { maxCertificateFileBytes } from "../../../preload/contract.ts";
import type { ChosenPassword } from "../../../preload/model/certificates.ts";
import { toPem } from "../../certificates/pem.ts";
import { erase, secretCopy } from "../../certificates/secrets.ts";
import { AppError } from "../../errors.ts";
import { readFileLimited, writeFileAtomic } from "../../files/atomic-file.ts";
import { fileName } from "../../rollout/handover.ts";
import type { NewRecord } from "../../setups/certificate-records.ts";
import { recordCertificate, removeCertificate } from "../../setups/certificate-records.ts";
import { isInUse } from "../../setups/certificates-in-use.ts";
import type { SetupDocument } from "../../setups/document.ts";
import { pfxPasswordName, privateKeyName, requestKeyName } from "../../setups/secret-names.ts";
import type { CertificateContext, Jobs } from "./context.ts";
import { removeUnnamed } from "./context.ts";
import { checkChosen, withChosen } from "./passwords.ts";

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
 * Before another certificate comes in the place of the present one.
 * @throws AppError "certificate-in-use" when the connector signs in with the present one: that is exchanged.
 */
function expectReplaceable(document: SetupDocument, sha1: string): void {
  if (isInUse(document) && document.certificate?.facts.sha1 !== sha1)
    throw new AppError("certificate-in-use");
}

/**
 * Makes a certificate the setup's own. The key is in the vault before the record names it, and the old key leaves
 * only afterwards: whenever the app ends, record and key fit. A request that waits stays, unless this answers it.
 * Errors: as of {@link expectReplaceable}.
 */
export async function adopt(
  context: CertificateContext,
  setupId: string,
  key: Uint8Array,
  record: NewRecord,
  kind: string,
) {
  const { services, vault } = context;
  const { setups, clock } = services;
  const present = setups.document(setupId);
  const before = present.certificate?.facts.sha1;
  // The key of a certificate that is being exchanged is needed until the exchange is over.
  const kept = present.rotation?.old.facts.sha1;
  const { sha1 } = record.facts;
  expectReplaceable(present, sha1);
  const bytes = Buffer.from(key.buffer, key.byteOffset, key.byteLength);
  try {
    await vault.put(setupId, privateKeyName(sha1), bytes);
  } finally {
    erase(bytes);
  }
  const note = { kind, step: "certificate" as const, details: { sha1 } };
  const changed = setups.change(setupId, note, (document) =>
    recordCertificate(document, record, clock.now()),
  );
  const view = await changed.catch(async (error: unknown) => {
    // Nothing names the new key, so nobody would ever delete it.
    if (before !== sha1 && kept !== sha1) await removeUnnamed(context, setupId, privateKeyName(sha1));
    throw error;
  });
  if (before !== undefined && before !== sha1 && before !== kept)
    await removeUnnamed(context, setupId, privateKeyName(before));
  return view;
}

/** Certificates made here, or by a certificate authority for a key made here (step 9). */
export function makingHandlers(context: CertificateContext, jobs: Jobs): Pick<Handlers["certificates"], Own> {
  const { services, vault, turns } = context;
  const { setups, shell, clock } = services;

  /**
   * Without a password there would be no PFX; the user can replace it before exporting. It comes after the
   * certificate, which has no PFX yet: so neither a failure nor the app's end parts the one before from its PFX.
   */
  async function ensurePassword(setupId: string, chosen?: ChosenPassword): Promise<void> {
    if (chosen === undefined && (await vault.where(setupId, pfxPasswordName)) !== "none") return;
    const { keepPasswords } = shell.settings();
    const password = chosen ?? { kind: "generated" as const, keep: keepPasswords };
    await withChosen(context, setupId, password, (_password, record) => record());
  }

  function takeIssued(setupId: string, bytes: Uint8Array) {
    return turns.inTurn(setupId, async () => {
      if (setups.document(setupId).request === null) throw new AppError("certificate-request-missing");
      const key = await vault.get(setupId, requestKeyName);
      if (key === null) throw new AppError("certificate-request-key-missing");
      const copy = secretCopy(key);
      try {
        const now = clock.now().toISOString();
        const answer = await jobs.run({ kind: "accept-issued", key, files: [bytes], now });
        const record: NewRecord = { ...answer, origin: "authority", keyProvider: "csp", pfx: null };
        await adopt(context, setupId, copy, record, "certificate-issued");
        await removeUnnamed(context, setupId, requestKeyName);
        await ensurePassword(setupId);
        return await setups.view(setupId);
      } finally {
        erase(key, copy);
      }
    });
  }

  return {
    create: ({ setupId, task, password: chosen, ...input }) =>
      turns.inTurn(setupId, async () => {
        setups.document(setupId);
        checkChosen(chosen);
        const answer = await jobs.run({ kind: "create", ...input, now: clock.now().toISOString() }, task);
        try {
          setups.document(setupId);
          const made = { origin: "created", chainFacts: [], keyProvider: "csp", pfx: null } as const;
          await adopt(context, setupId, answer.key, { ...answer, ...made }, "certificate-created");
          await ensurePassword(setupId, chosen);
          return await setups.view(setupId);
        } finally {
          erase(answer.key);
        }
      }),
    createRequest: ({ setupId, task, ...input }) =>
      turns.inTurn(setupId, async () => {
        // The key of a request that was sent to an authority cannot be made again.
        if (setups.document(setupId).request !== null)
          throw new AppError("not-allowed", { step: "certificate" });
        const answer = await jobs.run({ kind: "create-request", ...input }, task);
        try {
          setups.document(setupId);
          const { buffer, byteOffset, byteLength } = answer.key;
          await vault.put(setupId, requestKeyName, Buffer.from(buffer, byteOffset, byteLength));
        } finally {
          erase(answer.key);
        }
        const { commonName, subject, dnsNames } = answer;
        const createdAt = clock.now().toISOString();
        const der = Buffer.from(answer.request).toString("base64");
        const request = { commonName, subject, dnsNames, keyBits: input.keySize, createdAt, der };
        const note = { kind: "request-created", step: "certificate" as const, details: { subject } };
        return setups.change(setupId, note, (document) => ({ ...document, request }));
      }),
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
    discardRequest: ({ setupId }) =>
      turns.inTurn(setupId, async () => {
        const note = { kind: "request-discarded", step: "certificate" as const };
        const view = await setups.change(setupId, note, (document) => ({ ...document, request: null }));
        await removeUnnamed(context, setupId, requestKeyName);
        return view;
      }),
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
    remove: ({ setupId }) =>
      turns.inTurn(setupId, async () => {
        const document = setups.document(setupId);
        // Whoever wants another one would have no way to exchange it then.
        if (isInUse(document)) throw new AppError("certificate-in-use");
        const { certificate, rotation } = document;
        const sha1 = certificate?.facts.sha1;
        const note = { kind: "certificate-removed", step: "certificate" as const };
        const view = await setups.change(setupId, note, (present) => removeCertificate(present, clock.now()));
        if (sha1 !== undefined && sha1 !== rotation?.old.facts.sha1)
          await removeUnnamed(context, setupId, privateKeyName(sha1));
        return view;
      }),
    cancel: async ({ task }) => {
      jobs.cancel(task);
      return null;
    },
  };
}
