import { perform } from "../../../main/certificates/perform.ts";
import type { Answer, Job } from "../../../main/certificates/jobs.ts";
import type { WorkerProcess } from "../../../main/certificates/runner.ts";
import { AppError } from "../../../main/errors.ts";
import { contentHash } from "../../../main/setups/store.ts";

const before = new Map<string, Answer<"import">>();

/**
 * A certificate worker in this process that opens the same PFX with the same password only once: deriving its keys
 * is meant to take long.
 */
export function spawnQuickWorker(): WorkerProcess {
  let listener: (message: unknown) => void = () => undefined;
  return {
    onMessage: (given) => (listener = given),
    onExit: () => undefined,
    kill: () => undefined,
    postMessage(message) {
      const job = structuredClone(message) as Job<"import">;
      const name = `${contentHash(job.bytes)} ${Buffer.from(job.password).toString("utf8")}`;
      const known = before.get(name);
      const work = known === undefined ? perform(job, () => undefined) : Promise.resolve(known);
      void work.then(
        (answer) => {
          before.set(name, structuredClone(answer));
          listener({ type: "done", answer: structuredClone(answer) });
        },
        (error: unknown) => {
          const { code, details } = error instanceof AppError ? error : new AppError("internal");
          listener({ type: "failed", error: { code, details } });
        },
      );
    },
  };
}
