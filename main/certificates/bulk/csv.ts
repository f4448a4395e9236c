import { CsvError, parse } from "csv-parse/sync";
import { maxBatchRows } from "../../../preload/model/bulk.ts";
import { AppError } from "../../errors.ts";
import type { Columns } from "./columns.ts";
import { columnsOf, countColumns } from "./columns.ts";

/** One row of a list as it was typed. */
export interface ListedRow {
  /** As a spreadsheet counts: the headings are row 1, and a cell with line breaks is still one row. */
  number: number;
  name: string;
  dnsName: string;
  commonName: string;
  file: string;
}

/** A table with its headings recognised. */
export interface Table {
  columns: Columns;
  records: { number: number; cells: string[] }[];
}

const delimiters = [",", ";", "\t"] as const;
/** Longest row that is read, in characters: an open quotation mark must not swallow the file. */
const maxRecordLength = 20_000;

/**
 * Text of a file that Excel, a text editor or a script wrote: UTF-8 or UTF-16 with a byte order mark, else UTF-8,
 * else Windows-1252, in which Excel still saves CSV on most Windows computers.
 */
export function decodeText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/**
 * The rows of a list of names. Separator and columns are recognised by the headings, English or German; empty rows
 * are left out. Throws AppError csv-columns-missing, csv-empty, csv-too-many-rows or csv-invalid.
 */
export function readList(text: string): ListedRow[] {
  const { columns, records } = readTable(text, ["name", "dnsName"]);
  const filled = records.filter(({ cells }) => cells.some((cell) => cell.trim() !== ""));
  if (filled.length === 0) throw new AppError("csv-empty");
  if (filled.length > maxBatchRows) {
    throw new AppError("csv-too-many-rows", { count: filled.length, limit: maxBatchRows });
  }
  return filled.map(({ number, cells }) => {
    const cell = (index: number | undefined) => (index === undefined ? "" : (cells[index] ?? "").trim());
    return {
      number,
      name: cell(columns.name),
      dnsName: cell(columns.dnsName),
      commonName: cell(columns.commonName),
      file: cell(columns.file),
    };
  });
}

/** A table that has at least these columns. Throws AppError csv-columns-missing or csv-invalid. */
export function readTable(text: string, required: readonly (keyof Columns)[]): Table {
  // Excel's own hint about the separator: a line above the headings that it does not show.
  const hint = /^sep=(.)(\r\n|\n|\r)/.exec(text);
  const body = hint === null ? text : text.slice(hint[0].length);
  const skipped = hint === null ? 0 : 1;
  const possible = hint?.[1] === undefined ? delimiters : [hint[1]];
  const headings = possible.map((delimiter) => ({ delimiter, cells: firstRecord(body, delimiter) }));
  const [best] = headings.toSorted((one, other) => countColumns(other.cells) - countColumns(one.cells));
  const columns = columnsOf(best?.cells ?? []);
  if (best === undefined || required.some((column) => columns[column] === undefined)) {
    throw new AppError("csv-columns-missing", { found: (best?.cells ?? []).join(", ").slice(0, 200) });
  }
  const [, ...records] = recordsOf(body, best.delimiter, skipped);
  return {
    columns,
    records: records.map((cells, index) => ({ number: index + 2, cells })),
  };
}

function firstRecord(text: string, delimiter: string): string[] {
  try {
    const [record = []] = parseRecords(text, delimiter, { to: 1 });
    return record;
  } catch {
    // Quotation marks that make no sense with this separator.
    return [];
  }
}

function recordsOf(text: string, delimiter: string, skipped: number): string[][] {
  try {
    return parseRecords(text, delimiter, {});
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const lines: unknown = Reflect.get(error, "lines");
    // The cause would carry the row's content into the log.
    throw new AppError("csv-invalid", {
      line: (typeof lines === "number" ? lines : 1) + skipped,
      reason: error.code,
    });
  }
}

function parseRecords(text: string, delimiter: string, { to = -1 }: { to?: number }): string[][] {
  return parse(text, {
    delimiter,
    relax_column_count: true,
    skip_empty_lines: false,
    max_record_size: maxRecordLength,
    record_delimiter: ["\r\n", "\n", "\r"],
    ...(to > 0 ? { to } : {}),
  });
}
