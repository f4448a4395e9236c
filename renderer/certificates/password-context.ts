import type { SetupView } from "../../preload/model/setup.ts";

/** Words that someone who knows the setup would try first. */
export function passwordContext({ summary, certificate }: SetupView): string[] {
  return [summary.name, summary.tenantName, summary.tenantDomain, certificate?.commonName ?? ""];
}
