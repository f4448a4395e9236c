import type { ReminderView, RolloutApi } from "../../preload/contract.ts";
import { AppError } from "../../main/errors.ts";
import type { Observations } from "../../main/setups/checks.ts";
import type { SetupDocument } from "../../main/setups/document.ts";
import { noKnownIds } from "../../main/setups/fields.ts";
import { buildView } from "../../main/setups/view.ts";
import type { AppInfo, VaultView } from "../../preload/model/app.ts";
import type { DoctorView } from "../../preload/model/doctor.ts";
import type { SetupSecrets } from "../../preload/model/secrets.ts";
import type { ActivityEntry, SetupSummary, SetupView } from "../../preload/model/setup.ts";
import type { TenantView } from "../../preload/model/tenant.ts";
import type { PfxFileView } from "../../preload/model/transfer.ts";
import type { WatchView } from "../../preload/model/watch.ts";
import type { FakeBulk } from "./fake-bulk.ts";
import { newFakeBulk } from "./fake-bulk.ts";
import type { FakeFiles } from "./fake-certificates.ts";
import type { TenantScript } from "./fake-tenant.ts";
import { tenantOf } from "./fake-tenant.ts";

/** What main knows, in memory; a test changes it as the world would. */
export interface FakeState {
  info: AppInfo;
  documents: Map<string, SetupDocument>;
  removed: Map<string, SetupDocument>;
  unreadable: SetupSummary[];
  journals: Map<string, ActivityEntry[]>;
  brokenLogs: { setupId: string; brokenAt: number }[];
  /** Setups whose log cannot be read. */
  unreadableLogs: string[];
  reminders: ReminderView[];
  watch: WatchView;
  doctor: DoctorView;
  secrets: SetupSecrets[];
  bulk: FakeBulk;
  now: () => Date;
  /** What a test says of key and password; null lets the vault's state decide. */
  observed: Observations | null;
  observations: () => Observations;
  /** What the next file dialogs and drops give. */
  files: FakeFiles;
  /** Makes the change and gives the new view. */
  change: (setupId: string, kind: string, act: (document: SetupDocument) => SetupDocument) => SetupView;
  view: (setupId: string) => SetupView;
  /** What the next dry run finds. */
  nextDryRun: SetupDocument["dryRun"];
  /** Whether reports can be printed to PDF. */
  printer: boolean;
  /** The saved PFX as it is on the disk, and the setup in the strip. */
  pfxFile: PfxFileView;
  inStrip: string | null;
  /** What is known of the tenants, by setup. */
  tenants: Map<string, TenantView>;
  tenantScript: TenantScript;
}

export interface FakeOptions {
  documents?: SetupDocument[];
  unreadable?: SetupSummary[];
  info?: Partial<AppInfo>;
  now?: () => Date;
}

/** The methods of one area, without the calls around them. */
export type Inputs<A extends keyof RolloutApi> = {
  [M in keyof RolloutApi[A]]: RolloutApi[A][M] extends (input: infer I) => unknown
    ? (input: I) => unknown
    : never;
};

export const settings: AppInfo["settings"] = {
  language: "system",
  theme: "system",
  textSize: 100,
  person: "Anna Adler",
  clipboardSeconds: 30,
  keepPasswords: true,
  reminders: true,
  signInMethod: "browser",
  cloud: "global",
  proxyMode: "system",
  proxyAddress: "",
  proxyExceptions: "",
  proxyPac: "",
};

export const readyVault: VaultView = { kind: "ready", detail: "" };

export function appInfo(change: Partial<AppInfo> = {}): AppInfo {
  return {
    version: "0.1.0",
    platform: "linux",
    host: "stand-in",
    language: "en",
    locale: "en-GB",
    accentColor: null,
    settings,
    settingsLoss: null,
    vault: readyVault,
    userDataDir: "/home/anna/.config/Exchange Rollout",
    missingCrypto: [],
    openAtStart: null,
    ...change,
  };
}

/** What main knows after the start. */
export function createState(options: FakeOptions): FakeState {
  const now = options.now ?? ((): Date => new Date());
  const documents = new Map((options.documents ?? []).map((document) => [document.id, document]));
  const state: FakeState = {
    info: appInfo(options.info),
    documents,
    removed: new Map(),
    unreadable: options.unreadable ?? [],
    journals: new Map(),
    brokenLogs: [],
    unreadableLogs: [],
    reminders: [],
    watch: { running: false, at: null, done: 0, total: 0, canceled: false, results: [] },
    doctor: {
      running: false,
      at: null,
      cloud: "global",
      proxyMode: "system",
      hosts: [],
      clock: { verdict: "unknown", aheadSeconds: null },
    },
    secrets: [],
    bulk: newFakeBulk(),
    now,
    observed: null,
    files: { next: null, cancelSaving: false, opened: null },
    observations: () => {
      if (state.observed !== null) return state.observed;
      const ready = state.info.vault.kind === "ready";
      const place = ready ? "vault" : "session";
      return { now: now(), key: place, requestKey: place, password: place, vaultProblem: null };
    },
    nextDryRun: null,
    printer: true,
    pfxFile: { state: "ready", name: "contoso.pfx" },
    inStrip: null,
    tenants: new Map(),
    tenantScript: {},
    view: (setupId) =>
      buildView(documentOf(setupId), {
        observations: state.observations(),
        known: noKnownIds,
        person: state.info.settings.person,
        tenant: tenantOf(state, setupId),
      }),
    change: (setupId, kind, act) => {
      const next = { ...act(documentOf(setupId)), updatedAt: now().toISOString() };
      documents.set(setupId, next);
      note(state, setupId, kind);
      return state.view(setupId);
    },
  };
  function documentOf(setupId: string): SetupDocument {
    const document = documents.get(setupId);
    if (document === undefined) throw new AppError("setup-not-found");
    return document;
  }
  return state;
}

/** Writes an entry into the setup's log. */
export function note(
  state: FakeState,
  setupId: string,
  kind: string,
  details: ActivityEntry["details"] = {},
): void {
  const entries = state.journals.get(setupId) ?? [];
  const hash = String(entries.length + 1).padStart(64, "0");
  const step = typeof details["step"] === "string" ? (details["step"] as ActivityEntry["step"]) : null;
  state.journals.set(setupId, [...entries, { at: state.now().toISOString(), kind, step, details, hash }]);
}
