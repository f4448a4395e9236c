/** Object identifiers by the names their standards give them. */
export const oids = {
  data: "1.2.840.113549.1.7.1",
  signedData: "1.2.840.113549.1.7.2",
  encryptedData: "1.2.840.113549.1.7.6",
  keyBag: "1.2.840.113549.1.12.10.1.1",
  shroudedKeyBag: "1.2.840.113549.1.12.10.1.2",
  certBag: "1.2.840.113549.1.12.10.1.3",
  safeContentsBag: "1.2.840.113549.1.12.10.1.6",
  x509Certificate: "1.2.840.113549.1.9.22.1",
  friendlyName: "1.2.840.113549.1.9.20",
  localKeyId: "1.2.840.113549.1.9.21",
  extensionRequest: "1.2.840.113549.1.9.14",
  microsoftCspName: "1.3.6.1.4.1.311.17.1",
  pbes2: "1.2.840.113549.1.5.13",
  pbkdf2: "1.2.840.113549.1.5.12",
  pbmac1: "1.2.840.113549.1.5.14",
  pbeSha1TripleDes: "1.2.840.113549.1.12.1.3",
  aes256Cbc: "2.16.840.1.101.3.4.1.42",
  hmacSha256: "1.2.840.113549.2.9",
  sha1: "1.3.14.3.2.26",
  sha256: "2.16.840.1.101.3.4.2.1",
  rsaEncryption: "1.2.840.113549.1.1.1",
  rsassaPss: "1.2.840.113549.1.1.10",
  sha256WithRsa: "1.2.840.113549.1.1.11",
  ecPublicKey: "1.2.840.10045.2.1",
  keyUsage: "2.5.29.15",
  subjectAltName: "2.5.29.17",
  basicConstraints: "2.5.29.19",
  extKeyUsage: "2.5.29.37",
  clientAuth: "1.3.6.1.5.5.7.3.2",
  serverAuth: "1.3.6.1.5.5.7.3.1",
  anyExtendedKeyUsage: "2.5.29.37.0",
  commonName: "2.5.4.3",
} as const;

/** Short names of the attribute types in a distinguished name (RFC 4514 and what Windows shows). */
export const nameAttributes: Record<string, string> = {
  "2.5.4.3": "CN",
  "2.5.4.5": "SERIALNUMBER",
  "2.5.4.6": "C",
  "2.5.4.7": "L",
  "2.5.4.8": "ST",
  "2.5.4.9": "STREET",
  "2.5.4.10": "O",
  "2.5.4.11": "OU",
  "0.9.2342.19200300.100.1.1": "UID",
  "0.9.2342.19200300.100.1.25": "DC",
  "1.2.840.113549.1.9.1": "E",
};

/** Digests by identifier, as node:crypto names them. */
export const digests: Record<string, string> = {
  [oids.sha1]: "sha1",
  "2.16.840.1.101.3.4.2.4": "sha224",
  [oids.sha256]: "sha256",
  "2.16.840.1.101.3.4.2.2": "sha384",
  "2.16.840.1.101.3.4.2.3": "sha512",
};

/** HMAC functions by identifier, as the digest inside them. */
export const hmacs: Record<string, string> = {
  "1.2.840.113549.2.7": "sha1",
  "1.2.840.113549.2.8": "sha224",
  [oids.hmacSha256]: "sha256",
  "1.2.840.113549.2.10": "sha384",
  "1.2.840.113549.2.11": "sha512",
};

interface SignatureAlgorithm {
  name: string;
  digest: string;
  weak: boolean;
}

/** Signature algorithms of certificates and requests; PSS is looked at separately. */
export const signatureAlgorithms: Record<string, SignatureAlgorithm> = {
  "1.2.840.113549.1.1.2": { name: "md2WithRSAEncryption", digest: "md2", weak: true },
  "1.2.840.113549.1.1.4": { name: "md5WithRSAEncryption", digest: "md5", weak: true },
  "1.2.840.113549.1.1.5": { name: "sha1WithRSAEncryption", digest: "sha1", weak: true },
  "1.3.14.3.2.29": { name: "sha1WithRSAEncryption", digest: "sha1", weak: true },
  [oids.sha256WithRsa]: { name: "sha256WithRSAEncryption", digest: "sha256", weak: false },
  "1.2.840.113549.1.1.12": { name: "sha384WithRSAEncryption", digest: "sha384", weak: false },
  "1.2.840.113549.1.1.13": { name: "sha512WithRSAEncryption", digest: "sha512", weak: false },
  "1.2.840.10045.4.1": { name: "ecdsaWithSHA1", digest: "sha1", weak: true },
  "1.2.840.10045.4.3.2": { name: "ecdsaWithSHA256", digest: "sha256", weak: false },
  "1.2.840.10045.4.3.3": { name: "ecdsaWithSHA384", digest: "sha384", weak: false },
  "1.2.840.10045.4.3.4": { name: "ecdsaWithSHA512", digest: "sha512", weak: false },
  "1.2.840.10040.4.3": { name: "dsaWithSHA1", digest: "sha1", weak: true },
  "1.3.101.112": { name: "Ed25519", digest: "", weak: false },
  "1.3.101.113": { name: "Ed448", digest: "", weak: false },
};

/** Public key algorithms by identifier. */
export const keyTypes: Record<string, string> = {
  [oids.rsaEncryption]: "RSA",
  [oids.rsassaPss]: "RSA-PSS",
  [oids.ecPublicKey]: "EC",
  "1.2.840.10040.4.1": "DSA",
  "1.3.101.110": "X25519",
  "1.3.101.112": "Ed25519",
  "1.3.101.113": "Ed448",
};

/** Field sizes of named curves in bits. */
export const curveBits: Record<string, number> = {
  "1.2.840.10045.3.1.7": 256,
  "1.3.132.0.34": 384,
  "1.3.132.0.35": 521,
  "1.3.132.0.10": 256,
};
