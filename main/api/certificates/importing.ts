import { basename } from "node:path";
import type { Handlers } from "../../../preload/contract.ts";
import { maxCertificateFileBytes } from "../../../preload/contract.ts";
import { erase, secretCopy } from "../../certificates/secrets.ts";
import { readFileLimited } from "../../files/atomic-file.ts";
import { recordImportedPfx } from "../../setups/certificate-records.ts";
import type { CertificateRecord, SetupDocument } from "../../setups/document.ts";
import { contentHash } from "../../setups/store.ts";
import type { FileChoice } from "../services.ts";
import type { CertificateContext, Jobs } from "./context.ts";
import { adopt } from "./making.ts";
import type { OfferedFile } from "./offered-files.ts";
import { createOfferedFiles } from "./offered-files.ts";
import { keepPassword, passwordBytes } from "./passwords.ts";

type Own = "chooseImport" | "offerImport" | "acceptImport" | "chooseInspect" | "offerInspect" | "unlock";

const choice: FileChoice = {
  purpose: "certificate",
  titleKey: "dialogs.open-certificate",
  extensions: ["pfx", "p12", "pem", "cer", "crt", "der", "csr", "key", "p7b"],
};

/** Files from elsewhere: recognised first, recorded only when the user says so. */
export function importingHandlers(
  context: CertificateContext,
  jobs: Jobs,
): Pick<Handlers["certificates"], Own> {
  const { turns } = context;
  const { shell, clock, setups } = context.services;
  const offered = createOfferedFiles();
  const now = () => clock.now().toISOString();

  async function inspect(name: string, bytes: Uint8Array, path: string | null) {
    const inspection = await jobs.run({ kind: "inspect", fileName: name, bytes, password: null, now: now() });
    return { fileId: offered.add({ name, bytes, path, inspection }).id, inspection };
  }

  async function choose() {
    const path = await shell.openDialog(choice);
    if (path === null) return { canceled: true as const };
    const bytes = new Uint8Array(await readFileLimited(path, maxCertificateFileBytes));
    return { canceled: false as const, ...(await inspect(basename(path), bytes, path)) };
  }

  function pfxOf(file: OfferedFile, password: Buffer): CertificateRecord["pfx"] {
    // Without a password it is no password protected archive as ConnectPFX asks for; it has to be saved anew.
    if (file.inspection.kind !== "pfx" || password.length === 0) return null;
    const profile = file.inspection.protection?.profile ?? "other";
    const at = now();
    return {
      profile: profile === "none" ? "other" : profile,
      sha256: contentHash(file.bytes),
      savedAt: at,
      path: file.path,
      openedAt: at,
    };
  }

  return {
    chooseImport: async ({ setupId }) => {
      setups.document(setupId);
      return choose();
    },
    offerImport: async ({ setupId, file }) => {
      setups.document(setupId);
      return inspect(file.name, file.bytes, null);
    },
    acceptImport: ({ setupId, task, fileId, password, keepPassword: keep }) =>
      turns.inTurn(setupId, async () => {
        setups.document(setupId);
        const file = offered.get(fileId);
        const bytes = passwordBytes(password);
        try {
          const job = { kind: "import", bytes: file.bytes, password: secretCopy(bytes), now: now() } as const;
          const answer = await jobs.run(job, task);
          try {
            const before = setups.document(setupId);
            const record = { ...answer, origin: "imported" as const, pfx: null };
            let view = await adopt(context, setupId, answer.key, record, "certificate-imported");
            const pfx = pfxOf(file, bytes);
            if (pfx !== null) {
              // Only now: had another password been kept before a certificate that then could not be taken, the
              // saved PFX of the present one would be lost to the setup.
              const change = (document: SetupDocument) =>
                recordImportedPfx(document, before, pfx, answer.keyProvider, clock.now());
              const facts = { keep, generated: false };
              try {
                view = await keepPassword(context, setupId, bytes, facts, { note: null, change, before });
              } catch (error) {
                // The certificate is there already, and the window has to show it.
                shell.emit("changed", { setupId });
                throw error;
              }
            }
            offered.remove(fileId);
            return view;
          } finally {
            erase(answer.key);
          }
        } finally {
          erase(bytes);
        }
      }),
    chooseInspect: async () => choose(),
    offerInspect: async ({ file }) => inspect(file.name, file.bytes, null),
    unlock: async ({ fileId, password }) => {
      const { name, bytes } = offered.get(fileId);
      const job = {
        kind: "inspect",
        fileName: name,
        bytes,
        password: passwordBytes(password),
        now: now(),
      } as const;
      const inspection = await jobs.run(job);
      offered.update(fileId, inspection);
      return inspection;
    },
  };
}
