import type { Net } from "electron";
import type { Fetch } from "../identity/fetch.ts";

type RequestNet = Pick<Net, "fetch" | "request">;

/** Largest answer that is taken in without following redirects, in bytes. */
const mostBytes = 8_388_608;
/** Statuses that have no body (RFC 9110). */
const bodiless: ReadonlySet<number> = new Set([101, 103, 204, 205, 304]);

/**
 * `fetch` over Chromium's network stack, so that the proxy of the settings and the system's certificates apply.
 * Electron's own breaks a request with `redirect: "manual"` off at the first redirect (electron/electron#43715); here
 * that gives the redirect as an answer, with its absolute address in `Location`, as in Node.
 */
export function createNetFetch(net: RequestNet): Fetch {
  return (url, init = {}) =>
    init.redirect === "manual" ? withoutRedirects(net, url, init) : net.fetch(url, init);
}

function withoutRedirects(net: RequestNet, url: string, init: RequestInit): Promise<Response> {
  return new Promise((resolve, reject) => {
    const { signal } = init;
    signal?.throwIfAborted();
    const request = net.request({ url, method: init.method ?? "GET", redirect: "manual" });
    const stop = (): void => {
      reject(signal?.reason instanceof Error ? signal.reason : new DOMException("Aborted", "AbortError"));
      request.abort();
    };
    const settle = (finish: () => void): void => {
      signal?.removeEventListener("abort", stop);
      finish();
    };
    signal?.addEventListener("abort", stop, { once: true });
    for (const [name, value] of new Headers(init.headers)) request.setHeader(name, value);
    request.on("redirect", (status, _method, location) => {
      settle(() => resolve(new Response(null, { status, headers: { location } })));
    });
    // After a redirect this only says that it was not followed.
    request.on("error", (error) => settle(() => reject(error)));
    request.on("response", (response) => {
      // A tunnel that was refused has a status and then a failure in place of a body.
      if (response.statusCode === 407) settle(() => resolve(new Response(null, { status: 407 })));
      const parts: Buffer[] = [];
      let size = 0;
      response.on("data", (part) => {
        size += part.length;
        if (size <= mostBytes) parts.push(part);
        else request.abort();
      });
      response.on("error", (error: unknown) => settle(() => reject(asError(error))));
      response.on("aborted", () => settle(() => reject(new Error("net::ERR_CONNECTION_CLOSED"))));
      response.on("end", () => {
        const { statusCode: status, statusMessage: statusText } = response;
        const body = bodiless.has(status) ? null : new Uint8Array(Buffer.concat(parts));
        settle(() =>
          resolve(new Response(body, { status, statusText, headers: headersOf(response.headers) })),
        );
      });
    });
    if (typeof init.body === "string") request.write(init.body);
    else if (init.body !== undefined && init.body !== null) {
      settle(() => reject(new TypeError("Only text can be sent.")));
      request.abort();
      return;
    }
    request.end();
  });
}

function headersOf(given: Record<string, string | string[]>): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(given)) {
    for (const one of Array.isArray(value) ? value : [value]) headers.append(name, one);
  }
  return headers;
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
