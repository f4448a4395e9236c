import type { Log } from "./log.ts";

/** The part of Node's process that reports what nobody caught. */
export interface FailureSource {
  on(event: "uncaughtException" | "unhandledRejection", listener: (reason: unknown) => void): unknown;
}

/** Logs every failure that nobody caught and tells the user of the first; the app goes on. */
export function watchFailures(source: FailureSource, log: Log, tell: () => void): void {
  let told = false;
  const report = (message: string) => (reason: unknown) => {
    log.error(message, reason);
    if (told) return;
    told = true;
    tell();
  };
  source.on("uncaughtException", report("uncaught exception"));
  source.on("unhandledRejection", report("unhandled rejection"));
}
