import { Buffer } from "node:buffer";
import { X509Certificate } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { Fault } from "../../../main/practice/faults.ts";
import type { PracticeOptions } from "../../../main/practice/practice.ts";
import { sampleNames } from "../../../main/practice/samples.ts";
import { apply } from "../../../main/tenant/apply.ts";
import { desiredTenant } from "../../../main/tenant/desired.ts";
import { createGraph } from "../../../main/tenant/graph.ts";
import { plan } from "../../../main/tenant/plan.ts";
import { readTenant } from "../../../main/tenant/read.ts";
import { testCertificate } from "./certificates.ts";
import { practise, signIn } from "./support.ts";

const certificate = testCertificate("Rollout", "2026-11-24T00:00:00Z", "2027-03-01T00:00:00Z");

/** The app's own client and planner, as one person, on a practice tenant with simulated time. */
async function rollout(options: Partial<PracticeOptions>) {
  const { practice, clock } = await practise({
    application: { displayName: "Rollout", uniqueName: "exchange-rollout-one" },
    ...options,
  });
  let { access_token: token } = await signIn(practice, "alex");
  const pace = { now: () => clock.now(), sleep: async (ms: number) => clock.forward(ms) };
  const graph = createGraph({
    fetch: (url, init) => practice.handle(new Request(url, init)),
    getToken: async (_, how) => {
      if (how?.refresh) token = (await signIn(practice, "alex"))["access_token"];
      return String(token);
    },
    pace,
    newId: () => crypto.randomUUID(),
    host: practice.hosts.graph,
  });
  const x509 = new X509Certificate(Buffer.from(certificate.key, "base64"));
  const desired = desiredTenant({
    setupId: "one",
    profile: "documented",
    displayName: "Rollout",
    tenantId: practice.data.tenantId,
    applicationId: "",
    besideNamesake: true,
    certificate: {
      sha1: certificate.sha1.toUpperCase(),
      sha256: certificate.sha256.toUpperCase(),
      der: certificate.key,
      subject: "CN=Rollout",
      notBefore: new Date(x509.validFrom).toISOString(),
      notAfter: new Date(x509.validTo).toISOString(),
      selfSigned: true,
    },
  });
  const run = async () => {
    const confirmed = plan(desired, await readTenant(graph, desired, pace));
    return apply({
      graph,
      pace,
      target: desired,
      planner: (actual) => plan(desired, actual),
      confirmed,
      journal: async () => undefined,
    });
  };
  return { practice, run };
}

describe("the app's own rollout on the practice tenant", () => {
  it.each(sampleNames)("leaves nothing to do in the sample %s", async (sample) => {
    const { practice, run } = await rollout({ sample, lag: { reads: 2, ms: 5000 } });
    const { remaining, stop, outcomes } = await run();
    expect({ remaining: remaining.map(({ id }) => id), stop }).toEqual({ remaining: [], stop: null });
    expect(outcomes.map(({ kind }) => kind)).not.toContain("failed");
    const { data } = practice;
    const own = data.applications.filter(({ uniqueName }) => uniqueName === "exchange-rollout-one");
    expect(own).toHaveLength(1);
    expect(data.servicePrincipals.filter(({ appId }) => appId === own[0]?.appId)).toHaveLength(1);
    const strangers = sample === "half-done" || sample === "drifted" ? 1 : 0;
    expect(own[0]?.keyCredentials).toHaveLength(1 + strangers);
  });

  const faults: Fault[] = [
    { kind: "throttled", retryAfterSeconds: 5 },
    { kind: "unavailable" },
    { kind: "lost-before" },
    { kind: "lost-after" },
    { kind: "unauthorized" },
  ];
  it.each(faults)("ends in one application although a change fails once with %j", async (fault) => {
    const { practice, run } = await rollout({});
    const seen = new Set<string>();
    practice.faults.add({
      on: ({ service, method, path }) => {
        const key = `${method} ${path}`;
        const hit = service === "graph" && method !== "GET" && !seen.has(key);
        seen.add(key);
        return hit;
      },
      fault,
    });
    for (let attempt = 0; attempt < 12 && (await run()).remaining.length > 0; attempt += 1);
    expect((await run()).remaining).toEqual([]);
    expect(practice.data.applications).toHaveLength(1);
    expect(practice.data.applications[0]?.keyCredentials).toHaveLength(1);
    expect(practice.data.appRoleAssignments).toHaveLength(3);
  });
});
