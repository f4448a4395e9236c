import type { Events, RolloutApi } from "../../preload/contract.ts";
import { toErrorView } from "../../main/errors.ts";
import type { ErrorView, Result } from "../../preload/model/errors.ts";
import { fakeApp, fakeDoctor, fakeSecrets, fakeWatch } from "./fake-app.ts";
import { fakeBulk } from "./fake-bulk.ts";
import { fakeCertificates } from "./fake-certificates.ts";
import { fakeDryRun, fakeRollout, fakeRotation, fakeTransfer } from "./fake-rollout.ts";
import { fakeSetups } from "./fake-setups.ts";
import type { FakeOptions, FakeState } from "./fake-state.ts";
import { createState } from "./fake-state.ts";
import { fakePractice, fakeTenant } from "./fake-tenant.ts";

/** A call the renderer made: "setups.rename" and its input. */
export interface FakeCall {
  name: string;
  input: unknown;
}

/** Answers instead of a method. */
export type Reply = (input: never) => Result<unknown> | Promise<Result<unknown>>;

export interface FakeApi {
  api: RolloutApi;
  calls: FakeCall[];
  state: FakeState;
  /** Tells the renderer something, as main would. */
  emit: <E extends keyof Events>(event: E, payload: Events[E]) => void;
  /** From now on this method fails, until `null`. */
  fail: (name: string, error: ErrorView | null) => void;
  /** Replaces the answer of one method until it is deleted. */
  replies: Map<string, Reply>;
}

/** An error as main sends it. */
export function errorView(code: ErrorView["code"], details: ErrorView["details"] = {}): ErrorView {
  return { code, messageKey: `errors.${code}`, details };
}

/** The whole API in memory. Main's real decisions, no files, no vault, no keys. */
export function createFakeApi(options: FakeOptions = {}): FakeApi {
  const state = createState(options);
  const calls: FakeCall[] = [];
  const replies = new Map<string, Reply>();
  const listeners = new Map<string, Set<(payload: never) => void>>();
  const certificates = fakeCertificates(state);
  const bulk = fakeBulk(state, (progress) => emit("row", progress));

  function emit<E extends keyof Events>(event: E, payload: Events[E]): void {
    for (const listener of listeners.get(event) ?? []) listener(payload as never);
  }

  /** Records the call, fails when told to, and turns a thrown error into an answer. */
  function wrap(area: string, methods: Record<string, (input: never) => unknown>): unknown {
    return Object.fromEntries(
      Object.entries(methods).map(([method, run]) => [
        method,
        async (input: never): Promise<Result<unknown>> => {
          const name = `${area}.${method}`;
          calls.push({ name, input });
          const reply = replies.get(name);
          if (reply !== undefined) return reply(input);
          try {
            return { ok: true, value: structuredClone(await run(input)) };
          } catch (error) {
            return { ok: false, error: toErrorView(error) };
          }
        },
      ]),
    );
  }

  const api = {
    app: wrap("app", fakeApp(state)),
    setups: wrap("setups", fakeSetups(state)),
    certificates: wrap("certificates", certificates),
    tenant: wrap("tenant", fakeTenant(state)),
    practice: wrap("practice", fakePractice(state)),
    bulk: wrap("bulk", bulk),
    dryRun: wrap("dryRun", fakeDryRun(state)),
    rotation: wrap("rotation", fakeRotation(state)),
    rollout: wrap("rollout", fakeRollout(state)),
    transfer: wrap("transfer", fakeTransfer(state)),
    watch: wrap("watch", fakeWatch(state)),
    doctor: wrap("doctor", fakeDoctor(state)),
    secrets: wrap("secrets", fakeSecrets(state)),
    on: (event: string, listener: (payload: never) => void) => {
      const known = listeners.get(event) ?? new Set();
      listeners.set(event, known.add(listener));
      return () => known.delete(listener);
    },
  } as unknown as RolloutApi;

  return {
    api,
    calls,
    state,
    emit,
    fail: (name, error) => {
      if (error === null) replies.delete(name);
      else replies.set(name, () => ({ ok: false, error }));
    },
    replies,
  };
}
