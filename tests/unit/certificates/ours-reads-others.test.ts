import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import type { Answer } from "../../../main/certificates/jobs.ts";
import { cspName } from "../../../main/certificates/pfx-write.ts";
import type { Inspection, PfxProtection } from "../../../preload/model/certificates.ts";
import { authority } from "./authority.ts";
import { doJob, folder, now, passwordBytes, passwordText, sample } from "./sample.ts";
import { run } from "./tools.ts";

let created: Answer<"create">;
let pair: string;
beforeAll(async () => {
  created = await sample();
  const key = createPrivateKey({ key: Buffer.from(created.key), format: "der", type: "pkcs8" });
  pair = key.export({ type: "pkcs8", format: "pem" }).toString() + new X509Certificate(created.certificate);
});

function importFile(bytes: Uint8Array, password = passwordText): Promise<Answer<"import">> {
  return doJob({ kind: "import", bytes, password: passwordBytes(password), now: now.toISOString() });
}

function inspect(bytes: Uint8Array, password: string | null = passwordText): Promise<Inspection> {
  const secret = password === null ? null : passwordBytes(password);
  return doJob({ kind: "inspect", fileName: "file", bytes, password: secret, now: now.toISOString() });
}

async function expectSameKey(bytes: Uint8Array, password = passwordText): Promise<Answer<"import">> {
  const imported = await importFile(bytes, password);
  expect(Buffer.from(imported.key).equals(created.key)).toBe(true);
  expect(Buffer.from(imported.certificate).equals(created.certificate)).toBe(true);
  return imported;
}

function verdicts({ readers }: Inspection): Record<string, string> {
  return Object.fromEntries(readers.map(({ reader, verdict, reason }) => [reader, `${verdict}: ${reason}`]));
}

const tripleDes = ["-certpbe", "PBE-SHA1-3DES", "-keypbe", "PBE-SHA1-3DES", "-macalg", "sha1"];

/** A PFX by OpenSSL with the given options. */
function byOpenssl(options: string[], input = pair): Buffer {
  const { path, write } = folder();
  const target = ["-passout", "env:PASS", "-out", path("out.pfx")];
  run("openssl", ["pkcs12", "-export", "-in", write("in.pem", input), ...options, ...target]);
  return readFileSync(path("out.pfx"));
}

describe("a PFX by OpenSSL", () => {
  const variants: [string, string[], Partial<PfxProtection>][] = [
    ["with its defaults", [], { profile: "strong", keyIterations: 2048, macIterations: 2048 }],
    ["with 50,000 iterations", ["-iter", "50000"], { profile: "strong", certificateIterations: 50_000 }],
    ["with 3DES", tripleDes, { profile: "older-windows", kdf: "PKCS12-SHA1", mac: "HMAC-SHA1" }],
    ["in its legacy form with RC2-40", ["-legacy"], { profile: "other", certificateCipher: "RC2-40" }],
    ["with AES-128", ["-keypbe", "AES-128-CBC", "-certpbe", "AES-192-CBC"], { keyCipher: "AES-128-CBC" }],
    ["with 3DES under PBES2", ["-keypbe", "DES-EDE3-CBC"], { keyCipher: "3DES" }],
    ["with a clear certificate", ["-certpbe", "NONE"], { certificateCipher: "", keyCipher: "AES-256-CBC" }],
    ["without encryption", ["-certpbe", "NONE", "-keypbe", "NONE"], { profile: "none", keyCipher: "" }],
    ["without MAC", ["-nomac"], { mac: "", macIterations: 0 }],
    ["with a SHA-512 MAC", ["-macalg", "sha512"], { mac: "HMAC-SHA512" }],
  ];

  test.each(variants)("%s is imported and its protection named", async (_, options, protection) => {
    const bytes = byOpenssl(options);
    await expectSameKey(bytes);
    const inspection = await inspect(bytes);
    expect(inspection).toMatchObject({ kind: "pfx", locked: false, isPair: true, protection });
    await expect(importFile(bytes, "another password")).rejects.toMatchObject({ code: "password-wrong" });
  });

  test("as Export-PfxCertificate writes it (3DES, 2,000 iterations, CNG provider) is imported", async () => {
    const provider = "Microsoft Software Key Storage Provider";
    const windows = [...tripleDes, "-iter", "2000", "-CSP", provider, "-LMK", "-name", "te-0a1b"];
    const bytes = byOpenssl(windows);
    expect(await expectSameKey(bytes)).toMatchObject({ keyProvider: "cng", friendlyName: "te-0a1b" });
    const inspection = await inspect(bytes);
    expect(inspection).toMatchObject({ keyProvider: "cng", fits: "with-warnings" });
    expect(inspection.findings).toContainEqual({
      id: "provider-cng",
      level: "warning",
      details: { provider },
    });
    const classic = byOpenssl(["-CSP", cspName, "-keyex"]);
    expect(await expectSameKey(classic)).toMatchObject({ keyProvider: "csp" });
    expect(await inspect(classic)).toMatchObject({ keyProvider: "csp", fits: "yes" });
  });

  test("with a chain in any order is imported with the chain in the right one", async () => {
    const issued = await authority(created.key);
    const keyPem = pair.slice(0, pair.indexOf("-----BEGIN CERTIFICATE"));
    const leaf = new X509Certificate(issued.certificate).toString();
    const rest = issued.chain.toReversed().map((der) => new X509Certificate(der).toString());
    const imported = await importFile(byOpenssl([], keyPem + leaf + rest.join("")));
    expect(Buffer.from(imported.certificate).equals(issued.certificate)).toBe(true);
    expect(imported.chainFacts.map((facts) => facts.commonName)).toEqual(["Intermediate CA", "Root CA"]);
  });

  test("with no password at all opens without asking", async () => {
    const { path, write } = folder();
    const target = ["-passout", "pass:", "-out", path("out.pfx")];
    run("openssl", ["pkcs12", "-export", "-in", write("in.pem", pair), ...target]);
    const bytes = readFileSync(path("out.pfx"));
    expect(await inspect(bytes, null)).toMatchObject({ locked: false, isPair: true });
    await expectSameKey(bytes, "");
  });

  test("with a password beyond ASCII opens, and the readers that would stumble are named", async () => {
    const { path, write } = folder();
    const secret = "Pässwörd-€-日本-🔑";
    const target = ["-passout", `pass:${secret}`, "-out", path("out.pfx")];
    run("openssl", ["pkcs12", "-export", "-in", write("in.pem", pair), ...target]);
    const bytes = readFileSync(path("out.pfx"));
    await expectSameKey(bytes, secret);
    const inspection = await inspect(bytes, secret);
    expect(verdicts(inspection)).toMatchObject({
      java: "refuses: java-password",
      "windows-server-2019": "unknown: password-encoding",
    });
  });
});

describe("verdicts of the readers", () => {
  test("OpenSSL's defaults", async () => {
    expect(verdicts(await inspect(byOpenssl([]), null))).toEqual({
      "windows-server-2016": "refuses: aes-before-2019",
      "windows-server-2019": "opens: aes",
      "dotnet-9-loader": "opens: within-limits",
      java: "opens: aes",
      "openssl-3": "opens: aes",
      "openssl-fips": "refuses: fips",
    });
  });

  test("3DES, RC2-40, and more iterations than .NET and Windows allow", async () => {
    expect(verdicts(await inspect(byOpenssl(tripleDes), null))).toMatchObject({
      "windows-server-2016": "opens: classic",
      "openssl-3": "opens: classic",
    });
    expect(verdicts(await inspect(byOpenssl(["-legacy"]), null))).toMatchObject({
      "openssl-3": "refuses: needs-legacy-provider",
      "windows-server-2016": "opens: classic",
    });
    expect(verdicts(await inspect(byOpenssl(["-iter", "300001"]), null))).toMatchObject({
      "dotnet-9-loader": "refuses: dotnet-iterations",
      "windows-server-2019": "opens: aes",
    });
    expect(verdicts(await inspect(byOpenssl(["-iter", "600001"]), null))).toMatchObject({
      "windows-server-2019": "refuses: windows-iterations",
    });
  });

  test("OpenSSL itself confirms the verdict about RC2-40", async () => {
    const { write } = folder();
    const file = write("file.pfx", byOpenssl(["-legacy"]));
    const args = ["pkcs12", "-in", file, "-passin", "env:PASS", "-nodes"];
    expect(() => run("openssl", args)).toThrow(/unsupported|RC2-40/);
    expect(run("openssl", [...args, "-legacy"])).toContain("-----BEGIN CERTIFICATE");
  });
});

describe("GnuTLS, NSS and Java", () => {
  test("a PFX by certtool with its 600,000 iterations is imported", async () => {
    const { path, write } = folder();
    const key = write("key.pem", pair.slice(0, pair.indexOf("-----BEGIN CERTIFICATE")));
    const certificate = write("cert.pem", pair.slice(pair.indexOf("-----BEGIN CERTIFICATE")));
    const inputs = ["--load-privkey", key, "--load-certificate", certificate];
    const out = path("gnutls.p12");
    const name = ["--p12-name", "rollout", "--pkcs-cipher", "aes-256", "--password", passwordText];
    run("certtool", ["--to-p12", ...inputs, ...name, "--outder", "--outfile", out]);
    const bytes = readFileSync(out);
    await expectSameKey(bytes);
    // What it asks for is said without the password and without doing it.
    expect(verdicts(await inspect(bytes, null))["dotnet-9-loader"]).toBe("refuses: dotnet-iterations");
  });

  test("a PFX by pk12util is imported, BER and all", async () => {
    const { path, write } = folder();
    const database = `sql:${path("")}`;
    const empty = write("empty", "");
    const password = write("password", passwordText);
    run("certutil", ["-N", "-d", database, "-f", empty]);
    const source = write("source.pfx", byOpenssl(["-name", "rollout"]));
    run("pk12util", ["-i", source, "-d", database, "-w", password, "-k", empty]);
    const out = path("nss.p12");
    run("pk12util", ["-o", out, "-n", "rollout", "-d", database, "-w", password, "-k", empty]);
    const bytes = readFileSync(out);
    expect(await expectSameKey(bytes)).toMatchObject({ friendlyName: "rollout" });
    expect((await inspect(bytes)).protection).toMatchObject({ keyIterations: 600_000 });
  });

  test("a PFX by keytool is imported", async () => {
    const { path } = folder();
    const out = path("java.p12");
    const names = ["-alias", "rollout", "-dname", "CN=Java, O=Contoso", "-startdate", "2026/11/20 00:00:00"];
    const store = ["-storetype", "PKCS12", "-keystore", out, "-storepass:env", "PASS"];
    run("keytool", [
      "-genkeypair",
      "-keyalg",
      "RSA",
      "-keysize",
      "2048",
      "-validity",
      "365",
      ...names,
      ...store,
    ]);
    const imported = await importFile(readFileSync(out));
    expect(imported).toMatchObject({
      friendlyName: "rollout",
      facts: { subject: "CN=Java, O=Contoso", keyBits: 2048 },
    });
    expect(await inspect(readFileSync(out))).toMatchObject({ isPair: true, keyProvider: "unspecified" });
  });
});

describe("PEM", () => {
  const keyVariants: [string, string[]][] = [
    ["PKCS #8 with OpenSSL's defaults", ["pkcs8", "-topk8", "-passout", "env:PASS"]],
    ["PKCS #8 with 3DES", ["pkcs8", "-topk8", "-v1", "PBE-SHA1-3DES", "-passout", "env:PASS"]],
    ["PKCS #8 with 1,000,000 iterations", ["pkcs8", "-topk8", "-iter", "1000000", "-passout", "env:PASS"]],
    ["OpenSSL's old encrypted form", ["rsa", "-aes256", "-traditional", "-passout", "env:PASS"]],
    ["PKCS #1 in clear", ["rsa", "-traditional"]],
    ["PKCS #8 in clear", ["pkcs8", "-topk8", "-nocrypt"]],
  ];

  test.each(keyVariants)("%s with its certificate is imported", async (name, [command = "", ...options]) => {
    const { write } = folder();
    const file = write("key.pem", pair);
    const key = run("openssl", [command, "-in", file, ...options]);
    const pem = key.slice(key.indexOf("-----BEGIN")) + pair.slice(pair.indexOf("-----BEGIN CERTIFICATE"));
    await expectSameKey(Buffer.from(pem));
    const locked = !name.endsWith("in clear");
    expect(await inspect(Buffer.from(pem), null)).toMatchObject({ kind: "pem", locked, hasPrivateKey: true });
    expect(await inspect(Buffer.from(pem))).toMatchObject({ locked: false, isPair: true });
    // Windows PowerShell redirects into UTF-16, editors put a mark in front.
    await expectSameKey(Buffer.from(`\uFEFF${pem.replaceAll("\n", "\r\n")}`, "utf16le"));
    await expectSameKey(Buffer.from(`\uFEFF${pem}`));
    if (locked)
      await expect(importFile(Buffer.from(pem), "wrong")).rejects.toMatchObject({ code: "password-wrong" });
  });

  test("a PFX as bare Base64, as Key Vault hands it out, is imported", async () => {
    const imported = await expectSameKey(Buffer.from(byOpenssl([]).toString("base64")));
    expect(imported.facts.sha1).toBe(created.facts.sha1);
  });

  test("an authority's answer is taken as PEM and as PKCS #7, whatever the order", async () => {
    const issued = await authority(created.key);
    for (const files of [[issued.pem], [issued.pkcs7], [issued.certificate, ...issued.chain]]) {
      const key = Uint8Array.from(created.key);
      const answer = await doJob({ kind: "accept-issued", key, files, now: now.toISOString() });
      expect(Buffer.from(answer.certificate).equals(issued.certificate)).toBe(true);
      expect(answer.chainFacts.map((facts) => facts.commonName)).toEqual(["Intermediate CA", "Root CA"]);
      expect(answer.complete).toBe(true);
    }
    const key = Uint8Array.from(created.key);
    const alone = await doJob({
      kind: "accept-issued",
      key,
      files: [issued.certificate],
      now: now.toISOString(),
    });
    expect(alone).toMatchObject({ complete: false, chain: [] });
    const container = await inspect(issued.pkcs7, null);
    expect(container).toMatchObject({ kind: "pkcs7", chain: [{}, {}] });
    // The app takes it, Entra does not.
    expect(container.findings).toContainEqual({ id: "pkcs7", level: "warning", details: {} });
    const { path, write } = folder();
    const options = ["-inform", "DER", "-in", write("all.p7b", issued.pkcs7), "-out", path("all.pem")];
    run("openssl", ["pkcs7", ...options]);
    expect(await inspect(readFileSync(path("all.pem")), null)).toEqual({
      ...container,
      size: readFileSync(path("all.pem")).length,
    });
    expect((await inspect(issued.pem, null)).findings).not.toContainEqual(
      expect.objectContaining({ id: "pkcs7" }),
    );
  });
});
