import { randomBytes } from "node:crypto";
import { homedir } from "node:os";
import { join } from "node:path";
import { app, dialog, ipcMain, net, session } from "electron";
import { openDryRuns } from "./api/dry-run-ports.ts";
import { createEmit } from "./api/events.ts";
import { createApi } from "./api/index.ts";
import { registerHandlers } from "./api/register.ts";
import { missingCrypto } from "./certificates/self-test.ts";
import type { DryRuns } from "./exchange/dry-runs.ts";
import { removeLeftoverTempFiles } from "./files/atomic-file.ts";
import { clouds } from "./guide/clouds.ts";
import type { Clock } from "./ports.ts";
import { openJournal } from "./setups/journal.ts";
import { createSetups } from "./setups/setups.ts";
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
import { registerAppScheme, serveApp } from "./shell/protocol.ts";
import { beforeQuit } from "./shell/quit.ts";
import { confineWindows, denyAll, senderOf } from "./shell/security.ts";
import { openSettings } from "./shell/settings.ts";
import { createShell, currentWords } from "./shell/shell.ts";
import type { MainWindow } from "./shell/window.ts";
import { openMainWindow } from "./shell/window.ts";
import { createWords, languageFor } from "./shell/words.ts";
import { spawnCertificateWorker } from "./shell/worker-process.ts";
import { vaultPlaces } from "./vault/vault-files.ts";
import { createVault } from "./vault/vault.ts";

/** Composition root: builds every service in order and opens the window. */

const clock: Clock = { now: () => new Date() };
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

let window: MainWindow | null = null;
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

async function start(log: Log): Promise<void> {
  const onError = (message: string, error: unknown) => log.error(message, error);
  // Reading a thousand setups and asking the keychain takes longest, so both begin first.
  await removeLeftoverTempFiles(userData).catch((error: unknown) => log.warn("temporary files left", error));
  const storeOpening = openSetupStore(userData, clock.now());
  // Its failure is told where it is waited for.
  storeOpening.catch(() => undefined);
  const emit = createEmit(() => (window === null ? [] : [window]));
  const vault = createVault({
    keychain: await chooseKeychain(process.env["EXCHANGE_ROLLOUT_KEYCHAIN"], app.isPackaged),
    service: keychainService(app.isPackaged),
    account: "vault-key",
    ...vaultPlaces(join(userData, "setups")),
    randomBytes,
    clock,
    timeoutMs: 5_000,
    onChange: () => emit("changed", { setupId: null }),
  });
  const vaultOpening = vault.open();
  const settings = await openSettings(join(userData, "settings.json"), clock.now(), onError);

  await app.whenReady();
  denyAll(session.defaultSession);
  confineWindows(app, devUrl);
  await serveApp(join(bundles, "renderer"));

  const words = currentWords(settings);
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
    applyTextSize: () => window?.applyTextSize(),
  });
  shell.applyLook();

  const store = await storeOpening;
  await vaultOpening;
  const person = () => settings.get().person;
  const isDryRunning = (id: string): boolean => dryRuns?.isRunning(id) ?? false;
  const setups = createSetups({ store, vault, openJournal, clock, person, isDryRunning, onError });
  const spawnWorker = () => spawnCertificateWorker(join(bundles, "main", "worker.cjs"));
  const fetch = createNetFetch(net);
  const connectionOf = (id: string) => ({ fetch, cloud: clouds[setups.document(id).cloud] });
  const runs = openDryRuns({ setups, vault, spawnWorker, connectionOf, emit, onError });
  dryRuns = runs;
  const handlers = createApi({
    services: { setups, shell, clock, version: app.getVersion() },
    vault,
    spawnWorker,
    randomBytes,
    dryRuns: runs,
  });
  registerHandlers({
    ipc: ipcMain,
    handlers,
    isTrusted: (event) =>
      isTrustedSender(senderOf(event), { webContentsId: window?.webContents.id ?? null, devUrl }),
    log,
  });
  beforeQuit(async () => {
    runs.close();
    await clipboard.clearNow();
    await window?.flush();
    await setups.settled();
    vault.close();
    // A keychain call that waits for its unlock dialog holds the process; nothing is left to be done by then.
    if (vault.waitingForKeychain()) process.kill(process.pid, "SIGKILL");
  });

  window = await openMainWindow({
    title: app.getName(),
    preload: join(bundles, "preload", "index.cjs"),
    icon: process.platform === "linux" ? join(bundles, "..", "assets", "icons", "256x256.png") : null,
    stateFile: join(userData, "window.json"),
    devUrl,
    textSize: () => settings.get().textSize,
    onError,
  });
  // macOS: a click on the icon in the Dock.
  app.on("activate", () => window?.focus());
  app.on("window-all-closed", () => app.quit());
  runs.resume();
  await clipboard.clearAfterCrash();
}
