import type { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { maxCertificateFileBytes } from "../../../preload/model/certificates.ts";
import { erase } from "../../certificates/secrets.ts";
import type { RandomBytes } from "../../ports.ts";
import type { TargetSystem } from "../data.ts";
import { newGuid } from "../ids.ts";
import { executionServers, maxPasswordBytes, maxTextLength, technicalAttributes } from "./attributes.ts";
import type { Refused } from "./moment.ts";
import { readMultipart } from "./multipart.ts";
import type { FormPart } from "./multipart.ts";
import { readBody } from "./request-body.ts";
import type { Uploads } from "./uploads.ts";

export type InstanceValues = Pick<TargetSystem, "name" | "description" | "executionServer">;

/** The first form, checked. `form` is null when it was too large. */
export function readInstanceForm(
  form: URLSearchParams | null,
): { ok: true; values: InstanceValues } | { ok: false; refused: Refused } {
  const refuse = (reason: Refused["reason"], status: number, typed: Record<string, string> = {}) =>
    ({ ok: false, refused: { form: "instance", reason, status, typed } }) as const;
  if (form === null) return refuse("text-too-long", 413);
  const text = (name: string) => (form.get(name) ?? "").trim();
  const name = text("Target system instance");
  const description = text("Description");
  const server = executionServers.find((known) => known === text("Execution server")) ?? executionServers[0];
  const typed = { TargetSystemInstance: name, Description: description, ExecutionServer: server };
  if (name === "") return refuse("name-missing", 422, typed);
  if (name.length > maxTextLength || description.length > maxTextLength) {
    return refuse("text-too-long", 422, typed);
  }
  return { ok: true, values: { name, description, executionServer: server } };
}

export function newTargetSystem(randomBytes: RandomBytes, now: Date, values: InstanceValues): TargetSystem {
  const id = newGuid(randomBytes);
  return { id, ...values, attributes: null, pfx: null, savedAt: now.toISOString(), rollout: null };
}

/** Room for the texts and the form's own lines beside the file. */
const maxBodyBytes = maxCertificateFileBytes + 65_536;

/**
 * Saves the technical attributes as they come, whole or not at all; an empty file field or password leaves what is
 * there. The form's bytes are erased. Gives why it was not saved.
 */
export async function saveAttributes(
  system: TargetSystem,
  uploads: Uploads,
  request: Request,
  now: Date,
): Promise<Refused | null> {
  const body = await readBody(request, maxBodyBytes);
  if (body === null) return refusal("file-too-large", 413);
  try {
    const parts = readMultipart(body, request.headers.get("Content-Type"));
    return parts === null ? refusal("form-damaged", 400) : save(system, uploads, parts, now);
  } finally {
    erase(body);
  }
}

function save(system: TargetSystem, uploads: Uploads, parts: readonly FormPart[], now: Date): Refused | null {
  const partOf = (name: string) => parts.find((part) => part.name === name);
  const texts: Record<string, string> = {};
  for (const { kind, name } of technicalAttributes) {
    if (kind === "text") texts[name] = partOf(name)?.bytes.toString("utf8").trim() ?? "";
  }
  const file = partOf("ConnectPFX");
  const pfx = file === undefined || (file.fileName ?? "") === "" ? null : file.bytes;
  const password = nonEmpty(partOf("ConnectPFXPassword")?.bytes);
  if (Object.values(texts).some((text) => text.length > maxTextLength)) {
    return refusal("text-too-long", 422, texts);
  }
  if (pfx !== null && pfx.length === 0) return refusal("file-empty", 422, texts);
  if (pfx !== null && pfx.length > maxCertificateFileBytes) return refusal("file-too-large", 413, texts);
  if (password !== null && password.length > maxPasswordBytes) {
    return refusal("password-too-long", 422, texts);
  }
  uploads.put(system.id, { pfx, password });
  system.attributes = texts;
  system.savedAt = now.toISOString();
  if (pfx !== null) {
    const sha256 = createHash("sha256").update(pfx).digest("hex").toUpperCase();
    system.pfx = { fileName: shownName(file?.fileName ?? ""), size: pfx.length, sha256 };
  }
  return null;
}

function nonEmpty(bytes: Buffer | undefined): Buffer | null {
  return bytes === undefined || bytes.length === 0 ? null : bytes;
}

function refusal(reason: Refused["reason"], status: number, typed?: Record<string, string>): Refused {
  return { form: "attributes", reason, status, ...(typed !== undefined && { typed }) };
}

/** The last part of a path, without what would disturb a page. */
function shownName(fileName: string): string {
  const last = fileName.split(/[\\/]/).at(-1) ?? "";
  return last.replaceAll(/[\p{Cc}\p{Cf}]/gu, "").slice(0, 200);
}
