import { describe, expect, test } from "vitest";
import { z } from "zod";
import { GraphError } from "../../../main/tenant/graph-error.ts";
import { TokenError } from "../../../main/tenant/graph.ts";
import { graphOf } from "./bench.ts";
import { json, refusal } from "./graph-model.ts";

/** A service that answers in this order; the last answer stays. */
function answering(...answers: (Response | Error)[]) {
  const seen: { url: string; headers: Headers }[] = [];
  return {
    seen,
    fetch: async (url: string, init: RequestInit = {}) => {
      seen.push({ url, headers: new Headers(init.headers) });
      const answer = answers.length > 1 ? answers.shift() : answers[0];
      if (answer instanceof Error || answer === undefined) throw answer ?? new Error("no answer");
      return answer.clone();
    },
  };
}

const shape = z.object({ id: z.string() });

async function errorOf(work: Promise<unknown>): Promise<GraphError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof GraphError) return error;
    throw error;
  }
  throw new Error("It was expected to fail.");
}

const change = {
  method: "POST",
  path: "/things",
  body: { a: 1 },
  scopes: ["Application.ReadWrite.All"],
} as const;

describe("requests to Microsoft Graph", () => {
  test("carry the token of the scopes in the cloud's own form, and a request id", async () => {
    const service = answering(json(200, { id: "1" }));
    const asked: string[][] = [];
    const { graph } = graphOf(service, {
      host: "graph.microsoft.us",
      getToken: async (scopes) => {
        asked.push(scopes);
        return "secret";
      },
    });
    expect(await graph.get("/me", shape, ["User.Read"])).toEqual({ id: "1" });
    expect(asked).toEqual([["https://graph.microsoft.us/User.Read"]]);
    expect(service.seen[0]?.url).toBe("https://graph.microsoft.us/v1.0/me");
    expect(service.seen[0]?.headers.get("authorization")).toBe("Bearer secret");
    expect(service.seen[0]?.headers.get("client-request-id")).toBe("client-1");
  });

  test("429 waits as long as asked for and is told before", async () => {
    const service = answering(
      refusal(429, "TooManyRequests", "", { "retry-after": "17" }),
      json(201, { id: "1" }),
    );
    const { graph, pace } = graphOf(service);
    const waits: unknown[] = [];
    await graph.send(change, { onWait: (wait) => waits.push(wait) });
    expect(pace.waited).toBe(17_000);
    expect(waits).toEqual([
      {
        reason: "throttled",
        what: "/things",
        until: "2026-11-24T10:00:17.000Z",
        giveUpAt: "2026-11-24T10:02:00.000Z",
        attempt: 1,
      },
    ]);
  });

  test("a wait beyond the limit is not begun", async () => {
    const service = answering(refusal(429, "TooManyRequests", "slow down", { "retry-after": "3600" }));
    const { graph, pace } = graphOf(service);
    expect((await errorOf(graph.send(change))).code).toBe("throttled");
    expect(pace.waited).toBe(0);
  });

  test("a change is not repeated when its answer is lost, and says that it may have been carried out", async () => {
    const lost = new TypeError("fetch failed", {
      cause: Object.assign(new Error("x"), { code: "ECONNRESET" }),
    });
    const service = answering(lost);
    const error = await errorOf(graphOf(service).graph.send(change));
    expect(error.code).toBe("lost");
    expect(error.facts).toMatchObject({ mayHaveActed: true, clientRequestId: "client-1" });
    expect(service.seen).toHaveLength(1);
  });

  test("a change is not repeated after a 503 or 504, but a reading is", async () => {
    const writes = answering(refusal(504, "GatewayTimeout", ""));
    expect((await errorOf(graphOf(writes).graph.send(change))).facts.mayHaveActed).toBe(true);
    expect(writes.seen).toHaveLength(1);
    const reads = answering(refusal(503, "ServiceUnavailable", ""), json(200, { id: "1" }));
    expect(await graphOf(reads).graph.get("/me", shape, ["User.Read"])).toEqual({ id: "1" });
  });

  test("401 renews the token once, with the claims that were asked for", async () => {
    const claims = { access_token: { nbf: { essential: true, value: "5" } } };
    const encoded = Buffer.from(JSON.stringify(claims)).toString("base64");
    const challenge = {
      "www-authenticate": `Bearer realm="", error="insufficient_claims", claims="${encoded}"`,
    };
    const service = answering(refusal(401, "InvalidAuthenticationToken", "", challenge));
    const asked: unknown[] = [];
    const { graph } = graphOf(service, {
      getToken: async (_scopes, how) => {
        asked.push(how);
        return "token";
      },
    });
    expect((await errorOf(graph.get("/me", shape, ["User.Read"]))).code).toBe("unauthorized");
    expect(asked).toEqual([{}, { claims: JSON.stringify(claims) }]);
  });

  test("a token that is over and a challenge after it are each answered", async () => {
    const claims = JSON.stringify({ access_token: { nbf: { essential: true, value: "5" } } });
    const challenge = {
      "www-authenticate": `Bearer error="insufficient_claims", claims="${Buffer.from(claims).toString("base64")}"`,
    };
    const service = answering(
      refusal(401, "InvalidAuthenticationToken", ""),
      refusal(401, "InvalidAuthenticationToken", "", challenge),
      json(200, { id: "1" }),
    );
    const asked: unknown[] = [];
    const { graph } = graphOf(service, {
      getToken: async (_scopes, how) => {
        asked.push(how);
        return "token";
      },
    });
    expect(await graph.get("/me", shape, ["User.Read"])).toEqual({ id: "1" });
    expect(asked).toEqual([{}, { refresh: true }, { claims }]);
  });

  test("canceling ends the wait before a repeated change, never the change itself", async () => {
    const cancel = new AbortController();
    const service = answering(refusal(429, "TooManyRequests", "", { "retry-after": "5" }));
    const sent = graphOf(service).graph.send(change, {
      signal: cancel.signal,
      onWait: () => cancel.abort(),
    });
    await expect(sent).rejects.toMatchObject({ name: "AbortError" });
    expect(service.seen).toHaveLength(1);
  });

  test("without a token nothing is sent", async () => {
    const service = answering(json(200, {}));
    const { graph } = graphOf(service, { getToken: async () => Promise.reject(new Error("sign in")) });
    await expect(graph.get("/me", shape, ["User.Read"])).rejects.toBeInstanceOf(TokenError);
    expect(service.seen).toEqual([]);
  });

  test("pages are followed, but never to another host", async () => {
    const next = (link: string) => json(200, { value: [{ id: "1" }], "@odata.nextLink": link });
    const here = answering(
      next("https://graph.microsoft.com/v1.0/things?$skiptoken=2"),
      json(200, { value: [{ id: "2" }] }),
    );
    expect(await graphOf(here).graph.list("/things", shape, ["User.Read"])).toEqual([
      { id: "1" },
      { id: "2" },
    ]);
    const elsewhere = answering(next("https://graph.microsoft.com.evil.example/v1.0/things"));
    await expect(graphOf(elsewhere).graph.list("/things", shape, ["User.Read"])).rejects.toThrow("outside");
    expect(elsewhere.seen).toHaveLength(1);
  });

  test("an answer of another shape is an error that names the place, not the value", async () => {
    const error = await errorOf(
      graphOf(answering(json(200, { id: 5 }))).graph.get("/me", shape, ["User.Read"]),
    );
    expect(error.code).toBe("answer-invalid");
    expect(error.facts.text).toBe("id: invalid_type");
  });

  test.each([
    [
      400,
      "Request_BadRequest",
      "The appId 'x' of the service principal does not reference a valid application object.",
      "not-ready",
    ],
    [400, "Request_BadRequest", "Not a valid reference update.", "not-ready"],
    [404, "Request_ResourceNotFound", "Resource 'x' does not exist.", "not-found"],
    [400, "Request_BadRequest", "Permission being assigned already exists on the object", "already-exists"],
    [409, "Request_MultipleObjectsWithSameKeyValue", "", "already-exists"],
    [400, "Request_BadRequest", "Invalid value", "bad-request"],
    [403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.", "forbidden"],
    [
      400,
      "KeyCredentialInvalidLifetime",
      "Key credential lifetime exceeds the max value allowed as per the app management policy.",
      "policy-refused",
    ],
  ])("%i %s “%s” is %s", async (status, code, text, expected) => {
    const error = await errorOf(graphOf(answering(refusal(status, code, text))).graph.send(change));
    expect(error.code).toBe(expected);
    expect(error.facts).toMatchObject({ graphCode: code, text, requestId: "server-request" });
  });

  test("canceling ends a wait", async () => {
    const cancel = new AbortController();
    const service = answering(refusal(429, "", "", { "retry-after": "5" }));
    const { graph } = graphOf(service);
    const work = graph.send(change, { signal: cancel.signal, onWait: () => cancel.abort() });
    await expect(work).rejects.toMatchObject({ name: "AbortError" });
  });
});
