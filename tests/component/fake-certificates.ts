import type { RolloutApi } from "../../preload/contract.ts";
import { AppError } from "../../main/errors.ts";
import type { CertificateRecord, SetupDocument } from "../../main/setups/document.ts";
import type { ChosenPassword, ExportKind, Inspection } from "../../preload/model/certificates.ts";
import type { SetupView } from "../../preload/model/setup.ts";
import { certificateFile, savedCertificate, folder, windowsPfx } from "./certificate-samples.ts";
import type { FakeState } from "./fake-state.ts";

/** A file that a dialog or drop gives, with the password that opens it. */
export interface FakeFile {
  inspection: Inspection;
  unlocked?: Inspection;
  password?: string;
}

export interface FakeFiles {
  next: FakeFile | null;
  /** The next save dialogs are closed without a choice. */
  cancelSaving: boolean;
  opened: FakeFile | null;
}

type Methods = {
  [M in keyof RolloutApi["certificates"]]: RolloutApi["certificates"][M] extends (input: infer I) => unknown
    ? (input: I) => unknown
    : never;
};

/** Step 9 in memory: no keys, no files, but main's answers. */
export function fakeCertificates(state: FakeState): Methods {
  const { change, files, now, view } = state;

  function observe(seen: Partial<ReturnType<FakeState["observations"]>>): void {
    state.observed = { ...state.observations(), ...seen };
  }
  function adopt(
    setupId: string,
    origin: CertificateRecord["origin"],
    pfx: CertificateRecord["pfx"],
    keyProvider: CertificateRecord["keyProvider"] = "csp",
  ): SetupView {
    observe({ key: "vault" });
    return change(setupId, `certificate-${origin}`, (one) => ({
      ...one,
      certificate: { ...savedCertificate(), origin, pfx, keyProvider, exports: [] },
      request: null,
    }));
  }
  function setPassword(setupId: string, password: SetupDocument["password"], keep: boolean): SetupView {
    observe({ password: password === null ? "none" : keep ? "vault" : "session" });
    return change(setupId, "password-set", (one) => ({ ...one, password }));
  }
  function take(setupId: string, chosen: ChosenPassword | undefined): void {
    if (chosen === undefined) return;
    const generated = chosen.kind === "generated";
    setPassword(setupId, { generated, length: generated ? 24 : chosen.password.length }, chosen.keep);
  }
  function save(setupId: string, kind: ExportKind, name: string, chosen?: ChosenPassword): unknown {
    if (files.cancelSaving) return { canceled: true };
    take(setupId, chosen);
    const path = `${folder}/${name}`;
    const at = now().toISOString();
    const saved = change(setupId, `exported-${kind}`, (one) => {
      if (one.certificate === null) throw new AppError("certificate-missing");
      const exports = [...one.certificate.exports, { kind, at, path }];
      const pfx = { profile: "strong", sha256: "A".repeat(64), savedAt: at, path, openedAt: at } as const;
      const written = kind === "pfx" ? { pfx, keyProvider: "csp" as const } : {};
      return { ...one, certificate: { ...one.certificate, exports, ...written } };
    });
    return { canceled: false, path, view: saved };
  }
  function open(): { fileId: string; inspection: Inspection } | null {
    files.opened = files.next;
    return files.opened === null ? null : { fileId: certificateFile, inspection: files.opened.inspection };
  }
  function choose(): unknown {
    const file = open();
    return file === null ? { canceled: true } : { canceled: false, ...file };
  }

  return {
    create: ({ setupId, password }) => {
      take(setupId, password);
      return adopt(setupId, "created", null);
    },
    createRequest: ({ setupId, commonName, dnsNames, keySize }) =>
      change(setupId, "request-created", (one) => ({
        ...one,
        request: {
          subject: `CN=${commonName}`,
          commonName,
          dnsNames,
          keyBits: keySize,
          createdAt: now().toISOString(),
          der: "",
        },
      })),
    saveRequest: () =>
      files.cancelSaving ? { canceled: true } : { canceled: false, path: `${folder}/contoso.csr` },
    discardRequest: ({ setupId }) =>
      change(setupId, "request-discarded", (one) => ({ ...one, request: null })),
    chooseIssued: ({ setupId }) => ({ canceled: false, view: adopt(setupId, "authority", null) }),
    acceptIssued: ({ setupId }) => adopt(setupId, "authority", null),
    chooseImport: choose,
    offerImport: open,
    acceptImport: ({ setupId, password, keepPassword }) => {
      setPassword(setupId, { generated: false, length: password.length }, keepPassword);
      const { inspection, unlocked = inspection } = files.opened ?? { inspection: windowsPfx };
      return adopt(setupId, "imported", savedCertificate().pfx, unlocked.keyProvider ?? "unspecified");
    },
    chooseInspect: choose,
    offerInspect: open,
    unlock: ({ password }) => {
      const { opened } = files;
      if (opened?.unlocked === undefined || password !== opened.password)
        throw new AppError("password-wrong");
      return opened.unlocked;
    },
    newPassword: ({ setupId, keep }) => setPassword(setupId, { generated: true, length: 24 }, keep),
    setPassword: ({ setupId, password, keep }) =>
      setPassword(setupId, { generated: false, length: password.length }, keep),
    revealPassword: () => ({ password: "hT7k-mQz9.xWv4_bN8cRe:5p" }),
    copyPassword: () => ({ clearsIn: state.info.settings.clipboardSeconds }),
    forgetPassword: ({ setupId }) => setPassword(setupId, null, false),
    exportPfx: ({ setupId, password }) => save(setupId, "pfx", "contoso.pfx", password),
    exportPublic: ({ setupId, format }) => save(setupId, format, "contoso.cer"),
    exportPem: ({ setupId, password }) => save(setupId, "pem-encrypted", "contoso.pem", password),
    checkPfx: ({ setupId }) => view(setupId),
    showExport: () => null,
    remove: ({ setupId }) => change(setupId, "certificate-removed", (one) => ({ ...one, certificate: null })),
    cancel: () => null,
  };
}
