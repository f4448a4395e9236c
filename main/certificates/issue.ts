import type { KeyObject } from "node:crypto";
import { createPrivateKey, createPublicKey, generateKeyPair, randomBytes, sign, verify } from "node:crypto";
import forge from "node-forge";
import type { CertificatePhase, KeySize } from "../../preload/model/certificates.ts";
import { AppError } from "../errors.ts";
import { der, derNull, derOid, derSequence, tags } from "./der.ts";
import type { CheckedNames, TypedNames } from "./names.ts";
import { checkNames } from "./names.ts";
import { oids } from "./oids.ts";
import { erase, secretCopy } from "./secrets.ts";
import { validityOf } from "./validity.ts";

export interface NewCertificate extends TypedNames {
  keySize: KeySize;
  /** Calendar dates, YYYY-MM-DD, in UTC. */
  notBefore: string;
  notAfter: string;
}

export type NewRequest = Omit<NewCertificate, "notBefore" | "notAfter">;

/** `key` is a PKCS #8 private key in DER: erase it after use. */
export interface Created {
  key: Buffer;
  /** The certificate or the request, in DER. */
  der: Buffer;
}

export type OnPhase = (phase: CertificatePhase) => void;

interface KeyPair {
  key: Buffer;
  spki: Buffer;
}

/** A new RSA key on the thread pool, public exponent 65537. */
export async function generateRsaKey(modulusLength: KeySize): Promise<KeyPair> {
  const pair = await new Promise<KeyPair>((resolve, reject) => {
    generateKeyPair(
      "rsa",
      {
        modulusLength,
        publicExponent: 0x1_0001,
        publicKeyEncoding: { type: "spki", format: "der" },
        privateKeyEncoding: { type: "pkcs8", format: "der" },
      },
      (error, spki, key) => {
        if (error) reject(error);
        else resolve({ key, spki });
      },
    );
  });
  const key = secretCopy(pair.key);
  erase(pair.key);
  return { key, spki: pair.spki };
}

/**
 * Creates a key and a self-signed certificate for client authentication.
 * Throws AppError certificate-name-invalid or certificate-dates-invalid.
 */
export async function createSelfSigned(
  input: NewCertificate,
  now: Date,
  onPhase: OnPhase = () => undefined,
): Promise<Created> {
  const names = checkNames(input);
  const validity = validityOf(input.notBefore, input.notAfter, now);
  onPhase("generating-key");
  const pair = await generateRsaKey(input.keySize);
  onPhase("signing");
  return { key: pair.key, der: selfSign(pair, names, validity) };
}

/** Signs the certificate of an existing key. */
export function selfSign(
  { key, spki }: KeyPair,
  names: CheckedNames,
  { notBefore, notAfter }: { notBefore: Date; notAfter: Date },
): Buffer {
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forgePublicKey(spki);
  certificate.serialNumber = newSerial();
  certificate.validity = { notBefore, notAfter };
  certificate.setSubject(subjectFields(names));
  certificate.setIssuer(subjectFields(names));
  certificate.siginfo.algorithmOid = oids.sha256WithRsa;
  certificate.signatureOid = oids.sha256WithRsa;
  certificate.setExtensions([
    // The default of cA is false; DER leaves defaults out.
    { name: "basicConstraints", critical: true },
    ...usageExtensions(names),
    { name: "subjectKeyIdentifier" },
  ]);
  return signed(toBuffer(forge.pki.getTBSCertificate(certificate)), key, spki);
}

/** Creates a key and a request (PKCS #10) for a certificate authority. Throws AppError certificate-name-invalid. */
export async function createRequest(input: NewRequest, onPhase: OnPhase = () => undefined): Promise<Created> {
  const names = checkNames(input);
  onPhase("generating-key");
  const { key, spki } = await generateRsaKey(input.keySize);
  onPhase("signing");
  const request = forge.pki.createCertificationRequest();
  request.publicKey = forgePublicKey(spki);
  request.setSubject(subjectFields(names));
  request.setAttributes([{ name: "extensionRequest", extensions: usageExtensions(names) }]);
  return { key, der: signed(toBuffer(forge.pki.getCertificationRequestInfo(request)), key, spki) };
}

function subjectFields({ commonName, organization }: CheckedNames): forge.pki.CertificateField[] {
  // Without the tag forge writes PrintableString and loses every letter outside Latin-1.
  const field = (name: string, value: string) => ({
    name,
    value,
    // oxlint-disable-next-line typescript/no-unsafe-enum-assignment -- typed as a class, read as a string type
    valueTagClass: forge.asn1.Type.UTF8 as number as forge.asn1.Class,
  });
  // From the general to the specific, as X.500 orders names; shown in reverse: "CN=…, O=…".
  return [
    ...(organization ? [field("organizationName", organization)] : []),
    field("commonName", commonName),
  ];
}

function usageExtensions({ dnsNames }: CheckedNames): object[] {
  return [
    { name: "keyUsage", critical: true, digitalSignature: true, keyEncipherment: true },
    { name: "extKeyUsage", clientAuth: true },
    ...(dnsNames.length > 0
      ? [{ name: "subjectAltName", altNames: dnsNames.map((value) => ({ type: 2, value })) }]
      : []),
  ];
}

/** 128 random bits as forge wants them: hexadecimal, positive, without superfluous zeros in front. */
function newSerial(): string {
  const random = randomBytes(16);
  const significant = random.subarray(
    Math.max(
      0,
      random.findIndex((octet) => octet !== 0),
    ),
  );
  return `${(significant[0] ?? 0) >= 0x80 ? "00" : ""}${significant.toString("hex")}`;
}

function forgePublicKey(spki: Buffer): forge.pki.rsa.PublicKey {
  const key = forge.pki.publicKeyFromAsn1(forge.asn1.fromDer(spki.toString("latin1")));
  if (!("n" in key)) throw new AppError("internal");
  return key;
}

function toBuffer(structure: forge.asn1.Asn1): Buffer {
  return Buffer.from(forge.asn1.toDer(structure).getBytes(), "latin1");
}

/** Puts the signature under what is to be signed, and checks it with the public key. */
function signed(content: Buffer, key: Buffer, spki: Buffer): Buffer {
  const privateKey: KeyObject = createPrivateKey({ key, format: "der", type: "pkcs8" });
  const signature = sign("sha256", content, privateKey);
  const publicKey = createPublicKey({ key: spki, format: "der", type: "spki" });
  if (!verify("sha256", content, publicKey, signature)) throw new AppError("internal");
  const algorithm = derSequence(derOid(oids.sha256WithRsa), derNull());
  return derSequence(content, algorithm, der(tags.bitString, Buffer.from([0]), signature));
}
