import { describe, expect, it } from "vitest";
import type { SetupSummary } from "../../../preload/model/setup.ts";
import type { Selection } from "../../../renderer/setups/select-setups.ts";
import { selectSetups } from "../../../renderer/setups/select-setups.ts";

function setup(name: string, change: Partial<SetupSummary> = {}): SetupSummary {
  return {
    id: `id-${name}`,
    name,
    tenantName: "",
    tenantDomain: "",
    cloud: "global",
    practice: false,
    createdAt: "2026-11-01T08:00:00.000Z",
    updatedAt: "2026-11-01T08:00:00.000Z",
    archivedAt: null,
    done: 0,
    total: 15,
    next: "azure-active-directory",
    nextState: "not-started",
    attention: 0,
    waiting: 0,
    certificateDaysLeft: null,
    rolledOut: false,
    rotating: false,
    problem: null,
    ...change,
  };
}

function names(list: SetupSummary[], selection: Partial<Selection> = {}): string[] {
  const all = { search: "", show: "active", order: "name", ...selection } as const;
  return selectSetups(list, all, "en").map((one) => one.name);
}

describe("the list of setups", () => {
  it("finds a setup by every word of the search, in name or domain, whatever the accents", () => {
    const list = [setup("Zürich Bank", { tenantDomain: "bank.onmicrosoft.com" }), setup("Bank of Bern")];
    expect(names(list, { search: "zurich BANK.on" })).toEqual(["Zürich Bank"]);
    expect(names(list, { search: "  " })).toHaveLength(2);
    expect(names(list, { search: "geneva" })).toEqual([]);
  });

  it("hides archived setups until they are asked for", () => {
    const list = [setup("Old", { archivedAt: "2026-11-02T08:00:00.000Z" }), setup("New")];
    expect(names(list)).toEqual(["New"]);
    expect(names(list, { show: "archived" })).toEqual(["Old"]);
  });

  it.each([
    ["attention", { attention: 1 }],
    ["waiting", { waiting: 2 }],
    ["expiring", { certificateDaysLeft: 60 }],
    ["rolled-out", { rolledOut: true }],
  ] as const)("can show only %s", (show, change) => {
    expect(names([setup("Match", change), setup("Other")], { show })).toEqual(["Match"]);
  });

  it("orders by change, by name with numbers as numbers, and by expiry with none last", () => {
    const list = [
      setup("Site 10", { updatedAt: "2026-11-03T08:00:00.000Z", certificateDaysLeft: 5 }),
      setup("Site 9", { updatedAt: "2026-11-04T08:00:00.000Z" }),
      setup("Site 8", { updatedAt: "2026-11-02T08:00:00.000Z", certificateDaysLeft: -2 }),
    ];
    expect(names(list, { order: "changed" })).toEqual(["Site 9", "Site 10", "Site 8"]);
    expect(names(list, { order: "name" })).toEqual(["Site 8", "Site 9", "Site 10"]);
    expect(names(list, { order: "expiry" })).toEqual(["Site 8", "Site 10", "Site 9"]);
  });

  it("puts what cannot be read first, where it is seen", () => {
    const broken = setup("", { problem: { code: "setup-unreadable", file: "setups/x/setup.json" } });
    expect(selectSetups([setup("A"), broken], { search: "", show: "active", order: "name" }, "en")[0]).toBe(
      broken,
    );
  });
});
