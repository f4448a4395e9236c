import { randomUUID } from "node:crypto";
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { SetupView } from "../../preload/model/setup.ts";
import { writeFileAtomic } from "../files/atomic-file.ts";
import { writeError } from "../files/file-errors.ts";
import type { ReportWords } from "./handover-report.ts";
import { reportHtml, reportJson, reportValues } from "./handover-report.ts";

export interface HandoverInput {
  view: SetupView;
  /** The certificate, DER; public. */
  certificate: Buffer | null;
  now: Date;
  version: string;
  words: ReportWords;
}

/**
 * Writes the handover folder below `parent` and gives its path: the checklist with evidence (HTML, JSON), the
 * connector's values and the public certificate. It appears whole or not at all, and never replaces an older one.
 * @throws AppError "folder-read-only", "disk-full", "write-failed"
 */
export async function writeHandover(parent: string, input: HandoverInput): Promise<string> {
  const day = input.now.toISOString().slice(0, 10);
  const name = `${fileName(input.view.summary.name)} ${day}`;
  const draft = join(parent, `.${randomUUID()}.tmp`);
  try {
    await mkdir(draft, { mode: 0o700 });
    const write = (file: string, data: string | Buffer) =>
      writeFileAtomic(join(draft, file), data, { replace: false });
    await write("checklist.html", reportHtml(input.view, input.now, input.version, input.words));
    await write("checklist.json", reportJson(input.view, input.now, input.version));
    await write("connector-values.txt", valuesText(input.view));
    if (input.certificate !== null) await write("certificate.cer", input.certificate);
    return await publish(draft, parent, name);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw writeError(parent, error);
  }
}

async function publish(draft: string, parent: string, name: string): Promise<string> {
  const taken = new Set((await readdir(parent)).map((one) => one.toLowerCase()));
  let candidate = name;
  for (let count = 2; taken.has(candidate.toLowerCase()); count += 1) candidate = `${name} (${count})`;
  await rename(draft, join(parent, candidate));
  return join(parent, candidate);
}

function valuesText(view: SetupView): string {
  const lines = Object.entries(reportValues(view)).map(([name, value]) => `${name}: ${value}`);
  return `${lines.join("\r\n")}\r\n`;
}

/** A name that every file system takes, that is not hidden and reads in one direction. */
export function fileName(name: string): string {
  const clean = name
    .normalize("NFC")
    .replace(/[\p{Cc}\p{Cf}<>:"/\\|?*]/gu, " ")
    .replace(/\s+/g, " ")
    .replace(/^[. ]+/, "");
  const short = Array.from(clean)
    .slice(0, 80)
    .join("")
    .replace(/[. ]+$/, "");
  return /^(con|prn|aux|nul|com\d|lpt\d)?(\.|$)/i.test(short) ? `setup ${short}`.trim() : short;
}
