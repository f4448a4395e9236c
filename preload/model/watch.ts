import type { StepId } from "./guide.ts";

/** What verifying one setup of many gave; texts `watch.outcomes.<outcome>`. */
export interface WatchResultView {
  setupId: string;
  name: string;
  practice: boolean;
  outcome: "as-before" | "changed" | "partly-read" | "not-signed-in" | "not-read" | "busy" | "other-tenant";
  /** Facts that held once and do not any more; texts `watch.facts.<fact>`. */
  drift: { fact: string; step: StepId; since: string; isNew: boolean }[];
  at: string;
}

/** Verifying all setups in one go. */
export interface WatchView {
  running: boolean;
  /** When the last run began; null before the first of this session. */
  at: string | null;
  done: number;
  total: number;
  /** Ended by hand before every setup was read. */
  canceled: boolean;
  results: WatchResultView[];
}
