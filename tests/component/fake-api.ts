import type { Events, ReminderView, RolloutApi } from "../../preload/contract.ts";
import { stopped } from "../../main/exchange/record.ts";
import { AppError, toErrorView } from "../../main/errors.ts";
import type { Observations } from "../../main/setups/checks.ts";
import type { SetupDocument } from "../../main/setups/document.ts";
import { newDocument } from "../../main/setups/document.ts";
import { noKnownIds } from "../../main/setups/fields.ts";
import * as rotation from "../../main/rollout/rotation-intents.ts";
import * as intents from "../../main/setups/intents.ts";
import { buildView, summaryOf } from "../../main/setups/view.ts";
import type { AppInfo, VaultView } from "../../preload/model/app.ts";
import type { DoctorView } from "../../preload/model/doctor.ts";
import type { ErrorView, Result } from "../../preload/model/errors.ts";
import type { PfxFileView } from "../../preload/model/transfer.ts";
import type { SetupSecrets } from "../../preload/model/secrets.ts";
import type { ActivityEntry, AllActivityView, SetupSummary, SetupView } from "../../preload/model/setup.ts";
import type { WatchView } from "../../preload/model/watch.ts";
import type { TenantView } from "../../preload/model/tenant.ts";
import type { FakeFiles } from "./fake-certificates.ts";
import type { FakeBulk } from "./fake-bulk.ts";
import { fakeBulk, newFakeBulk } from "./fake-bulk.ts";
import { fakeCertificates } from "./fake-certificates.ts";
import type { TenantScript } from "./fake-tenant.ts";
import { fakePractice, fakeTenant, tenantOf } from "./fake-tenant.ts";

/** A call the renderer made: "setups.rename" and its input. */
export interface FakeCall {
  name: string;
  input: unknown;
}

export interface FakeState {
  info: AppInfo;
  documents: Map<string, SetupDocument>;
  removed: Map<string, SetupDocument>;
  unreadable: SetupSummary[];
  journals: Map<string, ActivityEntry[]>;
  brokenLogs: { setupId: string; brokenAt: number }[];
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

/** Answers instead of a method. */
export type Reply = (input: never) => Result<unknown> | Promise<Result<unknown>>;

export interface FakeApi {
  api: RolloutApi;
  calls: FakeCall[];
  state: FakeState;
  /** Tells the renderer something, as main would. */
  emit: <E extends keyof Events>(event: E, payload: Events[E]) => void;
  /** From now on this method fails, until `null`. */
  fail: (name: string, error: ErrorView | null) => void;
  /** Replaces the answer of one method until it is deleted. */
  replies: Map<string, Reply>;
}

export interface FakeOptions {
  documents?: SetupDocument[];
  unreadable?: SetupSummary[];
  info?: Partial<AppInfo>;
  now?: () => Date;
}

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
    vault: readyVault,
    userDataDir: "/home/anna/.config/Exchange Rollout",
    missingCrypto: [],
    openAtStart: null,
    ...change,
  };
}

/** An error as main sends it. */
export function errorView(code: ErrorView["code"], details: ErrorView["details"] = {}): ErrorView {
  return { code, messageKey: `errors.${code}`, details };
}

/** The whole API in memory. Main's real decisions, no files, no vault, no keys. */
export function createFakeApi(options: FakeOptions = {}): FakeApi {
  const state = createState(options);
  const calls: FakeCall[] = [];
  const replies = new Map<string, Reply>();
  const listeners = new Map<string, Set<(payload: never) => void>>();
  const areas = { app: appArea(state), setups: setupsArea(state), rollout: rolloutArea(state) };
  const certificates = fakeCertificates(state);
  const bulk = fakeBulk(state, (progress) => emit("row", progress));

  function emit<E extends keyof Events>(event: E, payload: Events[E]): void {
    for (const listener of listeners.get(event) ?? []) listener(payload as never);
  }

  /** Records the call, fails when told to, and turns a thrown error into an answer. */
  function wrap(area: string, methods: Record<string, (input: never) => unknown>): unknown {
    return Object.fromEntries(
      Object.entries(methods).map(([method, run]) => [
        method,
        async (input: never): Promise<Result<unknown>> => {
          const name = `${area}.${method}`;
          calls.push({ name, input });
          const reply = replies.get(name);
          if (reply !== undefined) return reply(input);
          try {
            return { ok: true, value: structuredClone(await run(input)) };
          } catch (error) {
            return { ok: false, error: toErrorView(error) };
          }
        },
      ]),
    );
  }

  const api = {
    app: wrap("app", areas.app),
    setups: wrap("setups", areas.setups),
    certificates: wrap("certificates", certificates),
    tenant: wrap("tenant", fakeTenant(state)),
    practice: wrap("practice", fakePractice(state)),
    bulk: wrap("bulk", bulk),
    dryRun: wrap("dryRun", dryRunArea(state)),
    rotation: wrap("rotation", rotationArea(state)),
    rollout: wrap("rollout", areas.rollout),
    transfer: wrap("transfer", transferArea(state)),
    watch: wrap("watch", watchArea(state)),
    doctor: wrap("doctor", doctorArea(state)),
    secrets: wrap("secrets", secretsArea(state)),
    on: (event: string, listener: (payload: never) => void) => {
      const known = listeners.get(event) ?? new Set();
      listeners.set(event, known.add(listener));
      return () => known.delete(listener);
    },
  } as unknown as RolloutApi;

  return {
    api,
    calls,
    state,
    emit,
    fail: (name, error) => {
      if (error === null) replies.delete(name);
      else replies.set(name, () => ({ ok: false, error }));
    },
    replies,
  };
}

function createState(options: FakeOptions): FakeState {
  const now = options.now ?? ((): Date => new Date());
  const documents = new Map((options.documents ?? []).map((document) => [document.id, document]));
  const state: FakeState = {
    info: appInfo(options.info),
    documents,
    removed: new Map(),
    unreadable: options.unreadable ?? [],
    journals: new Map(),
    brokenLogs: [],
    reminders: [],
    watch: { running: false, at: null, done: 0, total: 0, canceled: false, results: [] },
    doctor: {
      running: false,
      at: null,
      cloud: "global",
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
      return { now: now(), key: place, password: place, vaultProblem: null };
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

function note(state: FakeState, setupId: string, kind: string, details: ActivityEntry["details"] = {}): void {
  const entries = state.journals.get(setupId) ?? [];
  const hash = String(entries.length + 1).padStart(64, "0");
  const step = typeof details["step"] === "string" ? (details["step"] as ActivityEntry["step"]) : null;
  state.journals.set(setupId, [...entries, { at: state.now().toISOString(), kind, step, details, hash }]);
}

function allActivity({ journals, documents, brokenLogs }: FakeState): AllActivityView {
  const named = (setupId: string) => ({ setupId, setupName: documents.get(setupId)?.name ?? "" });
  return {
    entries: [...journals]
      .flatMap(([setupId, entries]) => entries.map((entry) => ({ ...entry, ...named(setupId) })))
      .toSorted((one, other) => one.at.localeCompare(other.at)),
    broken: brokenLogs.map(({ setupId, brokenAt }) => ({ ...named(setupId), brokenAt })),
  };
}

type Inputs<A extends keyof RolloutApi> = {
  [M in keyof RolloutApi[A]]: RolloutApi[A][M] extends (input: infer I) => unknown
    ? (input: I) => unknown
    : never;
};

function appArea(state: FakeState): Inputs<"app"> {
  return {
    info: () => state.info,
    saveSettings: (change) => {
      const merged = { ...state.info.settings, ...(change as Partial<AppInfo["settings"]>) };
      const language = merged.language === "system" ? state.info.language : merged.language;
      const locale = language === "de" ? "de-DE" : "en-GB";
      state.info = { ...state.info, settings: merged, language, locale };
      return state.info;
    },
    copyText: () => null,
    retryVault: () => state.info,
    renewVault: () => {
      state.info = { ...state.info, vault: readyVault };
      return state.info;
    },
    saveDiagnostics: () => ({ canceled: false, path: "/home/anna/diagnostics.json" }),
    showUserData: () => null,
  };
}

function setupsArea(state: FakeState): Inputs<"setups"> {
  const { change, documents, now, view } = state;
  const summary = (id: string): SetupSummary => view(id).summary;
  return {
    list: () => [
      ...[...documents.values()].map((document) => summaryOf(document, state.observations())),
      ...state.unreadable,
    ],
    create: ({ name, cloud }) => {
      const id = crypto.randomUUID();
      documents.set(id, newDocument(id, intents.cleanName(name), cloud, now()));
      note(state, id, "setup-created", { name });
      return view(id);
    },
    open: ({ setupId }) => view(setupId),
    rename: ({ setupId, name }) => change(setupId, "setup-renamed", (one) => intents.rename(one, name)),
    setCloud: ({ setupId, cloud }) => change(setupId, "cloud-changed", (one) => intents.setCloud(one, cloud)),
    duplicate: ({ setupId, name }) => {
      const id = crypto.randomUUID();
      const original = documents.get(setupId);
      if (original === undefined) throw new AppError("setup-not-found");
      documents.set(id, intents.duplicate(original, id, name, now()));
      return summary(id);
    },
    archive: ({ setupId, archived }) =>
      change(setupId, archived ? "setup-archived" : "setup-unarchived", (one) =>
        intents.archive(one, archived, now()),
      ).summary,
    remove: ({ setupId }) => {
      const document = documents.get(setupId);
      if (document === undefined) throw new AppError("setup-not-found");
      documents.delete(setupId);
      state.removed.set(setupId, document);
      return null;
    },
    restore: ({ setupId }) => {
      const document = state.removed.get(setupId);
      if (document === undefined) throw new AppError("setup-not-found");
      documents.set(setupId, document);
      state.removed.delete(setupId);
      return summary(setupId);
    },
    exportFile: () => ({ canceled: false, path: "/home/anna/Contoso AG.rollout.json" }),
    importFile: () => {
      const id = crypto.randomUUID();
      documents.set(id, newDocument(id, "Fabrikam", "global", now()));
      return { canceled: false, setupId: id };
    },
    setField: ({ setupId, field, value }) =>
      change(setupId, "value-changed", (one) => intents.setField(one, field, value)),
    setPosition: ({ setupId, step }) => {
      change(setupId, "position", (one) => intents.setPosition(one, step));
      return null;
    },
    confirm: ({ setupId, step, by, note: words }) =>
      change(setupId, "step-confirmed", (one) => intents.confirm(one, step, by, words, state.observations())),
    withdraw: ({ setupId, step }) =>
      change(setupId, "step-withdrawn", (one) => intents.withdraw(one, step, now())),
    markNotApplicable: ({ setupId, step, by, reason }) =>
      change(setupId, "step-not-applicable", (one) =>
        intents.markNotApplicable(one, step, by, reason, now()),
      ),
    markApplicable: ({ setupId, step }) =>
      change(setupId, "step-applicable", (one) => intents.markApplicable(one, step)),
    startWaiting: ({ setupId, step, who, note: words }) =>
      change(setupId, "waiting-started", (one) => intents.startWaiting(one, step, who, words, now())),
    stopWaiting: ({ setupId, step }) =>
      change(setupId, "waiting-stopped", (one) => intents.stopWaiting(one, step)),
    openLink: () => null,
    copyAttribute: ({ attribute }) => ({
      clearsIn: attribute === "ConnectPFXPassword" ? state.info.settings.clipboardSeconds : null,
    }),
    activity: ({ setupId }) => ({
      entries: state.journals.get(setupId) ?? [],
      chain: { intact: true, brokenAt: null },
    }),
    exportActivity: () => ({ canceled: false, path: "/home/anna/activity.jsonl" }),
    allActivity: () => allActivity(state),
    exportAllActivity: () => ({ canceled: false, path: "/home/anna/activity.csv" }),
  };
}

function watchArea(state: FakeState): Inputs<"watch"> {
  return {
    view: () => state.watch,
    run: () => {
      state.watch = { ...state.watch, running: true, at: state.now().toISOString(), results: [] };
      return state.watch;
    },
    cancel: () => state.watch,
  };
}

function doctorArea(state: FakeState): Inputs<"doctor"> {
  return {
    view: () => state.doctor,
    run: ({ cloud }) => {
      state.doctor = { ...state.doctor, cloud, at: state.now().toISOString() };
      return state.doctor;
    },
    copy: () => null,
  };
}

function secretsArea(state: FakeState): Inputs<"secrets"> {
  const without = (gone: (setupId: string, id: string) => boolean) => {
    state.secrets = state.secrets
      .map((one) => ({ ...one, secrets: one.secrets.filter(({ id }) => !gone(one.setupId, id)) }))
      .filter(({ secrets }) => secrets.length > 0);
    return state.secrets;
  };
  return {
    list: () => state.secrets,
    remove: ({ setupId, id }) => without((one, name) => one === setupId && name === id),
    removeAll: ({ setupId }) => without((one) => one === setupId),
  };
}

function dryRunArea(state: FakeState): Inputs<"dryRun"> {
  return {
    run: ({ setupId }) => state.change(setupId, "dry-run", (one) => ({ ...one, dryRun: state.nextDryRun })),
    stop: ({ setupId }) => state.change(setupId, "dry-run-stopped", stopped),
  };
}

function rotationArea(state: FakeState): Inputs<"rotation"> {
  const { change, now } = state;
  return {
    start: ({ setupId, by }) =>
      change(setupId, "rotation-started", (one) => rotation.startRotation(one, by, now())),
    cancel: ({ setupId }) =>
      change(setupId, "rotation-canceled", (one) => rotation.cancelRotation(one, now())),
    confirmExchanged: ({ setupId, by, note: words }) =>
      change(setupId, "rotation-exchanged", (one) =>
        rotation.confirmExchanged(one, by, words, state.observations()),
      ),
    withdrawExchanged: ({ setupId }) =>
      change(setupId, "rotation-exchange-withdrawn", (one) => rotation.withdrawExchanged(one, now())),
    confirmRemoved: ({ setupId, by }) =>
      change(setupId, "rotation-removed", (one) => rotation.confirmRemoved(one, by, now())),
    finish: ({ setupId }) =>
      change(setupId, "rotation-finished", (one) => rotation.finishRotation(one, now())),
  };
}

function transferArea(state: FakeState): Inputs<"transfer"> {
  return {
    open: ({ setupId }) => {
      state.inStrip = setupId;
      return null;
    },
    close: () => null,
    current: () => ({ setupId: state.inStrip }),
    pfxFile: () => state.pfxFile,
    dragPfx: () => null,
    showPfx: () => null,
    copyPfxPath: () => null,
    showStep: () => null,
  };
}

function rolloutArea(state: FakeState): Inputs<"rollout"> {
  const { change, now } = state;
  return {
    reminders: () => state.reminders,
    record: ({ setupId, result, text, by }) =>
      change(setupId, `rollout-${result}`, (one) =>
        intents.recordRollout(one, { result, text, by }, state.observations()),
      ),
    withdraw: ({ setupId }) =>
      change(setupId, "rollout-withdrawn", (one) => intents.withdrawRollout(one, now())),
    handover: ({ setupId }) => {
      const path = "/home/anna/Documents/Contoso AG handover";
      const view = change(setupId, "handover-written", (one) => ({
        ...one,
        rollout: { ...one.rollout, handover: { at: now().toISOString(), path } },
      }));
      return { canceled: false, path, pdf: state.printer, view };
    },
    saveReport: () => ({
      canceled: false,
      path: "/home/anna/Documents/Contoso AG report",
      pdf: state.printer,
    }),
    showHandover: () => null,
    saveCalendar: () => ({ canceled: false, path: "/home/anna/Documents/Contoso AG.ics" }),
    close: ({ setupId }) => change(setupId, "setup-closed", (one) => intents.close(one, now())),
    reopen: ({ setupId }) => change(setupId, "setup-reopened", (one) => intents.reopen(one)),
  };
}
