import { randomUUID } from "node:crypto";
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { writeFileAtomic } from "../files/atomic-file.ts";
import { writeError } from "../files/file-errors.ts";
import type { Printer } from "./printer.ts";
import { administratorHtml } from "./report/administrator.ts";
import { auditorHtml } from "./report/auditor.ts";
import type { ReportInput } from "./report/build.ts";
import { buildReport } from "./report/build.ts";
import { exchangeNotice } from "./report/exchange-sections.ts";
import { reportJson } from "./report/json.ts";
import type { Report } from "./report/model.ts";
import { reportRoles } from "./report/page.ts";
import type { ReportWords } from "./report/words.ts";

export interface HandoverInput extends ReportInput {
  /** The certificate, DER; public. */
  certificate: Buffer | null;
  /** The languages in which the reports are written, at least one. */
  words: readonly ReportWords[];
  printer: Printer;
}

export interface Handover {
  path: string;
  /** Whether every report is there as PDF; otherwise none is, only the pages. */
  pdf: boolean;
}

const pages = { administrator: administratorHtml, auditor: auditorHtml };

/**
 * Writes the handover folder below `parent`: for administrators and for auditors a report as page and PDF in each
 * language, the report as data, the connector's values and the public certificate. It appears whole or not at all,
 * and never replaces an older one.
 * @throws AppError "folder-read-only", "disk-full", "write-failed", "file-not-found"
 */
export async function writeHandover(parent: string, input: HandoverInput): Promise<Handover> {
  const report = buildReport(input);
  const name = fileName(report.setup.name);
  const draft = join(parent, `.${randomUUID()}.tmp`);
  try {
    await mkdir(draft, { mode: 0o700 });
    const write = (file: string, data: string | Buffer) =>
      writeFileAtomic(join(draft, file), data, { replace: false });
    const reports = reportPages(report, name, input.words);
    for (const { file, html } of reports) await write(`${file}.html`, html);
    await write(`${name}.json`, reportJson(report, input.words));
    await write(`${name} - values.txt`, valuesText(report, input.words[0]));
    if (input.certificate !== null) await write(`${name}.cer`, input.certificate);
    const printed = await printAll(reports, input.printer);
    for (const [index, { file }] of reports.entries()) {
      const pdf = printed[index];
      if (pdf !== undefined) await write(`${file}.pdf`, pdf);
    }
    const folder = `${name} ${report.writtenAt.slice(0, 10)}`;
    return { path: await publish(draft, parent, folder), pdf: printed.length === reports.length };
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw writeError(parent, error);
  }
}

interface ReportPage {
  /** Without the ending. */
  file: string;
  html: string;
}

function reportPages(report: Report, name: string, languages: readonly ReportWords[]): ReportPage[] {
  return languages.flatMap((words) =>
    reportRoles.map((role) => ({
      file: `${name} - ${role}${languages.length > 1 ? ` (${words.language})` : ""}`,
      html: pages[role](report, words),
    })),
  );
}

/** All of them, or none: a folder in which one PDF is missing would look as if nobody had to look for it. */
async function printAll(reports: readonly ReportPage[], printer: Printer): Promise<Buffer[]> {
  try {
    return await printer.pdfs(reports.map(({ html }) => html));
  } catch {
    // The printer tells the log why; the pages say the same.
    return [];
  }
}

async function publish(draft: string, parent: string, name: string): Promise<string> {
  const taken = new Set((await readdir(parent)).map((one) => one.toLowerCase()));
  let candidate = name;
  for (let count = 2; taken.has(candidate.toLowerCase()); count += 1) candidate = `${name} (${count})`;
  await rename(draft, join(parent, candidate));
  return join(parent, candidate);
}

/** Values for the connector's forms, without secrets: the documented name and what was entered. */
function valuesText(report: Report, words: ReportWords | undefined): string {
  const { values, setup, exchange } = report;
  const notices =
    words === undefined
      ? []
      : [
          setup.practice ? words.t("report.practice.notice") : "",
          exchange === null ? "" : exchangeNotice(exchange, report, words.t),
        ].filter((notice) => notice !== "");
  const lines = values
    .filter(({ kind, value }) => kind !== "secret" && (kind === "text" || value !== ""))
    .map(({ name, kind, value }) => `${name}: ${kind === "file" ? `SHA-256 ${value}` : value}`);
  return `${[...notices.flatMap((notice) => [notice, ""]), ...lines].join("\r\n")}\r\n`;
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
