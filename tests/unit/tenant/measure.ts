import { randomBytes } from "node:crypto";
import type { Call } from "../../../main/practice/faults.ts";
import { newSigningKey, signJwt } from "../../../main/practice/jwt.ts";
import type { Lag } from "../../../main/practice/lag.ts";
import { createPracticeTenant } from "../../../main/practice/practice.ts";
import { roleIds } from "../../../main/practice/roles.ts";
import { apply } from "../../../main/tenant/apply.ts";
import type { ActualTenant } from "../../../main/tenant/actual.ts";
import { inBatches } from "../../../main/tenant/batch.ts";
import { desiredTenant } from "../../../main/tenant/desired.ts";
import { createGraph } from "../../../main/tenant/graph.ts";
import { plan } from "../../../main/tenant/plan.ts";
import { readTenant } from "../../../main/tenant/read.ts";
import { verify } from "../../../main/tenant/verify.ts";
import { testCertificate } from "../practice/certificates.ts";
import { virtualTime } from "./virtual-time.ts";

export interface Measured {
  /** Requests to Graph from signed-in to all verified, in their order. */
  calls: Call[];
  /** Simulated time for all of it, milliseconds. */
  ms: number;
  /** Facts that are not satisfied at the end. */
  open: string[];
}

const scopes = [
  "User.Read",
  "Application.ReadWrite.All",
  "Application.Read.All",
  "AppRoleAssignment.ReadWrite.All",
  "DelegatedPermissionGrant.ReadWrite.All",
  "Directory.Read.All",
  "Policy.Read.All",
  "RoleManagement.ReadWrite.Directory",
];

/** Prepares an empty practice tenant as a Global Administrator: reads, plans, applies, verifies. */
export async function measureRollout({ lag, latencyMs }: { lag: Lag; latencyMs: number }): Promise<Measured> {
  const time = virtualTime();
  const calls: Call[] = [];
  const signingKey = await newSigningKey();
  const practice = createPracticeTenant({
    clock: time,
    randomBytes,
    signingKey,
    lag,
    latencyMs,
    pause: (ms) => time.sleep(ms),
    onCall: (call) => void calls.push(call),
  });
  const { data, hosts } = practice;
  const token = signJwt(signingKey, {
    aud: `https://${hosts.graph}`,
    exp: time.now().getTime() / 1000 + 3600,
    idtyp: "user",
    oid: data.people[0]?.id,
    scp: scopes.join(" "),
    wids: [roleIds.globalAdministrator],
  });
  const graph = inBatches(
    createGraph({
      fetch: (url, init) => practice.handle(new Request(url, init)),
      getToken: async () => token,
      pace: time,
      newId: () => crypto.randomUUID(),
      host: hosts.graph,
    }),
  );
  const files = testCertificate("contoso.org");
  const desired = desiredTenant({
    setupId: "setup-1",
    profile: "documented",
    displayName: "IAM.cloud Exchange Online",
    tenantId: data.tenantId,
    applicationId: "",
    certificate: {
      sha1: files.sha1.toUpperCase(),
      sha256: files.sha256.toUpperCase(),
      der: files.key,
      subject: "CN=contoso.org",
      notBefore: "2026-11-01T00:00:00Z",
      notAfter: "2027-11-01T00:00:00Z",
      selfSigned: true,
    },
  });
  const planner = (actual: ActualTenant) => plan(desired, actual);
  const reading = await readTenant(graph, desired, time);
  const applied = await apply({
    graph,
    pace: time,
    target: desired,
    planner,
    confirmed: planner(reading),
    reading,
    journal: async () => undefined,
  });
  const { facts } = verify(desired, applied.actual);
  const open = facts.filter(({ outcome }) => outcome.result !== "satisfied").map(({ id }) => id);
  return { calls, ms: time.elapsedMs(), open: [...open, ...applied.unseen] };
}
