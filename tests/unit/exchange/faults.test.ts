import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { Connection } from "../../../main/exchange/attempt.ts";
import { isExchangeAddress } from "../../../main/exchange/hosts.ts";
import type { Fetch } from "../../../main/identity/fetch.ts";
import type { Fault } from "../../../main/practice/faults.ts";
import type { PracticeTenant } from "../../../main/practice/practice.ts";
import type { DryRunCause } from "../../../preload/model/exchange.ts";
import { attempt, connectionTo, savedPfx, simulatedTime, tenantWith } from "./bench.ts";
import type { SavedPfx } from "./bench.ts";

let pfx: SavedPfx;
let tenant: { practice: PracticeTenant; applicationId: string };
let time: ReturnType<typeof simulatedTime>;
beforeAll(async () => {
  pfx = await savedPfx();
  tenant = await tenantWith(pfx);
});
beforeEach(() => {
  time = simulatedTime();
  tenant.practice.faults.clear();
});
afterEach(() => {
  vi.useRealTimers();
});

type Place = "discovery" | "token" | "where" | "command";
const places: Record<Place, (url: string) => boolean> = {
  discovery: (url) => url.includes("openid-configuration"),
  token: (url) => url.includes("/token"),
  where: (url) => url.includes("EXOModuleFile"),
  command: (url) => url.includes("InvokeCommand"),
};

/** How one call fails: as the practice tenant fails, or with an answer that something in between gives. */
type Failure = Fault | { answer: () => Response } | { error: () => Error };

/** Fails the calls of one place, and counts them. `times`: only the first ones. */
function failing(place: Place, failure: Failure, times = Number.POSITIVE_INFINITY) {
  const { fetch, cloud } = connectionTo(tenant.practice);
  const sent: { url: string; authorized: boolean }[] = [];
  let hits = 0;
  if ("kind" in failure) {
    tenant.practice.faults.add({ on: ({ path }) => places[place](path), fault: failure, times });
  }
  const watched: Fetch = async (url, init) => {
    sent.push({ url, authorized: new Headers(init?.headers).has("authorization") });
    if (!places[place](url)) return fetch(url, init);
    hits += 1;
    if (hits > times || "kind" in failure) return fetch(url, init);
    if ("error" in failure) throw failure.error();
    return failure.answer();
  };
  const connection: Connection = { fetch: watched, cloud };
  return { connection, sent, hits: () => hits };
}

const html = (status: number) => () =>
  new Response("<html><body>Sign in to the guest network</body></html>", {
    status,
    headers: { "Content-Type": "text/html; charset=utf-8" },
  });
const system = (code: string) => () =>
  new TypeError("fetch failed", { cause: Object.assign(new Error(code), { code }) });
const chromium = (code: string) => () => new Error(`net::${code}`);

const failures: Record<string, Failure> = {
  "429 with Retry-After": { kind: "throttled", retryAfterSeconds: 7 },
  "429 that asks for an hour": { kind: "throttled", retryAfterSeconds: 3600 },
  "503": { kind: "unavailable" },
  "500": { kind: "internal" },
  "nobody listens": { kind: "refused" },
  "lost before": { kind: "lost-before" },
  "lost after": { kind: "lost-after" },
  "401": { kind: "unauthorized" },
  "403": { kind: "forbidden" },
  "403 with an empty body": { answer: () => new Response(null, { status: 403 }) },
  "403 with NUL bytes": { answer: () => new Response("\0\0\0", { status: 403 }) },
  "a proxy's page with 200": { answer: html(200) },
  "a proxy's page with 403": { answer: html(403) },
  "a proxy that asks for a password": { answer: () => new Response(null, { status: 407 }) },
  "a redirect to a foreign host": {
    answer: () => new Response(null, { status: 302, headers: { Location: "https://evil.example/steal" } }),
  },
  "a redirect to a host that only looks alike": {
    answer: () =>
      new Response(null, {
        status: 307,
        headers: { Location: "https://outlook.practice.invalid.evil.example/" },
      }),
  },
  "an intercepted connection": { error: chromium("ERR_CERT_AUTHORITY_INVALID") },
  "a certificate of another day": { error: chromium("ERR_CERT_DATE_INVALID") },
  "a broken proxy": { error: chromium("ERR_PROXY_CONNECTION_FAILED") },
  "no name": { error: system("ENOTFOUND") },
};

/** What each failure is called, when it does not pass, at sign-in and at Exchange. */
const named: Record<keyof typeof failures, [entra: DryRunCause, exchange: DryRunCause]> = {
  "429 with Retry-After": ["throttled", "throttled"],
  "429 that asks for an hour": ["throttled", "throttled"],
  "503": ["service-unavailable", "service-unavailable"],
  "500": ["service-unavailable", "service-unavailable"],
  "nobody listens": ["offline", "offline"],
  "lost before": ["connection-lost", "connection-lost"],
  "lost after": ["connection-lost", "connection-lost"],
  "401": ["unknown", "exchange-unauthorized"],
  "403": ["unknown", "exchange-forbidden"],
  "403 with an empty body": ["answer-invalid", "exchange-forbidden"],
  "403 with NUL bytes": ["answer-invalid", "exchange-forbidden"],
  "a proxy's page with 200": ["proxy-page", "proxy-page"],
  "a proxy's page with 403": ["proxy-page", "proxy-page"],
  "a proxy that asks for a password": ["proxy-sign-in", "proxy-sign-in"],
  "a redirect to a foreign host": ["foreign-redirect", "foreign-redirect"],
  "a redirect to a host that only looks alike": ["foreign-redirect", "foreign-redirect"],
  "an intercepted connection": ["tls-interception", "tls-interception"],
  "a certificate of another day": ["clock-wrong", "clock-wrong"],
  "a broken proxy": ["proxy", "proxy"],
  "no name": ["offline", "offline"],
};

const run = (connection: Connection) =>
  attempt(time, tenant.practice, pfx, tenant.applicationId, { connection });

describe.each(["discovery", "token"] as const)("at Entra's %s", (place) => {
  test.each(Object.keys(failures))("%s is named, and nothing is said of the later lights", async (name) => {
    const { connection } = failing(place, failures[name]!);
    const { lights } = await run(connection);
    const [first, ...others] = lights;
    expect(first?.cause).toBe(named[name]![0]);
    expect(first?.result).toBe("unknown");
    expect(others.map(({ cause }) => cause)).toEqual(["not-reached", "not-reached"]);
  });
});

describe("at Exchange's command", () => {
  test.each(Object.keys(failures))("%s is named, and the token's light stays on", async (name) => {
    const { connection, sent } = failing("command", failures[name]!);
    const { lights, organization } = await run(connection);
    expect(lights.map(({ cause }) => cause)).toEqual([null, null, named[name]![1]]);
    expect(organization).toBeNull();
    expect(sent.filter(({ url }) => url.includes("evil"))).toEqual([]);
  });
});

describe("where the tenant is served", () => {
  const passes = new Set(["503", "500", "401", "403", "403 with an empty body", "403 with NUL bytes"]);

  test.each(Object.keys(failures))("with %s", async (name) => {
    const { connection, sent } = failing("where", failures[name]!);
    const { lights } = await run(connection);
    const page = name.startsWith("a proxy");
    // An answer that is no redirect says nothing: the command's own answer does.
    const expected = passes.has(name) || page ? null : named[name]![1];
    expect(lights.map(({ cause }) => cause)).toEqual([null, null, expected]);
    expect(sent.filter(({ url }) => url.includes("evil"))).toEqual([]);
  });
});

describe("what fails in passing", () => {
  test.each(["discovery", "token", "where", "command"] as const)(
    "at the %s is waited out, as long as the service asks for",
    async (place) => {
      const { connection } = failing(place, { kind: "throttled", retryAfterSeconds: 7 }, 2);
      const { lights } = await run(connection);
      expect(lights.map(({ result }) => result)).toEqual(["satisfied", "satisfied", "satisfied"]);
      expect(time.waits).toEqual([7_000, 7_000]);
    },
  );

  test.each(["lost-before", "lost-after", "unavailable"] as const)("is repeated after %s", async (kind) => {
    const { connection } = failing("command", { kind }, 1);
    expect((await run(connection)).organization).not.toBeNull();
  });

  test("is told instead, with the minutes, when the service asks for long", async () => {
    const { connection, hits } = failing("command", { kind: "throttled", retryAfterSeconds: 3600 });
    const { lights } = await run(connection);
    expect(lights[2]).toMatchObject({ cause: "throttled", params: { minutes: 60 } });
    expect([hits(), time.waits]).toEqual([1, []]);
  });

  test("is tried three times and not more", async () => {
    const { connection, hits } = failing("token", { kind: "unavailable" });
    await run(connection);
    expect(hits()).toBe(3);
  });
});

describe("the token", () => {
  test("goes to no other host, not even for a redirect after the first one", async () => {
    const { connection, sent } = failing("command", {
      answer: () => new Response(null, { status: 308, headers: { Location: "//evil.example/x" } }),
    });
    const { lights } = await run(connection);
    expect(lights[2]).toMatchObject({ cause: "foreign-redirect", params: { host: "evil.example" } });
    const hosts = sent.filter(({ authorized }) => authorized).map(({ url }) => new URL(url).host);
    expect(hosts).toEqual(["outlook.practice.invalid", "eurprd.outlook.practice.invalid"]);
  });

  test("follows a redirect within Exchange, but not for ever", async () => {
    const { connection, hits } = failing("command", {
      answer: () =>
        new Response(null, { status: 307, headers: { Location: "/adminapi/beta/InvokeCommand" } }),
    });
    expect((await run(connection)).lights[2]?.cause).toBe("foreign-redirect");
    expect(hits()).toBe(4);
  });

  test.each([
    ["https://outlook.office365.com/x", true],
    ["https://eurprd01.outlook.office365.com/x", true],
    ["https://outlook.office365.com.evil.example/", false],
    ["https://evil-outlook.office365.com/", false],
    ["http://outlook.office365.com/", false],
    ["https://outlook.office365.com:8443/", false],
    ["https://user@outlook.office365.com/", false],
    ["https://outlook.office365.com@evil.example/", false],
    ["javascript:alert(1)", false],
    ["outlook.office365.com", false],
  ])("%s: %s", (address, allowed) => {
    expect(isExchangeAddress(address, "outlook.office365.com")).toBe(allowed);
  });
});

describe("an answer of Exchange", () => {
  test.each([
    ["no organization", Response.json.bind(null, { value: [] })],
    [
      "something that is no JSON",
      () => new Response("{", { headers: { "Content-Type": "application/json" } }),
    ],
    ["far too much", () => new Response(new Uint8Array(6_000_000))],
  ])("with %s is not taken for one", async (_, answer) => {
    const { connection } = failing("command", { answer: () => answer() });
    expect((await run(connection)).lights[2]?.cause).toBe("answer-invalid");
  });

  test("keeps the words below the general error, without the type in front", async () => {
    const message = "|Microsoft.Exchange.Management.InvalidOperation|The real reason.";
    const { connection } = failing("command", {
      answer: () =>
        Response.json(
          { error: { code: "BadRequest", message: "Invalid Operation", details: [{ message }] } },
          { status: 400, headers: { "request-id": "abc" } },
        ),
    });
    const { lights, details } = await run(connection);
    expect(lights[2]?.cause).toBe("exchange-error");
    expect(details).toMatchObject({ text: "The real reason.", code: "BadRequest", requestId: "abc" });
  });

  test("that says the role does not fit is a refusal of the rights", async () => {
    const message =
      "The role assigned to application 1 isn't supported in this scenario. Please check online documentation.";
    const { connection } = failing("command", {
      answer: () => Response.json({ error: { code: "x", message } }, { status: 400 }),
    });
    expect((await run(connection)).lights[2]?.cause).toBe("exchange-forbidden");
  });
});
