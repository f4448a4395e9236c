import { signingKey, words } from "../practice/support.ts";
import { randomBytes } from "node:crypto";
import type { Call } from "../../../main/practice/faults.ts";
import { signJwt } from "../../../main/practice/jwt.ts";
import type { Lag } from "../../../main/practice/lag.ts";
import { createPracticeTenant } from "../../../main/practice/practice.ts";
import type { PracticeOptions } from "../../../main/practice/practice.ts";
import { roleIds } from "../../../main/practice/roles.ts";
import { apply } from "../../../main/tenant/apply.ts";
import type { Applied, JournalLine } from "../../../main/tenant/applied.ts";
import type { ActualTenant } from "../../../main/tenant/actual.ts";
import { inBatches } from "../../../main/tenant/batch.ts";
import type { Change } from "../../../main/tenant/change.ts";
import { desiredTenant } from "../../../main/tenant/desired.ts";
import { createGraph } from "../../../main/tenant/graph.ts";
import { plan } from "../../../main/tenant/plan.ts";
import { readTenant } from "../../../main/tenant/read.ts";
import { ownChanges, planUndo } from "../../../main/tenant/undo.ts";
import { verify } from "../../../main/tenant/verify.ts";
import { testCertificate } from "../practice/certificates.ts";
import { virtualTime } from "./virtual-time.ts";

export interface Measured {
  /** Requests to Graph from signed-in to all verified, in their order. */
  calls: Call[];
  /** The same, with each part of a batch counted, as Graph's limits do. */
  parts: number;
  /** Simulated time for all of it, milliseconds. */
  ms: number;
  /** Facts that are not satisfied at the end. */
  open: string[];
}

const files = testCertificate("contoso.org");
const certificate = {
  sha1: files.sha1.toUpperCase(),
  sha256: files.sha256.toUpperCase(),
  der: files.key,
  subject: "CN=contoso.org",
  notBefore: "2026-11-01T00:00:00Z",
  notAfter: "2027-11-01T00:00:00Z",
  selfSigned: true,
};

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

/** An empty practice tenant, and the app signed in there as a Global Administrator. Time passes only by waiting. */
export async function openRollout(
  { lag, latencyMs }: { lag: Lag; latencyMs: number },
  more: Partial<PracticeOptions> = {},
) {
  const time = virtualTime();
  const calls: Call[] = [];
  const practice = createPracticeTenant({
    clock: time,
    randomBytes,
    words,
    signingKey,
    lag,
    latencyMs,
    pause: (ms) => time.sleep(ms),
    onCall: (call) => void calls.push(call),
    ...more,
  });
  const { data, hosts } = practice;
  const token = signJwt(signingKey, {
    aud: `https://${hosts.graph}`,
    exp: time.now().getTime() / 1000 + 86_400,
    idtyp: "user",
    oid: data.people[0]?.id,
    scp: scopes.join(" "),
    wids: [roleIds.globalAdministrator],
  });
  const graph = inBatches(
    createGraph({
      fetch: async (url, init) => {
        const request = new Request(url, init);
        const copy = request.clone();
        const response = await practice.handle(request);
        await rollout.watch(copy, response.clone());
        return response;
      },
      getToken: async () => token,
      pace: time,
      newId: () => crypto.randomUUID(),
      host: hosts.graph,
    }),
  );
  const desired = desiredTenant({
    setupId: "setup-1",
    profile: "documented",
    displayName: "IAM.cloud Exchange Online",
    tenantId: data.tenantId,
    applicationId: "",
    certificate,
  });
  const journal: JournalLine[] = [];
  const applied = async (planOf: (actual: ActualTenant) => Change[]): Promise<Applied> => {
    const reading = await readTenant(graph, desired, time);
    return apply({
      graph,
      pace: time,
      target: desired,
      planner: planOf,
      confirmed: planOf(reading),
      reading,
      journal: async (line) => void journal.push(line),
    });
  };
  const rollout = {
    practice,
    calls,
    time,
    journal,
    /** Sees every request with its answer. */
    watch: async (_request: Request, _response: Response): Promise<void> => undefined,
    /** Reads, plans, and carries the plan out. */
    run: () => applied((actual) => plan(desired, actual)),
    /** Takes back everything that was made. */
    undo: () => {
      const inverses = ownChanges(journal);
      return applied((actual) => planUndo(inverses, actual));
    },
    /** Facts that a reading does not show as satisfied. */
    open: (actual: ActualTenant): string[] =>
      verify(desired, actual)
        .facts.filter(({ outcome }) => outcome.result !== "satisfied")
        .map(({ id }) => id),
  };
  return rollout;
}

/** Prepares an empty practice tenant: reads, plans, applies, verifies. */
export async function measureRollout(conditions: { lag: Lag; latencyMs: number }): Promise<Measured> {
  const rollout = await openRollout(conditions);
  let parts = 0;
  rollout.watch = async (request) => {
    const isBatch = request.url.endsWith("/$batch");
    parts += isBatch ? ((await request.json()) as { requests: unknown[] }).requests.length : 1;
  };
  const applied = await rollout.run();
  const open = [...rollout.open(applied.actual), ...applied.unseen];
  return { calls: rollout.calls, parts, ms: rollout.time.elapsedMs(), open };
}
