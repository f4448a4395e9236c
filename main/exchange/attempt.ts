import type { Cloud } from "../guide/clouds.ts";
import type { Fetch } from "../identity/fetch.ts";
import { erase } from "../certificates/secrets.ts";
import type { Pace } from "../tenant/pace.ts";
import type { CertificateRecord } from "../setups/document.ts";
import { askEntra } from "./ask-entra.ts";
import { askExchange } from "./ask-exchange.ts";
import type { Light } from "./causes.ts";
import { lightOff, lightOn } from "./causes.ts";
import type { Details } from "./details.ts";
import { details } from "./details.ts";
import type { Organization } from "./exchange-cause.ts";
import type { PfxPorts } from "./open-pfx.ts";
import { openSavedPfx } from "./open-pfx.ts";
import { judgeRights, rightsOf } from "./rights.ts";
import { readClaims } from "./token-claims.ts";

/** Where the requests go: the real services, or a practice tenant. */
export interface Connection {
  fetch: Fetch;
  cloud: Pick<Cloud, "authority" | "exchange">;
}

export interface AttemptPorts extends PfxPorts {
  pace: Pace;
  newId(): string;
}

export interface AttemptInput {
  connection: Connection;
  tenantId: string;
  applicationId: string;
  /** The tenant's initial domain; empty when it is not known. */
  domain: string;
  certificate: CertificateRecord;
}

export interface Attempted {
  lights: Light[];
  organization: Organization | null;
  details: Details;
}

/**
 * Connects once as the application would: the saved PFX, a new token, one command that only reads. Never from a
 * cache, never more than read. The key is erased as soon as there is a token or none. Errors: the signal's reason.
 */
export async function attemptDryRun(
  ports: AttemptPorts,
  input: AttemptInput,
  password: Buffer,
  signal: AbortSignal,
): Promise<Attempted> {
  const { connection, certificate, tenantId, applicationId, domain } = input;
  const opened = await openSavedPfx(ports, certificate, password, ports.pace.now());
  if ("cause" in opened) return notTried(lightOff("certificate", opened.cause, { path: opened.file }));
  const { cloud, fetch } = connection;
  const request = { cloud, tenantId, applicationId, sha256: certificate.facts.sha256, key: opened.key };
  const entra = await askEntra({ fetch, pace: ports.pace }, request, signal).finally(() => {
    erase(opened.key);
  });
  if (!("value" in entra)) {
    const { cause, params, details: told } = entra.cause;
    return notTried(lightOff("certificate", cause, params), details({ host: cloud.authority }, told));
  }
  const token = entra.value;
  const claims = readClaims(token) ?? { roles: [], wids: [], tenantId: "", applicationId: "" };
  const rights = rightsOf(claims);
  const shown: Details = { roles: claims.roles.join(", "), wids: claims.wids.join(", ") };
  if (!rights.permission) {
    // Without the permission Exchange answers 401 whatever the rest is.
    return {
      lights: [lightOn("certificate"), ...judgeRights(rights, null)],
      organization: null,
      details: details(shown),
    };
  }
  const asked = await askExchange(
    { fetch, pace: ports.pace, newId: () => ports.newId() },
    { host: cloud.exchange, tenantId, anchor: domain || tenantId, token },
    signal,
  );
  if ("value" in asked) {
    return {
      lights: [lightOn("certificate"), ...judgeRights(rights, { answered: true })],
      organization: asked.value,
      details: details(shown),
    };
  }
  const { cause, params, details: told } = asked.cause;
  const [second, third] = judgeRights(rights, { answered: false, cause });
  return {
    lights: [lightOn("certificate"), second, { ...third, params }],
    organization: null,
    details: details(shown, told),
  };
}

/** An attempt that did not get as far as a token. */
export function notTried(first: Light, told: Details = {}): Attempted {
  const others = [lightOff("rights", "not-reached"), lightOff("exchange", "not-reached")];
  return { lights: [first, ...others], organization: null, details: told };
}
