import type { AuthenticationResult, InteractiveRequest, PublicClientApplication } from "@azure/msal-node";
import { endPending, pendingAnswer } from "./loopback.ts";
import { IdentityError } from "./reasons.ts";

/** How long the browser may take, in milliseconds, before a closed window is assumed. */
export const browserLimitMs = 300_000;

export interface BrowserSignIn {
  request: Omit<InteractiveRequest, "openBrowser">;
  openBrowser: (url: string) => Promise<void>;
  signal?: AbortSignal;
  limitMs?: number;
}

const ended = { canceled: "app_canceled", "timed-out": "app_timed_out" } as const;

/** Signs in with the system's browser. Errors: IdentityError "canceled", "timed-out"; else MSAL's own. */
export async function signInWithBrowser(
  client: Pick<PublicClientApplication, "acquireTokenInteractive">,
  { request, openBrowser, signal, limitMs = browserLimitMs }: BrowserSignIn,
): Promise<AuthenticationResult> {
  let outcome: keyof typeof ended | null = null;
  let end: ((why: keyof typeof ended) => void) | null = null;
  const stop = (why: keyof typeof ended): void => {
    outcome ??= why;
    end?.(why);
  };
  const cancel = (): void => stop("canceled");
  if (signal?.aborted === true) throw new IdentityError("canceled");
  signal?.addEventListener("abort", cancel, { once: true });
  const timer = setTimeout(() => stop("timed-out"), limitMs);
  try {
    return await client.acquireTokenInteractive({
      ...request,
      openBrowser: async (url) => {
        const pending = pendingAnswer(url);
        if (pending === null) throw new IdentityError("browser-not-opened");
        if (outcome !== null) throw new IdentityError(outcome);
        end = (why) => void endPending(pending, ended[why]);
        try {
          await openBrowser(url);
        } catch (error) {
          throw new IdentityError("browser-not-opened", {}, error);
        }
      },
    });
  } catch (error) {
    throw outcome === null ? error : new IdentityError(outcome, {}, error);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", cancel);
  }
}
