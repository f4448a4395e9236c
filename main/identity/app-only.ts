import { ConfidentialClientApplication } from "@azure/msal-node";
import type { Cloud } from "../guide/clouds.ts";
import type { Fetch } from "./fetch.ts";
import { identityError } from "./map-error.ts";
import { createNetwork } from "./network.ts";
import { IdentityError } from "./reasons.ts";

export interface AppOnlyConfig {
  cloud: Pick<Cloud, "authority">;
  tenantId: string;
  applicationId: string;
  /** SHA-256 thumbprint as hex: MSAL then signs with PS256 and sends `x5t#S256`. */
  sha256: string;
  /** PKCS #8 as PEM, not encrypted. It lives only as long as this call. */
  privateKey: string;
}

/**
 * A new token of the application itself, signed for with its certificate
 * (learn.microsoft.com/entra/identity-platform/certificate-credentials). Never from a cache: a token made before a
 * right was granted does not contain it. Errors: IdentityError.
 */
export async function appOnlyToken(
  ports: { fetch: Fetch; now: () => Date },
  config: AppOnlyConfig,
  scope: string,
): Promise<string> {
  const network = createNetwork(ports.fetch, ports.now);
  try {
    const client = new ConfidentialClientApplication({
      auth: {
        clientId: config.applicationId,
        authority: `https://${config.cloud.authority}/${config.tenantId}`,
        knownAuthorities: [config.cloud.authority],
        clientCertificate: { thumbprintSha256: config.sha256, privateKey: config.privateKey },
      },
      system: { networkClient: network, disableInternalRetries: true },
    });
    const result = await client.acquireTokenByClientCredential({ scopes: [scope], skipCache: true });
    if (result === null) throw new IdentityError("unknown");
    return result.accessToken;
  } catch (error) {
    throw identityError(network.lastFailure() ?? error, network.clockOffsetMs());
  }
}
