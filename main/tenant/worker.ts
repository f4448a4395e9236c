import type { Account } from "../identity/identity.ts";
import { otherAccount } from "./other-account.ts";
import type { Works } from "./works.ts";

export interface WorkerPorts {
  works: Works;
  /** Who is signed in now. */
  account: () => Account | null;
  /** Nothing of what the one before read counts any more. */
  forget: () => void;
}

/** Who does the work under way: it is not carried on by whoever signs in meanwhile. */
export interface Worker {
  /** Null between two pieces of work. */
  present(): Account | null;
  as<T>(by: Account, work: () => Promise<T>): Promise<T>;
  /**
   * Ends the work when it would go on as somebody else. Errors: AppError other-account-signed-in,
   * other-tenant-signed-in.
   */
  expect(): void;
}

export function createWorker({ works, account, forget }: WorkerPorts): Worker {
  let worker: Account | null = null;
  return {
    present: () => worker,
    async as(by, work) {
      worker = by;
      try {
        return await work();
      } finally {
        worker = null;
      }
    },
    expect() {
      if (worker === null || works.isStopping()) return;
      const failure = otherAccount(worker, account());
      if (failure === null) return;
      forget();
      works.stop(failure);
      throw failure;
    },
  };
}
