import { unlink } from "node:fs/promises";
import { join } from "node:path";
import type { BatchChoices } from "../../../preload/model/bulk.ts";
import type { CertificateFacts } from "../../../preload/model/certificates.ts";
import { maxCertificateFileBytes } from "../../../preload/model/certificates.ts";
import { AppError } from "../../errors.ts";
import { readFileLimited, writeFileAtomic } from "../../files/atomic-file.ts";
import { writeError } from "../../files/file-errors.ts";
import type { Answer, Job, JobKind } from "../jobs.ts";
import { erase, secretCopy } from "../secrets.ts";
import type { PlannedRow } from "./plan.ts";

/** Where a pair is made and with what. */
export interface PairPlace {
  folder: string;
  choices: BatchChoices;
  run: <K extends JobKind>(job: Job<K>) => Promise<Answer<K>>;
  now: () => Date;
}

/** A pair that stands in the folder and was opened with its password. Erase `key`. */
export interface Pair {
  /** PKCS #8 in DER. */
  key: Uint8Array;
  /** DER. */
  certificate: Uint8Array;
  facts: CertificateFacts;
  /** Content of the PFX; encrypted. */
  pfx: Uint8Array;
  pfxPath: string;
  cerPath: string;
  /** Whether it was made now; else it stood there already. */
  made: boolean;
}

/** The two paths of a row's pair. */
export function pairPaths(folder: string, { file }: Pick<PlannedRow, "file">) {
  return { pfxPath: join(folder, `${file}.pfx`), cerPath: join(folder, `${file}.cer`) };
}

/** Whether the PFX of a row stands in the folder. It is written last, so then the pair is complete. */
export async function pfxStands(folder: string, row: PlannedRow): Promise<boolean> {
  return (await readIfThere(pairPaths(folder, row).pfxPath)) !== null;
}

/**
 * Makes sure that a row's pair stands: a finished one is opened and compared, never made again; what an interrupted
 * run left of one is removed first. The password stays the caller's to erase. Foreign files are never touched.
 * Throws AppError: file-exists (a foreign file has the name), password-wrong, certificate-*, canceled and those of
 * `writeFileAtomic`.
 */
export async function ensurePair(row: PlannedRow, password: Uint8Array, place: PairPlace): Promise<Pair> {
  const { pfxPath, cerPath } = pairPaths(place.folder, row);
  const [pfx, cer] = [await readIfThere(pfxPath), await readIfThere(cerPath)];
  if (pfx !== null) return verified(row, { pfx, cer, pfxPath, cerPath }, password, place);
  if (cer !== null) await removeLeftover(row, cer, cerPath, place);
  return make(row, { pfxPath, cerPath }, password, place);
}

async function verified(
  row: PlannedRow,
  found: { pfx: Buffer; cer: Buffer | null; pfxPath: string; cerPath: string },
  password: Uint8Array,
  { run }: PairPlace,
): Promise<Pair> {
  const { pfx, cer, pfxPath, cerPath } = found;
  const job = {
    kind: "import",
    bytes: Uint8Array.from(pfx),
    password: secretCopy(password),
    now: null,
  } as const;
  const { key, certificate, facts } = await run(job);
  try {
    if (!isOf(row, facts)) throw new AppError("file-exists", { path: `${row.file}.pfx` });
    if (cer === null) await writeFileAtomic(cerPath, certificate, { replace: false });
    else if (!cer.equals(certificate)) throw new AppError("certificate-key-mismatch");
    return { key, certificate, facts, pfx, pfxPath, cerPath, made: false };
  } catch (error) {
    erase(key);
    throw error;
  }
}

async function make(
  row: PlannedRow,
  { pfxPath, cerPath }: { pfxPath: string; cerPath: string },
  password: Uint8Array,
  { choices, run, now }: PairPlace,
): Promise<Pair> {
  const { commonName, dnsName } = row;
  const { keySize, notBefore, notAfter, profile } = choices;
  const names = { commonName, organization: "", dnsNames: [dnsName], friendlyName: commonName };
  const { key, certificate, facts, pfx } = await run({
    kind: "create-pair",
    ...names,
    keySize,
    notBefore,
    notAfter,
    profile,
    password: secretCopy(password),
    now: now().toISOString(),
  });
  try {
    await writeFileAtomic(cerPath, certificate, { replace: false });
    await writeFileAtomic(pfxPath, pfx, { replace: false });
    // The worker has opened these very bytes; here they have to come back from the disk.
    const saved = await readFileLimited(pfxPath, maxCertificateFileBytes);
    if (!saved.equals(pfx))
      throw new AppError("write-failed", { path: `${row.file}.pfx`, reason: "changed" });
    return { key, certificate, facts, pfx, pfxPath, cerPath, made: true };
  } catch (error) {
    erase(key);
    throw error;
  }
}

/** A CER without its PFX: its key is nowhere, so it is of no use to anyone. */
async function removeLeftover(
  row: PlannedRow,
  cer: Buffer,
  cerPath: string,
  { run, now }: PairPlace,
): Promise<void> {
  const path = `${row.file}.cer`;
  const bytes = Uint8Array.from(cer);
  const inspected = await run({
    kind: "inspect",
    fileName: path,
    bytes,
    password: null,
    now: now().toISOString(),
  }).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "canceled") throw error;
    return null;
  });
  const facts = inspected?.kind === "certificate" ? inspected.certificate : null;
  if (facts === null || !isOf(row, facts)) throw new AppError("file-exists", { path });
  await remove(cerPath);
}

/** Whether a certificate is one that this row makes. */
function isOf(row: PlannedRow, facts: CertificateFacts): boolean {
  return facts.selfSigned && facts.commonName === row.commonName;
}

/** The file's content, or null. An empty one is what a power cut leaves on some file systems: it is removed. */
async function readIfThere(path: string): Promise<Buffer | null> {
  try {
    const content = await readFileLimited(path, maxCertificateFileBytes, { allowEmpty: true });
    if (content.length > 0) return content;
    await remove(path);
    return null;
  } catch (error) {
    if (error instanceof AppError && error.code === "file-not-found") return null;
    throw error;
  }
}

async function remove(path: string): Promise<void> {
  await unlink(path).catch((error: unknown) => {
    throw writeError(path, error);
  });
}
