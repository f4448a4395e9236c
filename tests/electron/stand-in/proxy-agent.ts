import { Pool, ProxyAgent } from "undici";
import type { Dispatcher } from "undici";

/** The proxy answered a request for a tunnel with something else than "established". */
class TunnelRefused extends Error {
  readonly status: number;

  constructor(status: number) {
    super("net::ERR_TUNNEL_CONNECTION_FAILED");
    this.status = status;
  }
}

/** An agent that tunnels https and asks the proxy itself for http, as Chromium does. */
export function openProxy(uri: string): ProxyAgent {
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
export function answerTo(error: unknown): Response {
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
