import type { AuthenticationResult, DeviceCodeRequest, PublicClientApplication } from "@azure/msal-node";
import { IdentityError } from "./reasons.ts";

/** What the person types on another page. The app shows Microsoft's warning about codes of strangers with it. */
export interface DeviceCode {
  userCode: string;
  verificationUri: string;
  /** Seconds. */
  expiresIn: number;
}

/**
 * Signs in with a code that is typed on another device. Many tenants block this; it is only the fallback. MSAL asks
 * the service every few seconds and sees a cancel at its next question; the caller sees it at once.
 */
export async function signInWithDeviceCode(
  client: Pick<PublicClientApplication, "acquireTokenByDeviceCode">,
  request: { scopes: string[]; claims?: string },
  signal: AbortSignal,
  onCode: (code: DeviceCode) => void = () => undefined,
): Promise<AuthenticationResult> {
  if (signal.aborted) throw new IdentityError("canceled");
  const ask: DeviceCodeRequest = {
    ...request,
    deviceCodeCallback: ({ userCode, verificationUri, expiresIn }) =>
      onCode({ userCode, verificationUri, expiresIn }),
  };
  const canceled = Promise.withResolvers<never>();
  const cancel = (): void => {
    ask.cancel = true;
    canceled.reject(new IdentityError("canceled"));
  };
  signal.addEventListener("abort", cancel, { once: true });
  try {
    const result = await Promise.race([client.acquireTokenByDeviceCode(ask), canceled.promise]);
    if (result === null) throw new IdentityError("device-code-expired");
    return result;
  } finally {
    signal.removeEventListener("abort", cancel);
  }
}
