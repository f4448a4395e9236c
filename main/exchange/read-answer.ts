import type { NetworkFailure } from "../identity/network-failure.ts";
import { networkFailure } from "../identity/network-failure.ts";
import type { Fetch } from "../identity/fetch.ts";
import { retryAfterMs } from "../tenant/pace.ts";
import { isPage } from "./watched-fetch.ts";

/** Largest answer that is read, in bytes; Get-OrganizationConfig has some 30 kilobytes. */
const mostBytes = 4_194_304;
const requestLimitMs = 30_000;

/** An answer of Exchange. */
export interface Answer {
  status: number;
  /** Empty for a redirect. */
  text: string;
  location: string | null;
  isPage: boolean;
  requestId: string;
  diagnostics: string;
  retryAfterMs: number | null;
}

/** Sends one request, follows no redirect, reads no more than is sensible. Gives why no answer came otherwise. */
export async function readAnswer(
  ports: { fetch: Fetch; now: () => Date },
  url: string,
  init: RequestInit,
  signal: AbortSignal,
): Promise<{ answer: Answer } | { failure: NetworkFailure }> {
  try {
    const limit = AbortSignal.timeout(requestLimitMs);
    const response = await ports.fetch(url, {
      ...init,
      redirect: "manual",
      signal: AbortSignal.any([signal, limit]),
    });
    const { status, headers } = response;
    return {
      answer: {
        status,
        text: await limitedText(response),
        location: headers.get("location"),
        isPage: isPage(headers),
        requestId: headers.get("request-id") ?? "",
        diagnostics: headers.get("x-ms-diagnostics") ?? "",
        retryAfterMs: retryAfterMs(headers.get("retry-after"), ports.now()),
      },
    };
  } catch (error) {
    signal.throwIfAborted();
    return { failure: networkFailure(error) };
  }
}

/** The body's text up to the limit; what lies beyond makes it unreadable as JSON, and that is said then. */
async function limitedText(response: Response): Promise<string> {
  if (response.body === null) return "";
  const reader = response.body.getReader();
  const parts: Uint8Array[] = [];
  let size = 0;
  while (size <= mostBytes) {
    // oxlint-disable-next-line no-await-in-loop -- a stream is read piece by piece
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    size += value.byteLength;
  }
  await reader.cancel();
  return Buffer.concat(parts).subarray(0, mostBytes).toString("utf8");
}
