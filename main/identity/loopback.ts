import { request } from "node:http";

/** Where the browser's answer is expected, as MSAL wrote it into the sign-in address. */
export interface PendingAnswer {
  redirectUri: string;
  state: string;
}

/** The waiting loopback address of a sign-in page; null for an address without one. */
export function pendingAnswer(signInUrl: string): PendingAnswer | null {
  if (!URL.canParse(signInUrl)) return null;
  const { searchParams } = new URL(signInUrl);
  const redirectUri = searchParams.get("redirect_uri");
  const state = searchParams.get("state");
  if (redirectUri === null || state === null || !URL.canParse(redirectUri)) return null;
  const { protocol, hostname } = new URL(redirectUri);
  return protocol === "http:" && hostname === "localhost" ? { redirectUri, state } : null;
}

/**
 * Ends a pending sign-in: MSAL has neither cancel nor time limit, but takes an error from the browser, so the app
 * answers in the browser's place. Straight to 127.0.0.1, where MSAL listens: no proxy, no name look-up.
 */
export async function endPending({ redirectUri, state }: PendingAnswer, error: string): Promise<void> {
  const body = new URLSearchParams({ error, state }).toString();
  await new Promise<void>((resolve) => {
    const call = request(
      {
        host: "127.0.0.1",
        port: new URL(redirectUri).port,
        method: "POST",
        path: "/",
        headers: {
          "Content-Type": "application/x-www-form-urlencoded",
          "Content-Length": Buffer.byteLength(body),
        },
      },
      (response) => {
        response.resume();
        response.on("close", resolve);
      },
    );
    // Refused: nobody waits any more, which is what was wanted.
    call.on("error", () => resolve());
    call.end(body);
  });
}
