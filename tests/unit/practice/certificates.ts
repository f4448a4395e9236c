import { constants, createHash, generateKeyPairSync, sign } from "node:crypto";
import { Buffer } from "node:buffer";
import forge from "node-forge";

/** A key pair with its self-signed certificate, made for one test run. */
export interface TestCertificate {
  privateKey: string;
  /** DER, base64, as an application takes it. */
  key: string;
  sha1: string;
  sha256: string;
}

export function testCertificate(
  name: string,
  from = "2026-11-01T00:00:00Z",
  until = "2027-11-01T00:00:00Z",
): TestCertificate {
  const pair = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.publicKeyFromPem(pair.publicKey);
  certificate.serialNumber = "01";
  certificate.validity.notBefore = new Date(from);
  certificate.validity.notAfter = new Date(until);
  certificate.setSubject([{ name: "commonName", value: name }]);
  certificate.setIssuer([{ name: "commonName", value: name }]);
  certificate.sign(forge.pki.privateKeyFromPem(pair.privateKey), forge.md.sha256.create());
  const der = Buffer.from(forge.asn1.toDer(forge.pki.certificateToAsn1(certificate)).getBytes(), "binary");
  return {
    privateKey: pair.privateKey,
    key: der.toString("base64"),
    sha1: createHash("sha1").update(der).digest("hex"),
    sha256: createHash("sha256").update(der).digest("hex"),
  };
}

export interface AssertionPlan {
  certificate: TestCertificate;
  clientId: string;
  audience: string;
  now: Date;
  alg?: "PS256" | "RS256";
  claims?: Record<string, unknown>;
  header?: Record<string, unknown>;
}

/** A client assertion as certificate-credentials describes it; `claims` and `header` replace parts of it. */
export function assertionOf(plan: AssertionPlan): string {
  const { certificate, clientId, now, alg = "PS256" } = plan;
  const seconds = now.getTime() / 1000;
  const thumbprint = (hex: string) => Buffer.from(hex, "hex").toString("base64url");
  const header = {
    alg,
    typ: "JWT",
    ...(alg === "PS256"
      ? { "x5t#S256": thumbprint(certificate.sha256) }
      : { x5t: thumbprint(certificate.sha1) }),
    ...plan.header,
  };
  const claims = {
    aud: plan.audience,
    iss: clientId,
    sub: clientId,
    jti: crypto.randomUUID(),
    nbf: seconds,
    exp: seconds + 600,
    ...plan.claims,
  };
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const signed = `${part(header)}.${part(claims)}`;
  const padding =
    alg === "PS256"
      ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
      : { padding: constants.RSA_PKCS1_PADDING };
  const signature = sign("sha256", Buffer.from(signed), { key: certificate.privateKey, ...padding });
  return `${signed}.${signature.toString("base64url")}`;
}
