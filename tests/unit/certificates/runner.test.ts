import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import type { WorkerProcess } from "../../../main/certificates/runner.ts";
import { runJob } from "../../../main/certificates/runner.ts";
import { bundledChild } from "../../support/bundled-child.ts";
import { spawnTestWorker } from "../../support/worker-process.ts";
import { now, passwordBytes, sample, subject } from "./sample.ts";

const workerFile = await bundledChild("main/certificates/worker.ts");
const startWorker = () => spawnTestWorker(workerFile);

const newCertificate = { ...subject, dnsNames: [...subject.dnsNames], now: now.toISOString() };

const noListener = (): void => undefined;

/** A worker that never answers; the test speaks for it. */
function silentWorker() {
  const spoken = {
    message: noListener as (message: unknown) => void,
    exit: noListener as (code: number) => void,
    killed: 0,
    received: [] as unknown[],
  };
  const worker: WorkerProcess = {
    postMessage: (message) => spoken.received.push(structuredClone(message)),
    onMessage: (listener) => (spoken.message = listener),
    onExit: (listener) => (spoken.exit = listener),
    kill: () => (spoken.killed += 1),
  };
  return { spoken, spawn: () => worker };
}

function isRunning(pid: number | undefined): boolean {
  if (pid === undefined) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe("with the real worker in a process of its own", () => {
  test("creates a certificate with its PFX, reports its phases and ends the process", async () => {
    const phases: string[] = [];
    let pid: number | undefined;
    const spawn = () => {
      const worker = startWorker();
      pid = worker.pid;
      return worker;
    };
    const answer = await runJob(
      spawn,
      {
        kind: "create-with-pfx",
        ...newCertificate,
        password: passwordBytes(),
        profile: "strong",
        friendlyName: "Exchange Rollout",
      },
      { onPhase: (phase) => phases.push(phase) },
    );
    expect(answer.facts).toMatchObject({ keyBits: 2048, selfSigned: true });
    expect(answer.pfx.length).toBeGreaterThan(2_000);
    expect(phases).toEqual(["starting", "generating-key", "signing", "protecting", "checking"]);
    await expect.poll(() => isRunning(pid)).toBe(false);
  });

  test("an error keeps its code and details on the way", async () => {
    const job = { kind: "create", ...newCertificate, commonName: " " } as const;
    await expect(runJob(startWorker, job)).rejects.toMatchObject({
      code: "certificate-name-invalid",
      details: { field: "commonName", reason: "empty" },
    });
  });

  test("cancelling ends the process at once", async () => {
    let pid: number | undefined;
    const spawn = () => {
      const worker = startWorker();
      pid = worker.pid;
      return worker;
    };
    const controller = new AbortController();
    const running = runJob(
      spawn,
      { kind: "create", ...newCertificate, keySize: 4096 },
      { signal: controller.signal, onPhase: (phase) => phase === "generating-key" && controller.abort() },
    );
    await expect(running).rejects.toMatchObject({ code: "canceled" });
    await expect.poll(() => isRunning(pid)).toBe(false);
  });

  test("a process that ends without an answer is an error, not a wait", async () => {
    const spawn = () => {
      const worker = startWorker();
      worker.onMessage(() => process.kill(worker.pid ?? 0, "SIGSEGV"));
      return worker;
    };
    await expect(runJob(spawn, { kind: "create", ...newCertificate, keySize: 4096 })).rejects.toMatchObject({
      code: "certificate-worker-failed",
      details: { job: "create", reason: "exit" },
    });
  });

  test("a worker that nobody ends, ends by itself after its one job", async () => {
    const worker = startWorker();
    const messages: unknown[] = [];
    worker.onMessage((message) => messages.push(message));
    const ended = new Promise<number>((resolve) => worker.onExit(resolve));
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a process has no origin
    const post = (message: object) => worker.postMessage(message);
    post({ kind: "self-test" });
    post({ kind: "self-test" });
    expect(await ended).toBe(0);
    expect(messages).toEqual([
      { type: "phase", phase: "starting" },
      { type: "done", answer: { missing: [] } },
    ]);
  });
});

describe("with a worker that the test plays", () => {
  test("the time limit ends the process", async () => {
    const { spoken, spawn } = silentWorker();
    const running = runJob(spawn, { kind: "self-test" }, { timeLimitMs: 20 });
    await expect(running).rejects.toMatchObject({
      code: "certificate-worker-failed",
      details: { reason: "time" },
    });
    expect(spoken.killed).toBe(1);
  });

  test("password and key are erased as soon as the worker has them, also when it cannot be started", async () => {
    const { key, certificate } = await sample();
    const { spoken, spawn } = silentWorker();
    const copy = Uint8Array.from(key);
    const password = passwordBytes();
    const material = {
      key: copy,
      certificate,
      chain: [],
      password,
      profile: "strong",
      friendlyName: "",
    } as const;
    const running = runJob(spawn, { kind: "write-pfx", ...material, chain: [] });
    expect(password.every((octet) => octet === 0) && copy.every((octet) => octet === 0)).toBe(true);
    expect(spoken.received).toMatchObject([{ password: new Uint8Array(passwordBytes()) }]);
    spoken.message({ type: "done", answer: { pfx: new Uint8Array(3) } });
    await expect(running).resolves.toEqual({ pfx: new Uint8Array(3) });

    const second = passwordBytes();
    const failing = runJob(
      () => {
        throw new Error("no process");
      },
      { kind: "write-pem", key: Uint8Array.from(key), certificate, chain: [], password: second },
    );
    await expect(failing).rejects.toMatchObject({ code: "certificate-worker-failed" });
    expect(second.every((octet) => octet === 0)).toBe(true);
  });

  test("a signal that was aborted before starts nothing", async () => {
    const password = passwordBytes();
    const spawn = () => {
      throw new Error("must not start");
    };
    const job = { kind: "import", bytes: new Uint8Array(4), password, now: now.toISOString() } as const;
    await expect(runJob(spawn, job, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: "canceled",
    });
    expect(password.every((octet) => octet === 0)).toBe(true);
  });

  test("messages of an unknown shape are ignored", async () => {
    const { spoken, spawn } = silentWorker();
    const running = runJob(spawn, { kind: "self-test" }, { timeLimitMs: 5_000 });
    for (const strange of [
      null,
      "done",
      {},
      { type: "failed", error: { code: "made-up" } },
      { type: "done" },
    ]) {
      spoken.message(strange);
    }
    await wait(5);
    spoken.message({ type: "done", answer: { missing: ["RC2"] } });
    await expect(running).resolves.toEqual({ missing: ["RC2"] });
  });
});
