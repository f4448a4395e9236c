import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  atStart,
  back,
  isStale,
  isTicked,
  move,
  nextOpen,
  tick,
  tickedCount,
  untick,
} from "../../../renderer/transfer/progress.ts";
import type { Progress } from "../../../renderer/transfer/progress.ts";
import type { Row, RowId } from "../../../renderer/transfer/rows.ts";

const ids: RowId[] = ["TargetSystemInstance", "Description", "save-target-system-instance", "ShellDisplay"];
const rows = ids.map((id): Row => ({
  id,
  name: id,
  kind: "text",
  attribute: null,
  stamp: `value of ${id}`,
  target: null,
}));
const changed = (id: RowId) => rows.map((row) => (row.id === id ? { ...row, stamp: "another" } : row));
const all = (progress: Progress) => rows.reduce((so) => tick(so, rows), progress);

describe("handing over", () => {
  test("ticks the row in turn and goes on to the next one", () => {
    const one = tick(atStart, rows);
    expect(one.current).toBe("Description");
    expect(rows.filter((row) => isTicked(one, row)).map(({ id }) => id)).toEqual(["TargetSystemInstance"]);
  });

  test("comes back to a row that was passed over, and ends on the last when all are done", () => {
    const passed = tick(move(atStart, rows, 3), rows);
    expect(passed.current).toBe("TargetSystemInstance");
    const done = all(passed);
    expect(tickedCount(done, rows)).toBe(rows.length);
    expect(nextOpen(done, rows)).toBeNull();
  });

  test("goes back to the row before and unticks it", () => {
    const returned = back(tick(tick(atStart, rows), rows), rows);
    expect(returned.current).toBe("Description");
    expect(tickedCount(returned, rows)).toBe(1);
  });

  test("a tick counts only for the value that was handed over", () => {
    const done = all(atStart);
    const now = changed("Description");
    expect(tickedCount(done, now)).toBe(rows.length - 1);
    expect(now.filter((row) => isStale(done, row)).map(({ id }) => id)).toEqual(["Description"]);
    expect(nextOpen(done, now)?.id).toBe("Description");
  });

  test("whatever is pressed, one row is in turn and only ticked rows count", () => {
    const press = fc.oneof(
      fc.constant((so: Progress) => tick(so, rows)),
      fc.constant(untick),
      fc.constant((so: Progress) => back(so, rows)),
      fc.constantFrom(1, -1, Infinity, -Infinity).map((by) => (so: Progress) => move(so, rows, by)),
    );
    fc.assert(
      fc.property(fc.array(press, { maxLength: 40 }), (presses) => {
        const end = presses.reduce((so, one) => one(so), atStart);
        expect(ids).toContain(end.current);
        expect(tickedCount(end, rows)).toBe(Object.keys(end.ticks).length);
        const next = nextOpen(end, rows);
        if (next === null) expect(tickedCount(end, rows)).toBe(rows.length);
        else expect(isTicked(end, next)).toBe(false);
        // From anywhere, pressing Enter often enough hands everything over.
        expect(tickedCount(all(end), rows)).toBe(rows.length);
      }),
    );
  });
});
