import { createHash } from "node:crypto";
import { writeFileAtomic } from "../../main/files/atomic-file.ts";
import { openJournal } from "../../main/setups/journal.ts";
import "./keep-compiled.ts";

/** Writes without end until it is killed: "document <path>" or "journal <path>". Says each finished number. */
const [kind, path = ""] = process.argv.slice(2);
const journal = openJournal(path);

async function writeDocument(number: number): Promise<void> {
  const body = `${number}\n${"x".repeat(200_000 + (number % 7) * 50_000)}`;
  const hash = createHash("sha256").update(body).digest("hex");
  await writeFileAtomic(path, `${hash}\n${body}`, { replace: true });
}

function appendEntry(number: number): Promise<void> {
  const details = { number, text: "y".repeat(400) };
  return journal.append({ at: new Date().toISOString(), kind: "field-changed", step: null, details });
}

for (let number = 1; ; number += 1) {
  await (kind === "document" ? writeDocument(number) : appendEntry(number));
  process.stdout.write(`${number}\n`);
}
