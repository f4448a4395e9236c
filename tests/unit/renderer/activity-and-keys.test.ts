import { describe, expect, it } from "vitest";
import type { AllActivityEntry } from "../../../preload/model/setup.ts";
import {
  everything,
  requestIdOf,
  resultOf,
  selectEntries,
} from "../../../renderer/activity/select-entries.ts";
import { keyNames } from "../../../renderer/settings/key-names.ts";

function entry(
  kind: string,
  step: AllActivityEntry["step"],
  at: string,
  more: Partial<AllActivityEntry> = {},
): AllActivityEntry {
  return {
    kind,
    step,
    at,
    details: {},
    hash: `${kind}${at}`,
    setupId: "1",
    setupName: "Contoso",
    practice: false,
    ...more,
  };
}

const entries = [
  entry("setup-created", null, "2026-11-24T08:00:00.000Z"),
  entry("value-changed", "application-ids", "2026-11-24T08:01:00.000Z"),
  entry("step-confirmed", "application-ids", "2026-11-24T08:02:00.000Z"),
];

describe("the activity log", () => {
  it("shows the newest entry first", () => {
    expect(selectEntries(entries, everything, () => "")[0]?.kind).toBe("step-confirmed");
  });

  it("can be narrowed by step, by kind and by the words the user sees", () => {
    const kinds = (filter: Partial<Parameters<typeof selectEntries>[1]>): string[] =>
      selectEntries(entries, { ...everything, ...filter }, (one) => `Sentence about ${one.kind}`).map(
        ({ kind }) => kind,
      );
    expect(kinds({ step: "application-ids" })).toEqual(["step-confirmed", "value-changed"]);
    expect(kinds({ kind: "setup-created" })).toEqual(["setup-created"]);
    expect(kinds({ search: "ABOUT value" })).toEqual(["value-changed"]);
    expect(kinds({ step: "application-ids", search: "created" })).toEqual([]);
  });
});

describe("an entry of the log", () => {
  const change = (phase: string) =>
    entry("tenant-change", "admin-consent", "2026-11-24T08:03:00.000Z", {
      details: { phase, requestId: "6a1d", clientRequestId: "c0de" },
      setupId: "2",
      setupName: "Fabrikam",
    });

  it("has the result of the change in the tenant that it tells of, or that its kind says", () => {
    expect(["done", "found", "refused"].map((phase) => resultOf(change(phase)))).toEqual([
      "done",
      "found",
      "failed",
    ]);
    const kinds = ["rollout-failed", "dry-run-waiting", "setup-created"];
    expect(kinds.map((kind) => resultOf(entry(kind, null, "")))).toEqual(["failed", "waiting", "done"]);
  });

  it("is found by its setup, its result and its request id, Microsoft's before the app's own", () => {
    const log = [...entries, change("refused")];
    const found = (filter: Partial<typeof everything>) =>
      selectEntries(log, { ...everything, ...filter }, () => "").map(({ kind }) => kind);
    expect(found({ setupId: "2" })).toEqual(["tenant-change"]);
    expect(found({ result: "failed" })).toEqual(["tenant-change"]);
    expect(found({ search: "6A1D" })).toEqual(["tenant-change"]);
    expect(requestIdOf(change("done"))).toBe("6a1d");
    expect(requestIdOf(entry("x", null, "", { details: { clientRequestId: "c0de" } }))).toBe("c0de");
  });
});

describe("names of keys", () => {
  it("are those printed on the keyboard", () => {
    expect(keyNames("Ctrl+Shift+C", "windows", "en")).toEqual(["Ctrl", "Shift", "C"]);
    expect(keyNames("Ctrl+PageDown", "linux", "de")).toEqual(["Strg", "Bild ab"]);
    expect(keyNames("Command+Alt+Down", "macos", "de")).toEqual(["⌘", "⌥", "↓"]);
  });
});
