import { Buffer } from "node:buffer";

/** One field of a form. */
export interface FormPart {
  name: string;
  /** null for a field that is no file. */
  fileName: string | null;
  /** A view into the body. */
  bytes: Buffer;
}

const maxParts = 32;
const maxHeaderBytes = 4_096;
const lineEnd = Buffer.from("\r\n");
const headersEnd = Buffer.from("\r\n\r\n");

/**
 * The fields of a form in `multipart/form-data` (RFC 7578), as browsers send it. `Request.formData` would do, but it
 * leaves copies of key and password behind that nobody can erase. null for another type or a damaged body.
 */
export function readMultipart(body: Buffer, contentType: string | null): FormPart[] | null {
  const boundary = boundaryOf(contentType ?? "");
  if (boundary === null) return null;
  const delimiter = Buffer.from(`--${boundary}`);
  if (!startsWith(body, delimiter, 0)) return null;
  const between = Buffer.concat([lineEnd, delimiter]);
  const parts: FormPart[] = [];
  let at = delimiter.length;
  while (!startsWith(body, Buffer.from("--"), at)) {
    if (parts.length === maxParts || !startsWith(body, lineEnd, at)) return null;
    const from = at + lineEnd.length;
    const headersTo = body.subarray(from, from + maxHeaderBytes).indexOf(headersEnd);
    if (headersTo < 0) return null;
    const contentFrom = from + headersTo + headersEnd.length;
    const contentTo = body.indexOf(between, contentFrom);
    const named = namesIn(body.toString("utf8", from, from + headersTo));
    if (contentTo < 0 || named === null) return null;
    parts.push({ ...named, bytes: body.subarray(contentFrom, contentTo) });
    at = contentTo + between.length;
  }
  return parts;
}

function startsWith(body: Buffer, start: Buffer, at: number): boolean {
  return body.subarray(at, at + start.length).equals(start);
}

/** RFC 2046 section 5.1.1: up to 70 characters. */
function boundaryOf(contentType: string): string | null {
  const found = /^multipart\/form-data\s*;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))\s*$/i.exec(
    contentType,
  );
  return found?.[1] ?? found?.[2] ?? null;
}

function namesIn(headers: string): Pick<FormPart, "name" | "fileName"> | null {
  const disposition = headers.split("\r\n").find((line) => /^content-disposition\s*:/i.test(line));
  if (disposition === undefined || !/:\s*form-data\s*;/i.test(disposition)) return null;
  const name = /;\s*name="([^"]*)"/i.exec(disposition)?.[1];
  if (name === undefined) return null;
  const fileName = /;\s*filename="([^"]*)"/i.exec(disposition)?.[1];
  return { name: unescaped(name), fileName: fileName === undefined ? null : unescaped(fileName) };
}

/** The three characters that browsers escape in names (HTML, section "Multipart form data"). */
function unescaped(text: string): string {
  return text.replaceAll("%22", '"').replaceAll("%0D", "\r").replaceAll("%0A", "\n");
}
