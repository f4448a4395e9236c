import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { WorkerProcess } from "../../main/certificates/runner.ts";

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
