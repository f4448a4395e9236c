import type { ActivityEntry, SetupView } from "../../../preload/model/setup.ts";
import { textOf } from "./changes.ts";
import type { Report } from "./model.ts";

/**
 * The exchange of the certificate that is under way, from the view's; null without one. Pure. As in the view, the
 * setup's own certificate is then the new one, or not there yet.
 */
export function exchangeUnderWay({ rotation }: Pick<SetupView, "rotation">): Report["exchange"] {
  if (rotation === null) return null;
  const { startedAt, by, old, inPortal, steps } = rotation;
  return {
    startedAt,
    by,
    old: { subject: old.subject, sha1: old.sha1, notAfter: old.notAfter },
    inPortal,
    steps: steps.map((step) => ({
      id: step.id,
      state: step.state,
      basis: step.basis,
      at: step.at,
      by: step.by,
      reasons: step.reasons.map(({ key, params }) => ({ key, params })),
    })),
  };
}

/** The exchanges that came to their end, oldest first, from the activity log. What was canceled is not among them. */
export function finishedExchanges(entries: readonly ActivityEntry[]): Report["exchanges"] {
  const finished: Report["exchanges"] = [];
  let started: ActivityEntry | null = null;
  for (const entry of entries) {
    if (entry.kind === "rotation-started") started = entry;
    if (entry.kind === "rotation-canceled") started = null;
    if (entry.kind !== "rotation-finished") continue;
    finished.push({
      startedAt: started?.at ?? null,
      by: started === null ? "" : textOf(started, "by"),
      finishedAt: entry.at,
      oldSha1: textOf(entry, "old"),
      newSha1: textOf(entry, "sha1"),
    });
    started = null;
  }
  return finished;
}
