import type { Handlers } from "../../preload/contract.ts";
import type { Settings } from "../../preload/model/app.ts";
import { writeFileAtomic } from "../files/atomic-file.ts";
import type { Doctor } from "../doctor/doctor.ts";
import { doctorFacts } from "../doctor/report.ts";
import type { Turns } from "../turns.ts";
import type { Vault } from "../vault/vault.ts";
import type { Services } from "./services.ts";

/** Settings without what the user typed: names of people, hosts and networks. */
function concealed(settings: Settings): Settings {
  const { person, proxyAddress, proxyExceptions, proxyPac } = settings;
  const typed = Object.entries({ person, proxyAddress, proxyExceptions, proxyPac });
  const marks = typed.map(([name, text]) => [name, text === "" ? "" : "(set)"]);
  return { ...settings, ...Object.fromEntries(marks) };
}

/** Settings, clipboard, vault state and the diagnostics file. */
export function appHandlers(
  { services, vault, turns }: { services: Services; vault: Vault; turns: Turns },
  doctor: Doctor,
): Handlers["app"] {
  const { shell, proxy, clock, setups, version } = services;
  return {
    info: async () => shell.appInfo(),
    saveSettings: async (change) => {
      const given = Object.entries(change).filter(([, value]) => value !== undefined);
      await turns.inTurn("settings", async () => {
        await shell.saveSettings(Object.fromEntries(given));
        await proxy.use(shell.settings());
      });
      shell.emit("changed", { setupId: null });
      return shell.appInfo();
    },
    copyText: async ({ text }) => {
      await shell.copyText(text);
      return null;
    },
    retryVault: async () => {
      await vault.retry();
      shell.emit("changed", { setupId: null });
      return shell.appInfo();
    },
    renewVault: async () => {
      await vault.renew();
      shell.emit("changed", { setupId: null });
      return shell.appInfo();
    },
    saveDiagnostics: async () => {
      const path = await shell.saveDialog({
        purpose: "diagnostics",
        titleKey: "dialogs.diagnostics",
        defaultName: `exchange-rollout-diagnostics-${clock.now().toISOString().slice(0, 10)}.txt`,
        extensions: ["txt"],
      });
      if (path === null) return { canceled: true };
      await writeFileAtomic(path, await diagnostics(), { replace: true });
      return { canceled: false, path };
    },
    showUserData: async () => {
      await shell.openFolder(shell.appInfo().userDataDir);
      return null;
    },
  };

  /** No names, no tenants, no identifiers: only what helps to understand a fault. */
  async function diagnostics(): Promise<string> {
    const info = shell.appInfo();
    const list = setups.list();
    const facts = {
      version,
      platform: info.platform,
      host: info.host,
      locale: info.locale,
      versions: process.versions,
      vault: info.vault,
      missingCrypto: info.missingCrypto,
      settings: concealed(info.settings),
      setups: { all: list.length, unreadable: list.filter((one) => one.problem !== null).length },
      connection: doctorFacts(doctor.view()),
    };
    return `${JSON.stringify(facts, null, 2)}\n\n${await shell.recentLog()}\n`;
  }
}
