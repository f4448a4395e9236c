import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from "@azure/msal-node";
import type { Fetch } from "./fetch.ts";

/** A request of the sign-in that got no usable answer. `status` is null when none came at all. */
export class RequestFailure extends Error {
  readonly status: number | null;

  constructor(status: number | null, cause: unknown) {
    super("The sign-in service did not answer.", { cause });
    this.name = "RequestFailure";
    this.status = status;
  }
}

export interface Network extends INetworkModule {
  /** How far the service's clock is ahead of this computer's, in milliseconds, as last seen. */
  clockOffsetMs(): number | null;
  /** The failure of the last request; null when it got an answer. MSAL does not always pass it on. */
  lastFailure(): RequestFailure | null;
  /** Forgets the last failure, before a new piece of work. */
  begin(): void;
}

const requestLimitMs = 30_000;

/** MSAL's traffic through the app's `fetch`, so that its proxy and the system's certificates apply to it. */
export function createNetwork(fetch: Fetch, now: () => Date): Network {
  let offset: number | null = null;
  let failure: RequestFailure | null = null;

  async function send<T>(
    method: "GET" | "POST",
    url: string,
    options: NetworkRequestOptions = {},
    limitMs = requestLimitMs,
  ): Promise<NetworkResponse<T>> {
    failure = null;
    try {
      const response = await fetch(url, {
        method,
        redirect: "error",
        signal: AbortSignal.timeout(limitMs),
        ...(options.headers && { headers: options.headers }),
        ...(options.body !== undefined && { body: options.body }),
      });
      const date = Date.parse(response.headers.get("date") ?? "");
      if (!Number.isNaN(date)) offset = date - now().getTime();
      // A proxy that wants a sign-in: the answer may break off where its body would be.
      if (response.status === 407) throw new RequestFailure(407, null);
      const body = readBody(await response.text());
      if (body === undefined) throw new RequestFailure(response.status, null);
      return { headers: Object.fromEntries(response.headers), body: body as T, status: response.status };
    } catch (error) {
      failure = error instanceof RequestFailure ? error : new RequestFailure(null, error);
      throw failure;
    }
  }

  return {
    sendGetRequestAsync: (url, options, timeout) => send("GET", url, options, timeout),
    sendPostRequestAsync: (url, options) => send("POST", url, options),
    clockOffsetMs: () => offset,
    lastFailure: () => failure,
    begin() {
      failure = null;
    },
  };
}

/** A proxy's or a captive portal's page is no answer of the service: undefined. */
function readBody(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
