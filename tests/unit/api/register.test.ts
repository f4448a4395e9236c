import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { channel, contract, type Handlers } from "../../../preload/contract.ts";
import type { Result } from "../../../preload/model/errors.ts";
import { AppError } from "../../../main/errors.ts";
import { createEmit } from "../../../main/api/events.ts";
import { registerHandlers } from "../../../main/api/register.ts";

const methods = Object.entries(contract).flatMap(([area, entries]) =>
  Object.keys(entries).map((name) => ({ area, name, channel: channel(area, name) })),
);
type Call = (input: unknown, event?: string) => Promise<Result<unknown>>;

/** Registers handlers that all do `work`, on a port that remembers them. */
function start(work: (method: string, input: unknown) => unknown) {
  const registered = new Map<string, Call>();
  const logged: string[] = [];
  const handlers = Object.fromEntries(
    Object.entries(contract).map(([area, entries]) => [
      area,
      Object.fromEntries(
        Object.keys(entries).map((name) => [name, async (input: unknown) => work(`${area}.${name}`, input)]),
      ),
    ]),
  ) as unknown as Handlers;
  registerHandlers<string>({
    ipc: {
      handle: (name, listener) => {
        expect(registered.has(name)).toBe(false);
        registered.set(name, (input, event = "our page") => listener(event, input));
      },
    },
    handlers,
    isTrusted: (event) => event === "our page",
    log: {
      error: (message) => logged.push(`error ${message}`),
      warn: (message) => logged.push(`warn ${message}`),
    },
  });
  const call = (name: string, input?: unknown, event?: string) => {
    const method = registered.get(name);
    if (method === undefined) throw new Error(`${name} is not registered`);
    return method(input, event);
  };
  return { registered, logged, call };
}

describe("the calls of the contract", () => {
  it("are all registered, and nothing else", () => {
    const { registered } = start(() => null);
    expect([...registered.keys()].toSorted()).toEqual(methods.map((one) => one.channel).toSorted());
    expect(methods.length).toBeGreaterThan(50);
  });

  it.each(methods)("$channel refuses a stranger before it looks at anything", async ({ channel: name }) => {
    const calls: string[] = [];
    const { call } = start((method) => calls.push(method));
    expect(await call(name, undefined, "a stranger")).toEqual({
      ok: false,
      error: { code: "not-allowed", messageKey: "errors.not-allowed", details: {} },
    });
    expect(calls).toEqual([]);
  });

  it.each(methods)("$channel refuses input that is not in the contract", async ({ channel: name }) => {
    const calls: string[] = [];
    const { call } = start((method) => calls.push(method));
    for (const bad of [
      "text",
      7,
      [],
      null,
      () => 1,
      { setupId: "../../etc" },
      { setupId: 1, __proto__: null },
    ]) {
      const input =
        name === channel("app", "saveSettings") && typeof bad === "object" && bad !== null
          ? { theme: 1 }
          : bad;
      expect(await call(name, input)).toMatchObject({ ok: false, error: { code: "invalid-input" } });
    }
    expect(calls).toEqual([]);
  });

  it("never throw and never call a handler with input that the schema would change", async () => {
    const { call } = start((_method, input) => input);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...methods), fc.anything(), async (method, input) => {
        const result = await call(method.channel, input);
        expect(typeof result.ok).toBe("boolean");
        if (!result.ok) expect(result.error.code).toBe("invalid-input");
      }),
      { numRuns: 500 },
    );
  });

  it("name the place of the first fault", async () => {
    const { call } = start(() => null);
    const result = await call(channel("setups", "create"), { name: "Contoso", cloud: "moon" });
    expect(result).toMatchObject({ error: { code: "invalid-input", details: { path: "cloud" } } });
  });

  it("give the handler only what the schema knows", async () => {
    const { call } = start((_method, input) => input);
    const result = await call(channel("setups", "create"), { name: "Contoso", cloud: "global", extra: "x" });
    expect(result).toEqual({ ok: true, value: { name: "Contoso", cloud: "global" } });
  });

  it("answer a known failure with its code and details, and log nothing of it", async () => {
    const { call, logged } = start(() => {
      throw new AppError("file-too-large", { size: 7 });
    });
    expect(await call(channel("setups", "list"))).toEqual({
      ok: false,
      error: { code: "file-too-large", messageKey: "errors.file-too-large", details: { size: 7 } },
    });
    expect(logged).toEqual([]);
  });

  it("answer an unknown failure without its message, and log it", async () => {
    const { call, logged } = start(() => {
      throw new Error("password=hunter2");
    });
    const result = await call(channel("setups", "list"));
    expect(result).toEqual({
      ok: false,
      error: { code: "internal", messageKey: "errors.internal", details: {} },
    });
    expect(logged).toEqual(["error setups.list failed"]);
  });
});

describe("an event", () => {
  it("reaches every window that is open now", () => {
    const sent: unknown[] = [];
    const windows = [1, 2].map((id) => ({
      send: (name: string, payload: unknown) => sent.push([id, name, payload]),
    }));
    createEmit(() => windows)("changed", { setupId: null });
    expect(sent).toEqual([
      [1, "rollout:on:changed", { setupId: null }],
      [2, "rollout:on:changed", { setupId: null }],
    ]);
  });
});
