/** Largest certificate file that is read at all, in bytes. Real ones have a few kilobytes. */
export const maxCertificateFileBytes = 1_048_576;
/** Longest PFX password. The oldest import wizards stop at 32, everything else takes far more. */
export const maxPasswordLength = 128;

/** The PFX password of a certificate that has none at hand: main makes it, or the user typed it. */
export type ChosenPassword =
  | { kind: "generated"; keep: boolean }
  | { kind: "typed"; password: string; keep: boolean };

export const keySizes = [2048, 3072, 4096] as const;
export type KeySize = (typeof keySizes)[number];

/** "strong": PBES2 AES-256, SHA-256. "older-windows": 3DES, SHA-1, for Windows Server 2016 and before. */
export const pfxProfiles = ["strong", "older-windows"] as const;
export type PfxProfile = (typeof pfxProfiles)[number];

/** Public facts of one certificate. All dates ISO 8601 in UTC, thumbprints upper-case hex without separators. */
export interface CertificateFacts {
  subject: string;
  issuer: string;
  commonName: string;
  dnsNames: string[];
  serial: string;
  notBefore: string;
  notAfter: string;
  sha1: string;
  sha256: string;
  keyType: string;
  keyBits: number;
  signatureAlgorithm: string;
  selfSigned: boolean;
  /** OpenSSL-style names, for example "digitalSignature". */
  keyUsage: string[];
  /** "clientAuth", "serverAuth" or dotted OIDs. */
  extendedKeyUsage: string[];
}

/** Which Windows key store the PFX asks for. "unspecified": no attribute, Windows decides at import. */
export type KeyProvider = "csp" | "cng" | "unspecified";

export const readerIds = [
  "windows-server-2016",
  "windows-server-2019",
  "dotnet-9-loader",
  "java",
  "openssl-3",
  "openssl-fips",
] as const;
export type ReaderId = (typeof readerIds)[number];

/** Whether a reader opens the file. `reason` names the text `inspect.readers.reasons.<reason>`. */
export interface ReaderVerdict {
  reader: ReaderId;
  verdict: "opens" | "refuses" | "unknown";
  reason: string;
}

/** How a PFX is protected. */
export interface PfxProtection {
  profile: PfxProfile | "other" | "none";
  keyCipher: string;
  certificateCipher: string;
  kdf: string;
  keyIterations: number;
  certificateIterations: number;
  mac: string;
  macIterations: number;
}

/** One reason why a file does or does not fit; text is `inspect.findings.<id>`. */
export interface Finding {
  id: string;
  level: "ok" | "warning" | "problem";
  details: Record<string, string | number>;
}

/** Everything "Inspect" says about a file. */
export interface Inspection {
  fileName: string;
  kind: "pfx" | "certificate" | "pkcs7" | "pem" | "request" | "private-key";
  size: number;
  /** The PFX or key needs a password that was not given (or the one given is wrong). */
  locked: boolean;
  certificate: CertificateFacts | null;
  chain: CertificateFacts[];
  /** Subject, key and names of a certificate request. */
  request: {
    subject: string;
    dnsNames: string[];
    keyType: string;
    keyBits: number;
    signatureValid: boolean;
  } | null;
  hasPrivateKey: boolean;
  /** Key and certificate belong together; null when one of the two is missing. */
  isPair: boolean | null;
  keyProvider: KeyProvider | null;
  friendlyName: string | null;
  protection: PfxProtection | null;
  readers: ReaderVerdict[];
  /** Whether it can be used for the connector ("pfx") or for the upload ("certificate"). */
  fits: "yes" | "with-warnings" | "no" | "unknown";
  findings: Finding[];
}

/** The setup's certificate as the renderer sees it. */
export interface CertificateView extends CertificateFacts {
  origin: "created" | "authority" | "imported";
  recordedAt: string;
  chain: { subject: string; sha256: string; notAfter: string }[];
  keyProvider: KeyProvider;
  daysLeft: number;
  validity: "valid" | "not-yet" | "expiring" | "expired";
  /** Whether the private key is in the vault now. */
  keyStored: boolean;
  /** The private key is there but sealed so that it cannot be opened now. */
  keyUnreadable: boolean;
  pfx: PfxView | null;
  exports: { kind: ExportKind; at: string; path: string }[];
}

export interface PfxView {
  profile: PfxProfile | "other";
  sha256: string;
  savedAt: string;
  /** Where the user saved it last; the file may have been moved since. */
  path: string | null;
  /** When the app last opened it with the password. */
  openedAt: string | null;
}

/** The recorded PFX asks Windows for a CNG key store, which not every Exchange Online module can use. */
export function asksForCng({ pfx, keyProvider }: Pick<CertificateView, "pfx" | "keyProvider">): boolean {
  return pfx !== null && keyProvider === "cng";
}

export type ExportKind = "pfx" | "cer-der" | "cer-pem" | "pem-encrypted" | "csr";

/** "session": in memory until the app ends. "unreadable": sealed, but it cannot be opened now. */
export type SecretPlace = "none" | "session" | "vault" | "unreadable";

/** A certificate request that waits for the certificate authority. */
export interface PendingRequestView {
  subject: string;
  commonName: string;
  dnsNames: string[];
  keyBits: number;
  createdAt: string;
  /** Where its private key is. Nobody can make it again: with "none" no answer to the request is of use. */
  key: SecretPlace;
}

/** What is known about the PFX password. The password itself never travels with a view. */
export interface PasswordView {
  state: SecretPlace;
  generated: boolean;
  length: number | null;
}

/** Phases of certificate work; texts are `certificate.phases.<phase>`. */
export const certificatePhases = [
  "starting",
  "generating-key",
  "signing",
  "protecting",
  "checking",
  "saving",
] as const;
export type CertificatePhase = (typeof certificatePhases)[number];
