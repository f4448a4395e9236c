import { z } from "zod";
import type { AppInfo, Settings, TaskProgress } from "./model/app.ts";
import { languages, reportLanguages, textSizes, themes } from "./model/app.ts";
import type { BatchChoices, BatchView, RowProgress } from "./model/bulk.ts";
import { maxListBytes, passwordPlaces } from "./model/bulk.ts";
import type { ExportKind, Inspection } from "./model/certificates.ts";
import { keySizes, maxCertificateFileBytes, maxPasswordLength, pfxProfiles } from "./model/certificates.ts";
import type { DoctorView } from "./model/doctor.ts";
import type { Result } from "./model/errors.ts";
import type { FieldId, StepId } from "./model/guide.ts";
import { attributeIds, cloudIds, fieldIds, linkIds, stepIds } from "./model/guide.ts";
import type { SetupSecrets } from "./model/secrets.ts";
import type { ActivityView, AllActivityView, SetupSummary, SetupView } from "./model/setup.ts";
import { practiceSamples, profiles, signInMethods } from "./model/tenant.ts";
import type { PfxFileView } from "./model/transfer.ts";
import type { WatchView } from "./model/watch.ts";

// Schemas are never compiled to code: the page's policy forbids it, and zod would try.
z.config({ jitless: true });

export { maxCertificateFileBytes, maxPasswordLength };

/** One method: the schema of its single argument and the type of its answer. */
interface Method<Schema extends z.ZodType, Answer> {
  input: Schema;
  /** Only a type; never set at run time. */
  output?: Answer;
}

function method<Schema extends z.ZodType>(input: Schema) {
  return { returns: <Answer>(): Method<Schema, Answer> => ({ input }) };
}

const nothing = z.undefined();
const text = z.string().max(2_000);
const longText = z.string().max(20_000);
const setupId = z.uuid();
const ofSetup = z.object({ setupId });
const stepId = z.enum(stepIds);
const ofStep = z.object({ setupId, step: stepId });
const taskId = z.uuid();
const reportInput = z.object({ setupId, languages: z.array(z.enum(reportLanguages)).min(1).max(2) });
const password = z.string().max(maxPasswordLength * 4);
const file = z.object({
  name: z.string().max(400),
  bytes: z.instanceof(Uint8Array).refine((bytes) => bytes.byteLength <= maxCertificateFileBytes * 2),
});

const listFile = z.object({
  name: z.string().max(400),
  bytes: z.instanceof(Uint8Array).refine((bytes) => bytes.byteLength <= maxListBytes * 2),
});

/** A dialog may be closed without a choice; that is an answer, not an error. */
export type Chosen<T> = { canceled: true } | ({ canceled: false } & T);

const certificateDetails = {
  commonName: text,
  organization: text,
  dnsNames: z.array(text).max(20),
  keySize: z.literal(keySizes),
};

const ofBatch = z.object({ batchId: z.uuid() });

/** Everything the renderer may ask of main. Each method has a handler in `main/api`. */
export const contract = {
  app: {
    info: method(nothing).returns<AppInfo>(),
    saveSettings: method(
      z
        .object({
          language: z.enum(languages),
          theme: z.enum(themes),
          textSize: z.literal(textSizes),
          person: text,
          clipboardSeconds: z.literal([15, 30, 60, 120]),
          keepPasswords: z.boolean(),
          reminders: z.boolean(),
          signInMethod: z.enum(signInMethods),
          cloud: z.enum(cloudIds),
        } satisfies Record<keyof Settings, z.ZodType>)
        .partial(),
    ).returns<AppInfo>(),
    copyText: method(z.object({ text: longText })).returns<null>(),
    retryVault: method(nothing).returns<AppInfo>(),
    /** Starts with a new vault key; files sealed with the old one stay where they are. */
    renewVault: method(nothing).returns<AppInfo>(),
    saveDiagnostics: method(nothing).returns<Chosen<{ path: string }>>(),
    showUserData: method(nothing).returns<null>(),
  },
  setups: {
    list: method(nothing).returns<SetupSummary[]>(),
    create: method(z.object({ name: text, cloud: z.enum(cloudIds) })).returns<SetupView>(),
    open: method(ofSetup).returns<SetupView>(),
    rename: method(z.object({ setupId, name: text })).returns<SetupView>(),
    setCloud: method(z.object({ setupId, cloud: z.enum(cloudIds) })).returns<SetupView>(),
    duplicate: method(z.object({ setupId, name: text })).returns<SetupSummary>(),
    archive: method(z.object({ setupId, archived: z.boolean() })).returns<SetupSummary>(),
    /** Moves the setup to the trash; `restore` brings it back for 30 days. */
    remove: method(ofSetup).returns<null>(),
    restore: method(ofSetup).returns<SetupSummary>(),
    exportFile: method(ofSetup).returns<Chosen<{ path: string }>>(),
    importFile: method(nothing).returns<Chosen<{ setupId: string }>>(),
    setField: method(z.object({ setupId, field: z.enum(fieldIds), value: longText })).returns<SetupView>(),
    setPosition: method(ofStep).returns<null>(),
    confirm: method(z.object({ setupId, step: stepId, by: text, note: text })).returns<SetupView>(),
    withdraw: method(ofStep).returns<SetupView>(),
    markNotApplicable: method(
      z.object({ setupId, step: stepId, by: text, reason: text }),
    ).returns<SetupView>(),
    markApplicable: method(ofStep).returns<SetupView>(),
    startWaiting: method(z.object({ setupId, step: stepId, who: text, note: text })).returns<SetupView>(),
    stopWaiting: method(ofStep).returns<SetupView>(),
    openLink: method(z.object({ setupId, link: z.enum(linkIds) })).returns<null>(),
    copyAttribute: method(z.object({ setupId, attribute: z.enum(attributeIds) })).returns<{
      /** Seconds until the clipboard is cleared; null when the value is not secret. */
      clearsIn: number | null;
    }>(),
    activity: method(ofSetup).returns<ActivityView>(),
    exportActivity: method(z.object({ setupId, format: z.enum(["jsonl", "csv"]).default("jsonl") })).returns<
      Chosen<{ path: string }>
    >(),
    allActivity: method(nothing).returns<AllActivityView>(),
    exportAllActivity: method(z.object({ format: z.enum(["jsonl", "csv"]) })).returns<
      Chosen<{ path: string }>
    >(),
  },
  certificates: {
    create: method(
      z.object({
        setupId,
        task: taskId,
        ...certificateDetails,
        /** Calendar dates, YYYY-MM-DD, in UTC. */
        notBefore: z.iso.date(),
        notAfter: z.iso.date(),
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
    exportPfx: method(z.object({ setupId, task: taskId, profile: z.enum(pfxProfiles) })).returns<
      Chosen<{ path: string; view: SetupView }>
    >(),
    exportPublic: method(z.object({ setupId, format: z.enum(["cer-der", "cer-pem"]) })).returns<
      Chosen<{ path: string; view: SetupView }>
    >(),
    exportPem: method(z.object({ setupId, task: taskId })).returns<
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
  },
  /** Certificates for a whole list of names. */
  bulk: {
    chooseList: method(nothing).returns<Chosen<{ batch: BatchView }>>(),
    offerList: method(z.object({ file: listFile })).returns<BatchView>(),
    /** Chooses where the files go; an earlier batch found there is told, not touched. */
    chooseFolder: method(ofBatch).returns<Chosen<{ batch: BatchView }>>(),
    /** Chooses the folder of an earlier batch to continue it or to have its passwords. */
    openFolder: method(nothing).returns<Chosen<{ batch: BatchView }>>(),
    /** The same for the folder that was just chosen for a new batch. */
    continueFolder: method(ofBatch).returns<BatchView>(),
    /** The password of the sealed list, because the user asked to see it. */
    revealListPassword: method(ofBatch).returns<{ password: string }>(),
    copyListPassword: method(ofBatch).returns<{ clearsIn: number }>(),
    start: method(
      z.object({
        batchId: z.uuid(),
        choices: z.object({
          keySize: z.literal(keySizes),
          notBefore: z.iso.date(),
          notAfter: z.iso.date(),
          profile: z.enum(pfxProfiles),
          passwords: z.enum(passwordPlaces),
          setups: z.boolean(),
          cloud: z.enum(cloudIds),
        } satisfies Record<keyof BatchChoices, z.ZodType>),
      }),
    ).returns<BatchView>(),
    /** Goes on with a batch: what stands is verified, what is missing is made. */
    resume: method(z.object({ batchId: z.uuid(), listPassword: password.optional() })).returns<BatchView>(),
    copyPassword: method(z.object({ batchId: z.uuid(), row: z.int().positive() })).returns<{
      clearsIn: number;
    }>(),
    show: method(z.object({ batchId: z.uuid(), what: z.enum(["folder", "list"]) })).returns<null>(),
    /** Stops at once; what stands stays, and the batch can go on later. */
    cancel: method(ofBatch).returns<null>(),
    /** Forgets the batch and erases its passwords in memory. */
    close: method(ofBatch).returns<null>(),
  },
  tenant: {
    /**
     * Lets a person sign in; answers when they have, or when it ended otherwise (the view says how). A second call
     * ends the first. `chooseAccount` shows the account picker even when one account is signed in in the browser.
     */
    signIn: method(
      z.object({
        setupId,
        /** Without it, the way chosen in the settings. */
        method: z.enum(signInMethods).optional(),
        chooseAccount: z.boolean(),
        /** Signs in to the setup's own tenant although the account's home is another one. */
        guest: z.boolean().default(false),
      }),
    ).returns<SetupView>(),
    cancelSignIn: method(ofSetup).returns<SetupView>(),
    /** Forgets account and tokens, on the disk too. */
    signOut: method(ofSetup).returns<SetupView>(),
    /** Goes on as another account that is signed in already. */
    useAccount: method(z.object({ setupId, accountId: z.string().max(400) })).returns<SetupView>(),
    /** Application ID of the client that signs in; empty for the default one. Signs out. */
    setClientId: method(
      z.object({ setupId, clientId: z.union([z.literal(""), z.guid()]) }),
    ).returns<SetupView>(),
    setProfile: method(z.object({ setupId, profile: z.enum(profiles) })).returns<SetupView>(),
    /**
     * Reads the tenant, verifies every step, and plans. `quiet`: only with what is signed in and agreed to already,
     * for reading again on focus; otherwise the browser may open for permissions to read.
     */
    check: method(z.object({ setupId, quiet: z.boolean() })).returns<SetupView>(),
    /** Makes an existing application the setup's own, after its differences were shown. */
    takeOver: method(z.object({ setupId, appId: z.guid() })).returns<SetupView>(),
    /** Allows a new application beside others of the same name. */
    createBeside: method(ofSetup).returns<SetupView>(),
    /** Carries out the plan that was shown, and nothing beyond it; answers when it ended. */
    apply: method(z.object({ setupId, planId: z.string().max(100) })).returns<SetupView>(),
    /** Takes back what this app made, as the shown undo plan says. */
    undo: method(z.object({ setupId, planId: z.string().max(100) })).returns<SetupView>(),
    /** Takes one key out of Entra during an exchange of the certificate, as the shown plan says. */
    removeKey: method(z.object({ setupId, planId: z.string().max(100) })).returns<SetupView>(),
    /** Stops between two changes. */
    cancelWork: method(ofSetup).returns<SetupView>(),
    /** Opens the page on which the device code is typed. */
    openDeviceLogin: method(ofSetup).returns<null>(),
    /** Writes a request for a colleague: a file for this app and a page for the browser. */
    prepareRequest: method(ofSetup).returns<Chosen<{ path: string; view: SetupView }>>(),
    /** Opens a colleague's request file: a setup whose plan is limited to it. */
    openRequest: method(nothing).returns<Chosen<{ setupId: string }>>(),
  },
  dryRun: {
    /**
     * Connects as the application with the saved PFX, and only reads; answers when the first attempt ended. Without
     * `password` the kept one is taken. Further attempts follow by themselves while the tenant has to catch up.
     */
    run: method(z.object({ setupId, password: password.optional() })).returns<SetupView>(),
    /** Ends the attempt under way and the wait for the next one. */
    stop: method(ofSetup).returns<SetupView>(),
  },
  practice: {
    /** A setup with a practice tenant of its own. */
    create: method(z.object({ sample: z.enum(practiceSamples) })).returns<SetupView>(),
    /** Puts the practice tenant back to how it began. */
    reset: method(ofSetup).returns<SetupView>(),
  },
  watch: {
    view: method(nothing).returns<WatchView>(),
    /** Verifies all setups that are signed in; answers when it is over. `changed` with null tells of progress. */
    run: method(nothing).returns<WatchView>(),
    cancel: method(nothing).returns<WatchView>(),
  },
  /** The exchange of a certificate that is in use. How far it is stands in the setup's view. */
  rotation: {
    /** The present certificate becomes the old one; the setup asks for a new one. */
    start: method(z.object({ setupId, by: text })).returns<SetupView>(),
    /** Everything as before, while the portal has the old certificate. The new key is forgotten. */
    cancel: method(ofSetup).returns<SetupView>(),
    /** A person says that the portal has the new PFX and its password (step 14). */
    confirmExchanged: method(z.object({ setupId, by: text, note: text })).returns<SetupView>(),
    withdrawExchanged: method(ofSetup).returns<SetupView>(),
    /** A person says that they took the old key out of Entra. */
    confirmRemoved: method(z.object({ setupId, by: text })).returns<SetupView>(),
    /** Ends a complete exchange and forgets the old key and password. */
    finish: method(ofSetup).returns<SetupView>(),
  },
  doctor: {
    view: method(nothing).returns<DoctorView>(),
    /** Tries the hosts of a cloud; answers when it is over. `changed` with null tells of progress. */
    run: method(z.object({ cloud: z.enum(cloudIds) })).returns<DoctorView>(),
    /** Copies what was found as a text. */
    copy: method(nothing).returns<null>(),
  },
  secrets: {
    /** What is kept, never the secrets themselves. */
    list: method(nothing).returns<SetupSecrets[]>(),
    remove: method(z.object({ setupId, id: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,99}$/) })).returns<
      SetupSecrets[]
    >(),
    removeAll: method(ofSetup).returns<SetupSecrets[]>(),
  },
  rollout: {
    /** What the event `reminder` has told since the start, for a page that was not there yet. */
    reminders: method(nothing).returns<ReminderView[]>(),
    record: method(
      z.object({ setupId, result: z.enum(["connected", "failed"]), text: longText, by: text }),
    ).returns<SetupView>(),
    withdraw: method(ofSetup).returns<SetupView>(),
    /** Writes the handover folder where the user chooses. `pdf` is false when its reports are there only as pages. */
    handover: method(reportInput).returns<Chosen<{ path: string; pdf: boolean; view: SetupView }>>(),
    /** The same folder at any time, for a setup that is not rolled out yet; it is no handover. */
    saveReport: method(reportInput).returns<Chosen<{ path: string; pdf: boolean }>>(),
    showHandover: method(ofSetup).returns<null>(),
    /** The day the certificate expires, with reminders, as a calendar file. */
    saveCalendar: method(ofSetup).returns<Chosen<{ path: string }>>(),
    close: method(ofSetup).returns<SetupView>(),
    reopen: method(ofSetup).returns<SetupView>(),
  },
  /** The transfer strip: a small window beside the portal from which every value is handed over. */
  transfer: {
    /** Opens the strip for a setup; an open one shows that setup. */
    open: method(ofSetup).returns<null>(),
    close: method(nothing).returns<null>(),
    /** The setup that the strip shows. */
    current: method(nothing).returns<{ setupId: string | null }>(),
    /** Looks whether the saved PFX still is the one that was saved. */
    pfxFile: method(ofSetup).returns<PfxFileView>(),
    /** Begins to drag the saved PFX out of the strip, while the mouse button is held. Main knows which file. */
    dragPfx: method(ofSetup).returns<null>(),
    showPfx: method(ofSetup).returns<null>(),
    /** Copies the saved PFX's path, to be pasted into the dialog of the portal's file field. */
    copyPfxPath: method(ofSetup).returns<null>(),
    /** Shows a step in the main window. */
    showStep: method(z.object({ setupId, step: stepId, field: z.enum(fieldIds).optional() })).returns<null>(),
  },
} as const;

export type Contract = typeof contract;
export type Area = keyof Contract;

type Input<M> = M extends Method<infer I, unknown> ? z.input<I> : never;
type Parsed<M> = M extends Method<infer I, unknown> ? z.output<I> : never;
type Output<M> = M extends { output?: infer O } ? Exclude<O, undefined> : never;

/** What `window.rollout` offers the renderer. */
export type RolloutApi = {
  [A in Area]: {
    [M in keyof Contract[A]]: undefined extends Input<Contract[A][M]>
      ? () => Promise<Result<Output<Contract[A][M]>>>
      : (input: Input<Contract[A][M]>) => Promise<Result<Output<Contract[A][M]>>>;
  };
} & {
  on<E extends keyof Events>(event: E, listener: (payload: Events[E]) => void): () => void;
};

/** What `main/api` must implement: every method, with validated input. */
export type Handlers = {
  [A in Area]: {
    [M in keyof Contract[A]]: undefined extends Parsed<Contract[A][M]>
      ? () => Promise<Output<Contract[A][M]>>
      : (input: Parsed<Contract[A][M]>) => Promise<Output<Contract[A][M]>>;
  };
};

/** A certificate of which it is time to remind. */
export interface ReminderView {
  setupId: string;
  name: string;
  /** Days left; negative once it has expired. */
  days: number;
}

/** What main tells the renderer without being asked. */
export interface Events {
  /** The setup's view is out of date; null means the list or the app's settings. */
  changed: { setupId: string | null };
  task: TaskProgress;
  reminder: { reminders: ReminderView[] };
  row: RowProgress;
  /** A menu item or shortcut that the renderer carries out. */
  command: { name: Command };
  /** For the strip: it shows this setup now. */
  transfer: { setupId: string };
  /** For the main window: the strip leads to this step. */
  show: { setupId: string; step: StepId; field?: FieldId | undefined };
}

export const commands = [
  "new-setup",
  "import-setup",
  "export-setup",
  "home",
  "settings",
  "activity",
  "verify-all",
  "next-step",
  "previous-step",
  "copy-value",
  "open-portal",
  "transfer-strip",
  "shortcuts",
  "inspect-file",
  "prepare-many",
] as const;
export type Command = (typeof commands)[number];

export const eventNames = [
  "changed",
  "task",
  "row",
  "reminder",
  "command",
  "transfer",
  "show",
] as const satisfies (keyof Events)[];

/** Name of the IPC channel of a method. */
export function channel(area: string, name: string): string {
  return `rollout:${area}.${name}`;
}
/** Name of the IPC channel of an event. */
export function eventChannel(event: string): string {
  return `rollout:on:${event}`;
}
