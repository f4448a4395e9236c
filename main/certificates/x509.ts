import { createHash, createPublicKey, verify, X509Certificate } from "node:crypto";
import type { CertificateFacts } from "../../preload/model/certificates.ts";
import { AppError } from "../errors.ts";
import type { DerNode } from "./der.ts";
import { bitsOf, childrenOf, expectTag, octetsOf, oidOf, readDer, tags } from "./der.ts";
import { digests, nameAttributes, oids, signatureAlgorithms } from "./oids.ts";
import { publicKeyFacts } from "./pkcs8.ts";

/** A certificate with what the engine needs beside the public facts. */
export interface Certificate {
  der: Buffer;
  facts: CertificateFacts;
  spki: Buffer;
  /** Issuer and subject in DER, for building the chain. */
  issuerName: Buffer;
  subjectName: Buffer;
  weakSignature: boolean;
  isAuthority: boolean;
}

const keyUsageNames = [
  "digitalSignature",
  "nonRepudiation",
  "keyEncipherment",
  "dataEncipherment",
  "keyAgreement",
  "keyCertSign",
  "cRLSign",
  "encipherOnly",
  "decipherOnly",
];

/** Reads a certificate (RFC 5280) of any key type. Throws AppError certificate-not-recognised. */
export function readCertificate(bytes: Buffer): Certificate {
  const root = readDer(bytes);
  const [tbs, signatureAlgorithm] = childrenOf(root);
  const fields = childrenOf(tbs);
  if (fields[0]?.tag === tags.context0) fields.shift();
  const [serial, , issuer, validity, subject, spki, ...rest] = fields;
  if (!issuer || !subject || !spki) throw new AppError("certificate-not-recognised", { reason: "structure" });
  const [notBefore, notAfter] = childrenOf(validity);
  const extensions = readExtensions(rest.find((node) => node.tag === 0xa3));
  const signature = signatureFacts(signatureAlgorithm);
  const { raw } = root;
  const digest = (name: string) => createHash(name).update(raw).digest("hex").toUpperCase();
  return {
    der: raw,
    spki: spki.raw,
    issuerName: issuer.raw,
    subjectName: subject.raw,
    weakSignature: signature.weak,
    isAuthority: isAuthority(childrenOfExtension(extensions, oids.basicConstraints)[0]),
    facts: {
      subject: nameText(subject),
      issuer: nameText(issuer),
      commonName: commonNameOf(subject),
      dnsNames: dnsNamesOf(extensions),
      serial: expectTag(serial, tags.integer)
        .content.toString("hex")
        .replace(/^00(?=.)/, "")
        .toUpperCase(),
      notBefore: timeOf(notBefore),
      notAfter: timeOf(notAfter),
      sha1: digest("sha1"),
      sha256: digest("sha256"),
      ...publicKeyFacts(spki.raw),
      signatureAlgorithm: signature.name,
      selfSigned: issuer.raw.equals(subject.raw),
      keyUsage: keyUsageOf(extensions),
      extendedKeyUsage: childrenOfExtension(extensions, oids.extKeyUsage).map(usageName),
    },
  };
}

/** A certificate request (PKCS #10). */
export interface CertificateRequest {
  subject: string;
  commonName: string;
  dnsNames: string[];
  spki: Buffer;
  signatureValid: boolean;
}

/** Reads a request and checks its signature. Throws AppError certificate-not-recognised. */
export function readRequest(bytes: Buffer): CertificateRequest {
  const [info, algorithm, signatureNode] = childrenOf(readDer(bytes));
  const [, subject, spki, ...rest] = childrenOf(info);
  if (!info || !subject || !spki || !signatureNode) {
    throw new AppError("certificate-not-recognised", { reason: "structure" });
  }
  const attributes = rest.find((node) => node.tag === tags.context0);
  const requested = (attributes ? childrenOf(attributes) : [])
    .map((attribute) => childrenOf(attribute))
    .find(([id]) => id && oidOf(id) === oids.extensionRequest);
  const extensions = requested ? extensionList(childrenOf(requested[1])[0]) : new Map<string, Buffer>();
  return {
    subject: nameText(subject),
    commonName: commonNameOf(subject),
    dnsNames: dnsNamesOf(extensions),
    spki: spki.raw,
    signatureValid: verifies(info.raw, signatureFacts(algorithm).digest, spki.raw, bitsOf(signatureNode)),
  };
}

function verifies(content: Buffer, digest: string, spki: Buffer, signature: Buffer): boolean {
  try {
    const key = createPublicKey({ key: spki, format: "der", type: "spki" });
    return verify(digest || null, content, key, signature);
  } catch {
    // A key or digest that this runtime does not know cannot confirm anything.
    return false;
  }
}

/** Whether `child` carries a signature by `parent`. */
export function isSignedBy(child: Certificate, parent: Certificate): boolean {
  if (!child.issuerName.equals(parent.subjectName)) return false;
  try {
    return new X509Certificate(child.der).verify(new X509Certificate(parent.der).publicKey);
  } catch {
    return false;
  }
}

/** Whether two SubjectPublicKeyInfo hold the same key; their parameters may be written differently. */
export function samePublicKey(left: Buffer, right: Buffer): boolean {
  const bits = (spki: Buffer) => bitsOf(childrenOf(readDer(spki))[1]);
  return bits(left).equals(bits(right));
}

function signatureFacts(node: DerNode | undefined): { name: string; digest: string; weak: boolean } {
  const [id, parameters] = childrenOf(node);
  const dotted = oidOf(id);
  if (dotted !== oids.rsassaPss) {
    return signatureAlgorithms[dotted] ?? { name: dotted, digest: "", weak: false };
  }
  // RSASSA-PSS names its digest in the parameters; without them it is SHA-1 (RFC 8017, A.2.3).
  const hash = parameters && childrenOf(parameters).find((child) => child.tag === tags.context0);
  const digest = digests[hash ? oidOf(childrenOf(childrenOf(hash)[0])[0]) : oids.sha1] ?? "";
  return { name: `RSASSA-PSS (${digest})`, digest, weak: digest === "sha1" };
}

function readExtensions(node: DerNode | undefined): Map<string, Buffer> {
  return node ? extensionList(childrenOf(node)[0]) : new Map();
}

function extensionList(node: DerNode | undefined): Map<string, Buffer> {
  return new Map(
    childrenOf(node).map((extension) => {
      const parts = childrenOf(extension);
      return [oidOf(parts[0]), octetsOf(parts.at(-1))];
    }),
  );
}

function childrenOfExtension(extensions: Map<string, Buffer>, id: string): DerNode[] {
  const value = extensions.get(id);
  return value ? childrenOf(readDer(value)) : [];
}

function dnsNamesOf(extensions: Map<string, Buffer>): string[] {
  return childrenOfExtension(extensions, oids.subjectAltName)
    .filter((name) => name.tag === 0x82)
    .map((name) => name.content.toString("latin1"));
}

function keyUsageOf(extensions: Map<string, Buffer>): string[] {
  const value = extensions.get(oids.keyUsage);
  if (!value) return [];
  const bits = bitsOf(readDer(value));
  return keyUsageNames.filter((_, index) => ((bits[index >> 3] ?? 0) & (0x80 >> (index & 7))) !== 0);
}

function isAuthority(ca: DerNode | undefined): boolean {
  return ca?.tag === tags.boolean && ca.content[0] !== 0;
}

function usageName(node: DerNode): string {
  const id = oidOf(node);
  if (id === oids.clientAuth) return "clientAuth";
  return id === oids.serverAuth ? "serverAuth" : id;
}

/** A distinguished name as RFC 4514 and Windows show it: the specific part first. */
function nameText(name: DerNode): string {
  return childrenOf(name)
    .toReversed()
    .map((relative) =>
      childrenOf(relative)
        .map((pair) => {
          const [type, value] = childrenOf(pair);
          const id = oidOf(type);
          return `${nameAttributes[id] ?? id}=${escapeValue(textOf(value))}`;
        })
        .join("+"),
    )
    .join(", ");
}

function commonNameOf(name: DerNode): string {
  const values = childrenOf(name)
    .flatMap((relative) => childrenOf(relative))
    .map((pair) => childrenOf(pair))
    .filter(([type]) => type && oidOf(type) === oids.commonName);
  const last = values.at(-1);
  return last ? textOf(last[1]) : "";
}

function escapeValue(value: string): string {
  return value.replace(/[\\",+<>;]/g, String.raw`\$&`).replace(/^[ #]|(?<!\\) $/g, String.raw`\$&`);
}

/** Text of any of ASN.1's string types. */
export function textOf(node: DerNode | undefined): string {
  if (!node) return "";
  const { tag, content } = node;
  if (tag === tags.utf8String) return content.toString("utf8");
  if (tag === tags.bmpString) {
    return Buffer.from(content.subarray(0, content.length & ~1))
      .swap16()
      .toString("utf16le");
  }
  return content.toString("latin1");
}

const utcTime = /^(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})?Z$/;
const generalizedTime = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(?:\.\d+)?Z$/;

/** UTCTime or GeneralizedTime as ISO 8601. Two-digit years are read as RFC 5280 says: 50 and above is 19xx. */
function timeOf(node: DerNode | undefined): string {
  const short = node?.tag === 0x17;
  const match = (short ? utcTime : generalizedTime).exec(node?.content.toString("latin1") ?? "");
  const [, year = "", month, day, hours, minutes, seconds = "00"] = match ?? [];
  const century = short ? (Number(year) >= 50 ? "19" : "20") : "";
  const time = new Date(`${century}${year}-${month}-${day}T${hours}:${minutes}:${seconds}.000Z`);
  if (!match || Number.isNaN(time.getTime())) {
    throw new AppError("certificate-not-recognised", { reason: "time" });
  }
  return time.toISOString();
}
