import type { ProxyAgent } from "undici";
import { bypass } from "./bypass-rules.ts";

/** Electron's ProxyConfig. */
export interface ProxyConfig {
  mode?: string;
  proxyRules?: string;
  proxyBypassRules?: string;
  pacScript?: string;
}

interface Route {
  /** In the words of `resolveProxy`. */
  words: string;
  /** Null: directly, as Node goes. */
  agent: ProxyAgent | null;
}

interface Way {
  route: (url: URL) => Route;
  /** The agent that routes may use; closed when another way is taken. */
  agent: ProxyAgent | null;
}

/** How the words of `resolveProxy` name a kind of proxy. */
const kinds = { http: "PROXY", https: "HTTPS", socks5: "SOCKS5" } as const;

/**
 * The network of one session: Node's fetch, through the proxy that was set. "system" is Node's own way, which goes
 * straight to the server; a PAC file can't be evaluated, so requests fail as Chromium's do when it can't get one.
 */
export class Network {
  #way: Way = { route: direct, agent: null };
  #connections = new AbortController();

  async setProxy(config: ProxyConfig): Promise<void> {
    const before = this.#way;
    this.#way = await wayOf(config);
    // What is under way stays on the old proxy, as in Chromium, until closeAllConnections.
    void before.agent?.close();
  }

  async resolveProxy(url: string): Promise<string> {
    return this.#way.route(new URL(url)).words;
  }

  async closeAllConnections(): Promise<void> {
    this.#connections.abort(new Error("net::ERR_ABORTED"));
    this.#connections = new AbortController();
  }

  fetch = async (input: Parameters<typeof fetch>[0], init: RequestInit = {}): Promise<Response> => {
    const { agent } = this.#way.route(new URL(input instanceof Request ? input.url : input));
    const own = init.signal ?? (input instanceof Request ? input.signal : null);
    const { signal: closed } = this.#connections;
    const signal = own === null ? closed : AbortSignal.any([own, closed]);
    if (agent === null) return await fetch(input, { ...init, signal });
    try {
      // The types of fetch do not know that Node's takes an agent.
      return await fetch(input, { ...init, signal, dispatcher: agent } as RequestInit);
    } catch (error) {
      const { answerTo } = await proxyAgents();
      return answerTo(error);
    }
  };
}

async function wayOf(config: ProxyConfig): Promise<Way> {
  const mode = config.mode ?? (config.pacScript === undefined ? "fixed_servers" : "pac_script");
  if (mode === "fixed_servers") return await throughOne(config);
  if (mode === "pac_script") return { route: refusePac(config.pacScript ?? ""), agent: null };
  if (mode === "direct" || mode === "system") return { route: direct, agent: null };
  throw new Error(`The stand-in for Electron does not know the proxy mode "${mode}"`);
}

async function throughOne({ proxyRules = "", proxyBypassRules = "" }: ProxyConfig): Promise<Way> {
  const server = /^(?:(https?|socks5):\/\/)?([^/;,=@\s]+:\d+)$/.exec(proxyRules);
  if (!server) throw new Error(`The stand-in for Electron does not know the proxy rules "${proxyRules}"`);
  const [, scheme = "http", host = ""] = server;
  const goesDirectly = bypass(proxyBypassRules);
  const { openProxy } = await proxyAgents();
  const agent = openProxy(`${scheme}://${host}`);
  const words = `${kinds[scheme as keyof typeof kinds]} ${host}`;
  return { route: (url) => (goesDirectly(url) ? direct() : { words, agent }), agent };
}

/** Loaded when a proxy is set: it takes longer than the start of the app may. */
function proxyAgents() {
  return import("./proxy-agent.ts");
}

function direct(): Route {
  return { words: "DIRECT", agent: null };
}

function refusePac(address: string): () => Route {
  console.error(`The stand-in for Electron can't evaluate PAC files, so no request is sent: ${address}`);
  return () => {
    throw new Error("net::ERR_MANDATORY_PROXY_CONFIGURATION_FAILED");
  };
}
