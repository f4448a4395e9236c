import { randomUUID } from "node:crypto";
import { rename, writeFile } from "node:fs/promises";
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { Attempted } from "../../../main/exchange/attempt.ts";
import { isPassed, obstacle } from "../../../main/exchange/causes.ts";
import { attempt, connectionTo, password, savedPfx, simulatedTime, tenantWith } from "./bench.ts";
import type { Granted, SavedPfx } from "./bench.ts";
import { exchangeAppId, graphAs } from "../practice/support.ts";

let pfx: SavedPfx;
let others: SavedPfx;
let time: ReturnType<typeof simulatedTime>;
beforeAll(async () => {
  [pfx, others] = await Promise.all([savedPfx(), savedPfx("fabrikam.org")]);
});
beforeEach(() => {
  time = simulatedTime();
});
afterEach(() => {
  vi.useRealTimers();
});

const results = ({ lights }: Attempted) => lights.map(({ result }) => result);
const causes = ({ lights }: Attempted) => lights.map(({ cause }) => cause);

async function tried(granted: Granted = {}, change: Parameters<typeof attempt>[4] = {}) {
  const { practice, applicationId } = await tenantWith(pfx, granted);
  return attempt(time, practice, pfx, applicationId, change);
}

describe("connecting as the application", () => {
  test("lights all three when certificate, permission and role are in place, and shows the organization", async () => {
    const { practice, applicationId } = await tenantWith(pfx);
    const calls: string[] = [];
    const { fetch, cloud } = connectionTo(practice);
    const spy: typeof fetch = (url, init) => {
      calls.push(`${init?.method ?? "GET"} ${new URL(url).host}${new URL(url).pathname}`);
      return fetch(url, init);
    };
    const connected = await attempt(time, practice, pfx, applicationId, {
      connection: { fetch: spy, cloud },
    });
    expect(results(connected)).toEqual(["satisfied", "satisfied", "satisfied"]);
    expect(isPassed(connected.lights)).toBe(true);
    expect(connected.organization?.name).toBe(practice.data.initialDomain);
    expect(connected.details).toMatchObject({ roles: "Exchange.ManageAsApp" });
    const { tenantId } = practice.data;
    // Where the tenant is served is asked first, and the command goes there; nothing else is sent to Exchange.
    expect(calls.filter((call) => call.includes(cloud.exchange))).toEqual([
      `GET ${cloud.exchange}/AdminApi/v1.0/${tenantId}/EXOModuleFile`,
      `POST eurprd.${cloud.exchange}/adminapi/beta/${tenantId}/InvokeCommand`,
    ]);
    expect(time.waits).toEqual([]);
  });

  test("asks for a new token each time, so that a right granted meanwhile is in it", async () => {
    const { practice, applicationId, grant } = await tenantWith(pfx, { permission: false });
    expect(causes(await attempt(time, practice, pfx, applicationId))).toContain("permission-missing");
    await grant("permission");
    expect(isPassed((await attempt(time, practice, pfx, applicationId)).lights)).toBe(true);
  });
});

describe("the rights of the token", () => {
  test("without Exchange.ManageAsApp: the permission or its consent is missing", async () => {
    const without = await tried({ permission: false });
    expect(results(without)).toEqual(["satisfied", "unsatisfied", "unknown"]);
    expect(causes(without)).toEqual([null, "permission-missing", "not-reached"]);
  });

  test("without a role, and Exchange refuses: the role is missing", async () => {
    const without = await tried({ role: null });
    expect(results(without)).toEqual(["satisfied", "unsatisfied", "unsatisfied"]);
    expect(causes(without)).toEqual([null, "role-missing", "exchange-needs-rights"]);
    expect(without.details).toMatchObject({
      status: "403",
      diagnostics: expect.stringContaining("no accepted role") as unknown,
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown,
    });
  });

  test("with a lesser role that Exchange accepts: it is said, although the command works", async () => {
    const globalReader = "f2ef992c-3afb-46b9-b7cf-a126ee74c451";
    const lesser = await tried({ role: globalReader });
    expect(results(lesser)).toEqual(["satisfied", "unsatisfied", "satisfied"]);
    expect(causes(lesser)).toEqual([null, "role-lesser", null]);
    expect(isPassed(lesser.lights)).toBe(false);
  });

  test("without a role, and Exchange answers: a role group, which the token cannot show", async () => {
    const { practice, applicationId } = await tenantWith(pfx, { role: null });
    const { fetch, cloud } = connectionTo(practice);
    const roleGroup: typeof fetch = async (url, init) => {
      if (!url.includes("InvokeCommand")) return fetch(url, init);
      return Response.json({ value: [{ Name: practice.data.initialDomain }] });
    };
    const answered = await attempt(time, practice, pfx, applicationId, {
      connection: { fetch: roleGroup, cloud },
    });
    expect(results(answered)).toEqual(["satisfied", "unknown", "satisfied"]);
    expect(causes(answered)).toEqual([null, "role-not-in-token", null]);
    expect(isPassed(answered.lights)).toBe(true);
    expect(obstacle(answered.lights)).toBeNull();
  });

  test("without a role, and Exchange is not to be reached: it stays unknown", async () => {
    const { practice, applicationId } = await tenantWith(pfx, { role: null });
    practice.faults.add({ on: ({ service }) => service === "exchange", fault: { kind: "refused" } });
    const open = await attempt(time, practice, pfx, applicationId);
    expect(causes(open)).toEqual([null, "role-unclear", "offline"]);
    expect(results(open)).toEqual(["satisfied", "unknown", "unknown"]);
  });
});

describe("the saved PFX", () => {
  const nothingSent = async (certificate: SavedPfx["certificate"], typed = password) => {
    const { practice, applicationId } = await tenantWith(pfx);
    const connection = connectionTo(practice);
    let sent = 0;
    const fetch: typeof connection.fetch = (url, init) => {
      sent += 1;
      return connection.fetch(url, init);
    };
    const change = { certificate, password: typed, connection: { ...connection, fetch } };
    const outcome = await attempt(time, practice, pfx, applicationId, change);
    expect(sent).toBe(0);
    expect(causes(outcome).slice(1)).toEqual(["not-reached", "not-reached"]);
    return outcome.lights[0];
  };

  test("does not open with a wrong password", async () => {
    expect(await nothingSent(pfx.certificate, "wrong")).toMatchObject({
      result: "unsatisfied",
      cause: "password-wrong",
      params: { path: pfx.path },
    });
  });

  test("was moved", async () => {
    const moved = await savedPfx();
    await rename(moved.path, `${moved.path}.elsewhere`);
    expect(await nothingSent(moved.certificate)).toMatchObject({ result: "unknown", cause: "pfx-moved" });
  });

  test("is a folder now", async () => {
    const { certificate } = pfx;
    const there = { ...certificate, pfx: { ...certificate.pfx!, path: "/tmp" } };
    expect(await nothingSent(there)).toMatchObject({ result: "unknown", cause: "pfx-unreadable" });
  });

  test("was overwritten with something else", async () => {
    const damaged = await savedPfx();
    await writeFile(damaged.path, "not a PFX");
    expect(await nothingSent(damaged.certificate)).toMatchObject({
      result: "unsatisfied",
      cause: "pfx-damaged",
    });
  });

  test("was overwritten with another certificate's", async () => {
    const changed = await savedPfx();
    await writeFile(changed.path, others.bytes);
    expect(await nothingSent(changed.certificate)).toMatchObject({ cause: "pfx-other-certificate" });
  });

  test("was saved anew by something else: the same certificate in another file", async () => {
    const { certificate } = pfx;
    const other = { ...certificate, pfx: { ...certificate.pfx!, sha256: "0".repeat(64) } };
    expect(await nothingSent(other)).toMatchObject({ result: "unsatisfied", cause: "pfx-changed" });
  });

  test.each([
    ["has expired", 301, "certificate-expired"],
    ["is not valid yet", -2, "certificate-not-yet-valid"],
  ])("holds a certificate that %s", async (_, days, cause) => {
    time.forward(days * 86_400_000);
    expect(await nothingSent(pfx.certificate)).toMatchObject({ result: "unsatisfied", cause });
  });

  test("has no known place", async () => {
    const { certificate } = pfx;
    const nowhere = { ...certificate, pfx: { ...certificate.pfx!, path: null } };
    expect(await nothingSent(nowhere)).toMatchObject({ result: "unknown", cause: "pfx-not-located" });
  });
});

describe("Entra refuses", () => {
  const first = async (granted: Granted, change: Parameters<typeof attempt>[4] = {}) => {
    const outcome = await tried(granted, change);
    expect(causes(outcome).slice(1)).toEqual(["not-reached", "not-reached"]);
    return { ...outcome.lights[0], details: outcome.details };
  };

  test("a certificate that was not uploaded, with what support needs", async () => {
    const refused = await first({ certificate: false });
    expect(refused).toMatchObject({ result: "unsatisfied", cause: "certificate-not-registered" });
    const guid = expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown;
    expect(refused.details).toMatchObject({
      code: "AADSTS700027",
      correlationId: guid,
      traceId: guid,
      text: expect.stringContaining("The certificate with identifier") as unknown,
    });
  });

  test("another certificate's PFX", async () => {
    const { practice, applicationId } = await tenantWith(pfx);
    const outcome = await attempt(time, practice, others, applicationId);
    expect(outcome.lights[0]?.cause).toBe("certificate-not-registered");
  });

  test("an application that is not in this tenant", async () => {
    expect(await first({}, { applicationId: randomUUID() })).toMatchObject({
      cause: "application-not-found",
      details: { code: "AADSTS700016" },
    });
  });

  test("a tenant that does not exist", async () => {
    expect(await first({}, { tenantId: randomUUID() })).toMatchObject({
      result: "unsatisfied",
      cause: "tenant-not-found",
      details: { code: "AADSTS90002" },
    });
  });

  test("a registration without its enterprise application", async () => {
    expect(await first({ principal: false })).toMatchObject({ cause: "enterprise-application-missing" });
  });

  test("a disabled enterprise application", async () => {
    const { practice, applicationId } = await tenantWith(pfx);
    const graph = await graphAs(practice, "alex");
    const principal = practice.data.servicePrincipals.find(({ appId }) => appId === applicationId);
    await graph("PATCH", `/servicePrincipals/${principal?.id}`, { accountEnabled: false });
    const outcome = await attempt(time, practice, pfx, applicationId);
    expect(outcome.lights[0]).toMatchObject({ result: "unsatisfied", cause: "application-disabled" });
  });

  test("a public client", async () => {
    const { practice, applicationId } = await tenantWith(pfx);
    const application = practice.data.applications.find(({ appId }) => appId === applicationId);
    application!.publicClient.redirectUris = ["http://localhost"];
    const outcome = await attempt(time, practice, pfx, applicationId);
    expect(outcome.lights[0]?.cause).toBe("public-client");
  });

  test("a tenant without Exchange Online", async () => {
    const { practice, applicationId } = await tenantWith(pfx);
    const { data } = practice;
    data.servicePrincipals = data.servicePrincipals.filter(({ appId }) => appId !== exchangeAppId);
    const outcome = await attempt(time, practice, pfx, applicationId);
    expect(outcome.lights[0]).toMatchObject({ result: "unsatisfied", cause: "no-exchange" });
    expect(outcome.details.code).toBe("AADSTS500011");
  });

  test("a certificate that Entra has with other dates", async () => {
    const { practice, applicationId } = await tenantWith(pfx);
    const key = practice.data.applications.find(({ appId }) => appId === applicationId)?.keyCredentials[0];
    key!.endDateTime = new Date(Date.now() - 60_000).toISOString();
    const outcome = await attempt(time, practice, pfx, applicationId);
    expect(outcome.lights[0]?.cause).toBe("certificate-outside-validity");
  });

  test("a computer whose clock is wrong, and says by how much", async () => {
    let offset = 0;
    const { practice, applicationId } = await tenantWith(
      pfx,
      {},
      {
        clock: { now: () => new Date(Date.now() + offset) },
      },
    );
    offset = 3 * 3_600_000;
    const outcome = await attempt(time, practice, pfx, applicationId);
    expect(outcome.lights[0]).toMatchObject({
      result: "unknown",
      cause: "clock-wrong",
      params: { minutes: 180 },
    });
  });

  test.each([
    [53003, "Access has been blocked by Conditional Access policies.", "conditional-access"],
    [90038, "Tenant request is being redirected to the National Cloud.", "other-cloud"],
    [
      650052,
      "The app needs access to a service that your organization has not subscribed to.",
      "no-exchange",
    ],
    [50012, "Authentication failed.", "assertion-refused"],
    [4242424, "Something that nobody has seen yet.", "unknown"],
  ])("with AADSTS%i", async (code, text, cause) => {
    const { practice, applicationId } = await tenantWith(pfx);
    const { fetch, cloud } = connectionTo(practice);
    const trace = randomUUID();
    const refusing: typeof fetch = async (url, init) =>
      url.includes("/token")
        ? Response.json(
            {
              error: "invalid_client",
              error_description: `AADSTS${code}: ${text} Trace ID: ${trace} Correlation ID: ${trace} Timestamp: 2026-11-24 10:00:00Z`,
              error_codes: [code],
            },
            { status: 401 },
          )
        : fetch(url, init);
    const connection = { fetch: refusing, cloud };
    const outcome = await attempt(time, practice, pfx, applicationId, { connection });
    expect(outcome.lights[0]?.cause).toBe(cause);
    expect(outcome.details).toMatchObject({ code: `AADSTS${code}`, traceId: trace, correlationId: trace });
    expect(outcome.details.text).toContain(text);
  });
});
