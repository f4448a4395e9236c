import type { KeySize, PfxProfile } from "./certificates.ts";
import type { ErrorView } from "./errors.ts";
import type { CloudId } from "./guide.ts";

/** Most rows of one list. */
export const maxBatchRows = 1_000;
/** Largest list that is read, in bytes. */
export const maxListBytes = 1_048_576;

/** Where the generated passwords go: into the vault with each setup, or into one encrypted list in the folder. */
export const passwordPlaces = ["vault", "list"] as const;
export type PasswordPlace = (typeof passwordPlaces)[number];

/** What is wrong with a row; texts are `bulk.problems.<code>`. */
export const rowProblemCodes = [
  "name-empty",
  "name-too-long",
  "name-repeated",
  "name-case",
  "dns-empty",
  "dns-invalid",
  "dns-too-long",
  "common-name-characters",
  "common-name-too-long",
  "file-repeated",
  "file-exists",
] as const;
export type RowProblemCode = (typeof rowProblemCodes)[number];

export interface RowProblem {
  code: RowProblemCode;
  /** `row`: the other row it collides with; `limit`; `file`. */
  details: Record<string, string | number>;
}

/** Texts are `bulk.states.<state>`. "verified": it stood there already and was opened again. */
export const rowStates = ["waiting", "working", "made", "verified", "failed"] as const;
export type RowState = (typeof rowStates)[number];

export interface BatchRowView {
  /** As a spreadsheet counts: the headings are row 1. */
  number: number;
  name: string;
  dnsName: string;
  commonName: string;
  /** Name of both files without its ending. */
  file: string;
  problems: RowProblem[];
  state: RowState;
  error: ErrorView | null;
}

/** What all certificates of a batch have in common. Dates are calendar dates, YYYY-MM-DD, in UTC. */
export interface BatchChoices {
  keySize: KeySize;
  notBefore: string;
  notAfter: string;
  profile: PfxProfile;
  passwords: PasswordPlace;
  /** Whether each row becomes a setup too. */
  setups: boolean;
  cloud: CloudId;
}

/** A list on its way to a folder of certificates. */
export interface BatchView {
  batchId: string;
  /** Name of the list's file, or of the folder a batch was opened from. */
  source: string;
  rows: BatchRowView[];
  folder: {
    path: string;
    /** An earlier batch began there; it can be continued, another one cannot begin. */
    holdsBatch: boolean;
  } | null;
  /** What was chosen, once it has begun. */
  choices: BatchChoices | null;
  running: boolean;
  /** Whether it has run since it was opened here; before, nobody has looked at its rows. */
  hasRun: boolean;
  /** The list of passwords has to be opened before the batch can go on. */
  needsListPassword: boolean;
}

/** News of one row. */
export interface RowProgress {
  batchId: string;
  number: number;
  state: RowState;
  error: ErrorView | null;
}
