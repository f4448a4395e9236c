import { AppError } from "../errors.ts";

/** Identifier octets used here (X.690). */
export const tags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  utf8String: 0x0c,
  bmpString: 0x1e,
  sequence: 0x30,
  set: 0x31,
  context0: 0xa0,
} as const;

/** One element. `content` and `raw` are views into the file's own Buffer: nothing is copied. */
export interface DerNode {
  tag: number;
  constructed: boolean;
  content: Buffer;
  raw: Buffer;
}

/** What a file may demand of us. Real PFX files stay below a tenth of each. */
export const derLimits = { depth: 32, elements: 20_000 } as const;

interface Header {
  tag: number;
  constructed: boolean;
  headerLength: number;
  /** null: indefinite length (BER), ends with two zero octets. */
  length: number | null;
}

const unrecognised = (reason: string) => new AppError("certificate-not-recognised", { reason });
const truncated = () => new AppError("certificate-truncated");

function readHeader(bytes: Buffer, at: number, end: number): Header {
  const tag = bytes[at];
  const first = bytes[at + 1];
  if (tag === undefined || first === undefined || at + 2 > end) throw truncated();
  // Tag numbers above 30 do not occur in any format we read.
  if ((tag & 0x1f) === 0x1f) throw unrecognised("tag");
  const constructed = (tag & 0x20) !== 0;
  if (first < 0x80) return { tag, constructed, headerLength: 2, length: first };
  if (first === 0x80) {
    if (!constructed) throw unrecognised("length");
    return { tag, constructed, headerLength: 2, length: null };
  }
  const octets = first & 0x7f;
  if (octets > 4) throw unrecognised("length");
  if (at + 2 + octets > end) throw truncated();
  return { tag, constructed, headerLength: 2 + octets, length: bytes.readUIntBE(at + 2, octets) };
}

/**
 * Walks the whole structure without recursion before anything else looks at it, so that no parser meets a
 * file that is too deep, too crowded or cut off. Gives the end of the outermost element.
 * Throws AppError certificate-truncated, certificate-too-complex or certificate-not-recognised.
 */
export function scanDer(bytes: Buffer): number {
  // Ends of the open elements; null while the end of an indefinite one is not known yet.
  const open: { end: number; indefinite: boolean }[] = [];
  let at = 0;
  let elements = 0;
  do {
    const parent = open.at(-1);
    const limit = parent?.end ?? bytes.length;
    if (parent && at === limit && !parent.indefinite) {
      open.pop();
      continue;
    }
    if (parent?.indefinite && bytes[at] === 0 && bytes[at + 1] === 0 && at + 2 <= limit) {
      at += 2;
      open.pop();
      continue;
    }
    const header = readHeader(bytes, at, limit);
    elements += 1;
    if (elements > derLimits.elements) throw new AppError("certificate-too-complex", { reason: "elements" });
    const start = at + header.headerLength;
    const end = header.length === null ? limit : start + header.length;
    if (end > limit) throw open.every((element) => element.indefinite) ? truncated() : unrecognised("length");
    if (header.constructed) {
      if (open.length >= derLimits.depth) throw new AppError("certificate-too-complex", { reason: "depth" });
      open.push({ end, indefinite: header.length === null });
      at = start;
    } else {
      at = end;
    }
  } while (open.length > 0);
  return at;
}

function readNode(bytes: Buffer, at: number): DerNode {
  const header = readHeader(bytes, at, bytes.length);
  const start = at + header.headerLength;
  const { tag, constructed } = header;
  if (header.length !== null) {
    const end = start + header.length;
    if (end > bytes.length) throw truncated();
    return { tag, constructed, content: bytes.subarray(start, end), raw: bytes.subarray(at, end) };
  }
  const end = scanDer(bytes.subarray(at)) + at;
  return { tag, constructed, content: bytes.subarray(start, end - 2), raw: bytes.subarray(at, end) };
}

/** Scans and gives the outermost element; bytes after it are ignored. Errors as `scanDer`. */
export function readDer(bytes: Buffer): DerNode {
  scanDer(bytes);
  return readNode(bytes, 0);
}

/** The elements inside a constructed one. */
export function childrenOf(node: DerNode | undefined): DerNode[] {
  if (!node?.constructed) throw unrecognised("structure");
  const children: DerNode[] = [];
  let at = 0;
  while (at < node.content.length) {
    const child = readNode(node.content, at);
    children.push(child);
    at += child.raw.length;
  }
  return children;
}

/** The element when it has that tag; AppError certificate-not-recognised otherwise. */
export function expectTag(node: DerNode | undefined, tag: number): DerNode {
  if (node?.tag !== tag) throw unrecognised("structure");
  return node;
}

/** Content of an OCTET STRING, primitive or in pieces (BER, as NSS and older Windows write it). */
export function octetsOf(node: DerNode | undefined): Buffer {
  if (!node) throw unrecognised("structure");
  if (!node.constructed) return node.content;
  return Buffer.concat(childrenOf(node).map(octetsOf));
}

/** A non-negative INTEGER below 2^48; larger ones come back as Infinity. */
export function numberOf(node: DerNode | undefined): number {
  const { content } = expectTag(node, tags.integer);
  const first = content[0];
  if (first === undefined || (first & 0x80) !== 0) throw unrecognised("integer");
  let start = 0;
  while (start < content.length - 1 && content[start] === 0) start += 1;
  const digits = content.subarray(start);
  return digits.length > 6 ? Infinity : digits.readUIntBE(0, digits.length);
}

/** An OBJECT IDENTIFIER in dotted form. */
export function oidOf(node: DerNode | undefined): string {
  const { content } = expectTag(node, tags.oid);
  if (content.length === 0 || content.length > 64) throw unrecognised("oid");
  const arcs: bigint[] = [];
  let value = 0n;
  for (const octet of content) {
    value = (value << 7n) | BigInt(octet & 0x7f);
    if ((octet & 0x80) !== 0) continue;
    if (arcs.length === 0) {
      const root = value < 40n ? 0n : value < 80n ? 1n : 2n;
      arcs.push(root, value - root * 40n);
    } else {
      arcs.push(value);
    }
    value = 0n;
  }
  return arcs.join(".");
}

/** The octets of a BIT STRING without the count of unused bits. */
export function bitsOf(node: DerNode | undefined): Buffer {
  return expectTag(node, tags.bitString).content.subarray(1);
}

/** Encodes one element in DER. */
export function der(tag: number, ...parts: Buffer[]): Buffer {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const header: number[] = [tag];
  if (length < 0x80) header.push(length);
  else {
    const octets: number[] = [];
    for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256);
    header.push(0x80 | octets.length, ...octets);
  }
  return Buffer.concat([Buffer.from(header), ...parts]);
}

export const derSequence = (...parts: Buffer[]): Buffer => der(tags.sequence, ...parts);
export const derOctets = (bytes: Buffer): Buffer => der(tags.octetString, bytes);
export const derNull = (): Buffer => der(tags.null);

/** SET OF: DER wants the members in ascending order of their encoding. */
export function derSetOf(...members: Buffer[]): Buffer {
  return der(tags.set, ...members.toSorted((a, b) => a.compare(b)));
}

/** A non-negative INTEGER. */
export function derInteger(value: number): Buffer {
  const octets: number[] = [];
  let rest = value;
  do {
    octets.unshift(rest % 256);
    rest = Math.floor(rest / 256);
  } while (rest > 0);
  if ((octets[0] ?? 0) >= 0x80) octets.unshift(0);
  return der(tags.integer, Buffer.from(octets));
}

/** An OBJECT IDENTIFIER from its dotted form. */
export function derOid(dotted: string): Buffer {
  const [first = 0n, second = 0n, ...rest] = dotted.split(".").map(BigInt);
  const octets: number[] = [];
  for (const arc of [first * 40n + second, ...rest]) {
    const group = [Number(arc & 0x7fn)];
    for (let value = arc >> 7n; value > 0n; value >>= 7n) group.unshift(Number(value & 0x7fn) | 0x80);
    octets.push(...group);
  }
  return der(tags.oid, Buffer.from(octets));
}

/** BMPString: UTF-16, most significant octet first. */
export function derBmpString(text: string): Buffer {
  return der(tags.bmpString, Buffer.from(text, "utf16le").swap16());
}
