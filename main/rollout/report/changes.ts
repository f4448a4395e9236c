import type { ActivityEntry } from "../../../preload/model/setup.ts";
import type { ChangeLine } from "../../tenant/change-log.ts";
import { readInverse } from "./inverse.ts";
import type { ReportChange } from "./model.ts";

/**
 * The log of changes in the form of the activity's entries: it has each change whole, with what takes it back, where
 * the activity only names it.
 */
export function changeEntries(lines: readonly ChangeLine[]): ActivityEntry[] {
  return lines.map(({ at, phase, change, kind, inverse, requestId, clientRequestId, account }) => ({
    at,
    kind: tenantChangeKind,
    step: null,
    details: {
      phase,
      change,
      changeKind: kind,
      requestId,
      clientRequestId,
      account,
      inverse: JSON.stringify(inverse),
    },
    hash: "",
  }));
}

/** The kind of the activity log's entries about a change in the tenant. */
const tenantChangeKind = "tenant-change";

/**
 * What the app changed in the tenant, oldest first, from the log of changes. A line "sending" counts when nothing
 * came after it ("unanswered") or when the change was found in place ("found"): it may be, or is, the app's own.
 * Entries of other kinds and phases are passed over.
 */
export function tenantChanges(entries: readonly ActivityEntry[]): ReportChange[] {
  const changes: ReportChange[] = [];
  const sent = new Map<string, ReportChange>();
  for (const entry of entries) {
    if (entry.kind !== tenantChangeKind) continue;
    const id = textOf(entry, "change");
    const open = sent.get(id);
    switch (textOf(entry, "phase")) {
      case "sending":
        sent.set(id, open ?? changeOf(entry, "unanswered"));
        break;
      case "done":
        sent.delete(id);
        changes.push(changeOf(entry, "done"));
        break;
      case "found":
        if (open !== undefined) changes.push({ ...changeOf(entry, "found"), inverse: open.inverse });
        sent.delete(id);
        break;
      case "refused":
        sent.delete(id);
        break;
      default:
        break;
    }
  }
  return [...changes, ...sent.values()].toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

function changeOf(entry: ActivityEntry, outcome: ReportChange["outcome"]): ReportChange {
  return {
    at: entry.at,
    change: textOf(entry, "change"),
    changeKind: textOf(entry, "changeKind"),
    step: entry.step,
    outcome,
    account: textOf(entry, "account"),
    requestId: textOf(entry, "requestId"),
    clientRequestId: textOf(entry, "clientRequestId"),
    inverse: readInverse(entry.details["inverse"]),
  };
}

/** A detail of an entry as text; empty when it has none of that name. */
export function textOf(entry: ActivityEntry, name: string): string {
  const value = entry.details[name];
  return value === undefined ? "" : String(value);
}
