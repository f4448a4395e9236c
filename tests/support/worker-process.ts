import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Job } from "../../main/certificates/jobs.ts";
import type { WorkerProcess } from "../../main/certificates/runner.ts";
import { doWorkerJob } from "../../main/certificates/worker-job.ts";

const shim = fileURLToPath(new URL("worker-shim.ts", import.meta.url));
const workerSource = fileURLToPath(new URL("../../main/certificates/worker.ts", import.meta.url));

/** A certificate worker in a Node process of its own: from its source, or from the bundle `script`. */
export function spawnTestWorker(script: string = workerSource): WorkerProcess & { pid: number | undefined } {
  const child = fork(shim, [script], {
    execArgv: [],
    serialization: "advanced",
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  return {
    pid: child.pid,
    postMessage: (message) => {
      child.send(message as object);
    },
    onMessage: (listener) => {
      child.on("message", listener);
    },
    onExit: (listener) => {
      child.on("exit", (code) => listener(code ?? 1));
    },
    kill: () => {
      child.kill("SIGKILL");
    },
  };
}

/**
 * A certificate worker in this process, for tests that are not about the process: it does the same work and clones
 * what it gets and tells. Killed, it still works to the end, but tells nothing any more.
 */
export function startLocalWorker(): WorkerProcess {
  let listener: ((message: unknown) => void) | null = null;
  return {
    postMessage: (message) => {
      void doWorkerJob(structuredClone(message) as Job, (told) => listener?.(structuredClone(told)));
    },
    onMessage: (given) => (listener = given),
    onExit: () => undefined,
    kill: () => (listener = null),
  };
}
