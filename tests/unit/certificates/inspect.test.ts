import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { findingIds } from "../../../main/certificates/findings.ts";
import { judgeReaders, readerReasons } from "../../../main/certificates/readers.ts";
import { certificatePhases, readerIds } from "../../../preload/model/certificates.ts";
import type { Inspection, PfxProtection } from "../../../preload/model/certificates.ts";
import de from "../../../renderer/locales/de.json" with { type: "json" };
import en from "../../../renderer/locales/en.json" with { type: "json" };
import { authority } from "./authority.ts";
import { doJob, folder, now, sample, subject } from "./sample.ts";
import { run } from "./tools.ts";

const inspect = (bytes: Uint8Array, at = now, fileName = "file"): Promise<Inspection> =>
  doJob({ kind: "inspect", fileName, bytes, password: null, now: at.toISOString() });

const idsOf = ({ findings }: Inspection, level: string) =>
  findings.filter((finding) => finding.level === level).map(({ id }) => id);

/** A self-signed certificate by OpenSSL with these extensions. */
function byOpenssl(extensions: string[], options: string[] = []): Buffer {
  const { path } = folder();
  const out = ["-keyout", path("key.pem"), "-out", path("cert.der"), "-outform", "DER"];
  const added = extensions.flatMap((extension) => ["-addext", extension]);
  const subjectName = ["-subj", "/CN=test", "-days", "3650"];
  run("openssl", [
    "req",
    "-x509",
    "-newkey",
    "rsa:2048",
    "-nodes",
    ...subjectName,
    ...added,
    ...options,
    ...out,
  ]);
  return readFileSync(path("cert.der"));
}

/** Certificates by OpenSSL begin at the real time of the test. */
const later = new Date(Date.now() + 86_400_000);

describe("a certificate", () => {
  test("of our own fits the upload and says why", async () => {
    const { certificate } = await sample();
    const inspection = await inspect(certificate, now, "connector.cer");
    expect(inspection).toMatchObject({
      fileName: "connector.cer",
      kind: "certificate",
      size: certificate.length,
      locked: false,
      hasPrivateKey: false,
      isPair: null,
      protection: null,
      readers: [],
      fits: "yes",
    });
    expect(idsOf(inspection, "ok").toSorted()).toEqual(
      ["public-only", "rsa-key", "self-signed", "strong-signature", "valid"].toSorted(),
    );
  });

  test("that ends soon is a warning, with the days", async () => {
    const { certificate } = await sample();
    const inspection = await inspect(certificate, new Date("2027-11-20T10:00:00Z"));
    expect(inspection.fits).toBe("with-warnings");
    expect(inspection.findings).toContainEqual({
      id: "expires-soon",
      level: "warning",
      details: { notAfter: "2027-11-24T09:50:00.000Z", days: 3 },
    });
  });

  test("for servers only, or that must not sign, is a warning", async () => {
    const server = byOpenssl(["extendedKeyUsage=serverAuth", "keyUsage=critical,keyEncipherment"]);
    const inspection = await inspect(server, later);
    expect(idsOf(inspection, "warning")).toEqual(["key-usage", "no-client-authentication"]);
    expect(inspection.certificate).toMatchObject({
      keyUsage: ["keyEncipherment"],
      extendedKeyUsage: ["serverAuth"],
    });
  });

  test("with other usages shows them by their identifiers", async () => {
    const other = byOpenssl(["extendedKeyUsage=clientAuth,1.3.6.1.4.1.311.20.2.2"]);
    expect((await inspect(other, later)).certificate?.extendedKeyUsage).toEqual([
      "clientAuth",
      "1.3.6.1.4.1.311.20.2.2",
    ]);
  });

  test("signed with RSASSA-PSS is judged by the digest in its parameters", async () => {
    const pss = ["-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:-1"];
    const strong = await inspect(byOpenssl([], [...pss, "-sha256"]), later);
    expect(strong.certificate?.signatureAlgorithm).toBe("RSASSA-PSS (sha256)");
    const weak = await inspect(byOpenssl([], [...pss, "-sha1"]), later);
    expect(idsOf(weak, "problem")).toEqual(["weak-signature"]);
  });

  test("of an authority is not an application's", async () => {
    const { key } = await sample();
    const issued = await authority(key);
    const [middle = new Uint8Array()] = issued.chain;
    expect(idsOf(await inspect(middle), "warning")).toContain("is-authority");
  });

  test("with odd names shows them unambiguously", async () => {
    const odd = byOpenssl([], ["-subj", '/O=Contoso, Ltd./OU=a\\+b/CN="quoted" =x', "-utf8"]);
    expect((await inspect(odd, later)).certificate?.subject).toBe(
      String.raw`CN=\"quoted\" =x, OU=a\+b, O=Contoso\, Ltd.`,
    );
  });
});

describe("a request", () => {
  test("shows what it asks for and that it is intact", async () => {
    const { request } = await doJob({ kind: "create-request", ...subject, dnsNames: ["a.example"] });
    const inspection = await inspect(request);
    expect(inspection).toMatchObject({
      kind: "request",
      fits: "yes",
      request: { dnsNames: ["a.example"], keyType: "RSA", keyBits: 2048, signatureValid: true },
    });
    const changed = Uint8Array.from(request);
    changed[changed.length - 5] = (changed[changed.length - 5] ?? 0) ^ 1;
    expect(await inspect(changed)).toMatchObject({ fits: "no", request: { signatureValid: false } });
  });

  test("by OpenSSL with an EC key is read too, and doesn't fit", async () => {
    const { path } = folder();
    const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", path("k")];
    run("openssl", ["req", "-new", ...key, "-subj", "/CN=x", "-out", path("r.csr")]);
    const inspection = await inspect(readFileSync(path("r.csr")));
    expect(inspection.request).toMatchObject({ keyType: "EC", keyBits: 256, signatureValid: true });
    expect(idsOf(inspection, "problem")).toEqual(["not-rsa"]);
  });
});

test("a key without a certificate is named as one", async () => {
  const { key } = await sample();
  const inspection = await inspect(key);
  expect(inspection).toMatchObject({ kind: "private-key", hasPrivateKey: true, fits: "no" });
  expect(idsOf(inspection, "problem")).toEqual(["no-certificate"]);
});

describe("the readers", () => {
  const strong: PfxProtection = {
    profile: "strong",
    keyCipher: "AES-256-CBC",
    certificateCipher: "AES-256-CBC",
    kdf: "PBKDF2-HMAC-SHA256",
    keyIterations: 100_000,
    certificateIterations: 100_000,
    mac: "HMAC-SHA256",
    macIterations: 100_000,
  };
  const tripleDes = {
    keyCipher: "3DES",
    certificateCipher: "3DES",
    kdf: "PKCS12-SHA1",
    mac: "HMAC-SHA1",
  };
  const all = { keyIterations: 0, certificateIterations: 0, macIterations: 0 };
  const judge = (change: Partial<PfxProtection>, facts = {}) =>
    Object.fromEntries(
      judgeReaders({
        protection: { ...strong, ...change },
        passwordIsAscii: true,
        duplicateAttributes: false,
        ...facts,
      }).map(({ reader, verdict, reason }) => [reader, `${verdict} ${reason}`]),
    );

  test("each is judged once, in the model's order", () => {
    expect(Object.keys(judge({}))).toEqual(readerIds);
  });

  test.each<[string, Partial<PfxProtection>, object, Record<string, string>]>([
    ["300,000 iterations", { macIterations: 300_000 }, {}, { "dotnet-9-loader": "opens within-limits" }],
    [
      "300,001 iterations",
      { macIterations: 300_001 },
      {},
      { "dotnet-9-loader": "refuses dotnet-iterations" },
    ],
    [
      "600,001 iterations",
      { keyIterations: 600_001 },
      {},
      { "windows-server-2019": "refuses windows-iterations" },
    ],
    [
      "PBMAC1",
      { mac: "PBMAC1" },
      {},
      { "dotnet-9-loader": "refuses pbmac1", java: "unknown pbmac1-newest-only" },
    ],
    [
      "no MAC",
      { mac: "" },
      {},
      { "windows-server-2019": "unknown no-mac", "openssl-fips": "unknown no-mac" },
    ],
    ["SHA-512", { kdf: "PBKDF2-HMAC-SHA512" }, {}, { "windows-server-2019": "unknown sha512" }],
    [
      "3DES with SHA-256 MAC",
      { ...tripleDes, mac: "HMAC-SHA256" },
      {},
      { "windows-server-2016": "unknown mac-before-2019" },
    ],
    [
      "scrypt",
      { kdf: "scrypt", ...all },
      {},
      { "dotnet-9-loader": "refuses algorithm", java: "refuses algorithm" },
    ],
    ["RC4", { ...tripleDes, keyCipher: "RC4-128" }, {}, { "openssl-3": "refuses needs-legacy-provider" }],
    [
      "a password beyond ASCII",
      {},
      { passwordIsAscii: false },
      { java: "refuses java-password", "openssl-3": "opens aes" },
    ],
    [
      "an attribute twice",
      {},
      { duplicateAttributes: true },
      { "dotnet-9-loader": "refuses duplicate-attributes" },
    ],
  ])("%s", (_, change, facts, expected) => {
    expect(judge(change, facts)).toMatchObject(expected);
  });
});

describe("the texts", () => {
  const withoutPlural = (texts: object) => [
    ...new Set(Object.keys(texts).map((id) => id.replace(/_(?:one|other)$/, ""))),
  ];

  test.each([
    ["English", en],
    ["German", de],
  ])("%s has exactly one for every finding, reader, reason and phase", (_, locale) => {
    const { findings, readers } = locale.inspect;
    expect(withoutPlural(findings).toSorted()).toEqual([...findingIds].toSorted());
    expect(Object.keys(readers.names).toSorted()).toEqual([...readerIds].toSorted());
    expect(Object.keys(readers.reasons).toSorted()).toEqual([...readerReasons].toSorted());
    expect(Object.keys(locale.certificate.phases).toSorted()).toEqual([...certificatePhases].toSorted());
  });

  test("the lists hold exactly what the engine says", () => {
    const directory = new URL("../../../main/certificates/", import.meta.url);
    const sources = readdirSync(directory)
      .filter((name) => name.endsWith(".ts"))
      .map((name) => readFileSync(fileURLToPath(new URL(name, directory)), "utf8"))
      .join("\n");
    const said = (call: string) =>
      [...sources.matchAll(new RegExp(`\\b(?:${call})\\(\\s*"([a-z\\d-]+)"`, "g"))].map(([, id = ""]) => id);
    expect([...new Set(said("okay|warning|problem"))].toSorted()).toEqual([...findingIds].toSorted());
    const reasons = [...new Set([...said("opens|refuses|unknown"), "aes", "classic"])];
    expect(reasons.toSorted()).toEqual([...readerReasons].toSorted());
  });
});
