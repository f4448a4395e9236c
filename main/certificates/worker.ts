import { AppError } from "../errors.ts";
import type { Job, WorkerMessage } from "./jobs.ts";
import { secretsOf } from "./jobs.ts";
import { perform } from "./perform.ts";
import { erase } from "./secrets.ts";

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
  void run(data as Job);
});

async function run(job: Job): Promise<void> {
  try {
    port.postMessage({ type: "phase", phase: "starting" });
    const answer = await perform(job, (phase) => port.postMessage({ type: "phase", phase }));
    port.postMessage({ type: "done", answer });
    erase(...secretsOf(answer));
  } catch (error) {
    const known = error instanceof AppError ? error : new AppError("internal", {}, error);
    port.postMessage({ type: "failed", error: { code: known.code, details: known.details } });
  } finally {
    erase(...secretsOf(job));
    setTimeout(() => process.exit(0), lingerMs);
  }
}
