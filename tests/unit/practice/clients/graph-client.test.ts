import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { appWithCertificate } from "./registered.ts";
import { jsonOf, openWorld } from "./world.ts";
import type { World } from "./world.ts";

interface Report {
  created: { id: string; appId: string; displayName: string };
  renamed: Record<string, unknown>;
  principal: { appId: string };
  found: { "@odata.count": number; value: { appId: string }[] };
  names: string[];
  batched: number[];
  gone: Failure;
  unknownProperty: Failure;
  forbidden: Failure;
}
interface Failure {
  statusCode: number;
  code: string;
  message: string;
  requestId: string;
}

let world: World;
let report: Report;
/** How many enterprise applications there were before. */
let before = 0;
beforeAll(async () => {
  world = await openWorld();
  const app = await appWithCertificate(world, ["Application.ReadWrite.All", "Organization.Read.All"]);
  before = world.practice.data.servicePrincipals.length;
  const { tenantId } = world.practice.data;
  const order = { tenantId, clientId: app.appId, certificatePath: app.pemFile };
  const program = fileURLToPath(new URL("graph-client-program.ts", import.meta.url));
  report = jsonOf(await world.run(program, [JSON.stringify(order)])) as Report;
});
afterAll(() => world.close());

describe("@microsoft/microsoft-graph-client", () => {
  it("creates, changes, reads and deletes an application", () => {
    const { created, renamed, principal, gone } = report;
    expect(created.displayName).toBe("By the SDK");
    expect(renamed).toMatchObject({ id: created.id, displayName: "By the SDK, renamed" });
    expect(principal.appId).toBe(created.appId);
    expect(gone).toMatchObject({ statusCode: 404, code: "Request_ResourceNotFound" });
    expect(world.practice.data.deletedApplications.map(({ id }) => id)).toEqual([created.id]);
  });

  it("filters with a count, and its iterator walks all pages", () => {
    const { found, names, created } = report;
    expect(found["@odata.count"]).toBe(1);
    expect(found.value.map(({ appId }) => appId)).toEqual([created.appId]);
    expect(names).toHaveLength(before + 1);
    expect(names).toContain("Microsoft Graph");
  });

  it("reads a batch whose parts succeed and fail on their own", () => {
    expect(report.batched).toEqual([200, 404]);
  });

  it("understands Graph's refusals", () => {
    const { unknownProperty, forbidden } = report;
    expect(unknownProperty).toMatchObject({
      statusCode: 400,
      code: "Request_BadRequest",
      message: "Invalid property 'colour'.",
    });
    expect(forbidden).toMatchObject({ statusCode: 403, code: "Authorization_RequestDenied" });
    expect(forbidden.requestId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("went nowhere but to the practice tenant", () => {
    expect(world.refused).toEqual([]);
  });
});
