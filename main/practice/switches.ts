import { practiceSamples } from "../../preload/model/tenant.ts";
import type { PracticeSample } from "../../preload/model/tenant.ts";
import type { Lag } from "./lag.ts";

const longestSeconds = 600;

/** `--practice` begins with an empty tenant, `--practice=drifted` with another sample. */
export function sampleOf(value: string): PracticeSample {
  return practiceSamples.find((name) => name === value) ?? "empty";
}

/**
 * `--practice-lag=20`: for how many seconds new objects of practice tenants stay unseen, 600 at most. Gives nothing
 * for anything else, so that the usual time stays.
 */
export function lagOf(value: string): Lag | undefined {
  if (!/^\d+(\.\d+)?$/.test(value)) return undefined;
  const seconds = Number(value);
  return seconds > longestSeconds ? undefined : { reads: 0, ms: seconds * 1_000 };
}
