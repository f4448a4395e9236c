import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { DoctorHost } from "../../preload/model/doctor.ts";
import type { DoctorNetwork } from "./doctor.ts";
import { proxiesIn } from "./verdict.ts";

/** How long one's own computer may take, in milliseconds. */
const limitMs = 5_000;

/**
 * Tries the way on which the browser brings the sign-in back: a server on 127.0.0.1, asked for as "localhost" as the
 * browser will. Security software, a changed hosts file or a proxy that takes local addresses can be in the way.
 */
export async function tryLoopback(network: DoctorNetwork): Promise<DoctorHost> {
  const word = randomUUID();
  const server = createServer((_request, response) => response.end(word));
  const started = performance.now();
  const host: DoctorHost = {
    target: "loopback",
    host: "localhost",
    verdict: "loopback-blocked",
    tone: "bad",
    status: null,
    proxies: null,
    certificate: null,
    clockAheadSeconds: null,
    milliseconds: 0,
    code: "",
  };
  try {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(0, "127.0.0.1", resolve);
    });
    const { port } = server.address() as AddressInfo;
    const url = `http://localhost:${port}/`;
    const proxy = await network.resolveProxy(url).catch(() => null);
    host.proxies = proxy === null ? null : proxiesIn(proxy);
    const response = await network.fetch(url, { signal: AbortSignal.timeout(limitMs), redirect: "error" });
    host.status = response.status;
    if ((await response.text()) === word) Object.assign(host, { verdict: "reachable", tone: "ok" });
  } catch (error) {
    host.code = error instanceof Error ? error.message.slice(0, 200) : "";
  } finally {
    server.closeAllConnections();
    server.close();
  }
  return { ...host, milliseconds: Math.round(performance.now() - started) };
}
