import { createHash } from "node:crypto";
import { z } from "zod";
import { AppError } from "../errors.ts";
import { beforeExchange } from "./before-exchange.ts";
import { portalConfirmation } from "./certificates-in-use.ts";
import type { SetupDocument } from "./document.ts";
import { parseDocument } from "./document.ts";
import { cleanName, withdrawRollout } from "./intents.ts";

/** Largest setup file that is read, in bytes. */
export const maxSetupFileBytes = 5_000_000;
/** More facts than anybody enters in a setup's life; each is shown and saved with every change. */
const mostEvidence = 2_000;
const setupFileFormat = "exchange-rollout-setup";

const envelope = z.object({
  format: z.literal(setupFileFormat),
  exportedAt: z.iso.datetime(),
  setup: z.unknown(),
});

/**
 * A setup as a file for a colleague: inputs and facts, no secrets, no paths of this computer. During an exchange of the
 * certificate it is the setup of the certificate that the portal has.
 */
export function toSetupFile(document: SetupDocument, now: Date): string {
  const outside = outsideExchange(document, now);
  const { certificate } = outside;
  const setup: SetupDocument = {
    ...outside,
    password: null,
    request: null,
    dryRun: null,
    rotation: null,
    certificate: certificate === null ? null : { ...certificate, pfx: null, exports: [] },
    tenant: { ...outside.tenant, observed: null, request: null },
    rollout: { ...outside.rollout, handover: null },
  };
  return `${JSON.stringify({ format: setupFileFormat, exportedAt: now.toISOString(), setup }, null, 2)}\n`;
}

function outsideExchange(document: SetupDocument, now: Date): SetupDocument {
  const said = portalConfirmation(document);
  if (said === null || said.facts["certificate"] === document.rotation?.old.facts.sha1)
    return beforeExchange(document, now);
  const { record } = document.rollout;
  // What connected before says nothing about the certificate that is there now.
  return record === null || record.at < said.at ? withdrawRollout(document, now) : document;
}

/**
 * A setup from a colleague's file, under a new id. Its facts are "imported": this app has not seen them itself.
 * @throws AppError "setup-file-invalid" (also when certificate and thumbprint don't belong together), or "setup-too-new" for a file of a later version.
 */
export function fromSetupFile(json: string, id: string, now: Date): SetupDocument {
  let document: SetupDocument;
  try {
    const parsed = envelope.parse(JSON.parse(json.replace(/^\uFEFF/, "")));
    document = parseDocument(JSON.stringify(parsed.setup));
    document = { ...document, name: cleanName(document.name) };
    if (document.evidence.length > mostEvidence) throw new AppError("setup-file-invalid");
    if (!fitsItsThumbprint(document.certificate)) throw new AppError("setup-file-invalid");
  } catch (cause) {
    if (cause instanceof AppError && cause.code === "setup-too-new") throw cause;
    throw new AppError("setup-file-invalid", {}, cause);
  }
  return {
    ...document,
    id,
    archivedAt: null,
    updatedAt: now.toISOString(),
    password: null,
    request: null,
    dryRun: null,
    rotation: null,
    certificate: document.certificate === null ? null : { ...document.certificate, pfx: null, exports: [] },
    evidence: document.evidence.map((one) => ({ ...one, basis: "imported" as const })),
    tenant: { ...document.tenant, observed: null, request: null },
    rollout: { ...document.rollout, handover: null },
  };
}

/** The certificate that would be uploaded to Entra must be the one that the facts describe. */
function fitsItsThumbprint(certificate: SetupDocument["certificate"]): boolean {
  if (certificate === null) return true;
  const der = Buffer.from(certificate.der, "base64");
  const hash = (name: string) => createHash(name).update(der).digest("hex").toUpperCase();
  return hash("sha1") === certificate.facts.sha1 && hash("sha256") === certificate.facts.sha256;
}
