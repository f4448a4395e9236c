import { z } from "zod";
import { keySizes, pfxProfiles } from "../../preload/model/certificates.ts";
import { dryRunCauses, dryRunDetailIds, lightIds, pendingThings } from "../../preload/model/exchange.ts";
import { cloudIds, fieldIds, permissionIds, stepIds } from "../../preload/model/guide.ts";
import { profiles, unknownReasons } from "../../preload/model/tenant.ts";
import { AppError } from "../errors.ts";

/** Version of the document's shape. A change of shape raises it and adds a migration. */
export const schemaVersion = 2;

const date = z.iso.datetime();
const text = z.string().max(20_000);
const hex = (length: number) => z.string().regex(new RegExp(`^[0-9A-F]{${length}}$`));

const evidenceSchema = z.object({
  id: z.uuid(),
  step: z.enum(stepIds),
  basis: z.enum(["verified", "confirmed", "imported"]),
  at: date,
  by: text,
  note: text,
  facts: z.record(z.string(), text),
  withdrawnAt: date.nullable(),
});

export const certificateFactsSchema = z.object({
  subject: text,
  issuer: text,
  commonName: text,
  dnsNames: z.array(text),
  serial: text,
  notBefore: date,
  notAfter: date,
  sha1: hex(40),
  sha256: hex(64),
  keyType: text,
  keyBits: z.number().int(),
  signatureAlgorithm: text,
  selfSigned: z.boolean(),
  keyUsage: z.array(text),
  extendedKeyUsage: z.array(text),
});

const pfxSchema = z.object({
  profile: z.enum([...pfxProfiles, "other"]),
  sha256: hex(64),
  savedAt: date,
  path: text.nullable(),
  openedAt: date.nullable(),
});

const certificateSchema = z.object({
  facts: certificateFactsSchema,
  origin: z.enum(["created", "authority", "imported"]),
  recordedAt: date,
  chain: z.array(z.object({ subject: text, sha256: hex(64), notAfter: date })),
  keyProvider: z.enum(["csp", "cng", "unspecified"]),
  /** The certificate and its chain, DER in base64. Public. */
  der: z.string().max(100_000),
  chainDer: z.array(z.string().max(100_000)).max(10),
  pfx: pfxSchema.nullable(),
  exports: z.array(
    z.object({
      kind: z.enum(["pfx", "cer-der", "cer-pem", "pem-encrypted", "csr"]),
      at: date,
      path: text,
    }),
  ),
});

const requestSchema = z.object({
  commonName: text,
  subject: text,
  dnsNames: z.array(text),
  keyBits: z.literal(keySizes),
  createdAt: date,
  /** PKCS#10, DER in base64. Public. */
  der: z.string().max(100_000),
});

const cell = z.enum(["yes", "no", ...unknownReasons]);

/** One fact about the tenant. What could not be read keeps the result that was last known. */
const factSchema = z.object({
  id: text,
  step: z.enum(stepIds),
  result: z.enum(["satisfied", "unsatisfied", "unknown"]),
  /** When this result was last read; for "unknown", when it could not be. */
  at: date,
  expected: text,
  found: text,
  /** Why the newest reading did not tell; null when it did. */
  unread: z.object({ at: date, reason: z.enum(unknownReasons), detail: text, requestId: text }).nullable(),
  /** The opposite result, when it was last read, and when the change was noticed. */
  before: z.object({ result: z.enum(["satisfied", "unsatisfied"]), at: date, noticedAt: date }).nullable(),
});

/** What was last read of the tenant. Only about the application, profile and certificate that it names. */
const observedSchema = z.object({
  readAt: date,
  by: text,
  tenantId: text,
  appId: text,
  profile: z.enum(profiles),
  certificate: text,
  facts: z.array(factSchema),
  rows: z.array(
    z.object({
      id: z.enum(permissionIds),
      guid: text.nullable(),
      guidDiffers: z.boolean(),
      offered: cell,
      requested: cell,
      granted: cell,
    }),
  ),
  extras: z.array(
    z.object({
      api: text,
      type: z.enum(["Application", "Delegated"]),
      id: text,
      value: text,
      requested: z.boolean(),
      granted: z.boolean(),
    }),
  ),
});

const tenantSchema = z.object({
  profile: z.enum(profiles),
  /** The client that signs in; empty: the default one. */
  clientId: text,
  /** A new application may be made although another has its name. */
  besideNamesake: z.boolean(),
  observed: observedSchema.nullable(),
  /** Only in a setup that was opened from a colleague's request: its plan is limited to these changes. */
  request: z.object({ id: text, from: text, at: date, effects: z.array(text) }).nullable(),
});

/** The last dry run. Only about the values that it names. */
const dryRunSchema = z.object({
  tried: z.object({
    cloud: z.enum(cloudIds),
    tenantId: text,
    applicationId: text,
    certificate: hex(64),
    pfx: hex(64),
  }),
  /** When the first attempt of this series began, and the last one ended. */
  startedAt: date,
  at: date,
  attempts: z.number().int().positive(),
  lights: z
    .array(
      z.object({
        id: z.enum(lightIds),
        result: z.enum(["satisfied", "unsatisfied", "unknown"]),
        cause: z.enum(dryRunCauses).nullable(),
        params: z.record(z.string(), z.union([text, z.number()])),
        pending: z.enum(pendingThings).nullable(),
      }),
    )
    .length(lightIds.length),
  organization: z.object({ name: text, displayName: text }).nullable(),
  details: z.partialRecord(z.enum(dryRunDetailIds), text),
  /** Set while the app tries again by itself, also after it was closed meanwhile. */
  waiting: z.object({ nextAt: date, giveUpAt: date }).nullable(),
  gaveUp: z.boolean(),
});

export const documentSchema = z.object({
  schemaVersion: z.literal(schemaVersion),
  id: z.uuid(),
  name: text.min(1),
  cloud: z.enum(cloudIds),
  practice: z.boolean(),
  createdAt: date,
  updatedAt: date,
  archivedAt: date.nullable(),
  position: z.enum(stepIds),
  fields: z.partialRecord(z.enum(fieldIds), text),
  evidence: z.array(evidenceSchema),
  notApplicable: z.partialRecord(z.enum(stepIds), z.object({ reason: text, by: text, at: date })),
  waiting: z.partialRecord(z.enum(stepIds), z.object({ who: text, note: text, since: date })),
  certificate: certificateSchema.nullable(),
  request: requestSchema.nullable(),
  /** Facts about the PFX password; the password itself is in the vault or nowhere. */
  password: z.object({ generated: z.boolean(), length: z.number().int() }).nullable(),
  tenant: tenantSchema,
  dryRun: dryRunSchema.nullable(),
  rollout: z.object({
    record: z.object({ result: z.enum(["connected", "failed"]), text, by: text, at: date }).nullable(),
    handover: z.object({ at: date, path: text }).nullable(),
    closedAt: date.nullable(),
  }),
});

/** One customer's connection: inputs and dated facts. Statuses are computed from it, never stored. */
export type SetupDocument = z.infer<typeof documentSchema>;
export type CertificateRecord = NonNullable<SetupDocument["certificate"]>;
export type Evidence = SetupDocument["evidence"][number];
export type Observed = NonNullable<SetupDocument["tenant"]["observed"]>;
export type DryRunRecord = NonNullable<SetupDocument["dryRun"]>;
export type ObservedFact = Observed["facts"][number];

const noTenant: SetupDocument["tenant"] = {
  profile: "documented",
  clientId: "",
  besideNamesake: false,
  observed: null,
  request: null,
};

/** Steps from version n to n+1, by n. Each gets the parsed JSON of its version. */
const migrations: Record<number, (document: Record<string, unknown>) => Record<string, unknown>> = {
  1: (document) => ({ ...document, schemaVersion: 2, tenant: noTenant, dryRun: null }),
};

export function newDocument(
  id: string,
  name: string,
  cloud: SetupDocument["cloud"],
  now: Date,
): SetupDocument {
  const at = now.toISOString();
  return {
    schemaVersion,
    id,
    name,
    cloud,
    practice: false,
    createdAt: at,
    updatedAt: at,
    archivedAt: null,
    position: "azure-active-directory",
    fields: {},
    evidence: [],
    notApplicable: {},
    waiting: {},
    certificate: null,
    request: null,
    password: null,
    tenant: noTenant,
    dryRun: null,
    rollout: { record: null, handover: null, closedAt: null },
  };
}

/**
 * A document from its JSON text, migrated to the present version.
 * @throws AppError "setup-too-new" for a version of a later app, "setup-unreadable" for anything else.
 */
export function parseDocument(json: string): SetupDocument {
  let raw: unknown;
  try {
    raw = JSON.parse(json);
  } catch (cause) {
    throw new AppError("setup-unreadable", {}, cause);
  }
  const versioned = z.looseObject({ schemaVersion: z.number().int().positive() }).safeParse(raw);
  if (!versioned.success) throw new AppError("setup-unreadable", {}, versioned.error);
  let current: Record<string, unknown> = versioned.data;
  for (let version = versioned.data.schemaVersion; version !== schemaVersion; version += 1) {
    const migrate = migrations[version];
    if (version > schemaVersion) throw new AppError("setup-too-new", { version });
    if (migrate === undefined) throw new AppError("setup-unreadable", { version });
    current = migrate(current);
  }
  const parsed = documentSchema.safeParse(current);
  if (!parsed.success) throw new AppError("setup-unreadable", {}, parsed.error);
  return parsed.data;
}

export function serializeDocument(document: SetupDocument): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
