import { Buffer } from "node:buffer";
import { createPrivateKey } from "node:crypto";
import { z } from "zod";
import type { ErrorCode } from "../../../preload/model/errors.ts";
import { erase, secretCopy } from "../../certificates/secrets.ts";
import { AppError } from "../../errors.ts";
import { appOnlyToken } from "../../identity/app-only.ts";
import { IdentityError } from "../../identity/reasons.ts";
import type { IdentityReason } from "../../identity/reasons.ts";
import type { RolloutReason, RolloutRecord } from "../data.ts";
import { isGuid } from "../ids.ts";
import { ask, refuseUnavailable, statusText } from "./ask.ts";
import type { ConnectPorts } from "./ask.ts";
import type { OpenedPfx } from "./open-pfx.ts";
import { organizationOf } from "./organization.ts";
import { RolloutFailure } from "./rollout-failure.ts";

/** Saved values of the technical attributes by the documentation's names. */
export type SavedTexts = Readonly<Record<string, string>>;

/**
 * Does what the gateway does with the saved values: opens the PFX, signs in as the application, and asks Exchange for
 * the organization. The key and the copy of the password are erased before it returns; the PEM that MSAL needs is
 * left to the garbage collector.
 */
export async function connect(
  ports: ConnectPorts,
  texts: SavedTexts,
  upload: { pfx: Uint8Array; password: Uint8Array },
): Promise<RolloutRecord> {
  const at = ports.now().toISOString();
  try {
    const opened = await open(ports, upload);
    try {
      const tenantId = await checkTenant(ports, texts["TenantID"] ?? "");
      const token = await signIn(ports, opened, tenantId, texts["ConnectAppID"] ?? "");
      for (const name of ["TenantDisplay", "OrganizationDisplayName"]) {
        await checkDomain(ports, name, texts[name] ?? "", tenantId);
      }
      return { result: "connected", at, ...(await organizationOf(ports, tenantId, token)) };
    } finally {
      erase(opened.key);
    }
  } catch (error) {
    if (!(error instanceof RolloutFailure)) throw error;
    const { reason, attribute, serviceText } = error;
    return { result: "failed", at, reason, attribute, serviceText };
  }
}

const ofPfx: Partial<Record<ErrorCode, RolloutReason>> = {
  "password-wrong": "password-wrong",
  "certificate-not-recognised": "pfx-unreadable",
  "certificate-truncated": "pfx-unreadable",
  "certificate-too-complex": "pfx-refused",
  "certificate-iterations-too-high": "pfx-refused",
  "file-too-large": "pfx-refused",
  "certificate-unsupported-encryption": "pfx-encryption",
  "certificate-no-private-key": "no-private-key",
  "certificate-several-keys": "several-keys",
  "certificate-key-mismatch": "key-mismatch",
  "certificate-not-rsa": "not-rsa",
};

/** First octet of every PFX: a DER sequence. Text forms are for other programs. */
const sequence = 0x30;

async function open({ openPfx }: ConnectPorts, upload: { pfx: Uint8Array; password: Uint8Array }) {
  if (upload.pfx[0] !== sequence) throw new RolloutFailure("not-a-pfx", "", "ConnectPFX");
  // Copies, because a new upload erases the old one at once.
  const [pfx, password] = [secretCopy(upload.pfx), secretCopy(upload.password)];
  try {
    return await openPfx(pfx, password);
  } catch (error) {
    // What is no AppError counts as internal, as in the worker: a hostile file must not break the page.
    const reason = (error instanceof AppError ? ofPfx[error.code] : undefined) ?? "pfx-not-opened";
    const attribute = reason === "password-wrong" ? "ConnectPFXPassword" : "ConnectPFX";
    throw new RolloutFailure(reason, "", attribute);
  } finally {
    erase(pfx, password);
  }
}

/** The tenant's ID in its own spelling. */
async function checkTenant(ports: ConnectPorts, tenantId: string): Promise<string> {
  const found = await tenantNamed(ports, tenantId);
  if (found.id === null || found.id !== tenantId.toLowerCase()) {
    throw new RolloutFailure("tenant-wrong", found.serviceText, "TenantID");
  }
  return found.id;
}

async function checkDomain(
  ports: ConnectPorts,
  name: string,
  domain: string,
  tenantId: string,
): Promise<void> {
  const found = await tenantNamed(ports, domain);
  if (isGuid(domain) || found.id !== tenantId)
    throw new RolloutFailure("domain-wrong", found.serviceText, name);
}

const configuration = z.object({ issuer: z.string() });
const refusal = z.object({ error_description: z.string() });

/** The tenant behind an ID or a domain name, as the sign-in service's own address for it says. */
async function tenantNamed(
  ports: ConnectPorts,
  name: string,
): Promise<{ id: string | null; serviceText: string }> {
  const url = `https://${ports.hosts.login}/${encodeURIComponent(name)}/v2.0/.well-known/openid-configuration`;
  const response = await ask(ports, url);
  refuseUnavailable(response);
  const body: unknown = await response.json().catch(() => null);
  const known = configuration.safeParse(body);
  if (!known.success) {
    const refused = refusal.safeParse(body);
    return { id: null, serviceText: refused.success ? refused.data.error_description : statusText(response) };
  }
  const id = new URL(known.data.issuer).pathname.split("/")[1] ?? "";
  return { id: isGuid(id) ? id : null, serviceText: "" };
}

const ofIdentity: Partial<Record<IdentityReason, RolloutReason>> = {
  "certificate-not-registered": "certificate-not-registered",
  "application-not-found": "application-unknown",
  "application-disabled": "application-disabled",
  "tenant-not-found": "tenant-wrong",
  "service-not-subscribed": "no-exchange",
  "clock-wrong": "clock-wrong",
  offline: "service-unavailable",
  proxy: "service-unavailable",
  "proxy-sign-in": "service-unavailable",
  "tls-interception": "service-unavailable",
  "service-unavailable": "service-unavailable",
};

/** What the app's own sign-in has no word for. */
const ofCodes: Readonly<Record<string, RolloutReason>> = {
  AADSTS1000502: "certificate-not-valid-now",
  AADSTS7000229: "service-principal-missing",
};

const attributeOf: Partial<Record<RolloutReason, string>> = {
  "certificate-not-registered": "ConnectPFX",
  "certificate-not-valid-now": "ConnectPFX",
  "application-unknown": "ConnectAppID",
  "tenant-wrong": "TenantID",
};

async function signIn(
  { fetch, now, hosts }: ConnectPorts,
  { key, facts }: OpenedPfx,
  tenantId: string,
  applicationId: string,
): Promise<string> {
  try {
    return await appOnlyToken(
      { fetch, now },
      {
        cloud: { authority: hosts.login },
        tenantId,
        applicationId,
        sha256: facts.sha256,
        privateKey: pemOf(key),
      },
      `https://${hosts.exchange}/.default`,
    );
  } catch (error) {
    if (!(error instanceof IdentityError)) throw error;
    const { code, text } = error.details;
    const reason = ofCodes[code] ?? ofIdentity[error.reason] ?? "sign-in-refused";
    throw new RolloutFailure(reason, text === "" ? code : ownWords(text), attributeOf[reason]);
  }
}

/** The service's sentence out of the line that MSAL makes of it. */
function ownWords(text: string): string {
  return /AADSTS\d+: .*?(?= - Correlation ID: |$)/s.exec(text)?.[0] ?? text;
}

function pemOf(key: Uint8Array): string {
  const der = Buffer.from(key.buffer, key.byteOffset, key.byteLength);
  const loaded = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
  return loaded.export({ format: "pem", type: "pkcs8" }).toString();
}
