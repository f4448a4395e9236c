import { generateKeyPairSync } from "node:crypto";
import forge from "node-forge";

/** A certificate authority for one test run and a server certificate by it, all in PEM. */
export interface TestAuthority {
  authority: string;
  server: { key: string; cert: string };
}

const dayMs = 86_400_000;

/** An authority that nobody trusts but who is told to, and its certificate for these host names. */
export function testAuthority(hosts: readonly string[]): TestAuthority {
  const root = keyPair();
  const leaf = keyPair();
  const issuer = [{ name: "commonName", value: "Practice authority (one test run)" }];
  const authority = certificate(root.publicKey, issuer, issuer, root.privateKey, [
    { name: "basicConstraints", cA: true, critical: true },
    { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
  ]);
  const cert = certificate(
    leaf.publicKey,
    [{ name: "commonName", value: "practice" }],
    issuer,
    root.privateKey,
    [
      { name: "basicConstraints", cA: false },
      { name: "extKeyUsage", serverAuth: true },
      { name: "subjectAltName", altNames: hosts.map((value) => ({ type: 2, value })) },
    ],
  );
  return { authority, server: { key: leaf.privateKey, cert } };
}

function keyPair() {
  return generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
}

type Name = { name: string; value: string }[];

function certificate(
  publicKey: string,
  subject: Name,
  issuer: Name,
  issuerKey: string,
  extensions: object[],
): string {
  const made = forge.pki.createCertificate();
  made.publicKey = forge.pki.publicKeyFromPem(publicKey);
  made.serialNumber = forge.util.bytesToHex(forge.random.getBytesSync(8)).replace(/^./, "1");
  made.validity.notBefore = new Date(Date.now() - dayMs);
  made.validity.notAfter = new Date(Date.now() + dayMs);
  made.setSubject(subject);
  made.setIssuer(issuer);
  made.setExtensions(extensions);
  made.sign(forge.pki.privateKeyFromPem(issuerKey), forge.md.sha256.create());
  return forge.pki.certificateToPem(made);
}
