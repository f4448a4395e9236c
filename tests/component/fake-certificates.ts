import type { RolloutApi } from "../../preload/contract.ts";
import { AppError } from "../../main/errors.ts";
import type { CertificateRecord, SetupDocument } from "../../main/setups/document.ts";
import type { TaskProgress } from "../../preload/model/app.ts";
import type { ExportKind, Inspection } from "../../preload/model/certificates.ts";
import { certificatePhases, readerIds } from "../../preload/model/certificates.ts";
import type { SetupView } from "../../preload/model/setup.ts";
import type { FakeState } from "./fake-api.ts";

type Methods = {
  [M in keyof RolloutApi["certificates"]]: RolloutApi["certificates"][M] extends (input: infer I) => unknown
    ? (input: I) => unknown
    : never;
};

const fileId = "00000000-0000-4000-8000-00000000f11e";
export const folder = "/home/anna/Documents/Contoso";
/** The PFX password of the fake; never a real one. */
export const fakePassword = "Fake-Password-For-Tests1";

/** A certificate as main records it, with these differences. */
export function certificateRecord(change: Partial<CertificateRecord["facts"]> = {}): CertificateRecord {
  return {
    facts: {
      subject: "CN=contoso.org",
      issuer: "CN=contoso.org",
      commonName: "contoso.org",
      dnsNames: ["contoso.org"],
      serial: "4D1F00C2A97E63B18F5502D4E6A7B9C0",
      notBefore: "2026-11-23T00:00:00.000Z",
      notAfter: "2027-11-23T23:59:59.000Z",
      sha1: "5F98EBBFE735CDDAE00E33E0FD69050EF9220254",
      sha256: "9C1A7E4402B5D86F13E0A97B5C42D81E6F0A3B9C7D5E2F1804A6B8C9D0E1F2A3",
      keyType: "RSA",
      keyBits: 3072,
      signatureAlgorithm: "sha256WithRSAEncryption",
      selfSigned: true,
      keyUsage: ["digitalSignature", "keyEncipherment"],
      extendedKeyUsage: ["clientAuth"],
      ...change,
    },
    origin: "created",
    recordedAt: "2026-11-24T10:08:00.000Z",
    chain: [],
    keyProvider: "csp",
    der: "",
    chainDer: [],
    pfx: null,
    exports: [],
  };
}

/** What "Inspect" says about a good PFX, with these differences. */
export function inspection(change: Partial<Inspection> = {}): Inspection {
  const { facts } = certificateRecord();
  return {
    fileName: "contoso.pfx",
    kind: "pfx",
    size: 3_912,
    locked: false,
    certificate: facts,
    chain: [],
    request: null,
    hasPrivateKey: true,
    isPair: true,
    keyProvider: "csp",
    friendlyName: "contoso.org",
    protection: {
      profile: "strong",
      keyCipher: "aes-256-cbc",
      certificateCipher: "aes-256-cbc",
      kdf: "PBKDF2-HMAC-SHA-256",
      keyIterations: 100_000,
      certificateIterations: 100_000,
      mac: "SHA-256",
      macIterations: 100_000,
    },
    readers: readerIds.map((reader) => ({ reader, verdict: "opens", reason: "supported" })),
    fits: "yes",
    findings: [],
    ...change,
  };
}

/** The same PFX before its password is known. */
export function lockedInspection(): Inspection {
  return inspection({ locked: true, certificate: null, hasPrivateKey: false, isPair: null, fits: "unknown" });
}

/** Step 9 in memory: phases are reported, nothing is computed. */
export function fakeCertificates(state: FakeState, report: (progress: TaskProgress) => void): Methods {
  const { change, now } = state;

  function work(task: string): void {
    certificatePhases.forEach((phase, done) =>
      report({ task, phase, done, total: certificatePhases.length }),
    );
  }
  function adopt(setupId: string, kind: string, record: CertificateRecord): SetupView {
    return change(setupId, kind, (one) => ({
      ...one,
      certificate: { ...record, recordedAt: now().toISOString() },
      request: null,
    }));
  }
  function exported(setupId: string, kind: ExportKind, file: string): unknown {
    const path = `${folder}/${file}`;
    const at = now().toISOString();
    const view = change(setupId, `exported-${kind}`, (one) => {
      if (one.certificate === null) throw new AppError("certificate-missing");
      const exports = [...one.certificate.exports.filter((entry) => entry.kind !== kind), { kind, at, path }];
      const pfx: CertificateRecord["pfx"] =
        kind === "pfx"
          ? { profile: "strong", sha256: "A".repeat(64), savedAt: at, path, openedAt: at }
          : one.certificate.pfx;
      return { ...one, certificate: { ...one.certificate, exports, pfx } };
    });
    return { canceled: false, path, view };
  }
  function setPassword(setupId: string, kind: string, password: SetupDocument["password"]): SetupView {
    return change(setupId, kind, (one) => ({ ...one, password }));
  }

  return {
    create: ({ setupId, task, commonName, dnsNames, keySize, notAfter }) => {
      work(task);
      return adopt(
        setupId,
        "certificate-created",
        certificateRecord({
          subject: `CN=${commonName}`,
          issuer: `CN=${commonName}`,
          commonName,
          dnsNames,
          keyBits: keySize,
          notAfter: `${notAfter}T23:59:59.000Z`,
        }),
      );
    },
    createRequest: ({ setupId, task, commonName, dnsNames, keySize }) => {
      work(task);
      return change(setupId, "request-created", (one) => ({
        ...one,
        request: {
          subject: `CN=${commonName}`,
          commonName,
          dnsNames,
          keyBits: keySize,
          createdAt: now().toISOString(),
          der: "",
        },
      }));
    },
    saveRequest: () => ({ canceled: false, path: `${folder}/contoso.csr` }),
    discardRequest: ({ setupId }) =>
      change(setupId, "request-discarded", (one) => ({ ...one, request: null })),
    chooseIssued: ({ setupId }) => ({
      canceled: false,
      view: adopt(setupId, "certificate-issued", { ...certificateRecord(), origin: "authority" }),
    }),
    acceptIssued: ({ setupId }) =>
      adopt(setupId, "certificate-issued", { ...certificateRecord(), origin: "authority" }),
    chooseImport: () => ({ canceled: false, fileId, inspection: lockedInspection() }),
    offerImport: ({ file }) => ({ fileId, inspection: { ...lockedInspection(), fileName: file.name } }),
    acceptImport: ({ setupId, task, password }) => {
      if (password !== fakePassword) throw new AppError("password-wrong");
      work(task);
      return adopt(setupId, "certificate-imported", { ...certificateRecord(), origin: "imported" });
    },
    chooseInspect: () => ({ canceled: false, fileId, inspection: lockedInspection() }),
    offerInspect: ({ file }) => ({ fileId, inspection: { ...lockedInspection(), fileName: file.name } }),
    unlock: ({ password }) => {
      if (password !== fakePassword) throw new AppError("password-wrong");
      return inspection();
    },
    newPassword: ({ setupId }) => setPassword(setupId, "password-set", { generated: true, length: 24 }),
    setPassword: ({ setupId, password }) =>
      setPassword(setupId, "password-set", { generated: false, length: password.length }),
    revealPassword: () => ({ password: fakePassword }),
    copyPassword: () => ({ clearsIn: state.info.settings.clipboardSeconds }),
    forgetPassword: ({ setupId }) => setPassword(setupId, "password-forgotten", null),
    exportPfx: ({ setupId, task }) => {
      work(task);
      return exported(setupId, "pfx", "contoso.pfx");
    },
    exportPublic: ({ setupId, format }) => exported(setupId, format, "contoso.cer"),
    exportPem: ({ setupId, task }) => {
      work(task);
      return exported(setupId, "pem-encrypted", "contoso.pem");
    },
    checkPfx: ({ setupId }) => change(setupId, "pfx-checked", (one) => one),
    showExport: () => null,
    remove: ({ setupId }) =>
      change(setupId, "certificate-removed", (one) => ({ ...one, certificate: null, password: null })),
    cancel: () => null,
  };
}
