import type { Fetch } from "../identity/fetch.ts";
import type { NetworkFailure } from "../identity/network-failure.ts";
import { networkFailure } from "../identity/network-failure.ts";
import { retryAfterMs } from "../tenant/pace.ts";

/** What came of a request, as far as it helps to explain a failure. Never the body of a success. */
export interface Seen {
  /** Null when no answer came. */
  status: number | null;
  /** Text of an answer that was no success. */
  text: string;
  isPage: boolean;
  requestId: string;
  retryAfterMs: number | null;
  /** Why no answer came. */
  failure: NetworkFailure | null;
}

export interface WatchedFetch {
  fetch: Fetch;
  /** The last request; null before the first. */
  last(): Seen | null;
}

/**
 * A `fetch` that remembers how its last request ended: MSAL keeps neither `Retry-After` nor the text of an answer
 * to its discovery. A redirect is an answer and never followed. `signal` ends each request.
 */
export function watchedFetch(fetch: Fetch, now: () => Date, signal: AbortSignal): WatchedFetch {
  let last: Seen | null = null;
  return {
    last: () => last,
    async fetch(url, init = {}) {
      const signals = init.signal ? AbortSignal.any([init.signal, signal]) : signal;
      try {
        const response = await fetch(url, { ...init, redirect: "manual", signal: signals });
        const seen: Seen = {
          status: response.status,
          text: "",
          isPage: isPage(response.headers),
          requestId: response.headers.get("x-ms-request-id") ?? "",
          retryAfterMs: retryAfterMs(response.headers.get("retry-after"), now()),
          failure: null,
        };
        last = seen;
        if (response.ok) return response;
        seen.text = await response.text();
        const { status, headers } = response;
        return new Response(seen.text === "" ? null : seen.text, { status, headers });
      } catch (error) {
        const failure = networkFailure(error);
        last = { status: null, text: "", isPage: false, requestId: "", retryAfterMs: null, failure };
        throw error;
      }
    },
  };
}

/** A proxy or captive portal answers with a page; the services never do. */
export function isPage(headers: Headers): boolean {
  return /\bhtml\b/i.test(headers.get("content-type") ?? "");
}
