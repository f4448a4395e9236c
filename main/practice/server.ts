import { Buffer } from "node:buffer";
import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { erase } from "../certificates/secrets.ts";
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

/** Bytes of a body that are kept: a PFX of the largest size with the form around it. */
const largestBody = 1_200_000;
/** Bytes that are read of a larger one, so that a browser gets an answer instead of a broken connection. */
const largestRead = 64_000_000;

/**
 * Opens a practice tenant to programs on this computer. A host is the first part of the path
 * (`/login.practice.invalid/common/…`) or, for clients that resolve the name to the loopback address, the Host
 * header. Plain http unless `tls` is given: nothing leaves this computer. Errors: those of listening.
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
  const pieces: Buffer[] = [];
  try {
    const target = targetOf(practice, incoming);
    if (target === null) {
      outgoing.writeHead(404).end();
      return;
    }
    const response = await practice.handle(await toRequest(target.url, incoming, pieces));
    const headers = Object.fromEntries(response.headers);
    const location = response.headers.get("Location");
    if (location !== null) headers["location"] = localized(practice, location, target.prefixed);
    outgoing.writeHead(response.status, headers);
    outgoing.end(Buffer.from(await response.arrayBuffer()));
  } catch {
    // A planned fault, or a client that broke off: both end as a broken connection.
    incoming.socket.destroy();
  } finally {
    // Forms may carry keys and passwords.
    erase(...pieces);
  }
}

/** The practised address of a request; null when it is for no practised host. */
function targetOf(
  practice: PracticeTenant,
  incoming: IncomingMessage,
): { url: string; prefixed: boolean } | null {
  const path = incoming.url ?? "/";
  const given = incoming.headers.host ?? "";
  const [, first = "", ...rest] = path.split("/");
  if (isPractised(practice, first) && isLoopback(given)) {
    return { url: `https://${first}/${rest.join("/")}`, prefixed: true };
  }
  const host = [given, given.replace(/:\d+$/, "")].find((name) => isPractised(practice, name));
  return host === undefined ? null : { url: `https://${host}${path}`, prefixed: false };
}

function isPractised({ hosts }: PracticeTenant, host: string): boolean {
  return Object.values(hosts).includes(host) || host.endsWith(`.${hosts.exchange}`);
}

/** No other name for this computer: a website could have chosen it to read the pages (DNS rebinding). */
function isLoopback(host: string): boolean {
  return /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/i.test(host);
}

/** A redirect within the practised hosts stays on this server. */
function localized(practice: PracticeTenant, location: string, prefixed: boolean): string {
  if (!prefixed || !URL.canParse(location)) return location;
  const { host, pathname, search, hash } = new URL(location);
  return isPractised(practice, host) ? `/${host}${pathname}${search}${hash}` : location;
}

/**
 * The request with its body as it came, in pieces that the caller erases. A body that is too large is left out;
 * its Content-Length still tells of it.
 */
async function toRequest(url: string, incoming: IncomingMessage, pieces: Buffer[]): Promise<Request> {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (typeof value === "string" && name !== "host" && name !== "connection") headers.set(name, value);
  }
  const method = incoming.method ?? "GET";
  if (method === "GET" || method === "HEAD") return new Request(url, { method, headers });
  let size = 0;
  for await (const piece of Readable.from(incoming)) {
    const bytes = piece as Buffer;
    size += bytes.length;
    if (size > largestRead) throw new RangeError("The request is too large.");
    if (size > largestBody) erase(bytes, ...pieces.splice(0));
    else pieces.push(bytes);
  }
  return new Request(url, { method, headers, body: ReadableStream.from(pieces), duplex: "half" });
}
