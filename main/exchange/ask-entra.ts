import { appOnlyToken } from "../identity/app-only.ts";
import type { Fetch } from "../identity/fetch.ts";
import { IdentityError } from "../identity/reasons.ts";
import { toPem } from "../certificates/pem.ts";
import type { Cloud } from "../guide/clouds.ts";
import type { Pace } from "../tenant/pace.ts";
import type { Outcome } from "./retry.ts";
import { withRetries } from "./retry.ts";
import { causeOfToken } from "./token-cause.ts";
import { watchedFetch } from "./watched-fetch.ts";

export interface TokenRequest {
  cloud: Pick<Cloud, "authority" | "exchange">;
  tenantId: string;
  applicationId: string;
  /** SHA-256 thumbprint as hex. */
  sha256: string;
  /** PKCS #8 in DER; the caller erases it. MSAL takes a text, which lives as long as its call. */
  key: Uint8Array;
}

/** A new token for Exchange as the application, or why Entra gave none. */
export async function askEntra(
  ports: { fetch: Fetch; pace: Pace },
  request: TokenRequest,
  signal: AbortSignal,
): Promise<Outcome<string>> {
  const now = () => ports.pace.now();
  return withRetries(ports.pace, signal, async () => {
    const watched = watchedFetch(ports.fetch, now, signal);
    try {
      const { cloud, tenantId, applicationId, sha256, key } = request;
      const privateKey = toPem("PRIVATE KEY", Buffer.from(key.buffer, key.byteOffset, key.byteLength));
      const config = { cloud, tenantId, applicationId, sha256, privateKey };
      const scope = `https://${cloud.exchange}/.default`;
      return { value: await appOnlyToken({ fetch: watched.fetch, now }, config, scope) };
    } catch (error) {
      signal.throwIfAborted();
      const known = error instanceof IdentityError ? error : new IdentityError("unknown", {}, error);
      const seen = watched.last();
      return { cause: causeOfToken(known, seen), retryAfterMs: seen?.retryAfterMs ?? null };
    }
  });
}
