import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { beforeAll, describe, expect, test } from "vitest";
import { der, derInteger, derOctets, derOid, derSequence } from "../../../main/certificates/der.ts";
import type { Answer } from "../../../main/certificates/jobs.ts";
import { oids } from "../../../main/certificates/oids.ts";
import { authority } from "./authority.ts";
import { doJob, folder, now, passwordBytes, passwordText, sample, subject } from "./sample.ts";
import { run } from "./tools.ts";

let created: Answer<"create">;
let pfx: Buffer;
beforeAll(async () => {
  created = await sample();
  pfx = await pfxOf(created);
});

async function pfxOf({ key, certificate }: { key: Uint8Array; certificate: Uint8Array }): Promise<Buffer> {
  const content = { key: Uint8Array.from(key), certificate, chain: [], friendlyName: "" };
  const job = { kind: "write-pfx", ...content, password: passwordBytes(), profile: "strong" } as const;
  return Buffer.from((await doJob(job)).pfx);
}

function importFile(bytes: Uint8Array, password = passwordText, at = now) {
  return doJob({ kind: "import", bytes, password: passwordBytes(password), now: at.toISOString() });
}

function inspect(bytes: Uint8Array, password: string | null = passwordText, at = now) {
  const secret = password === null ? null : passwordBytes(password);
  return doJob({ kind: "inspect", fileName: "f", bytes, password: secret, now: at.toISOString() });
}

const findingIds = async (bytes: Uint8Array, at = now) =>
  (await inspect(bytes, passwordText, at)).findings
    .filter(({ level }) => level === "problem")
    .map(({ id }) => id);

/** A key of any kind and a certificate for it by OpenSSL, as a PFX. */
function byOpenssl(
  key: string[],
  certificate: string[] = [],
  days = ["20261101000000Z", "20271101000000Z"],
): Buffer {
  const { path } = folder();
  run("openssl", ["genpkey", ...key, "-out", path("key.pem")]);
  const names = ["-subj", "/CN=test", "-key", path("key.pem")];
  run("openssl", ["req", "-new", ...names, "-out", path("csr.pem")]);
  // "openssl x509" can only count days from now; "faketime" is not everywhere; "ca" takes dates.
  const config = folder().write(
    "ca.conf",
    `[ca]\ndefault_ca=x\n[x]\ndatabase=${folder().write("index", "")}\nnew_certs_dir=${path("")}\nrand_serial=yes\ndefault_md=sha256\npolicy=p\n[p]\ncommonName=supplied\n`,
  );
  const dates = ["-startdate", days[0] ?? "", "-enddate", days[1] ?? ""];
  const sign = ["ca", "-batch", "-config", config, "-selfsign", "-keyfile", path("key.pem"), ...dates];
  run("openssl", [...sign, ...certificate, "-notext", "-in", path("csr.pem"), "-out", path("cert.pem")]);
  const input = ["-inkey", path("key.pem"), "-in", path("cert.pem")];
  run("openssl", ["pkcs12", "-export", ...input, "-passout", "env:PASS", "-out", path("out.pfx")]);
  return readFileSync(path("out.pfx"));
}

const rsa = (bits: number) => ["-algorithm", "RSA", "-pkeyopt", `rsa_keygen_bits:${bits}`];

/** The measure of the refusals below, in milliseconds; far below what a user would call a wait. */
const atOnceMs = 500;

/** The error with which both import and inspection refuse the file, or why they don't. */
async function refusal(bytes: Uint8Array): Promise<unknown> {
  const errors: unknown[] = [];
  for (const attempt of [() => importFile(bytes), () => inspect(bytes)]) {
    const start = performance.now();
    errors.push(
      await attempt().then(
        () => "accepted",
        (error: unknown) => error,
      ),
    );
    if (performance.now() - start > atOnceMs) return `took ${performance.now() - start} ms`;
  }
  const [importError, inspectError] = errors;
  return isDeepStrictEqual(importError, inspectError) ? importError : errors;
}

/** The outer structure of a PFX around any content. */
function pfxAround(content: Buffer, mac: Buffer[] = []): Buffer {
  const authSafe = derSequence(derOid(oids.data), der(0xa0, derOctets(content)));
  return derSequence(derInteger(3), authSafe, ...mac);
}

function macWith(iterations: number): Buffer {
  const algorithm = derSequence(derOid(oids.sha256), der(0x05));
  const digest = derSequence(algorithm, derOctets(Buffer.alloc(32)));
  return derSequence(digest, derOctets(Buffer.alloc(16)), derInteger(iterations));
}

function encryptedWith(iterations: number): Buffer {
  const parameters = derSequence(derOctets(Buffer.alloc(8)), derInteger(iterations));
  const algorithm = derSequence(derOid(oids.pbeSha1TripleDes), parameters);
  const info = derSequence(derOid(oids.data), algorithm, der(0x80, Buffer.alloc(64)));
  return derSequence(derOid(oids.encryptedData), der(0xa0, derSequence(derInteger(0), info)));
}

describe("what is refused at once, whatever it is used for", () => {
  test("an empty file", async () => {
    expect(await refusal(new Uint8Array())).toMatchObject({ code: "file-empty" });
  });

  test("a file of 100 MB", async () => {
    const large = Buffer.alloc(100_000_000, 0x30);
    expect(await refusal(large)).toMatchObject({ code: "file-too-large", details: { size: 100_000_000 } });
  });

  test("a PFX that was cut off anywhere", async () => {
    for (const length of [2, 5, 50, 500, pfx.length - 1]) {
      expect(await refusal(pfx.subarray(0, length))).toMatchObject({ code: "certificate-truncated" });
    }
  });

  test("a PEM that was cut off", async () => {
    const pem = Buffer.from(new X509Certificate(created.certificate).toString());
    expect(await refusal(pem.subarray(0, pem.length - 40))).toMatchObject({ code: "certificate-truncated" });
    expect(await refusal(pem.subarray(0, 15))).toMatchObject({ code: "certificate-truncated" });
  });

  test("a picture, a text, a ZIP and noise", async () => {
    const noise = Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 7919) % 251));
    const picture = Buffer.from("89504e470d0a1a0a0000000d49484452", "hex");
    for (const bytes of [picture, Buffer.from("Dear admin,\n"), Buffer.from("PK\u0003\u0004..."), noise]) {
      expect(await refusal(bytes)).toMatchObject({ code: "certificate-not-recognised" });
    }
    const publicKey = run("openssl", ["pkey", "-pubout"], pemOfKey());
    expect(await refusal(Buffer.from(publicKey))).toMatchObject({ code: "certificate-not-recognised" });
  });

  test("ASN.1 nested 100,000 deep, open-ended or not", async () => {
    let nested: Buffer = der(0x05);
    for (let depth = 0; depth < 2_000; depth += 1) nested = derSequence(nested);
    expect(await refusal(nested)).toMatchObject({ code: "certificate-too-complex" });
    expect(await refusal(Buffer.alloc(200_000, Buffer.from([0x30, 0x80])))).toMatchObject({
      code: "certificate-too-complex",
    });
    expect(await refusal(pfxAround(nested))).toMatchObject({ code: "certificate-too-complex" });
  });

  test("an RSA key of 100,000 bits, with which one signature would take minutes", async () => {
    const long = der(0x02, Buffer.alloc(12_500, 0x55));
    const numbers = Array.from({ length: 8 }, () => long);
    const rsaKey = derSequence(derInteger(0), ...numbers);
    expect(await refusal(rsaKey)).toMatchObject({ code: "certificate-too-complex" });
    const algorithm = derSequence(derOid(oids.rsaEncryption), der(0x05));
    const pkcs8 = derSequence(derInteger(0), algorithm, derOctets(rsaKey));
    expect(await refusal(pkcs8)).toMatchObject({ code: "certificate-too-complex" });
  });

  test("a million elements", async () => {
    const crowded = derSequence(Buffer.alloc(1_000_000, Buffer.from([0x05, 0x00])));
    expect(await refusal(crowded)).toMatchObject({ code: "certificate-too-complex" });
  });

  test("two billion iterations, in the MAC or in the encryption", async () => {
    const billions = 2_000_000_000;
    const code = "certificate-iterations-too-high";
    const details = { iterations: billions, limit: 1_000_000 };
    expect(await refusal(pfxAround(derSequence(), [macWith(billions)]))).toMatchObject({ code, details });
    expect(await refusal(pfxAround(derSequence(encryptedWith(billions)), [macWith(1)]))).toMatchObject({
      code,
      details,
    });
    const many = Array.from({ length: 20 }, () => encryptedWith(900_000));
    expect(await refusal(pfxAround(derSequence(...many), [macWith(1)]))).toMatchObject({ code });
    const beyond = derSequence(derOctets(Buffer.alloc(8)), der(0x02, Buffer.alloc(20, 0x7f)));
    const scheme = derSequence(derOid(oids.pbeSha1TripleDes), beyond);
    const endless = derSequence(scheme, derOctets(Buffer.alloc(16)));
    await expect(importFile(endless)).rejects.toMatchObject({ code, details: { iterations: 2 ** 48 } });
  });
});

const pemOfKey = () =>
  createPrivateKey({ key: Buffer.from(created.key), format: "der", type: "pkcs8" })
    .export({ type: "pkcs8", format: "pem" })
    .toString();

describe("what cannot serve the connector: an error on import, a finding on inspection", () => {
  test("a wrong password", async () => {
    await expect(importFile(pfx, "not the password")).rejects.toMatchObject({ code: "password-wrong" });
    expect(await inspect(pfx, "not the password")).toMatchObject({
      locked: true,
      fits: "no",
      certificate: null,
    });
    expect(await inspect(pfx, null)).toMatchObject({ locked: true, fits: "unknown", hasPrivateKey: true });
  });

  test("one flipped bit anywhere in the protected part", async () => {
    for (const at of [200, 900, 1_500, pfx.length - 40]) {
      const damaged = Buffer.from(pfx);
      damaged[at] = (damaged[at] ?? 0) ^ 1;
      await expect(importFile(damaged)).rejects.toMatchObject({
        code: expect.stringMatching(/^(?:password-wrong|certificate-)/) as string,
      });
    }
  });

  test("no private key", async () => {
    const certificate = Buffer.from(created.certificate);
    await expect(importFile(certificate)).rejects.toMatchObject({ code: "certificate-no-private-key" });
    const { path, write } = folder();
    const file = write("cert.pem", new X509Certificate(certificate).toString());
    const out = ["-passout", "env:PASS", "-out", path("out.pfx")];
    run("openssl", ["pkcs12", "-export", "-nokeys", "-in", file, ...out]);
    await expect(importFile(readFileSync(path("out.pfx")))).rejects.toMatchObject({
      code: "certificate-no-private-key",
    });
    expect(await findingIds(readFileSync(path("out.pfx")))).toEqual(["no-private-key"]);
    // For the upload to Entra ID a certificate alone is just right.
    expect(await inspect(certificate)).toMatchObject({
      kind: "certificate",
      fits: "yes",
      hasPrivateKey: false,
    });
  });

  test("an EC key", async () => {
    const file = byOpenssl(["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"]);
    await expect(importFile(file)).rejects.toMatchObject({
      code: "certificate-not-rsa",
      details: { keyType: "EC" },
    });
    expect(await findingIds(file)).toEqual(["not-rsa"]);
    expect(await inspect(file)).toMatchObject({ certificate: { keyType: "EC", keyBits: 384 } });
  });

  test("a key of 1024 bits", async () => {
    const file = byOpenssl(rsa(1024));
    await expect(importFile(file)).rejects.toMatchObject({
      code: "certificate-key-too-short",
      details: { bits: 1024, min: 2048 },
    });
    expect(await findingIds(file)).toEqual(["key-too-short"]);
  });

  test("a SHA-1 signature", async () => {
    const file = byOpenssl(rsa(2048), ["-md", "sha1"]);
    await expect(importFile(file)).rejects.toMatchObject({
      code: "certificate-weak-signature",
      details: { algorithm: "sha1WithRSAEncryption" },
    });
    expect(await findingIds(file)).toEqual(["weak-signature"]);
  });

  test("expired", async () => {
    const after = new Date("2027-11-24T10:00:00Z");
    await expect(importFile(pfx, passwordText, after)).rejects.toMatchObject({
      code: "certificate-expired",
      details: { notAfter: created.facts.notAfter },
    });
    expect(await findingIds(pfx, after)).toEqual(["expired"]);
    // Whether a recorded file still opens is another question than whether it is still valid.
    const check = await doJob({ kind: "import", bytes: pfx, password: passwordBytes(), now: null });
    expect(check.facts.sha256).toBe(created.facts.sha256);
  });

  test("not yet valid", async () => {
    const before = new Date("2026-11-23T10:00:00Z");
    await expect(importFile(pfx, passwordText, before)).rejects.toMatchObject({
      code: "certificate-not-yet-valid",
    });
    expect(await findingIds(pfx, before)).toEqual(["not-yet-valid"]);
  });

  test("a key and a certificate that don't match", async () => {
    const other = await doJob({ kind: "create", ...subject, dnsNames: [], now: now.toISOString() });
    const pem = Buffer.from(pemOfKey() + new X509Certificate(other.certificate).toString());
    await expect(importFile(pem)).rejects.toMatchObject({ code: "certificate-key-mismatch" });
    expect(await inspect(pem)).toMatchObject({ isPair: false, fits: "no" });
    await expect(pfxOf({ key: created.key, certificate: other.certificate })).rejects.toMatchObject({
      code: "certificate-key-mismatch",
    });
    const key = Uint8Array.from(created.key);
    const files = [other.certificate];
    await expect(doJob({ kind: "accept-issued", key, files, now: now.toISOString() })).rejects.toMatchObject({
      code: "certificate-request-mismatch",
    });
  });

  test("several keys, in a PFX and in a PEM", async () => {
    const { path, write } = folder();
    const generate = (alias: string) => {
      const names = ["-alias", alias, "-dname", `CN=${alias}`, "-keyalg", "RSA", "-keysize", "2048"];
      const store = ["-storetype", "PKCS12", "-keystore", path("two.p12"), "-storepass:env", "PASS"];
      run("keytool", ["-genkeypair", ...names, ...store]);
    };
    generate("first");
    generate("second");
    const two = readFileSync(path("two.p12"));
    await expect(importFile(two)).rejects.toMatchObject({
      code: "certificate-several-keys",
      details: { count: 2 },
    });
    expect((await inspect(two)).findings).toContainEqual({
      id: "several-keys",
      level: "problem",
      details: { count: 2 },
    });
    run("openssl", ["genpkey", ...rsa(2048), "-out", path("other.pem")]);
    const both = write("both.pem", pemOfKey() + readFileSync(path("other.pem"), "utf8"));
    await expect(importFile(readFileSync(both))).rejects.toMatchObject({ code: "certificate-several-keys" });
  });

  test("ciphers that this app has no key for are named", async () => {
    const { path, write } = folder();
    const input = write("pair.pem", pemOfKey() + new X509Certificate(created.certificate).toString());
    const out = ["-passout", "env:PASS", "-out", path("rc4.pfx")];
    run("openssl", ["pkcs12", "-export", "-legacy", "-keypbe", "PBE-SHA1-RC4-128", "-in", input, ...out]);
    const rc4 = readFileSync(path("rc4.pfx"));
    await expect(importFile(rc4)).rejects.toMatchObject({
      code: "certificate-unsupported-encryption",
      details: { algorithm: "RC4-128" },
    });
    expect(await findingIds(rc4)).toEqual(["unsupported-encryption"]);
    const scrypt = run("openssl", ["pkcs8", "-topk8", "-scrypt", "-in", input, "-passout", "env:PASS"]);
    await expect(importFile(Buffer.from(scrypt))).rejects.toMatchObject({
      code: "certificate-unsupported-encryption",
      details: { algorithm: "AES-256-CBC, scrypt" },
    });
  });

  test("an answer of the authority that is itself only a request", async () => {
    const { request, key } = await doJob({ kind: "create-request", ...subject, dnsNames: [] });
    const asked = { key: Uint8Array.from(key), files: [request], now: now.toISOString() };
    await expect(doJob({ kind: "accept-issued", ...asked })).rejects.toMatchObject({
      code: "certificate-not-recognised",
    });
    await expect(importFile(request)).rejects.toMatchObject({ code: "certificate-no-private-key" });
  });

  test("a chain that stops before its root is a warning", async () => {
    const issued = await authority(created.key);
    const inspection = await inspect(issued.certificate);
    expect(inspection).toMatchObject({ fits: "with-warnings" });
    expect(inspection.findings).toContainEqual({
      id: "chain-incomplete",
      level: "warning",
      details: { issuer: "CN=Intermediate CA" },
    });
  });
});
