import { randomBytes, randomUUID } from "node:crypto";
import { cp, mkdir, mkdtemp, readdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDryRuns } from "../../../main/api/dry-run-ports.ts";
import { createApi } from "../../../main/api/index.ts";
import type { Shell } from "../../../main/api/services.ts";
import type { Connection } from "../../../main/exchange/attempt.ts";
import type { SpawnWorker } from "../../../main/certificates/runner.ts";
import type { DryRuns } from "../../../main/exchange/dry-runs.ts";
import type { Keychain } from "../../../main/ports.ts";
import { openJournal } from "../../../main/setups/journal.ts";
import { clouds } from "../../../main/guide/clouds.ts";
import { createPracticeTenants } from "../../../main/practice/tenants.ts";
import type { PracticeTenants } from "../../../main/practice/tenants.ts";
import { createConnections } from "../../../main/tenant/connections.ts";
import { createTenantWatch } from "../../../main/tenant/watch.ts";
import { createTenantSessions } from "../../../main/tenant/sessions.ts";
import type { TenantSessions } from "../../../main/tenant/sessions.ts";
import { createSetups } from "../../../main/setups/setups.ts";
import type { Setups } from "../../../main/setups/setups.ts";
import { openSetupStore } from "../../../main/setups/store.ts";
import { runJob } from "../../../main/certificates/runner.ts";
import { createWords } from "../../../main/shell/words.ts";
import type { Pace } from "../../../main/tenant/pace.ts";
import { proxyConfigOf } from "../../../main/shell/proxy.ts";
import { defaultSettings } from "../../../main/shell/settings.ts";
import { vaultPlaces } from "../../../main/vault/vault-files.ts";
import { createVault } from "../../../main/vault/vault.ts";
import type { Vault } from "../../../main/vault/vault.ts";
import { createDoctor } from "../../../main/doctor/doctor.ts";
import { startLocalWorker } from "../../support/worker-process.ts";
import type { Settings } from "../../../preload/model/app.ts";
import type { Handlers } from "../../../preload/contract.ts";

export interface TestApp {
  api: Handlers;
  /** The data folder; open the app on it again to restart it. */
  userData: string;
  /** Where saved files go. */
  saved: string;
  /** Answers of the next dialogs; without one a dialog is closed. */
  answers: string[];
  copied: string[];
  opened: string[];
  /** What the network was set to, in turn. */
  proxies: ReturnType<typeof proxyConfigOf>[];
  /** The transfer strip's window, as far as main sees it. */
  strip: { setupId: string | null; dragged: string[] };
  settings: Settings;
  /** What was reported to the log. */
  logged: string[];
  keychain: Keychain;
  /** What a person does with the page that is opened in the browser. */
  browser: (url: string) => void | Promise<void>;
  practice: PracticeTenants;
  vault: Vault;
  sessions: TenantSessions;
  dryRuns: DryRuns;
  /** How often the window was told that a setup changed. */
  changed: number;
  /** The setups of which the strip was told that they changed. */
  told: string[];
  /** Ends the app as a quit does. */
  quit(): Promise<void>;
}

/** The world outside; without it no network is there, and the certificate worker works in this process. */
export interface Outside {
  connection?: Connection;
  pace?: Pace;
  /** For the dry run alone. */
  spawnWorker?: SpawnWorker;
  /** For everything else. */
  certificateWorker?: SpawnWorker;
}

export function memoryKeychain(): Keychain {
  const entries = new Map<string, string>();
  return {
    getPassword: async (service, account) => entries.get(`${service}/${account}`) ?? null,
    setPassword: async (service, account, value) => void entries.set(`${service}/${account}`, value),
    deletePassword: async (service, account) => entries.delete(`${service}/${account}`),
  };
}

/** All of main without Electron: real store, vault, journal and certificate work; dialogs answered by the test. */
export async function openTestApp(
  before?: TestApp,
  now = () => new Date(),
  outside: Outside = {},
): Promise<TestApp> {
  const userData = before?.userData ?? (await mkdtemp(join(tmpdir(), "rollout-app-")));
  const saved = join(userData, "saved");
  await mkdir(saved, { recursive: true });
  const keychain = before?.keychain ?? memoryKeychain();
  const clock = { now };
  const vault = createVault({
    keychain,
    service: "test",
    account: "vault-key",
    ...vaultPlaces(join(userData, "setups"), join(userData, "trash")),
    randomBytes,
    clock,
    timeoutMs: 1_000,
    onSecret: (setupId) => void app.told.push(setupId),
  });
  await vault.open();
  const store = await openSetupStore(userData, now());
  const onError = (message: string) => void app.logged.push(message);
  const practice = createPracticeTenants({
    clock,
    randomBytes,
    fileOf: (setupId) => join(store.folder(setupId), "practice.json"),
    pause: async () => undefined,
    // Waiting costs no time here, so there must be nothing to wait for.
    lag: { reads: 0, ms: 0 },
    words: (language) => createWords(language, "en"),
    openPfx: (bytes, password) => runJob(startLocalWorker, { kind: "import", bytes, password, now: null }),
    onError,
  });
  const openBrowser = async (url: string) => app.browser(url);
  const connectionOf = createConnections({
    document: (setupId) => store.get(setupId),
    // A test that would reach Microsoft is wrong.
    fetch: () => Promise.reject(new TypeError("fetch failed", { cause: new Error("ENOTFOUND") })),
    cloudOf: (cloud) => clouds[cloud],
    practice,
    openExternal: openBrowser,
    openLoopback: openBrowser,
  });
  const sessions = createTenantSessions({
    setups: () => setups,
    vault,
    clock,
    pace: { now, sleep: async () => undefined },
    newId: randomUUID,
    connectionOf,
    changeLogFile: (setupId) => join(store.folder(setupId), "changes.jsonl"),
    pages: () => ({ done: "done", failed: "failed" }),
    onChange: () => undefined,
    onError,
  });
  const setups: Setups = createSetups({
    store,
    vault,
    openJournal,
    clock,
    person: () => app.settings.person,
    tenantView: (document) => sessions.view(document),
    onChange: (setupId) => void app.told.push(setupId),
    isDryRunning: (id) => app.dryRuns.isRunning(id),
    onError,
  });
  const answer = async () => app.answers.shift() ?? null;
  const shell: Shell = {
    saveDialog: answer,
    openDialog: answer,
    folderDialog: answer,
    copyText: async (text) => void app.copied.push(text),
    copySecret: async (text) => void app.copied.push(text),
    openExternal: async (url) => void app.opened.push(url),
    showInFolder: (path) => void app.opened.push(path),
    openFolder: async (path) => void app.opened.push(path),
    focusWindow: () => undefined,
    emit: (event) => {
      if (event === "changed") app.changed += 1;
    },
    appInfo: () => ({
      version: "0.0.0",
      platform: "linux",
      host: "stand-in",
      language: "en",
      locale: "en-GB",
      accentColor: null,
      settings: app.settings,
      settingsLoss: null,
      vault: vault.status(),
      userDataDir: userData,
      missingCrypto: [],
      openAtStart: null,
    }),
    settings: () => app.settings,
    saveSettings: async (change) => (app.settings = { ...app.settings, ...change }),
    words: (language = "en") => ({
      t: (key) => key,
      language,
      formatDateTime: (iso) => iso,
      formatDate: (iso) => iso.slice(0, 10),
    }),
    recentLog: async () => "",
  };
  const dryRuns = openDryRuns({
    setups,
    vault,
    spawnWorker: outside.spawnWorker ?? startLocalWorker,
    connectionOf: async (setupId) => outside.connection ?? connectionOf(setupId),
    emit: () => void (app.changed += 1),
    onError: (message, error) => void app.logged.push(`${message} ${String(error)}`),
    ...(outside.pace && { pace: outside.pace }),
  });
  const app: TestApp = {
    api: createApi({
      services: {
        setups,
        shell,
        strip: {
          open: async (setupId) => void (app.strip.setupId = setupId),
          close: () => void (app.strip.setupId = null),
          setupId: () => app.strip.setupId,
          drag: (path) => void app.strip.dragged.push(path),
        },
        proxy: { use: async (chosen) => void app.proxies.push(proxyConfigOf(chosen)) },
        printer: { pdfs: async (pages) => pages.map((html) => Buffer.from(html)) },
        clock,
        version: "0.0.0",
      },
      vault,
      spawnWorker: outside.certificateWorker ?? startLocalWorker,
      randomBytes,
      sessions,
      watch: createTenantWatch({
        sessions,
        documents: () => store.documents(),
        document: (setupId) => store.get(setupId),
        clock,
        onChange: () => undefined,
        onError,
      }),
      practice,
      connectionOf,
      doctor: createDoctor({
        openNetwork: () => ({
          fetch: async () => Promise.reject(new TypeError("fetch failed")),
          proxyMode: "system",
          resolveProxy: async () => "DIRECT",
          certificateOf: () => null,
        }),
        cloudOf: (cloud) => clouds[cloud],
        clock,
        onChange: () => undefined,
      }),
      reminders: () => [],
      dryRuns,
      onError,
    }),
    vault,
    sessions,
    practice,
    userData,
    saved,
    answers: [],
    copied: [],
    opened: [],
    proxies: [],
    strip: { setupId: null, dragged: [] },
    logged: [],
    browser: () => undefined,
    settings: { ...defaultSettings, person: "Ada" },
    keychain,
    dryRuns,
    changed: 0,
    told: [],
    async quit() {
      dryRuns.close();
      await setups.settled();
      vault.close();
    },
  };
  return app;
}

/** A copy of an app that was ended, with its data and saved files; for tests that begin with the same setup. */
export async function copyOfApp(made: TestApp): Promise<TestApp> {
  const userData = await mkdtemp(join(tmpdir(), "rollout-app-"));
  await cp(made.userData, userData, { recursive: true });
  for (const id of await readdir(join(userData, "setups"))) {
    const file = join(userData, "setups", id, "setup.json");
    const inJson = (path: string) => JSON.stringify(path).slice(1, -1);
    const text = await readFile(file, "utf8");
    await writeFile(file, text.replaceAll(inJson(made.userData), inJson(userData)));
  }
  return openTestApp({ ...made, userData });
}

export const newTask = () => randomUUID();

export const certificateInput = {
  commonName: "contoso.org",
  organization: "Contoso AG",
  dnsNames: ["contoso.org"],
  keySize: 2048 as const,
  notBefore: new Date().toISOString().slice(0, 10),
  notAfter: new Date(Date.now() + 360 * 86_400_000).toISOString().slice(0, 10),
};
