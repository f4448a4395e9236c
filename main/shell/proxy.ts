import type { ProxyConfig, Session } from "electron";
import {
  proxyInUse,
  readProxyAddress,
  readProxyExceptions,
  readProxyPac,
} from "../../preload/model/proxy.ts";
import type { ProxyMode, ProxySettings } from "../../preload/model/proxy.ts";
import type { AppProxy } from "../api/services.ts";

type ProxiedSession = Pick<Session, "setProxy" | "closeAllConnections">;

/** Keeps the app's network on the proxy of its settings. */
export interface SessionProxy extends AppProxy {
  /** Puts a further session onto the proxy that applies now. */
  join(session: ProxiedSession): Promise<void>;
  mode(): ProxyMode;
}

/** What a settings' proxy is in Electron's words (electronjs.org, ProxyConfig). Pure. */
export function proxyConfigOf(settings: ProxySettings): ProxyConfig {
  const address = readProxyAddress(settings.proxyAddress);
  const exceptions = readProxyExceptions(settings.proxyExceptions);
  const pac = readProxyPac(settings.proxyPac);
  const mode = proxyInUse(settings);
  if (mode === "direct") return { mode: "direct" };
  if (mode === "address" && "value" in address) {
    const proxyBypassRules = "value" in exceptions ? exceptions.value.join(";") : "";
    return { mode: "fixed_servers", proxyRules: address.value, proxyBypassRules };
  }
  if (mode === "pac" && "value" in pac) return { mode: "pac_script", pacScript: pac.value };
  return { mode: "system" };
}

/** `session` carries what the app sends; until the first `use` it does as the system says, as Electron's do. */
export function createSessionProxy(session: ProxiedSession): SessionProxy {
  let current: { mode: ProxyMode; config: ProxyConfig } = { mode: "system", config: { mode: "system" } };
  let turn: Promise<void> = Promise.resolve();

  async function change(settings: ProxySettings): Promise<void> {
    const config = proxyConfigOf(settings);
    if (JSON.stringify(config) === JSON.stringify(current.config)) return;
    await session.setProxy(config);
    current = { mode: proxyInUse(settings), config };
    // Connections that are kept open would go on over the old proxy.
    await session.closeAllConnections();
  }

  return {
    use(settings) {
      const done = turn.then(() => change(settings));
      turn = done.catch(() => undefined);
      return done;
    },
    join: (other) => other.setProxy(current.config),
    mode: () => current.mode,
  };
}
