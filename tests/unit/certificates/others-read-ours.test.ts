import { readFileSync } from "node:fs";
import { createPrivateKey, X509Certificate } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { cspName, pfxIterations } from "../../../main/certificates/pfx-write.ts";
import type { Answer } from "../../../main/certificates/jobs.ts";
import type { PfxProfile } from "../../../preload/model/certificates.ts";
import { pfxProfiles } from "../../../preload/model/certificates.ts";
import { authority } from "./authority.ts";
import { doJob, folder, now, passwordBytes, passwordText, sample, subject } from "./sample.ts";
import { attempt, run } from "./tools.ts";

let created: Answer<"create">;
beforeAll(async () => {
  created = await sample();
});

const written = new Map<PfxProfile, Promise<Uint8Array>>();

/** A PFX of the profile, written once for all tests that read it. */
function pfxOf(profile: PfxProfile): Promise<Uint8Array> {
  const pfx = written.get(profile) ?? writePfx(profile);
  written.set(profile, pfx);
  return pfx;
}

async function writePfx(profile: PfxProfile): Promise<Uint8Array> {
  const { key, certificate } = created;
  const job = { key: Uint8Array.from(key), certificate, chain: [], password: passwordBytes(), profile };
  const { pfx } = await doJob({ kind: "write-pfx", ...job, friendlyName: "Exchange Rollout Größe" });
  return pfx;
}

const pemKey = () =>
  createPrivateKey({ key: Buffer.from(created.key), format: "der", type: "pkcs8" })
    .export({ type: "pkcs8", format: "pem" })
    .toString();

describe.each(pfxProfiles)("a PFX of the profile %s", (profile) => {
  test("opens in OpenSSL with the strength, key, certificate and attributes it should have", async () => {
    const { write } = folder();
    const file = write("file.pfx", await pfxOf(profile));
    const printed = run("openssl", ["pkcs12", "-in", file, "-passin", "env:PASS", "-info", "-nodes"]);
    const iterations = `Iteration ${pfxIterations[profile]}`;
    if (profile === "strong") {
      expect(printed).toContain(`MAC: sha256, ${iterations}`);
      const scheme = `PBES2, PBKDF2, AES-256-CBC, ${iterations}, PRF hmacWithSHA256`;
      expect(printed).toContain(`Encrypted data: ${scheme}`);
      expect(printed).toContain(`Shrouded Keybag: ${scheme}`);
    } else {
      expect(printed).toContain(`MAC: sha1, ${iterations}`);
      expect(printed).toContain(`Encrypted data: pbeWithSHA1And3-KeyTripleDES-CBC, ${iterations}`);
      expect(printed).toContain(`Shrouded Keybag: pbeWithSHA1And3-KeyTripleDES-CBC, ${iterations}`);
    }
    expect(printed).toContain(`Microsoft CSP Name: ${cspName}`);
    expect(printed).toMatch(/Key Attributes\s+X509v3 Key Usage: 10/);
    // The key and its certificate point at each other, and only the certificate has the name.
    const localKeyId = created.facts.sha1.replace(/../g, "$& ");
    expect(printed.split(`localKeyID: ${localKeyId}`)).toHaveLength(3);
    expect(printed.match(/friendlyName/g)).toHaveLength(1);
    // Byte for byte the same key and certificate.
    const key = createPrivateKey(printed.slice(printed.indexOf("-----BEGIN PRIVATE KEY"))).export({
      type: "pkcs8",
      format: "pem",
    });
    expect(key).toBe(pemKey());
    const certificate = new X509Certificate(printed.slice(printed.indexOf("-----BEGIN CERTIFICATE")));
    expect(certificate.raw.equals(created.certificate)).toBe(true);
  });

  test("is refused by OpenSSL with another password", async () => {
    const { write } = folder();
    const file = write("file.pfx", await pfxOf(profile));
    const { status, output } = attempt("openssl", ["pkcs12", "-in", file, "-passin", "pass:wrong", "-noout"]);
    expect(status).not.toBe(0);
    expect(output).toContain("invalid password");
  });

  test("has the same key attributes as OpenSSL writes for Windows", async () => {
    const { write, path } = folder();
    const inputs = write("pair.pem", pemKey() + new X509Certificate(created.certificate).toString());
    const theirs = path("theirs.pfx");
    const options = ["-keyex", "-CSP", cspName, "-passout", "env:PASS", "-out", theirs];
    run("openssl", ["pkcs12", "-export", "-in", inputs, ...options]);
    const ours = write("ours.pfx", await pfxOf(profile));
    const attributes = (file: string) => {
      const show = ["pkcs12", "-in", file, "-passin", "env:PASS", "-nodes", "-nocerts"];
      const printed = run("openssl", show);
      return printed.slice(0, printed.indexOf("-----BEGIN"));
    };
    expect(attributes(ours)).toBe(attributes(theirs));
  });

  test("passes GnuTLS: MAC, certificate and attributes", async () => {
    const { write } = folder();
    const file = write("file.pfx", await pfxOf(profile));
    const printed = run("certtool", ["--p12-info", "--inder", "--infile", file, "--password", passwordText]);
    expect(printed).toContain("-----BEGIN CERTIFICATE-----");
    expect(printed).toMatch(/Type: (?:PKCS #8 )?Encrypted/i);
    expect(printed).not.toMatch(/verif(?:y|ying) MAC.*(?:error|fail)/i);
    const pem = printed.slice(printed.indexOf("-----BEGIN CERTIFICATE"));
    expect(new X509Certificate(pem).raw.equals(created.certificate)).toBe(true);
    const wrong = attempt("certtool", ["--p12-info", "--inder", "--infile", file, "--password", "wrong"]);
    expect(wrong.output).not.toContain("-----BEGIN CERTIFICATE-----");
  });

  test("is imported by NSS with its key", async () => {
    const { path, write } = folder();
    const database = `sql:${path("")}`;
    const empty = write("empty", "");
    const file = write("file.pfx", await pfxOf(profile));
    const password = write("password", passwordText);
    run("certutil", ["-N", "-d", database, "-f", empty]);
    run("pk12util", ["-i", file, "-d", database, "-w", password, "-k", empty]);
    expect(run("certutil", ["-K", "-d", database, "-f", empty])).toMatch(/rsa\s+[0-9a-f]{40}/);
    const name = "Exchange Rollout Größe";
    const exported = run("certutil", ["-L", "-d", database, "-n", name, "-a"]);
    expect(new X509Certificate(exported).raw.equals(created.certificate)).toBe(true);
  });

  test("is imported by Java with its key and the chain", async () => {
    const { write, path } = folder();
    const { certificate, chain } = await authority(created.key);
    const { key } = created;
    const content = {
      key: Uint8Array.from(key),
      certificate,
      chain,
      profile,
      friendlyName: "rollout",
    } as const;
    const { pfx } = await doJob({ kind: "write-pfx", ...content, password: passwordBytes() });
    const file = write("file.pfx", pfx);
    const store = ["-srckeystore", file, "-srcstoretype", "PKCS12", "-srcstorepass:env", "PASS"];
    const target = [
      "-destkeystore",
      path("java.p12"),
      "-deststoretype",
      "PKCS12",
      "-deststorepass:env",
      "PASS",
    ];
    run("keytool", ["-importkeystore", "-noprompt", ...store, ...target]);
    const listing = run("keytool", ["-list", "-v", "-keystore", path("java.p12"), "-storepass:env", "PASS"]);
    expect(listing).toContain("Entry type: PrivateKeyEntry");
    // Java takes the alias from the key, which has no name on purpose, and counts instead.
    expect(listing).toContain("Alias name: 1");
    expect(listing).toContain(`Certificate chain length: ${chain.length + 1}`);
    // Java has written a store of its own: the key came through.
    const back = await doJob({
      kind: "import",
      bytes: readFileSync(path("java.p12")),
      password: passwordBytes(),
      now: now.toISOString(),
    });
    expect(Buffer.from(back.key).equals(created.key)).toBe(true);
    expect(back.chainFacts.map((facts) => facts.commonName)).toEqual(["Intermediate CA", "Root CA"]);
  });
});

test("an encrypted PEM opens in OpenSSL and in GnuTLS and has the certificate behind the key", async () => {
  const { key, certificate } = created;
  const { pem } = await doJob({
    kind: "write-pem",
    key: Uint8Array.from(key),
    certificate,
    chain: [],
    password: passwordBytes(),
  });
  const { write } = folder();
  const file = write("file.pem", pem);
  expect(run("openssl", ["pkey", "-in", file, "-passin", "env:PASS"])).toBe(pemKey());
  const printed = run("certtool", ["--key-info", "--infile", file, "--password", passwordText]);
  expect(printed).toContain("2048 bits");
  const publicKey = run("openssl", ["x509", "-in", file, "-noout", "-pubkey"]);
  expect(publicKey).toBe(run("openssl", ["pkey", "-in", file, "-passin", "env:PASS", "-pubout"]));
});

test("OpenSSL accepts the self-signed certificate for client authentication and reads its names", async () => {
  const { write } = folder();
  const file = write("file.cer", new X509Certificate(created.certificate).toString());
  const at = ["-attime", String(now.getTime() / 1000)];
  expect(run("openssl", ["verify", "-purpose", "sslclient", "-CAfile", file, ...at, file])).toContain("OK");
  const options = ["-noout", "-subject", "-nameopt", "RFC2253,utf8,-esc_msb", "-ext", "subjectAltName"];
  const printed = run("openssl", ["x509", "-in", file, ...options]);
  expect(printed).toContain(`CN=${subject.commonName},O=${subject.organization}`);
  expect(printed).toContain("DNS:connector.example.com");
});

test("OpenSSL verifies the request and an authority can issue from it", async () => {
  const { key, request } = await doJob({
    kind: "create-request",
    ...subject,
    dnsNames: ["büro.example.com"],
  });
  const { write } = folder();
  const file = write("file.csr", request);
  const printed = run("openssl", ["req", "-inform", "DER", "-in", file, "-verify", "-noout", "-text"]);
  expect(printed).toContain("verify OK");
  expect(printed).toContain("DNS:xn--bro-hoa.example.com");
  expect(printed).toContain("TLS Web Client Authentication");
  expect(printed).toMatch(/Key Usage: critical\s+Digital Signature, Key Encipherment/);
  const issued = await authority(key, request);
  const accepted = await doJob({
    kind: "accept-issued",
    key: Uint8Array.from(key),
    files: [issued.pem],
    now: now.toISOString(),
  });
  expect(accepted.complete).toBe(true);
  expect(accepted.chainFacts.map((facts) => facts.commonName)).toEqual(["Intermediate CA", "Root CA"]);
});
