import type { CertificatePhase } from "../../preload/model/certificates.ts";
import type { Adopted } from "./adopt.ts";
import { acceptIssued, adoptFile, worksTogether } from "./adopt.ts";
import { readPasswordList } from "./bulk/password-list.ts";
import { openList, sealList } from "./bulk/sealed-list.ts";
import { inspectFile } from "./inspect.ts";
import { createRequest, createSelfSigned } from "./issue.ts";
import type { Answer, Job, JobKind, JobTable, KeyMaterial } from "./jobs.ts";
import { AppError } from "../errors.ts";
import { publicKeyFacts } from "./pkcs8.ts";
import { writePem } from "./pem-write.ts";
import { preparePfx, writePfx } from "./pfx-write.ts";
import { erase } from "./secrets.ts";
import { missingCrypto } from "./self-test.ts";
import { readCertificate, readRequest } from "./x509.ts";

type OnPhase = (phase: CertificatePhase) => void;
type Work = { [K in JobKind]: (input: JobTable[K]["input"], onPhase: OnPhase) => Promise<Answer<K>> };

const createWithPfx: Work["create-with-pfx"] = async (input, onPhase) => {
  // The search for the primes runs on a thread of its own; the password's derivations need no key.
  const [{ key, der }, prepared] = await Promise.all([
    createSelfSigned(input, new Date(input.now), onPhase),
    preparePfx(input.password, input.profile),
  ]);
  onPhase("protecting");
  const { friendlyName } = input;
  const pfx = prepared.finish({ key, certificate: der, chain: [], friendlyName });
  onPhase("checking");
  return { key: exact(key), ...createdFacts(der), pfx: exact(pfx) };
};

const work: Work = {
  async create(input, onPhase) {
    const { key, der } = await createSelfSigned(input, new Date(input.now), onPhase);
    onPhase("checking");
    return { key: exact(key), ...createdFacts(der) };
  },
  "create-with-pfx": createWithPfx,
  async "create-pair"(input, onPhase) {
    const made = await createWithPfx(input, onPhase);
    const { key, certificate } = await adoptFile(buffer(made.pfx), input.password, null);
    erase(key);
    if (!certificate.der.equals(made.certificate)) throw new AppError("certificate-key-mismatch");
    return made;
  },
  async "create-request"(input, onPhase) {
    const { key, der } = await createRequest(input, onPhase);
    onPhase("checking");
    const { subject, commonName, dnsNames, spki, signatureValid } = readRequest(der);
    if (!signatureValid) throw new AppError("internal");
    const { keyBits } = publicKeyFacts(spki);
    return { key: exact(key), request: exact(der), subject, commonName, dnsNames, keyBits };
  },
  async "accept-issued"({ key, files, now }, onPhase) {
    onPhase("checking");
    const { certificate, chain, complete } = acceptIssued(buffer(key), files.map(buffer), new Date(now));
    return {
      certificate: exact(certificate.der),
      chain: chain.map(({ der }) => exact(der)),
      facts: certificate.facts,
      chainFacts: chain.map(({ facts }) => facts),
      complete,
    };
  },
  async import({ bytes, password, now }, onPhase) {
    onPhase("checking");
    return importedAnswer(await adoptFile(buffer(bytes), password, now === null ? null : new Date(now)));
  },
  async inspect({ fileName, bytes, password, now }) {
    return inspectFile(fileName, buffer(bytes), password, new Date(now));
  },
  async "write-pfx"(input, onPhase) {
    const { password, profile, friendlyName } = input;
    const content = checkedMaterial(input);
    onPhase("protecting");
    return { pfx: exact(await writePfx({ ...content, friendlyName }, password, profile)) };
  },
  async "write-pem"(input, onPhase) {
    const content = checkedMaterial(input);
    onPhase("protecting");
    return { pem: exact(await writePem(content, input.password)) };
  },
  async "seal-list"({ list, password }) {
    return { archive: await sealList(list, password) };
  },
  async "open-list"({ archive, password }) {
    const csv = await openList(archive, password);
    try {
      return readPasswordList(csv);
    } finally {
      erase(csv);
    }
  },
  async "self-test"() {
    return { missing: missingCrypto() };
  },
};

/** Does one job. Throws AppError. */
export function perform<K extends JobKind>(job: Job<K>, onPhase: OnPhase): Promise<Answer<K>> {
  const run = work[job.kind] as (input: Job<K>, onPhase: OnPhase) => Promise<Answer<K>>;
  return run(job, onPhase);
}

function createdFacts(der: Buffer) {
  return { certificate: exact(der), chain: [], facts: readCertificate(der).facts };
}

function importedAnswer({ key, certificate, chain, friendlyName, keyProvider }: Adopted): Answer<"import"> {
  return {
    key: exact(key),
    certificate: exact(certificate.der),
    chain: chain.map(({ der }) => exact(der)),
    facts: certificate.facts,
    chainFacts: chain.map(({ facts }) => facts),
    friendlyName,
    keyProvider,
  };
}

/** Nothing is written that could not be used: key and certificate are tried together first. */
function checkedMaterial({ key, certificate, chain }: KeyMaterial) {
  const content = { key: buffer(key), certificate: buffer(certificate), chain: chain.map(buffer) };
  if (!worksTogether(content.key, readCertificate(content.certificate).spki)) {
    throw new AppError("certificate-key-mismatch");
  }
  return content;
}

function buffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/**
 * Bytes in memory of their own size: cloning a view sends the whole memory behind it, and a pooled Buffer's
 * holds other things too. Keys already have their own, so no copy of them is made here.
 */
function exact(bytes: Buffer): Uint8Array {
  return bytes.byteLength === bytes.buffer.byteLength ? bytes : Uint8Array.from(bytes);
}
