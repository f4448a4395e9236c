import { createHash } from "node:crypto";
import { z } from "zod";
import { stepIds } from "../../preload/model/guide.ts";
import type { StepId } from "../../preload/model/guide.ts";
import type { ActivityEntry, ActivityView } from "../../preload/model/setup.ts";
import { AppError } from "../errors.ts";

/** What happened, for the journal. Only words and numbers: a key or password in a Buffer has no way in. */
export interface JournalEntry {
  /** ISO 8601, UTC. */
  at: string;
  kind: string;
  step: StepId | null;
  details: Record<string, string | number>;
}

const longestText = 500;
const mostDetails = 40;
/** Longest line that is written, in bytes: 40 details of 60 + 500 characters, most costly ones, and the rest. */
export const maxLineBytes = 262_144;
/** What the first line carries as the hash of the line before. */
export const firstPrevious = "0".repeat(64);

const detailName = z.string().min(1).max(60);
const entrySchema = z.strictObject({
  at: z.iso.datetime(),
  kind: z.string().regex(/^[a-z0-9][a-z0-9.-]{0,79}$/),
  step: z.enum(stepIds).nullable(),
  details: z
    .record(detailName, z.union([z.string(), z.number()]))
    .refine((details) => Object.keys(details).length <= mostDetails),
});
const lineSchema = z.object({ previous: z.string().regex(/^[0-9a-f]{64}$/) }).extend(entrySchema.shape);

/**
 * The entry as a line of the journal, with its line end. Long texts are cut at 500 characters and marked with
 * "…". Anything but words and numbers, or more than 40 details, is refused with AppError internal.
 */
export function journalLine(entry: JournalEntry, previous: string): string {
  const parsed = entrySchema.safeParse(entry);
  if (!parsed.success) throw new AppError("internal", {}, parsed.error);
  const details = Object.fromEntries(
    Object.entries(parsed.data.details).map(([name, value]) => [
      name,
      typeof value === "string" ? shortened(value) : value,
    ]),
  );
  return `${JSON.stringify({ previous, ...parsed.data, details })}\n`;
}

function shortened(text: string): string {
  const characters = Array.from(text.slice(0, longestText * 2 + 2));
  return characters.length <= longestText ? text : `${characters.slice(0, longestText - 1).join("")}…`;
}

/** SHA-256 of a line without its line end, lower-case hex. */
export function lineHash(line: string | Uint8Array): string {
  return createHash("sha256").update(line).digest("hex");
}

/**
 * Reads a journal's lines and follows the chain: each line carries the hash of the one before. It shows a line
 * that was changed, removed, added or moved anywhere but at the very end; `brokenAt` is the first line, counted
 * from 1, that is no entry or does not fit the line before it. What follows the last line end is left out.
 */
export function readJournal(content: Buffer): ActivityView {
  const entries: ActivityEntry[] = [];
  let brokenAt: number | null = null;
  let previous = firstPrevious;
  let start = 0;
  for (let number = 1; ; number += 1) {
    const end = content.indexOf(0x0a, start);
    if (end === -1) break;
    const bytes = content.subarray(start, end);
    const hash = lineHash(bytes);
    const line = parseLine(bytes);
    if (line?.previous !== previous) brokenAt ??= number;
    if (line !== null) {
      const { at, kind, step, details } = line;
      entries.push({ at, kind, step, details, hash });
    }
    previous = hash;
    start = end + 1;
  }
  return { entries, chain: { intact: brokenAt === null, brokenAt } };
}

function parseLine(bytes: Buffer): z.infer<typeof lineSchema> | null {
  try {
    return lineSchema.parse(JSON.parse(bytes.toString("utf8")));
  } catch {
    return null;
  }
}
