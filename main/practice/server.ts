import { Buffer } from "node:buffer";
import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import type { PracticeTenant } from "./practice.ts";

export interface ServerOptions {
  /** A free one when left out. */
  port?: number;
  /** Key and certificate in PEM, for clients that insist on https. */
  tls?: { key: string; cert: string };
}

export interface PracticeServer {
  /** "http://127.0.0.1:port" (or https), without a slash at the end. */
  origin: string;
  /** The address under which a browser reaches a page of one of the practice hosts. */
  local(url: string): string;
  close(): Promise<void>;
}

const largestBody = 1_000_000;

/**
 * Opens a practice tenant to programs on this computer. A host is the first part of the path
 * (`/login.practice.invalid/common/…`) or, for clients that resolve the name to the loopback address, the Host
 * header. Plain http unless `tls` is given: nothing secret passes. Errors: those of listening.
 */
export async function servePractice(
  practice: PracticeTenant,
  { port = 0, tls }: ServerOptions = {},
): Promise<PracticeServer> {
  const listener = (incoming: IncomingMessage, outgoing: ServerResponse) =>
    void answer(practice, incoming, outgoing);
  const server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener);
  await listen(server, port);
  const origin = `${tls === undefined ? "http" : "https"}://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    local: (url) => {
      const { host, pathname, search } = new URL(url);
      return `${origin}/${host}${pathname}${search}`;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Pick<Server, "once" | "listen">, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
}

async function answer(
  practice: PracticeTenant,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  try {
    const target = targetOf(practice, incoming);
    if (target === null) {
      outgoing.writeHead(404).end();
      return;
    }
    const response = await practice.handle(await toRequest(target.url, incoming));
    const headers = Object.fromEntries(response.headers);
    const location = response.headers.get("Location");
    if (location !== null) headers["location"] = localized(practice, location, target.prefixed);
    outgoing.writeHead(response.status, headers);
    outgoing.end(Buffer.from(await response.arrayBuffer()));
  } catch {
    // A planned fault, or a client that broke off: both end as a broken connection.
    incoming.socket.destroy();
  }
}

/** The practised address of a request; null when it is for no practised host. */
function targetOf(
  practice: PracticeTenant,
  incoming: IncomingMessage,
): { url: string; prefixed: boolean } | null {
  const path = incoming.url ?? "/";
  const [, first = "", ...rest] = path.split("/");
  if (isPractised(practice, first)) return { url: `https://${first}/${rest.join("/")}`, prefixed: true };
  const given = incoming.headers.host ?? "";
  const host = [given, given.replace(/:\d+$/, "")].find((name) => isPractised(practice, name));
  return host === undefined ? null : { url: `https://${host}${path}`, prefixed: false };
}

function isPractised({ hosts }: PracticeTenant, host: string): boolean {
  return Object.values(hosts).includes(host) || host.endsWith(`.${hosts.exchange}`);
}

/** A redirect within the practised hosts stays on this server. */
function localized(practice: PracticeTenant, location: string, prefixed: boolean): string {
  if (!prefixed || !URL.canParse(location)) return location;
  const { host, pathname, search } = new URL(location);
  return isPractised(practice, host) ? `/${host}${pathname}${search}` : location;
}

async function toRequest(url: string, incoming: IncomingMessage): Promise<Request> {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (typeof value === "string" && name !== "host" && name !== "connection") headers.set(name, value);
  }
  const method = incoming.method ?? "GET";
  if (method === "GET" || method === "HEAD") return new Request(url, { method, headers });
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of Readable.from(incoming)) {
    const bytes = part as Buffer;
    size += bytes.length;
    if (size > largestBody) throw new RangeError("The request is too large.");
    parts.push(bytes);
  }
  return new Request(url, { method, headers, body: Buffer.concat(parts) });
}
