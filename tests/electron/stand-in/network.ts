import { Pool, ProxyAgent } from "undici";
import type { Dispatcher } from "undici";
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

/** How the words of `resolveProxy` name a kind of proxy. */
const kinds = { "http:": "PROXY", "https:": "HTTPS", "socks5:": "SOCKS5" } as const;

/**
 * The network of one session: Node's fetch, through the proxy that was set. "system" is Node's own way, which goes
 * straight to the server; a PAC file can't be evaluated, so requests fail as Chromium's do when it can't get one.
 */
export class Network {
  #route: (url: URL) => Route = direct;
  #agent: ProxyAgent | null = null;
  #connections = new AbortController();

  async setProxy(config: ProxyConfig): Promise<void> {
    const mode = config.mode ?? (config.pacScript === undefined ? "fixed_servers" : "pac_script");
    const before = this.#agent;
    this.#agent = null;
    if (mode === "fixed_servers") this.#route = this.#throughOne(config);
    else if (mode === "pac_script") this.#route = refusePac(config.pacScript ?? "");
    else if (mode === "direct" || mode === "system") this.#route = direct;
    else throw new Error(`The stand-in for Electron does not know the proxy mode "${mode}"`);
    // What is under way stays on the old proxy, as in Chromium, until closeAllConnections.
    void before?.close();
  }

  async resolveProxy(url: string): Promise<string> {
    return this.#route(new URL(url)).words;
  }

  async closeAllConnections(): Promise<void> {
    this.#connections.abort(new Error("net::ERR_ABORTED"));
    this.#connections = new AbortController();
  }

  fetch = async (input: Parameters<typeof fetch>[0], init: RequestInit = {}): Promise<Response> => {
    const { agent } = this.#route(new URL(input instanceof Request ? input.url : input));
    const own = init.signal ?? (input instanceof Request ? input.signal : null);
    const { signal: closed } = this.#connections;
    const signal = own === null ? closed : AbortSignal.any([own, closed]);
    if (agent === null) return await fetch(input, { ...init, signal });
    try {
      // The types of fetch do not know that Node's takes an agent.
      return await fetch(input, { ...init, signal, dispatcher: agent } as RequestInit);
    } catch (error) {
      return answerTo(error);
    }
  };

  #throughOne({ proxyRules = "", proxyBypassRules = "" }: ProxyConfig): (url: URL) => Route {
    const server = /^(?:(https?|socks5):\/\/)?([^/;,=@\s]+:\d+)$/.exec(proxyRules);
    if (!server) throw new Error(`The stand-in for Electron does not know the proxy rules "${proxyRules}"`);
    const [, scheme = "http", host = ""] = server;
    const goesDirectly = bypass(proxyBypassRules);
    const agent = openProxy(`${scheme}://${host}`);
    this.#agent = agent;
    const words = `${kinds[`${scheme}:` as keyof typeof kinds]} ${host}`;
    return (url) => (goesDirectly(url) ? direct() : { words, agent });
  }
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

/** The proxy answered a request for a tunnel with something else than "established". */
class TunnelRefused extends Error {
  readonly status: number;

  constructor(status: number) {
    super("net::ERR_TUNNEL_CONNECTION_FAILED");
    this.status = status;
  }
}

/** An agent that tunnels https and asks the proxy itself for http, as Chromium does. */
function openProxy(uri: string): ProxyAgent {
  return new ProxyAgent({ uri, proxyTunnel: false, clientFactory: openTunnels });
}

/** Connections to a proxy that keep its refusal, which undici reduces to "cancelled". */
function openTunnels(origin: URL, options: object): Dispatcher {
  const pool = new Pool(origin, options);
  const open = pool.connect.bind(pool);
  const connect = async (tunnel: Dispatcher.ConnectOptions): Promise<Dispatcher.ConnectData> => {
    const answer = await open(tunnel);
    if (answer.statusCode === 200) return answer;
    answer.socket.on("error", () => undefined).destroy();
    throw new TunnelRefused(answer.statusCode);
  };
  return Object.assign(pool, { connect });
}

/** What Chromium gives where Node's fetch through a proxy fails; throws the failure when it is none of the proxy's. */
function answerTo(error: unknown): Response {
  const cause = error instanceof Error ? error.cause : undefined;
  const status = cause instanceof TunnelRefused ? cause.status : /\(407\)/.test(String(cause)) ? 407 : null;
  // Without a name and password Chromium hands the 407 on, and of a tunnel's no body (crbug.com/8473).
  if (status === 407) {
    const failed = new Error("net::ERR_TUNNEL_CONNECTION_FAILED");
    return new Response(new ReadableStream({ pull: (body) => body.error(failed) }), { status });
  }
  if (status !== null) throw cause;
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  // Through a proxy, only the proxy itself is connected to.
  if (/^(ECONN|ENOTFOUND|EAI_AGAIN|EHOST|ENET|ETIMEDOUT|UND_ERR_CONNECT)/.test(code)) {
    throw new Error("net::ERR_PROXY_CONNECTION_FAILED", { cause });
  }
  throw error;
}
