import { open } from "node:fs/promises";
import { z } from "zod";
import { readFileLimited } from "../files/atomic-file.ts";
import { writeError } from "../files/file-errors.ts";
import { AppError } from "../errors.ts";
import { createSequencer } from "../identity/sequencer.ts";
import { journalPhases } from "./applied.ts";
import type { JournalLine } from "./applied.ts";
import { changeKinds } from "./change.ts";
import { inverseSchema } from "./inverse-schema.ts";

const maxBytes = 64_000_000;
const text = z.string().max(200_000);

const lineSchema = z.object({
  at: z.iso.datetime(),
  phase: z.enum(journalPhases),
  change: text,
  kind: z.enum(changeKinds),
  effects: z.array(text),
  inverse: inverseSchema.nullable(),
  requestId: text,
  clientRequestId: text,
  account: text.default(""),
});

/** A line with the person who was signed in. */
export type ChangeLine = JournalLine & { account: string };

/** What the app changed in one setup's tenant, line by line: what a later start and an undo go by. */
export interface ChangeLog {
  /** On return the line is on the disk. Errors: those of writing files; then nothing may be sent. */
  append(line: ChangeLine): Promise<void>;
  /** All lines, oldest first. A last line that a crash left unfinished does not count. Errors: read-failed. */
  read(): Promise<ChangeLine[]>;
}

export function openChangeLog(file: string): ChangeLog {
  const inTurn = createSequencer();
  return {
    append: (line) =>
      inTurn(async () => {
        try {
          const handle = await open(file, "a+", 0o600);
          try {
            const { size } = await handle.stat();
            const end = Buffer.alloc(1);
            if (size > 0) await handle.read(end, 0, 1, size - 1);
            // A torn line gets its end, so that it cannot swallow this one.
            const start = size > 0 && end[0] !== 0x0a ? "\n" : "";
            await handle.appendFile(`${start}${JSON.stringify(line)}\n`, "utf8");
            await handle.sync();
          } finally {
            await handle.close();
          }
        } catch (error) {
          throw writeError(file, error);
        }
      }),
    read: () => inTurn(async () => parseLines(await contentOf(file))),
  };
}

async function contentOf(file: string): Promise<string> {
  try {
    return (await readFileLimited(file, maxBytes, { allowEmpty: true })).toString("utf8");
  } catch (error) {
    if (error instanceof AppError && error.code === "file-not-found") return "";
    throw error;
  }
}

function parseLines(content: string): ChangeLine[] {
  return content.split("\n").flatMap((line) => {
    try {
      const parsed = lineSchema.safeParse(JSON.parse(line));
      return parsed.success ? [parsed.data] : [];
    } catch {
      return [];
    }
  });
}
