import { describe, expect, it } from "vitest";
import type { Fault } from "../../../main/practice/faults.ts";
import { networkFailure } from "../../../main/identity/network-failure.ts";
import type { PracticeData } from "../../../main/practice/data.ts";
import { newSigningKey } from "../../../main/practice/jwt.ts";
import {
  commandLineTools,
  errorOf,
  exchangeAppId,
  graphAs,
  graphWith,
  post,
  practise,
  resourceOf,
  signIn,
  valuesOf,
} from "./support.ts";

describe("replication", () => {
  it("hides what was just created from as many requests as set, also where it is referred to", async () => {
    const { practice } = await practise();
    const graph = await graphAs(practice, "alex");
    practice.setLag({ reads: 3, ms: 0 });
    const { body } = await graph("POST", "/applications", { displayName: "Rollout" });
    const { id, appId } = body as { id: string; appId: string };
    const statuses: number[] = [];
    statuses.push((await graph("GET", `/applications/${id}`)).status);
    expect(errorOf(await graph("POST", "/servicePrincipals", { appId }))).toMatchObject({
      status: 400,
      code: "NoBackingApplicationObject",
    });
    expect(valuesOf(await graph("GET", "/applications"))).toEqual([]);
    statuses.push((await graph("GET", `/applications/${id}`)).status);
    expect(statuses).toEqual([404, 200]);
    const principalId = String((await graph("POST", "/servicePrincipals", { appId })).body["id"]);
    const grant = () =>
      graph("POST", `/servicePrincipals/${principalId}/appRoleAssignments`, {
        principalId,
        resourceId: resourceOf(practice, exchangeAppId).id,
        appRoleId: "dc50a0fb-09a3-484d-be87-e023b12c6440",
      });
    expect(errorOf(await grant()).message).toBe("Not a valid reference update.");
    await grant();
    await grant();
    expect((await grant()).status).toBe(201);
  });

  it("hides what was just created for a time", async () => {
    const { practice, clock } = await practise({ lag: { reads: 0, ms: 5000 } });
    const graph = await graphAs(practice, "alex");
    const { body } = await graph("POST", "/applications", { displayName: "Rollout" });
    const status = async () => (await graph("GET", `/applications/${String(body["id"])}`)).status;
    expect(await status()).toBe(404);
    clock.forward(4999);
    expect(await status()).toBe(404);
    clock.forward(1);
    expect(await status()).toBe(200);
  });

  it("never makes a second application for a unique name", async () => {
    const { practice } = await practise({ lag: { reads: 5, ms: 0 } });
    const graph = await graphAs(practice, "alex");
    const upsert = () =>
      graph("PATCH", "/applications(uniqueName='x')", { displayName: "X" }, { Prefer: "create-if-missing" });
    expect([(await upsert()).status, (await upsert()).status]).toEqual([201, 204]);
    expect(practice.data.applications).toHaveLength(1);
  });
});

describe("a run of the practice tenant", () => {
  it("goes on from the data of an earlier one, with new access tokens only", async () => {
    const first = await practise({ sample: "half-done" });
    const tokens = await signIn(first.practice, "alex");
    const data = JSON.parse(JSON.stringify(first.practice.data)) as PracticeData;
    const { practice } = await practise({ data, signingKey: await newSigningKey() });
    expect(errorOf(await graphWith(practice, tokens["access_token"])("GET", "/me")).status).toBe(401);
    const renewed = await post(practice, {
      grant_type: "refresh_token",
      client_id: commandLineTools,
      refresh_token: String(tokens["refresh_token"]),
      scope: "Application.Read.All",
    });
    // Consent was for Application.ReadWrite.All; another permission is another consent.
    expect(renewed.body["suberror"]).toBe("consent_required");
    const again = await post(practice, {
      grant_type: "refresh_token",
      client_id: commandLineTools,
      refresh_token: String(tokens["refresh_token"]),
      scope: "Application.ReadWrite.All",
    });
    expect(
      valuesOf(await graphWith(practice, again.body["access_token"])("GET", "/applications")),
    ).toHaveLength(1);
  });

  it("takes the set time for each answer", async () => {
    const pauses: number[] = [];
    const pause = async (ms: number) => {
      pauses.push(ms);
    };
    const { practice } = await practise({ latencyMs: 100, pause });
    await post(practice, {});
    expect(pauses).toEqual([100]);
  });
});

describe("throttling", () => {
  it("answers 429 with the seconds to wait, and goes on after them", async () => {
    const { practice, clock } = await practise({ throttle: { calls: 2, perMs: 10_000 } });
    const graph = await graphAs(practice, "alex");
    const call = () => graph("GET", "/me");
    expect([(await call()).status, (await call()).status]).toEqual([200, 200]);
    const refused = await call();
    expect(errorOf(refused)).toMatchObject({ status: 429, code: "TooManyRequests" });
    expect(refused.headers.get("Retry-After")).toBe("10");
    clock.forward(10_000);
    expect((await call()).status).toBe(200);
  });
});

describe("the fault plan", () => {
  const faults: [Fault, number | null, number][] = [
    [{ kind: "throttled", retryAfterSeconds: 7 }, 429, 0],
    [{ kind: "unavailable" }, 503, 0],
    [{ kind: "internal" }, 500, 0],
    [{ kind: "not-found" }, 404, 0],
    [{ kind: "unauthorized" }, 401, 0],
    [{ kind: "forbidden" }, 403, 0],
    [{ kind: "refused" }, null, 0],
    [{ kind: "lost-before" }, null, 0],
    [{ kind: "lost-after" }, null, 1],
  ];

  it.each(faults)("makes a call fail with %j", async (fault, status, made) => {
    const calls: (number | null)[] = [];
    const { practice } = await practise({ onCall: (_, answered) => calls.push(answered) });
    const graph = await graphAs(practice, "alex");
    practice.faults.add({
      on: ({ method, path }) => method === "POST" && path === "/v1.0/applications",
      fault,
      times: 1,
    });
    const create = () => graph("POST", "/applications", { displayName: "X" });
    const outcome = await create().catch((error: unknown) => error);
    if (status === null) {
      const neverSent = fault.kind === "refused";
      expect(networkFailure(outcome)).toMatchObject({ neverSent });
    } else {
      expect(outcome).toMatchObject({ status });
    }
    expect(calls.at(-1)).toBe(status);
    expect(practice.data.applications).toHaveLength(made);
    expect((await create()).status).toBe(201);
  });

  it("asks for a new sign-in with a claims challenge", async () => {
    const { practice } = await practise();
    const graph = await graphAs(practice, "alex");
    const claims = JSON.stringify({ access_token: { nbf: { essential: true, value: "1" } } });
    practice.faults.add({ on: () => true, fault: { kind: "unauthorized", claims } });
    const header = (await graph("GET", "/me")).headers.get("WWW-Authenticate") ?? "";
    const sent = /claims="([^"]+)"/.exec(header)?.[1] ?? "";
    expect(atob(sent)).toBe(claims);
  });

  it("fails sign-in and Exchange in their own words", async () => {
    const { practice } = await practise();
    const token = `https://${practice.hosts.login}/common/oauth2/v2.0/token`;
    practice.faults.add({
      on: ({ service }) => service !== "graph",
      fault: { kind: "unavailable", retryAfterSeconds: 3 },
    });
    const entra = await practice.handle(new Request(token, { method: "POST", body: new URLSearchParams() }));
    expect(entra.status).toBe(503);
    expect(entra.headers.get("Retry-After")).toBe("3");
    expect(await entra.json()).toMatchObject({ error: "temporarily_unavailable", error_codes: [90033] });
    const exchange = await practice.handle(new Request(`https://${practice.hosts.exchange}/adminapi`));
    expect([exchange.status, await exchange.text()]).toEqual([503, ""]);
  });

  it("reaches no other host", async () => {
    const { practice } = await practise();
    const outcome = await practice
      .handle(new Request("https://graph.microsoft.com/v1.0/me"))
      .catch((error: unknown) => error);
    expect(networkFailure(outcome)).toMatchObject({ kind: "offline", code: "ENOTFOUND" });
  });
});
