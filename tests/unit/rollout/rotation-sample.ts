import { lightOn } from "../../../main/exchange/causes.ts";
import type { Light } from "../../../main/exchange/causes.ts";
import { triedValues } from "../../../main/exchange/record.ts";
import { recordCertificate, recordPfx } from "../../../main/setups/certificate-records.ts";
import type { SetupDocument } from "../../../main/setups/document.ts";
import { addEvidence } from "../../../main/setups/intents.ts";
import { applicationId, certificateRecord, now, observed, tenantId } from "../setups/sample.ts";

export const newSha1 = "AB".repeat(20);
export const after = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
export const at = (minutes: number) => ({ ...observed, now: after(minutes) });

/** As after a new certificate was made and its PFX saved and opened. */
export function withNewPair(document: SetupDocument, minutes: number): SetupDocument {
  const { pfx, facts, ...rest } = certificateRecord({ der: "AQ==" });
  const record = {
    ...rest,
    facts: { ...facts, sha1: newSha1, sha256: "8".repeat(64), notAfter: "2028-11-23T10:00:00.000Z" },
    certificate: Buffer.from("AQ==", "base64"),
    chain: [],
    chainFacts: [],
    pfx: null,
  };
  const recorded = recordCertificate(document, record, after(minutes));
  return recordPfx(recorded, { ...pfx!, sha256: "B".repeat(64) }, "csp", after(minutes));
}

/** As after reading a tenant in which the application has these keys. */
export function read(document: SetupDocument, keys: ReadonlySet<string>, minutes: number): SetupDocument {
  const present = (document.certificate ?? document.rotation?.old)?.facts.sha1 ?? "";
  const time = after(minutes).toISOString();
  const fact = {
    id: "certificate-uploaded",
    step: "upload-certificate" as const,
    result: keys.has(present) ? ("satisfied" as const) : ("unsatisfied" as const),
    at: time,
    expected: "",
    found: "",
    unread: null,
    before: null,
  };
  const { rotation } = document;
  const seen: SetupDocument = {
    ...document,
    rotation:
      rotation === null
        ? null
        : { ...rotation, oldKey: { there: keys.has(rotation.old.facts.sha1), at: time, by: "ada" } },
    tenant: {
      ...document.tenant,
      observed: {
        readAt: time,
        by: "ada",
        tenantId,
        appId: applicationId,
        profile: document.tenant.profile,
        certificate: present,
        facts: [fact],
        rows: [],
        extras: [],
      },
    },
  };
  if (fact.result !== "satisfied") return seen;
  return addEvidence(seen, "upload-certificate", {
    basis: "verified",
    at: after(minutes),
    by: "ada",
    note: "",
    facts: { certificate: present },
  });
}

/** As after a dry run with the present values. */
export function tried(document: SetupDocument, lights: Light[], minutes: number): SetupDocument {
  const values = triedValues(document);
  if (values === null) return document;
  const time = after(minutes).toISOString();
  return {
    ...document,
    dryRun: {
      tried: values,
      startedAt: time,
      at: time,
      attempts: 1,
      lights,
      organization: null,
      details: {},
      waiting: null,
      gaveUp: false,
    },
  };
}
export const green = [lightOn("certificate"), lightOn("rights"), lightOn("exchange")];
