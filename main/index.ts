import { randomBytes, randomUUID } from "node:crypto";
import { homedir } from "node:os";
import { join } from "node:path";
import type { Command, Handlers, ReminderView } from "../preload/contract.ts";
import { app, dialog, ipcMain, net, session } from "electron";
import type { PracticeSample } from "../preload/model/tenant.ts";
import { openDryRuns } from "./api/dry-run-ports.ts";
import { createEmit } from "./api/events.ts";
import { createApi } from "./api/index.ts";
import { registerHandlers } from "./api/register.ts";
import { runJob } from "./certificates/runner.ts";
import { missingCrypto } from "./certificates/self-test.ts";
import type { DryRuns } from "./exchange/dry-runs.ts";
import { removeLeftoverTempFiles } from "./files/atomic-file.ts";
import { clouds } from "./guide/clouds.ts";
import { endPage } from "./identity/pages.ts";
import type { Clock, Timer } from "./ports.ts";
import { lagOf, sampleOf } from "./practice/switches.ts";
import { createPracticeTenants } from "./practice/tenants.ts";
import { openJournal } from "./setups/journal.ts";
import { createSetups } from "./setups/setups.ts";
import type { Setups } from "./setups/setups.ts";
import { openSetupStore } from "./setups/store.ts";
import { platformFacts } from "./shell/app-info.ts";
import { openClipboard } from "./shell/clipboard.ts";
import { createDialogs } from "./shell/dialogs.ts";
import { watchFailures } from "./shell/failures.ts";
import { openLastFolders } from "./shell/file-choices.ts";
import { claimSingleInstance } from "./shell/instance.ts";
import { chooseKeychain, keychainService } from "./shell/keychain.ts";
import type { Log } from "./shell/log.ts";
import { openLog } from "./shell/log.ts";
import { createNetFetch } from "./shell/net-fetch.ts";
import { devServerUrl, isTrustedSender } from "./shell/page.ts";
import type { OpenWindows } from "./shell/page.ts";
import { createPrintPages } from "./shell/print-pages.ts";
import { createPrinter } from "./shell/printer.ts";
import { registerAppScheme, serveApp } from "./shell/protocol.ts";
import { createSessionProxy } from "./shell/proxy.ts";
import { beforeQuit } from "./shell/quit.ts";
import { confineWindows, denyAll, senderOf } from "./shell/security.ts";
import { openSettings } from "./shell/settings.ts";
import { createShell, currentWords } from "./shell/shell.ts";
import { createTransferWindow, windowFor } from "./shell/transfer-window.ts";
import type { TransferWindow } from "./shell/transfer-window.ts";
import { mainPlacement, stripPlacement } from "./shell/window-state.ts";
import type { AppWindow } from "./shell/window.ts";
import { openWindow } from "./shell/window.ts";
import { createWords, languageFor } from "./shell/words.ts";
import type { Words } from "./shell/words.ts";
import { spawnCertificateWorker } from "./shell/worker-process.ts";
import { reminderText } from "./rollout/reminder-text.ts";
import { createReminderWatch } from "./rollout/reminder-watch.ts";
import { expiringCertificates } from "./setups/expiring.ts";
import { notify } from "./shell/notify.ts";
import { createDoctor } from "./doctor/doctor.ts";
import { openDoctorNetwork } from "./shell/doctor-network.ts";
import { watchApprovals } from "./tenant/approval-watch.ts";
import { createTenantWatch } from "./tenant/watch.ts";
import { createConnections } from "./tenant/connections.ts";
import { realPace } from "./tenant/pace.ts";
import { createTenantSessions } from "./tenant/sessions.ts";
import { vaultPlaces } from "./vault/vault-files.ts";
import { createVault } from "./vault/vault.ts";

/** Composition root: builds every service in order and opens the window. */

const clock: Clock = { now: () => new Date() };
const timer: Timer = {
  every(milliseconds, work) {
    const repeated = setInterval(work, milliseconds);
    // Waiting is no reason to stay open.
    repeated.unref();
    return () => clearInterval(repeated);
  },
};
const bundles = join(__dirname, "..");
const devUrl = devServerUrl(process.env["EXCHANGE_ROLLOUT_DEV_URL"], app.isPackaged);

app.setName("Exchange Rollout");
app.setAppUserModelId("cloud.iam.exchange-rollout");
const chosenFolder = app.commandLine.getSwitchValue("user-data-dir");
if (chosenFolder !== "") app.setPath("userData", chosenFolder);
const userData = app.getPath("userData");

// Both only count before the app is ready.
registerAppScheme();
app.enableSandbox();

/** Often enough to notice a new day in an app that stays open. */
const reminderPauseMs = 3_600_000;

let window: AppWindow | null = null;
let strip: TransferWindow | null = null;
let openAtStart: string | null = null;
let dryRuns: DryRuns | null = null;

if (claimSingleInstance(() => window?.focus())) {
  const log = openLog({ folder: join(userData, "logs"), clock, homeFolder: homedir() });
  watchFailures(process, log, () => tellFailure("text"));
  start(log).catch((error: unknown) => {
    log.error("start failed", error);
    tellFailure("start");
    app.exit(1);
  });
} else {
  app.quit();
}

/** The last resort: settings and window may not be there. */
function tellFailure(what: "text" | "start"): void {
  const { systemLocale } = platformFacts();
  const { t } = createWords(languageFor({ language: "system" }, systemLocale), systemLocale);
  dialog.showErrorBox(t("app.failure.title"), t(`app.failure.${what}`));
}

/** The practice setup to go on with: the last one, unless another sample was asked for by name. */
async function practiceSetup(setups: Setups, sample: PracticeSample, handlers: Handlers): Promise<string> {
  const before = setups.list().filter((one) => one.practice && one.archivedAt === null);
  const last = before.toSorted((one, other) => other.updatedAt.localeCompare(one.updatedAt))[0];
  if (sample === "empty" && last !== undefined) return last.id;
  return (await handlers.practice.create({ sample })).summary.id;
}

/** The windows whose calls are answered, each with the page that belongs there. */
function trustedWindows(main: AppWindow | null, transfer: AppWindow | null): OpenWindows {
  return [
    ...(main === null ? [] : [{ page: "main" as const, webContentsId: main.webContents.id }]),
    ...(transfer === null ? [] : [{ page: "transfer" as const, webContentsId: transfer.webContents.id }]),
  ];
}

/** What the browser shows when a sign-in is over. */
function endPages({ t, language }: Words): { done: string; failed: string } {
  const page = (how: "done" | "failed") =>
    endPage({ language, title: t(`identity.pages.${how}.title`), text: t(`identity.pages.${how}.text`) });
  return { done: page("done"), failed: page("failed") };
}

async function start(log: Log): Promise<void> {
  const onError = (message: string, error: unknown) => log.error(message, error);
  // Reading a thousand setups and asking the keychain takes longest, so both begin first.
  await removeLeftoverTempFiles(userData).catch((error: unknown) => log.warn("temporary files left", error));
  const storeOpening = openSetupStore(userData, clock.now());
  // Its failure is told where it is waited for.
  storeOpening.catch(() => undefined);
  const openWindows = () => [window, strip?.window() ?? null].filter((one) => one !== null);
  const emit = createEmit(openWindows);
  const emitToStrip = createEmit(() => openWindows().filter((one) => one !== window));
  // The main window has the answer of its own call.
  const tellStrip = (setupId: string) => emitToStrip("changed", { setupId });
  const vault = createVault({
    keychain: await chooseKeychain(process.env["EXCHANGE_ROLLOUT_KEYCHAIN"], app.isPackaged),
    service: keychainService(app.isPackaged),
    account: "vault-key",
    ...vaultPlaces(join(userData, "setups"), join(userData, "trash")),
    randomBytes,
    clock,
    timeoutMs: 5_000,
    onChange: () => emit("changed", { setupId: null }),
    onSecret: tellStrip,
  });
  const vaultOpening = vault.open();
  const settings = await openSettings(join(userData, "settings.json"), clock.now(), onError);

  await app.whenReady();
  denyAll(session.defaultSession);
  const proxy = createSessionProxy(session.defaultSession);
  await proxy.use(settings.get()).catch((error: unknown) => log.error("proxy not set", error));
  confineWindows(app, devUrl);
  const printPages = createPrintPages();
  await serveApp(join(bundles, "renderer"), printPages);

  const words = currentWords(settings);
  const windowOptions = {
    preload: join(bundles, "preload", "index.cjs"),
    icon: process.platform === "linux" ? join(bundles, "..", "assets", "icons", "256x256.png") : null,
    devUrl,
    textSize: () => settings.get().textSize,
    onError,
  };
  const transfer = createTransferWindow({
    openWindow: (onClosed) =>
      openWindow({
        ...windowOptions,
        page: "transfer",
        title: words().t("transfer.title"),
        placement: stripPlacement,
        frame: { alwaysOnTop: true, autoHideMenuBar: true, maximizable: false, fullscreenable: false },
        stateFile: join(userData, "transfer-window.json"),
        onClosed,
      }),
    tell: (setupId) => emit("transfer", { setupId }),
    dragIcon: join(bundles, "..", "assets", "icons", "64x64.png"),
  });
  strip = transfer;
  const carryOut = (name: Command) => {
    const stripWindow = transfer.window();
    const stripInFront = stripWindow?.isFocused() === true;
    const receiver = windowFor(name, stripInFront) === "strip" ? stripWindow : window;
    if (stripInFront && receiver !== stripWindow) receiver?.focus();
    createEmit(() => (receiver === null ? [] : [receiver]))("command", { name });
  };
  const clipboard = openClipboard({ markerFile: join(userData, "clipboard.json"), randomBytes, onError });
  const missing = missingCrypto();
  const shell = createShell({
    settings,
    log,
    clipboard,
    dialogs: createDialogs({
      words,
      lastFolders: await openLastFolders(join(userData, "folders.json")),
      documents: app.getPath("documents"),
      downloads: app.getPath("downloads"),
    }),
    emit,
    words,
    userDataDir: userData,
    vault: () => vault.status(),
    missingCrypto: () => missing,
    openAtStart: () => openAtStart,
    applyTextSize: () => openWindows().forEach((one) => one.applyTextSize()),
    command: carryOut,
    focusWindow: () => window?.focus(),
  });
  shell.applyLook();

  const store = await storeOpening;
  await vaultOpening;
  const person = () => settings.get().person;
  const spawnWorker = () => spawnCertificateWorker(join(bundles, "main", "worker.cjs"));
  const lag = lagOf(app.commandLine.getSwitchValue("practice-lag"));
  const practice = createPracticeTenants({
    clock,
    ...(lag && { lag }),
    randomBytes,
    fileOf: (setupId) => join(store.folder(setupId), "practice.json"),
    pause: (ms) => realPace.sleep(ms),
    words: (language) => words(language),
    openPfx: (bytes, password) => runJob(spawnWorker, { kind: "import", bytes, password, now: null }),
    onError,
  });
  const connectionOf = createConnections({
    document: (setupId) => store.get(setupId),
    fetch: createNetFetch(net),
    cloudOf: (cloud) => clouds[cloud],
    practice,
    openExternal: (url) => shell.openExternal(url),
    openLoopback: (url) => shell.openLoopback(url),
  });
  const sessions = createTenantSessions({
    setups: () => setups,
    vault,
    clock,
    pace: realPace,
    newId: randomUUID,
    connectionOf,
    changeLogFile: (setupId) => join(store.folder(setupId), "changes.jsonl"),
    pages: () => endPages(words()),
    onChange: (setupId) => emit("changed", { setupId }),
    onError,
  });
  const setups: Setups = createSetups({
    store,
    vault,
    openJournal,
    clock,
    person,
    isDryRunning: (id) => dryRuns?.isRunning(id) ?? false,
    tenantView: (document) => sessions.view(document),
    onChange: tellStrip,
    onError,
  });
  const watch = createTenantWatch({
    sessions,
    documents: () => store.documents(),
    document: (setupId) => store.get(setupId),
    clock,
    onChange: () => emit("changed", { setupId: null }),
    onError,
  });
  const told: ReminderView[] = [];
  const runs = openDryRuns({ setups, vault, spawnWorker, connectionOf, emit, onError });
  dryRuns = runs;
  const handlers = createApi({
    watch,
    doctor: createDoctor({
      openNetwork: () => openDoctorNetwork(proxy),
      cloudOf: (cloud) => clouds[cloud],
      clock,
      onChange: () => emit("changed", { setupId: null }),
    }),
    reminders: () => told,
    services: {
      setups,
      shell,
      strip: transfer,
      printer: createPrinter(printPages, onError),
      proxy,
      clock,
      version: app.getVersion(),
    },
    sessions,
    practice,
    connectionOf,
    vault,
    spawnWorker,
    randomBytes,
    dryRuns: runs,
    onError,
  });
  if (app.commandLine.hasSwitch("practice")) {
    const sample = sampleOf(app.commandLine.getSwitchValue("practice"));
    openAtStart = await practiceSetup(setups, sample, handlers).catch((error: unknown) => {
      log.error("practice not started", error);
      return null;
    });
  }
  registerHandlers({
    ipc: ipcMain,
    handlers,
    isTrusted: (event) =>
      isTrustedSender(senderOf(event), { windows: trustedWindows(window, transfer.window()), devUrl }),
    log,
  });
  beforeQuit(async () => {
    runs.close();
    await clipboard.clearAtEnd();
    await Promise.all([window?.flush(), transfer.flush()]);
    sessions.closeAll();
    await setups.settled();
    await practice.close();
    vault.close();
    // A keychain call that waits for its unlock dialog holds the process; nothing is left to be done by then.
    if (vault.waitingForKeychain()) process.kill(process.pid, "SIGKILL");
  });

  window = await openWindow({
    ...windowOptions,
    page: "main",
    title: app.getName(),
    placement: mainPlacement,
    frame: {},
    stateFile: join(userData, "window.json"),
    onClosed: () => transfer.close(),
  });
  // macOS: a click on the icon in the Dock.
  app.on("activate", () => window?.focus());
  app.on("window-all-closed", () => app.quit());
  runs.resume();
  await clipboard.clearAfterCrash();

  const reminderWatch = createReminderWatch({
    file: join(userData, "reminders.json"),
    certificates: () => expiringCertificates(store.documents(), clock.now()),
    isOn: () => settings.get().reminders,
    tell: (due) => {
      const reminders = due.map(({ setupId, daysLeft }) => ({
        setupId,
        days: daysLeft,
        name: store.get(setupId).name,
      }));
      told.push(...reminders);
      emit("reminder", { reminders });
      const [soonest] = due;
      if (soonest !== undefined) notify(reminderText(soonest, words().t), () => window?.focus());
    },
    onError,
  });
  await reminderWatch.look();
  timer.every(reminderPauseMs, () => void reminderWatch.look());
  watchApprovals({ sessions, timer, onError });
}
