import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { unknownReasons } from "../../../preload/model/tenant.ts";
import type { Cell, TruthRowView } from "../../../preload/model/tenant.ts";
import { countStates, permissionState, unknownCells } from "../../../renderer/tenant/permission-state.ts";

function row(offered: Cell, requested: Cell, granted: Cell): TruthRowView {
  return { id: "exchange-manage", guid: null, guidDiffers: false, offered, requested, granted };
}

describe("the state of a permission", () => {
  it.each([
    [row("yes", "yes", "yes"), true, "granted"],
    [row("yes", "yes", "no"), true, "not-granted"],
    [row("yes", "no", "no"), true, "missing"],
    [row("yes", "no", "no"), false, "left-out"],
    [row("yes", "no", "yes"), true, "granted-only"],
    [row("no", "yes", "no"), true, "gone"],
    [row("yes", "yes", "no-right"), true, "unknown"],
    [row("offline", "no", "no"), true, "unknown"],
  ])("is told in one word", (cells, wanted, state) => {
    expect(permissionState(cells, wanted)).toBe(state);
  });

  it("never calls missing or granted what could not be read", () => {
    const cell = fc.constantFrom<Cell>("yes", "no", ...unknownReasons);
    fc.assert(
      fc.property(cell, cell, cell, fc.boolean(), (offered, requested, granted, wanted) => {
        const one = row(offered, requested, granted);
        const state = permissionState(one, wanted);
        const blind = unknownCells(one).map(({ column }) => column);
        if (state === "missing") expect(blind).toEqual([]);
        if (state === "granted") expect([requested, granted]).toEqual(["yes", "yes"]);
        const counts = Object.values(countStates([state]));
        expect(counts.toSorted((a, b) => a - b)).toEqual([0, 0, 0, 0, 1]);
      }),
    );
  });
});
