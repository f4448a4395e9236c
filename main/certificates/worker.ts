import type { Job, WorkerMessage } from "./jobs.ts";
import { doWorkerJob } from "./worker-job.ts";

/** What Electron's utility process offers; the same in the stand-in. */
interface ParentPort {
  on(event: "message", listener: (event: { data: unknown }) => void): void;
  postMessage(message: WorkerMessage): void;
}

/** Time for the answer to leave before the process ends by itself; usually the parent ends it earlier. */
const lingerMs = 1_000;

const { parentPort } = process as NodeJS.Process & { parentPort?: ParentPort };
if (!parentPort) throw new Error("This file runs as Electron's utility process.");
const port = parentPort;

let started = false;
port.on("message", ({ data }) => {
  // One job, then the process ends and its memory with it.
  if (started) return;
  started = true;
  void doWorkerJob(data as Job, (message) => port.postMessage(message)).finally(() => {
    setTimeout(() => process.exit(0), lingerMs);
  });
});
