import { createPrivateKey, X509Certificate } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "./tools.ts";

export interface Issued {
  certificate: Uint8Array;
  /** Intermediate, then root. */
  chain: Uint8Array[];
  /** Root first, the issued one in the middle: no order a reader could rely on. */
  pem: Buffer;
  /** The same as PKCS #7, DER. */
  pkcs7: Buffer;
}

/**
 * A certificate authority with an intermediate, played by OpenSSL, that issues a certificate for a key (PKCS #8)
 * or for a request. The certificates are valid from 2026-11-01 for a year.
 */
export async function authority(key: Uint8Array, request?: Uint8Array): Promise<Issued> {
  const directory = mkdtempSync(join(tmpdir(), "authority-"));
  try {
    return issue(directory, key, request);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function issue(directory: string, key: Uint8Array, request?: Uint8Array): Issued {
  const at = (name: string) => join(directory, name);
  const pem = createPrivateKey({ key: Buffer.from(key), format: "der", type: "pkcs8" }).export({
    type: "pkcs8",
    format: "pem",
  });
  writeFileSync(at("leaf.key"), pem);
  writeFileSync(at("ca.cnf"), "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n");
  writeFileSync(at("index.txt"), "");
  writeFileSync(
    at("ca.conf"),
    `[ca]\ndefault_ca=x\n[x]\ndatabase=${at("index.txt")}\nnew_certs_dir=${directory}\nrand_serial=yes\ndefault_md=sha256\npolicy=p\ncopy_extensions=copy\nunique_subject=no\n[p]\ncommonName=supplied\norganizationName=optional\n[req]\ndistinguished_name=d\n[d]\n`,
  );
  const newKey = (name: string) =>
    run("openssl", ["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", at(name)]);
  const ask = (keyFile: string, name: string, out: string) => {
    const subject = ["-subj", `/CN=${name}`, "-out", at(out)];
    run("openssl", ["req", "-new", "-config", at("ca.conf"), "-key", at(keyFile), ...subject]);
  };
  const sign = (asked: string, out: string, signer: string[], extensions: string[]) => {
    const dates = ["-startdate", "20261101000000Z", "-enddate", "20271101000000Z"];
    const files = ["-in", at(asked), "-out", at(out), "-notext"];
    run("openssl", ["ca", "-batch", "-config", at("ca.conf"), ...dates, ...files, ...signer, ...extensions]);
  };
  const asAuthority = ["-extfile", at("ca.cnf")];
  newKey("root.key");
  ask("root.key", "Root CA", "root.csr");
  sign("root.csr", "root.pem", ["-selfsign", "-keyfile", at("root.key")], asAuthority);
  newKey("mid.key");
  ask("mid.key", "Intermediate CA", "mid.csr");
  sign("mid.csr", "mid.pem", ["-cert", at("root.pem"), "-keyfile", at("root.key")], asAuthority);
  if (request) {
    writeFileSync(at("leaf.der"), request);
    run("openssl", ["req", "-inform", "DER", "-in", at("leaf.der"), "-out", at("leaf.csr")]);
  } else ask("leaf.key", "issued", "leaf.csr");
  sign("leaf.csr", "leaf.pem", ["-cert", at("mid.pem"), "-keyfile", at("mid.key")], []);
  const [root, middle, leaf] = ["root.pem", "mid.pem", "leaf.pem"].map((name) =>
    readFileSync(at(name), "utf8"),
  );
  writeFileSync(at("all.pem"), `${root}${leaf}${middle}`);
  run("openssl", [
    "crl2pkcs7",
    "-nocrl",
    "-certfile",
    at("all.pem"),
    "-outform",
    "DER",
    "-out",
    at("all.p7b"),
  ]);
  const der = (text = "") => new Uint8Array(new X509Certificate(text).raw);
  return {
    certificate: der(leaf),
    chain: [der(middle), der(root)],
    pem: readFileSync(at("all.pem")),
    pkcs7: readFileSync(at("all.p7b")),
  };
}
