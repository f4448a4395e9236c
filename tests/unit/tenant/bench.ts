import { apply } from "../../../main/tenant/apply.ts";
import type { Applied, ApplyOptions, JournalLine } from "../../../main/tenant/applied.ts";
import type { ActualTenant } from "../../../main/tenant/actual.ts";
import type { Change } from "../../../main/tenant/change.ts";
import { desiredTenant } from "../../../main/tenant/desired.ts";
import type { DesiredInputs, DesiredTenant } from "../../../main/tenant/desired.ts";
import { createGraph } from "../../../main/tenant/graph.ts";
import type { GraphPorts } from "../../../main/tenant/graph.ts";
import type { Pace } from "../../../main/tenant/pace.ts";
import { plan } from "../../../main/tenant/plan.ts";
import { readTenant } from "../../../main/tenant/read.ts";
import type { GraphModel } from "./graph-model.ts";

/** Time that passes only by waiting. */
export function testPace(start = new Date("2026-11-24T10:00:00Z")): Pace & { waited: number } {
  const pace = {
    waited: 0,
    now: () => new Date(start.getTime() + pace.waited),
    sleep: async (ms: number, signal?: AbortSignal) => {
      signal?.throwIfAborted();
      pace.waited += ms;
    },
  };
  return pace;
}

export const certificate = {
  sha1: "0123456789ABCDEF0123456789ABCDEF01234567",
  sha256: "0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF",
  der: Buffer.from("our certificate").toString("base64"),
  subject: "CN=contoso.org",
  notBefore: "2026-11-24T00:00:00.000Z",
  notAfter: "2027-11-24T00:00:00.000Z",
  selfSigned: true,
};

export function wish(inputs: Partial<DesiredInputs> = {}): DesiredTenant {
  return desiredTenant({
    setupId: "setup-1",
    profile: "documented",
    displayName: "IAM.cloud Exchange Online",
    tenantId: "7d9e2f6a-0000-4000-8000-000000000001",
    applicationId: "",
    certificate,
    ...inputs,
  });
}

export function graphOf(model: Pick<GraphModel, "fetch">, ports: Partial<GraphPorts> = {}) {
  const pace = testPace();
  let ids = 0;
  const graph = createGraph({
    fetch: model.fetch,
    getToken: async () => "token",
    pace,
    newId: () => `client-${(ids += 1)}`,
    host: "graph.microsoft.com",
    ...ports,
  });
  return { graph, pace };
}

/** Everything one test needs around one model. */
export function session(model: GraphModel, desired: DesiredTenant, ports: Partial<GraphPorts> = {}) {
  const { graph, pace } = graphOf(model, ports);
  const journal: JournalLine[] = [];
  return {
    graph,
    pace,
    journal,
    read: (): Promise<ActualTenant> => readTenant(graph, desired, pace),
    apply: (confirmed: readonly Change[], options: Partial<ApplyOptions> = {}): Promise<Applied> =>
      apply({
        graph,
        pace,
        target: desired,
        planner: (actual) => plan(desired, actual),
        confirmed,
        journal: async (line) => void journal.push(line),
        ...options,
      }),
  };
}
