import type { RandomBytes } from "../../ports.ts";
import { AppError } from "../../errors.ts";
import { generatePassword } from "../password.ts";
import { erase, secretBuffer, secretCopy } from "../secrets.ts";
import { readTable } from "./csv.ts";
import { pairEndings } from "./plan.ts";
import type { PlannedRow } from "./plan.ts";

/** Passwords by the number of their row. */
export type Passwords = Map<number, Buffer>;

const headings = {
  en: { separator: ",", cells: ["Row", "File", "Password", "Name", "DNS name"] },
  de: { separator: ";", cells: ["Zeile", "Datei", "Kennwort", "Name", "DNS-Name"] },
} as const;

/** One new password for each row. */
export function newPasswords(rows: readonly PlannedRow[], randomBytes: RandomBytes): Passwords {
  return new Map(rows.map(({ number }) => [number, listedPassword(randomBytes)]));
}

/** A generated password that no spreadsheet takes for a formula: it begins with a letter or a digit. */
function listedPassword(randomBytes: RandomBytes): Buffer {
  for (;;) {
    const password = generatePassword(randomBytes);
    if (/^[A-Za-z0-9]/.test(String.fromCharCode(password[0] ?? 0))) return password;
    erase(password);
  }
}

/** The list as CSV, as the language's Excel opens it by a double click. Erase it after use. */
export function writePasswordList(
  rows: readonly PlannedRow[],
  passwords: Passwords,
  language: "en" | "de",
): Buffer {
  const { separator, cells } = headings[language];
  const parts: Buffer[] = [Buffer.from(`\u{FEFF}${cells.join(separator)}\r\n`)];
  for (const { number, file, name, dnsName } of rows) {
    const password = passwords.get(number);
    if (password === undefined) throw new AppError("secret-missing");
    const before = [String(number), cell(file + pairEndings[0])].join(separator);
    const after = [cell(name), cell(dnsName)].join(separator);
    // The password is never a string, which could not be erased.
    parts.push(Buffer.from(before + separator), password, Buffer.from(`${separator}${after}\r\n`));
  }
  const list = secretBuffer(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) at += part.copy(list, at);
  return list;
}

/** Quoted, and with an apostrophe where a spreadsheet would take it for a formula. */
function cell(text: string): string {
  const safe = /^[=+\-@]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

/**
 * The passwords of a list as `writePasswordList` writes it: their rows, and the passwords in the same order, one a
 * line. Runs in the worker, where the strings that reading makes end with the process. Throws batch-unreadable.
 */
export function readPasswordList(csv: Uint8Array): { rows: number[]; list: Uint8Array } {
  try {
    const { columns, records } = readTable(new TextDecoder().decode(csv), ["row", "password"]);
    const found = records.map(({ cells }) => ({
      row: Number(cells[columns.row ?? 0]),
      password: cells[columns.password ?? 0] ?? "",
    }));
    if (found.some(({ row, password }) => !Number.isInteger(row) || password === "")) {
      throw new AppError("batch-unreadable");
    }
    const lines = found.map(({ password }) => `${password}\n`).join("");
    return { rows: found.map(({ row }) => row), list: Uint8Array.from(Buffer.from(lines)) };
  } catch {
    // The cause could carry a password.
    throw new AppError("batch-unreadable");
  }
}

/** Takes the lines of `readPasswordList` apart without making strings of them; the caller erases `list`. */
export function takePasswords({ rows, list }: { rows: readonly number[]; list: Uint8Array }): Passwords {
  const passwords: Passwords = new Map();
  let at = 0;
  for (const row of rows) {
    const end = list.indexOf(0x0a, at);
    passwords.set(row, secretCopy(list.subarray(at, end)));
    at = end + 1;
  }
  return passwords;
}
