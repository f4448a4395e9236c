import { utilityProcess } from "electron";
import type { WorkerProcess } from "../certificates/runner.ts";
import { workerEnvironment } from "./platform.ts";

/** Starts the short-lived process for certificate work from its bundle `script`. */
export function spawnCertificateWorker(script: string): WorkerProcess {
  const child = utilityProcess.fork(script, [], {
    serviceName: "Exchange Rollout certificates",
    env: workerEnvironment(process.env),
    stdio: "ignore",
  });
  return {
    postMessage: (message) => {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a process has no origin
      child.postMessage(message);
    },
    onMessage: (listener) => {
      child.on("message", listener);
    },
    onExit: (listener) => {
      child.on("exit", listener);
    },
    kill: () => {
      child.kill();
    },
  };
}
