import type { Fetch } from "../../identity/fetch.ts";
import { networkFailure } from "../../identity/network-failure.ts";
import type { RandomBytes } from "../../ports.ts";
import type { PracticeHosts } from "../hosts.ts";
import type { OpenPfx } from "./open-pfx.ts";
import { RolloutFailure } from "./rollout-failure.ts";

export interface ConnectPorts {
  fetch: Fetch;
  openPfx: OpenPfx;
  hosts: PracticeHosts;
  now: () => Date;
  randomBytes: RandomBytes;
}

/** Asks a service. Errors: RolloutFailure when the connection breaks. */
export async function ask({ fetch }: ConnectPorts, url: string, init?: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    throw new RolloutFailure("service-unavailable", networkFailure(error).code);
  }
}

/** Errors: RolloutFailure when the service cannot answer now. */
export function refuseUnavailable(response: Response): void {
  if (response.status < 500 && response.status !== 429) return;
  throw new RolloutFailure("service-unavailable", statusText(response));
}

/** What an answer without a readable body says: its status, and Exchange's own words where there are any. */
export function statusText({ status, headers }: Response): string {
  const said = /reason="([^"]*)"/.exec(headers.get("x-ms-diagnostics") ?? "")?.[1];
  return said === undefined ? `HTTP ${status}` : `HTTP ${status}: ${said}`;
}
