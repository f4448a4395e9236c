import type {
  CertificateFacts,
  CertificatePhase,
  Inspection,
  KeyProvider,
  PfxProfile,
} from "../../preload/model/certificates.ts";
import type { ErrorView } from "../../preload/model/errors.ts";
import type { NewCertificate, NewRequest } from "./issue.ts";

/** A private key (PKCS #8, DER) and what belongs to it, as it crosses between the processes. */
export interface KeyMaterial {
  key: Uint8Array;
  /** DER. */
  certificate: Uint8Array;
  /** DER, nearest authority first. */
  chain: Uint8Array[];
}

export interface CreatedCertificate extends KeyMaterial {
  facts: CertificateFacts;
}

export interface CreatedRequest {
  key: Uint8Array;
  /** PKCS #10 in DER. */
  request: Uint8Array;
  subject: string;
  commonName: string;
  /** As written: in ASCII. */
  dnsNames: string[];
  keyBits: number;
}

export interface AcceptedCertificate {
  certificate: Uint8Array;
  chain: Uint8Array[];
  facts: CertificateFacts;
  chainFacts: CertificateFacts[];
  /** Whether the chain ends at a root. */
  complete: boolean;
}

export interface ImportedCertificate extends KeyMaterial {
  facts: CertificateFacts;
  chainFacts: CertificateFacts[];
  friendlyName: string | null;
  keyProvider: KeyProvider;
}

/**
 * What the worker can do: input and answer of each kind. Passwords are UTF-8 bytes, times ISO 8601, everything
 * can be cloned. `runJob` erases `password`, `key` and `list` of the input once they are handed over.
 */
export interface JobTable {
  create: { input: NewCertificate & { now: string }; answer: CreatedCertificate };
  /** Create and write the PFX in one go; its key derivations run while the key is sought. */
  "create-with-pfx": {
    input: NewCertificate & {
      now: string;
      password: Uint8Array;
      profile: PfxProfile;
      friendlyName: string;
    };
    answer: CreatedCertificate & { pfx: Uint8Array };
  };
  /** The same, and opens the PFX again with the password before it answers. */
  "create-pair": {
    input: JobTable["create-with-pfx"]["input"];
    answer: JobTable["create-with-pfx"]["answer"];
  };
  "create-request": { input: NewRequest; answer: CreatedRequest };
  "accept-issued": {
    /** One or several files of the authority. */
    input: { key: Uint8Array; files: Uint8Array[]; now: string };
    answer: AcceptedCertificate;
  };
  /** `now` null: only open it and check the pair, whatever its dates and strength. */
  import: {
    input: { bytes: Uint8Array; password: Uint8Array; now: string | null };
    answer: ImportedCertificate;
  };
  inspect: {
    input: { fileName: string; bytes: Uint8Array; password: Uint8Array | null; now: string };
    answer: Inspection;
  };
  "write-pfx": {
    input: KeyMaterial & { password: Uint8Array; profile: PfxProfile; friendlyName: string };
    answer: { pfx: Uint8Array };
  };
  /** Encrypted PKCS #8 key, certificate and chain as one PEM text. */
  "write-pem": { input: KeyMaterial & { password: Uint8Array }; answer: { pem: Uint8Array } };
  /** Puts a list of passwords (CSV) into an encrypted archive. */
  "seal-list": { input: { list: Uint8Array; password: Uint8Array }; answer: { archive: Uint8Array } };
  /** Gives the passwords, one a line, and the rows they belong to. */
  "open-list": {
    input: { archive: Uint8Array; password: Uint8Array };
    answer: { rows: number[]; list: Uint8Array };
  };
  "self-test": { input: object; answer: { missing: string[] } };
}

export type JobKind = keyof JobTable;
export type Job<K extends JobKind = JobKind> = { [Kind in K]: { kind: Kind } & JobTable[Kind]["input"] }[K];
export type Answer<K extends JobKind> = JobTable[K]["answer"];

/** What the worker sends back. */
export type WorkerMessage =
  | { type: "phase"; phase: CertificatePhase }
  | { type: "done"; answer: Answer<JobKind> }
  | { type: "failed"; error: Pick<ErrorView, "code" | "details"> };

/** The secret bytes of a job or an answer: private keys, passwords and lists of them. */
export function secretsOf(value: object): Uint8Array[] {
  return ["key", "password", "list"].flatMap((name) => {
    const field: unknown = Reflect.get(value, name);
    return field instanceof Uint8Array ? [field] : [];
  });
}
