import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { AppError } from "../../main/errors.ts";
import { writeFileAtomic } from "../../main/files/atomic-file.ts";
import { openJournal } from "../../main/setups/journal.ts";

/** One atomic write, or one journal entry, in a process of its own; prints what came of it. */
const { path, bytes, replace, journal } = JSON.parse(process.argv[2] ?? "{}");

function append(): Promise<void> {
  const parts = Array.from({ length: 40 }, (_unused, index) => [`part-${index}`, "n".repeat(bytes / 40)]);
  const details = Object.fromEntries(parts);
  return openJournal(path).append({ at: "2026-11-24T08:00:00Z", kind: "imported", step: null, details });
}

let outcome = "written";
let details = {};
try {
  await (journal === true ? append() : writeFileAtomic(path, Buffer.alloc(bytes, "n"), { replace }));
} catch (error) {
  if (!(error instanceof AppError)) throw error;
  outcome = error.code;
  details = error.details;
}
const folder = dirname(path);
const left = Object.fromEntries(readdirSync(folder).map((name) => [name, statSync(join(folder, name)).size]));
const head = existsSync(path) ? readFileSync(path, "utf8").slice(0, 20) : "";
process.stdout.write(JSON.stringify({ outcome, details, left, head }));
