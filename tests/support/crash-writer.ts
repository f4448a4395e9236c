import { createHash } from "node:crypto";
import { writeFileAtomic } from "../../main/files/atomic-file.ts";
import { openJournal } from "../../main/setups/journal.ts";
import type { Journal } from "../../main/setups/journal.ts";
import "./keep-compiled.ts";

/**
 * Writes to each of these paths without end until it is killed: "document <path> …" or "journal <path> …". Says each
 * number that it finished, after the place of its path.
 */
const [kind, ...paths] = process.argv.slice(2);

async function writeDocument(path: string, number: number): Promise<void> {
  const body = `${number}\n${"x".repeat(200_000 + (number % 7) * 50_000)}`;
  const hash = createHash("sha256").update(body).digest("hex");
  await writeFileAtomic(path, `${hash}\n${body}`, { replace: true });
}

function appendEntry(journal: Journal, number: number): Promise<void> {
  const details = { number, text: "y".repeat(400) };
  return journal.append({ at: new Date().toISOString(), kind: "field-changed", step: null, details });
}

async function writeOn(path: string, place: number): Promise<never> {
  const journal = openJournal(path);
  for (let number = 1; ; number += 1) {
    await (kind === "document" ? writeDocument(path, number) : appendEntry(journal, number));
    process.stdout.write(`${place} ${number}\n`);
  }
}

await Promise.all(paths.map(writeOn));
