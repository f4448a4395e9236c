import { z } from "zod";
import {
  attributeIds,
  cloudIds,
  fieldIds,
  permissionIds,
  sectionIds,
  stepIds,
} from "../../../preload/model/guide.ts";
import { rotationStepIds } from "../../../preload/model/rotation.ts";
import { stepStates } from "../../../preload/model/setup.ts";
import { inverseSchema } from "../../tenant/inverse-schema.ts";

/** ISO 8601, UTC. */
const date = z.string();
const bases = z.enum(["verified", "confirmed", "imported"]);
/** A sentence of the locale files, by its key, with the values of its placeholders. */
const reason = z.object({ key: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) });

const value = z.object({
  id: z.enum(attributeIds),
  /** As the portal's form calls it. */
  name: z.string(),
  step: z.enum(stepIds),
  kind: z.enum(["text", "secret", "file"]),
  mandatory: z.boolean(),
  /** A text as it is entered; of a file its SHA-256 in hex; of a secret nothing, ever. */
  value: z.string(),
});

const certificate = z.object({
  subject: z.string(),
  issuer: z.string(),
  dnsNames: z.array(z.string()),
  serial: z.string(),
  /** Upper-case hex without separators, like the next. */
  sha1: z.string(),
  sha256: z.string(),
  notBefore: date,
  notAfter: date,
  keyType: z.string(),
  keyBits: z.number(),
  signatureAlgorithm: z.string(),
  selfSigned: z.boolean(),
  keyUsage: z.array(z.string()),
  extendedKeyUsage: z.array(z.string()),
  origin: z.enum(["created", "authority", "imported"]),
  recordedAt: date,
  keyProvider: z.enum(["csp", "cng", "unspecified"]),
  chain: z.array(z.object({ subject: z.string(), sha256: z.string(), notAfter: date })),
  /** The saved PFX file: its own SHA-256 and when the app last opened it with the password. */
  pfx: z.object({ sha256: z.string(), savedAt: date, openedAt: date.nullable() }).nullable(),
});

const evidence = z.object({
  basis: bases,
  at: date,
  by: z.string(),
  note: z.string(),
  /** What was read or confirmed, among it request ids of Microsoft's answers. */
  facts: z.record(z.string(), z.string()),
  withdrawnAt: date.nullable(),
});

const step = z.object({
  number: z.number().int(),
  id: z.enum(stepIds),
  section: z.enum(sectionIds),
  state: z.enum(stepStates),
  basis: bases.nullable(),
  at: date.nullable(),
  by: z.string().nullable(),
  notApplicable: z.object({ reason: z.string(), by: z.string(), at: date }).nullable(),
  waitingFor: z.object({ who: z.string(), since: date, note: z.string() }).nullable(),
  /** What is missing or needs attention. */
  reasons: z.array(reason),
  checks: z.array(
    z.object({ id: z.string(), result: z.enum(["satisfied", "unsatisfied", "unknown"]), reason }),
  ),
  /** Oldest first; what was withdrawn stays. */
  evidence: z.array(evidence),
});

const change = z.object({
  /** When Microsoft answered, or when it was sent while there is no answer. */
  at: date,
  /** The intention, for example "grant-role:exchange-manage-as-app". */
  change: z.string(),
  changeKind: z.string(),
  step: z.enum(stepIds).nullable(),
  /** "found": the answer was lost, and the change was seen in place later. "unanswered": it may be in place. */
  outcome: z.enum(["done", "found", "unanswered"]),
  account: z.string(),
  requestId: z.string(),
  clientRequestId: z.string(),
  /** What takes it back; "none" for a change that took something back, "unknown" when this version can't read it. */
  inverse: z.union([inverseSchema, z.literal(["none", "unknown"])]),
});

const exchange = z.object({
  startedAt: date,
  by: z.string(),
  /** The certificate that is exchanged; what else the report says of a certificate is about the new one. */
  old: z.object({ subject: z.string(), sha1: z.string(), notAfter: date }),
  /** Which certificate the portal has, as people confirmed it; "other": one that the setup no longer has. */
  inPortal: z.enum(["old", "new", "other"]),
  /** In their order. */
  steps: z.array(
    z.object({
      id: z.enum(rotationStepIds),
      state: z.enum(["done", "open", "blocked", "attention"]),
      basis: z.enum(["verified", "confirmed"]).nullable(),
      at: date.nullable(),
      by: z.string().nullable(),
      /** What is missing, what comes first, or what is wrong. */
      reasons: z.array(reason),
    }),
  ),
});

const finishedExchange = z.object({
  /** Null when the log does not tell. */
  startedAt: date.nullable(),
  by: z.string(),
  finishedAt: date,
  oldSha1: z.string(),
  newSha1: z.string(),
});

/** The report as data: all that its pages show, and no secret. The shape of its JSON file without the texts. */
export const reportSchema = z.object({
  format: z.literal("exchange-rollout-report"),
  /** Grows when a reader of the version before would misread it. */
  formatVersion: z.literal(1),
  writtenAt: date,
  writtenBy: z.string(),
  setup: z.object({
    id: z.string(),
    name: z.string(),
    cloud: z.enum(cloudIds),
    /** A practice tenant: nothing of it exists at Microsoft. */
    practice: z.boolean(),
    tenantName: z.string(),
    tenantDomain: z.string(),
    createdAt: date,
    savedAt: date,
    settled: z.number().int(),
    total: z.number().int(),
  }),
  stage: z.enum(["not-rolled-out", "connected", "failed"]),
  rollout: z
    .object({ result: z.enum(["connected", "failed"]), text: z.string(), by: z.string(), at: date })
    .nullable(),
  /** What was entered besides the connector's values, such as identifiers; without empty ones. */
  fields: z.array(z.object({ id: z.enum(fieldIds), value: z.string() })),
  /** In the portal's order. */
  values: z.array(value),
  certificate: certificate.nullable(),
  /** The exchange of the certificate that is under way. */
  exchange: exchange.nullable(),
  /** Earlier exchanges that were finished, oldest first. */
  exchanges: z.array(finishedExchange),
  steps: z.array(step),
  permissions: z.array(
    z.object({
      id: z.enum(permissionIds),
      api: z.string(),
      resourceAppId: z.string(),
      type: z.enum(["Delegated", "Application"]),
      value: z.string(),
      displayText: z.string(),
      guid: z.string(),
    }),
  ),
  /** What the app changed in Microsoft Entra, oldest first. */
  changes: z.array(change),
  /** The activity log it was taken from; every line of that carries the hash of the one before. */
  activity: z.object({ entries: z.number().int(), intact: z.boolean(), lastHash: z.string().nullable() }),
});

export type Report = z.infer<typeof reportSchema>;
export type ReportStep = Report["steps"][number];
export type ReportChange = Report["changes"][number];
export type ReportCertificate = NonNullable<Report["certificate"]>;
