import { z } from "zod";
import type { ChosenPassword, ExportKind, Inspection } from "../model/certificates.ts";
import { keySizes, maxCertificateFileBytes, pfxProfiles } from "../model/certificates.ts";
import type { SetupView } from "../model/setup.ts";
import type { Chosen } from "./method.ts";
import { method, nothing, ofSetup, password, setupId, taskId, text } from "./method.ts";

const file = z.object({
  name: z.string().max(400),
  bytes: z.instanceof(Uint8Array).refine((bytes) => bytes.byteLength <= maxCertificateFileBytes * 2),
});

/** Taken over only when the work that it is for has succeeded. Left out, the stored password is used. */
const chosenPassword = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("generated"), keep: z.boolean() }),
  z.object({ kind: z.literal("typed"), password, keep: z.boolean() }),
]) satisfies z.ZodType<ChosenPassword>;

const certificateDetails = {
  commonName: text,
  organization: text,
  dnsNames: z.array(text).max(20),
  keySize: z.literal(keySizes),
};

export const certificatesArea = {
  create: method(
    z.object({
      setupId,
      task: taskId,
      ...certificateDetails,
      /** Calendar dates, YYYY-MM-DD, in UTC. */
      notBefore: z.iso.date(),
      notAfter: z.iso.date(),
      password: chosenPassword.optional(),
    }),
  ).returns<SetupView>(),
  createRequest: method(z.object({ setupId, task: taskId, ...certificateDetails })).returns<SetupView>(),
  saveRequest: method(ofSetup).returns<Chosen<{ path: string }>>(),
  discardRequest: method(ofSetup).returns<SetupView>(),
  chooseIssued: method(ofSetup).returns<Chosen<{ view: SetupView }>>(),
  acceptIssued: method(z.object({ setupId, file })).returns<SetupView>(),
  /** Lets the user choose a PFX, P12 or PEM and recognises it; nothing is recorded yet. */
  chooseImport: method(ofSetup).returns<Chosen<{ fileId: string; inspection: Inspection }>>(),
  offerImport: method(z.object({ setupId, file })).returns<{ fileId: string; inspection: Inspection }>(),
  /** Records a chosen or offered file as the setup's certificate. */
  acceptImport: method(
    z.object({ setupId, task: taskId, fileId: z.uuid(), password, keepPassword: z.boolean() }),
  ).returns<SetupView>(),
  chooseInspect: method(nothing).returns<Chosen<{ fileId: string; inspection: Inspection }>>(),
  offerInspect: method(z.object({ file })).returns<{ fileId: string; inspection: Inspection }>(),
  /** Tries a password on a file opened before. */
  unlock: method(z.object({ fileId: z.uuid(), password })).returns<Inspection>(),
  newPassword: method(z.object({ setupId, keep: z.boolean() })).returns<SetupView>(),
  setPassword: method(z.object({ setupId, password, keep: z.boolean() })).returns<SetupView>(),
  /** The one secret that may reach the renderer, because the user asked to see it. */
  revealPassword: method(ofSetup).returns<{ password: string }>(),
  copyPassword: method(ofSetup).returns<{ clearsIn: number }>(),
  forgetPassword: method(ofSetup).returns<SetupView>(),
  exportPfx: method(
    z.object({
      setupId,
      task: taskId,
      profile: z.enum(pfxProfiles),
      password: chosenPassword.optional(),
    }),
  ).returns<Chosen<{ path: string; view: SetupView }>>(),
  exportPublic: method(z.object({ setupId, format: z.enum(["cer-der", "cer-pem"]) })).returns<
    Chosen<{ path: string; view: SetupView }>
  >(),
  /** Beside a saved PFX only with the stored password, which is the one that opens it. */
  exportPem: method(z.object({ setupId, task: taskId, password: chosenPassword.optional() })).returns<
    Chosen<{ path: string; view: SetupView }>
  >(),
  /** Opens the saved PFX with the stored password, or the given one, and compares it with the record. */
  checkPfx: method(z.object({ setupId, password: password.optional() })).returns<SetupView>(),
  showExport: method(
    z.object({
      setupId,
      kind: z.enum(["pfx", "cer-der", "cer-pem", "pem-encrypted", "csr"] satisfies ExportKind[]),
    }),
  ).returns<null>(),
  remove: method(ofSetup).returns<SetupView>(),
  cancel: method(z.object({ task: taskId })).returns<null>(),
} as const;
