import type { RowProblem } from "../../../preload/model/bulk.ts";
import { AppError } from "../../errors.ts";
import { fileName } from "../../rollout/handover.ts";
import { maxNameLength } from "../../setups/intents.ts";
import { checkNames, maxNameLength as maxCommonNameLength } from "../names.ts";
import type { ListedRow } from "./csv.ts";

/** A row as it will be made: names as the certificate carries them, a file name that every system takes. */
export interface PlannedRow extends ListedRow {
  problems: RowProblem[];
}

/** Endings of the two files of a pair. */
export const pairEndings = [".pfx", ".cer"] as const;

/**
 * What each row of a list becomes, and everything that is wrong with it, before anything is made. File names are
 * compared as Windows and macOS compare them: without case.
 */
export function planRows(listed: readonly ListedRow[]): PlannedRow[] {
  const names = new Map<string, PlannedRow>();
  const files = new Map<string, PlannedRow>();
  return listed.map((typed) => {
    const row = planned(typed);
    const { name, file, number, problems } = row;
    const sameName = names.get(folded(name));
    if (name !== "" && sameName !== undefined) {
      problems.push({
        code: sameName.name === name ? "name-repeated" : "name-case",
        details: { row: sameName.number },
      });
    }
    const sameFile = files.get(folded(file));
    // Of a repeated name the file's name follows; one of the two is enough to be told.
    if (sameFile !== undefined && sameFile.number !== sameName?.number) {
      problems.push({ code: "file-repeated", details: { row: sameFile.number, file } });
    }
    if (name !== "" && !names.has(folded(name))) names.set(folded(name), row);
    if (!files.has(folded(file))) files.set(folded(file), row);
    return { ...row, number };
  });
}

/** The rows with a problem for each file that already has its name in the folder. */
export function withoutCollisions(rows: readonly PlannedRow[], inFolder: readonly string[]): PlannedRow[] {
  const taken = new Set(inFolder.map(folded));
  return rows.map((row) => {
    const others = row.problems.filter(({ code }) => code !== "file-exists");
    const found = pairEndings.map((ending) => row.file + ending).filter((name) => taken.has(folded(name)));
    const exists = found.map((file): RowProblem => ({ code: "file-exists", details: { file } }));
    return { ...row, problems: [...others, ...exists] };
  });
}

function planned(typed: ListedRow): PlannedRow {
  const problems: RowProblem[] = [];
  const name = oneLine(typed.name);
  if (name === "") problems.push({ code: "name-empty", details: {} });
  if (Array.from(name).length > maxNameLength) {
    problems.push({ code: "name-too-long", details: { limit: maxNameLength } });
  }
  const dnsName = oneLine(typed.dnsName);
  const commonName = oneLine(typed.commonName) || dnsName;
  if (dnsName === "") problems.push({ code: "dns-empty", details: {} });
  else problems.push(...nameProblems(dnsName, commonName));
  const file = pairName(oneLine(typed.file) || name || "certificate");
  return { number: typed.number, name, dnsName, commonName, file, problems };
}

/** The name of both files without an ending; of its own result it gives the same, as a manifest is planned again. */
function pairName(typed: string): string {
  const bare = fileName(typed.replace(/\.(pfx|p12|cer|crt)$/i, ""));
  return bare === typed ? bare : pairName(bare);
}

/** What the certificate itself would refuse; each name is tried alone, so that both are told. */
function nameProblems(dnsName: string, commonName: string): RowProblem[] {
  const dns = refusal({ commonName: "any", dnsNames: [dnsName] });
  const common = refusal({ commonName, dnsNames: [] });
  return [
    ...(dns === null
      ? []
      : [
          dns.reason === "too-long"
            ? { code: "dns-too-long" as const, details: { limit: dns.limit } }
            : { code: "dns-invalid" as const, details: {} },
        ]),
    // A wrong DNS name that only stands in for the missing common name is told once.
    ...(common === null || (dns !== null && commonName === dnsName)
      ? []
      : [
          common.reason === "too-long"
            ? { code: "common-name-too-long" as const, details: { limit: maxCommonNameLength } }
            : { code: "common-name-characters" as const, details: {} },
        ]),
  ];
}

function refusal(names: { commonName: string; dnsNames: string[] }) {
  try {
    checkNames({ ...names, organization: "" });
    return null;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { reason: String(error.details["reason"]), limit: Number(error.details["limit"]) };
  }
}

/** As a setup's name is written: one line, no blanks at the ends. */
function oneLine(text: string): string {
  return text
    .normalize("NFC")
    .replace(/[\p{Cc}\s]+/gu, " ")
    .trim();
}

function folded(name: string): string {
  return name.normalize("NFC").toLowerCase();
}
