import { stringify } from "csv-stringify/sync";
import type { AllActivityEntry } from "../../preload/model/setup.ts";

/** The activity as one JSON object a line. */
export function activityJsonl(entries: readonly AllActivityEntry[]): string {
  return entries.map((entry) => `${JSON.stringify(entry)}\n`).join("");
}

/**
 * The activity as a table (RFC 4180, UTF-8 with a mark so that Excel reads it as such). Details stand in one column
 * as JSON, the ids that support asks for in their own; nothing that a spreadsheet would take for a formula.
 */
export function activityCsv(entries: readonly AllActivityEntry[]): string {
  const rows = entries.map(({ at, setupId, setupName, practice, step, kind, details, hash }) => ({
    at,
    setupId,
    setupName,
    practice: practice ? "practice" : "",
    step: step ?? "",
    kind,
    result: String(details["phase"] ?? ""),
    requestId: String(details["requestId"] ?? ""),
    clientRequestId: String(details["clientRequestId"] ?? ""),
    details: JSON.stringify(details),
    hash,
  }));
  return stringify(rows, {
    header: true,
    bom: true,
    record_delimiter: "windows",
    escape_formulas: true,
    columns: [
      "at",
      "setupId",
      "setupName",
      "practice",
      "step",
      "kind",
      "result",
      "requestId",
      "clientRequestId",
      "details",
      "hash",
    ],
  });
}
