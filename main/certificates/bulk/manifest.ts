import { createHash } from "node:crypto";
import { z } from "zod";
import type { BatchChoices } from "../../../preload/model/bulk.ts";
import { maxBatchRows, passwordPlaces } from "../../../preload/model/bulk.ts";
import { keySizes, pfxProfiles } from "../../../preload/model/certificates.ts";
import { cloudIds } from "../../../preload/model/guide.ts";
import { AppError } from "../../errors.ts";
import type { PlannedRow } from "./plan.ts";
import { planRows } from "./plan.ts";

/** The plan of a batch, beside its files. What is done stands in the folder itself: a PFX appears whole or not. */
export const manifestName = "exchange-rollout-batch.json";
/** The sealed list of passwords. */
export const listName = "exchange-rollout-passwords.zip";
/** Largest manifest that is read, in bytes: a thousand rows with the longest names. */
export const maxManifestBytes = 8_388_608;

const manifestVersion = 1;
const text = z.string().max(1_000);

const manifestSchema = z.object({
  format: z.literal("exchange-rollout-batch"),
  version: z.literal(manifestVersion),
  id: z.uuid(),
  createdAt: z.iso.datetime(),
  choices: z.object({
    keySize: z.literal(keySizes),
    notBefore: z.iso.date(),
    notAfter: z.iso.date(),
    profile: z.enum(pfxProfiles),
    passwords: z.enum(passwordPlaces),
    setups: z.boolean(),
    cloud: z.enum(cloudIds),
  } satisfies Record<keyof BatchChoices, z.ZodType>),
  rows: z
    .array(z.object({ number: z.int().positive(), name: text, dnsName: text, commonName: text, file: text }))
    .min(1)
    .max(maxBatchRows),
});

export interface Manifest {
  id: string;
  choices: BatchChoices;
  rows: PlannedRow[];
}

/** The manifest's text. It holds names and choices, never a secret. */
export function writeManifest({ id, choices, rows }: Manifest, now: Date): string {
  const content: z.infer<typeof manifestSchema> = {
    format: "exchange-rollout-batch",
    version: manifestVersion,
    id,
    createdAt: now.toISOString(),
    choices,
    rows: rows.map(({ number, name, dnsName, commonName, file }) => ({
      number,
      name,
      dnsName,
      commonName,
      file,
    })),
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

/**
 * Reads a manifest, which anyone may have written: its rows have to pass the same planning unchanged, so no name in
 * it leads out of the folder. Throws AppError batch-unreadable.
 */
export function readManifest(json: string): Manifest {
  const { id, choices, rows } = parse(json);
  const plan = planRows(rows);
  const numbers = new Set(rows.map(({ number }) => number));
  const changed = plan.some((row, index) => row.problems.length > 0 || row.file !== rows[index]?.file);
  if (changed || numbers.size !== rows.length) throw new AppError("batch-unreadable");
  return { id, choices, rows: plan };
}

function parse(json: string): z.infer<typeof manifestSchema> {
  try {
    return manifestSchema.parse(JSON.parse(json));
  } catch (cause) {
    throw new AppError("batch-unreadable", {}, cause);
  }
}

/**
 * The setup of a row, the same on every run, so that a setup is never made twice. It is a hash (a UUID of version 8,
 * RFC 9562): a manifest written by somebody else cannot point at a setup of his choice.
 */
export function setupIdOf(batchId: string, row: number): string {
  const hash = createHash("sha256").update(`exchange-rollout-batch/${batchId}/${row}`).digest();
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x80;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  const hex = hash.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    "-",
  );
}
