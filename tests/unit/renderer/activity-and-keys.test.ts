import { describe, expect, it } from "vitest";
import type { ActivityEntry } from "../../../preload/model/setup.ts";
import { selectEntries } from "../../../renderer/activity/select-entries.ts";
import { keyNames } from "../../../renderer/settings/key-names.ts";

function entry(kind: string, step: ActivityEntry["step"], at: string): ActivityEntry {
  return { kind, step, at, details: {}, hash: `${kind}${at}` };
}

const entries = [
  entry("setup-created", null, "2026-11-24T08:00:00.000Z"),
  entry("value-changed", "application-ids", "2026-11-24T08:01:00.000Z"),
  entry("step-confirmed", "application-ids", "2026-11-24T08:02:00.000Z"),
];
const all = { step: "all", kind: "all", search: "" } as const;

describe("the activity log", () => {
  it("shows the newest entry first", () => {
    expect(selectEntries(entries, all, () => "")[0]?.kind).toBe("step-confirmed");
  });

  it("can be narrowed by step, by kind and by the words the user sees", () => {
    const kinds = (filter: Partial<Parameters<typeof selectEntries>[1]>): string[] =>
      selectEntries(entries, { ...all, ...filter }, (one) => `Sentence about ${one.kind}`).map(
        ({ kind }) => kind,
      );
    expect(kinds({ step: "application-ids" })).toEqual(["step-confirmed", "value-changed"]);
    expect(kinds({ kind: "setup-created" })).toEqual(["setup-created"]);
    expect(kinds({ search: "ABOUT value" })).toEqual(["value-changed"]);
    expect(kinds({ step: "application-ids", search: "created" })).toEqual([]);
  });
});

describe("names of keys", () => {
  it("are those printed on the keyboard", () => {
    expect(keyNames("Ctrl+Shift+C", "windows", "en")).toEqual(["Ctrl", "Shift", "C"]);
    expect(keyNames("Ctrl+PageDown", "linux", "de")).toEqual(["Strg", "Bild ab"]);
    expect(keyNames("Command+Alt+Down", "macos", "de")).toEqual(["⌘", "⌥", "↓"]);
  });
});
