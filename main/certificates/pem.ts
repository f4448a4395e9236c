import { AppError } from "../errors.ts";

/** One block of a PEM file (RFC 7468). */
export interface PemBlock {
  label: string;
  /** Decoded content; of a block in OpenSSL's old encrypted form still encrypted. */
  bytes: Buffer;
  /** Cipher of OpenSSL's old encrypted form ("Proc-Type: 4,ENCRYPTED"), for example "AES-256-CBC". */
  legacyCipher: string | null;
  /** The block as text, with its armour. */
  text: string;
}

const maxBlocks = 200;
const begin = "-----BEGIN ";

/** The blocks of a PEM file; null when it has none. Throws AppError certificate-truncated or -too-complex. */
export function readPem(text: string): PemBlock[] | null {
  const blocks: PemBlock[] = [];
  for (let at = text.indexOf(begin); at >= 0;) {
    const labelEnd = text.indexOf("-----", at + begin.length);
    const label = labelEnd < 0 ? "" : text.slice(at + begin.length, labelEnd);
    const end = `-----END ${label}-----`;
    const bodyEnd = label === "" || label.length > 64 ? -1 : text.indexOf(end, labelEnd);
    if (bodyEnd < 0) throw new AppError("certificate-truncated");
    if (blocks.length === maxBlocks) throw new AppError("certificate-too-complex", { reason: "blocks" });
    blocks.push(readBlock(label, text.slice(labelEnd + 5, bodyEnd), text.slice(at, bodyEnd + end.length)));
    at = text.indexOf(begin, bodyEnd + end.length);
  }
  return blocks.length > 0 ? blocks : null;
}

function readBlock(label: string, body: string, text: string): PemBlock {
  const headersEnd = /\r?\n\r?\n/.exec(body.trimStart());
  const trimmed = body.trimStart();
  const hasHeaders = headersEnd !== null && trimmed.slice(0, headersEnd.index).includes(":");
  const headers = hasHeaders ? trimmed.slice(0, headersEnd.index) : "";
  const base64 = hasHeaders ? trimmed.slice(headersEnd.index) : trimmed;
  const cipher = /DEK-Info:\s*([\w-]+)/i.exec(headers)?.[1];
  const encrypted = /Proc-Type:\s*4,\s*ENCRYPTED/i.test(headers);
  return {
    label,
    bytes: decodeBase64(base64),
    legacyCipher: encrypted ? (cipher ?? "unknown") : null,
    text,
  };
}

/** Decodes Base64 with any white space in it. Throws AppError certificate-not-recognised. */
export function decodeBase64(text: string): Buffer {
  const compact = text.replace(/\s+/g, "");
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(compact)) {
    throw new AppError("certificate-not-recognised", { reason: "base64" });
  }
  return Buffer.from(compact, "base64");
}

/** Writes one block with lines of 64 characters, as every reader expects. */
export function toPem(label: string, bytes: Buffer): string {
  const lines = bytes.toString("base64").match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join("\n")}\n-----END ${label}-----\n`;
}
