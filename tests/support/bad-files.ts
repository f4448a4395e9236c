import { execFileSync } from "node:child_process";
import { readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { der, derInteger, derOctets, derOid, derSequence } from "../../main/certificates/der.ts";
import { oids } from "../../main/certificates/oids.ts";

/** A file that cannot serve the connector, and the text key of what the user is told. */
export interface BadFile {
  name: string;
  path: string;
  /** Typed when the app asks for it; the right one unless the password is what is wrong. */
  password: string;
  /** Key of the sentence in the locale files: an error, a finding, or why it is no PFX. */
  told: string;
}

const password = "Correct-Horse-42";
const longAgo = ["20200101000000Z", "20210101000000Z"] as const;
const farAhead = ["20400101000000Z", "20410101000000Z"] as const;
const fits = ["20200101000000Z", "20400101000000Z"] as const;

function openssl(...args: string[]): void {
  execFileSync("openssl", args, { stdio: "pipe", env: { ...process.env, PASS: password } });
}

/** Writes every kind of bad file into `folder`, most of them with openssl. */
export function writeBadFiles(folder: string): BadFile[] {
  const at = (name: string) => join(folder, name);
  const rsa = (bits: number) => ["-algorithm", "RSA", "-pkeyopt", `rsa_keygen_bits:${bits}`];

  function pair(name: string, key: string[], dates: readonly [string, string], digest = "sha256"): void {
    openssl("genpkey", ...key, "-out", at(`${name}.key`));
    openssl("req", "-new", "-subj", `/CN=${name}`, "-key", at(`${name}.key`), "-out", at(`${name}.req`));
    // Only "ca" takes dates; "x509" counts days from now.
    writeFileSync(at("index"), "");
    writeFileSync(
      at("ca.conf"),
      `[ca]\ndefault_ca=x\n[x]\ndatabase=${at("index")}\nnew_certs_dir=${folder}\nrand_serial=yes\ndefault_md=${digest}\npolicy=p\n[p]\ncommonName=supplied\n`,
    );
    const sign = [
      "ca",
      "-batch",
      "-config",
      at("ca.conf"),
      "-selfsign",
      "-keyfile",
      at(`${name}.key`),
      "-notext",
    ];
    openssl(
      ...sign,
      "-startdate",
      dates[0],
      "-enddate",
      dates[1],
      "-in",
      at(`${name}.req`),
      "-out",
      at(`${name}.crt`),
    );
  }
  function pfx(name: string, ...args: [string[], readonly [string, string], string?]): string {
    pair(name, ...args);
    const input = ["-inkey", at(`${name}.key`), "-in", at(`${name}.crt`)];
    openssl("pkcs12", "-export", ...input, "-passout", "env:PASS", "-out", at(`${name}.pfx`));
    return at(`${name}.pfx`);
  }
  function file(name: string, bytes: Uint8Array | string): string {
    writeFileSync(at(name), bytes);
    return at(name);
  }

  const good = pfx("good", rsa(2048), fits);
  const bytes = readFileSync(good);
  pair("other", rsa(2048), fits);
  const text = (name: string) => readFileSync(at(name), "utf8");
  const large = file("large.pfx", "");
  truncateSync(large, 100_000_000);
  const bad: [string, string, string, string?][] = [
    ["a wrong password", good, "errors.password-wrong.title", "Wrong-Horse-43"],
    ["an empty file", file("empty.pfx", ""), "errors.file-empty.title"],
    [
      "a truncated PFX",
      file("cut.pfx", bytes.subarray(0, bytes.length / 2)),
      "errors.certificate-truncated.title",
    ],
    ["a text", file("letter.pfx", "Dear admin,\n"), "errors.certificate-not-recognised.title"],
    ["no private key", at("good.crt"), "certificate.import.no-key"],
    [
      "an EC key",
      pfx("ec", ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"], fits),
      "inspect.findings.not-rsa",
    ],
    ["an expired certificate", pfx("expired", rsa(2048), longAgo), "inspect.findings.expired"],
    ["one that is not yet valid", pfx("future", rsa(2048), farAhead), "inspect.findings.not-yet-valid"],
    ["a key of 1024 bits", pfx("short", rsa(1024), fits), "inspect.findings.key-too-short"],
    ["a SHA-1 signature", pfx("sha1", rsa(2048), fits, "sha1"), "inspect.findings.weak-signature"],
    [
      "several keys",
      file("two.pem", text("good.key") + text("other.key") + text("good.crt")),
      "inspect.findings.several-keys",
    ],
    [
      "a key and a certificate that don't match",
      file("pair.pem", text("good.key") + text("other.crt")),
      "inspect.findings.key-mismatch",
    ],
    [
      "two billion iterations",
      file("endless.pfx", endless(2_000_000_000)),
      "errors.certificate-iterations-too-high.title",
    ],
    ["a file of 100 MB", large, "errors.file-too-large.title"],
    ["deeply nested ASN.1", file("deep.pfx", nested(2_000)), "errors.certificate-too-complex.title"],
  ];
  return bad.map(([name, path, told, typed]) => ({ name, path, told, password: typed ?? password }));
}

/** A PFX whose MAC asks for that many iterations (RFC 7292, section 4). */
function endless(iterations: number): Buffer {
  const digest = derSequence(derSequence(derOid(oids.sha256), der(0x05)), derOctets(Buffer.alloc(32)));
  const mac = derSequence(digest, derOctets(Buffer.alloc(16)), derInteger(iterations));
  const content = derSequence(derOid(oids.data), der(0xa0, derOctets(derSequence())));
  return derSequence(derInteger(3), content, mac);
}

function nested(depth: number): Buffer {
  let content = der(0x05);
  for (let level = 0; level < depth; level += 1) content = derSequence(content);
  return content;
}
