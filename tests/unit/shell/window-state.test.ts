import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  fitBounds,
  mainPlacement,
  readWindowState,
  stripPlacement,
  writeWindowState,
} from "../../../main/shell/window-state.ts";

const laptop = { x: 0, y: 25, width: 1440, height: 850 };
const second = { x: 1440, y: 0, width: 1920, height: 1040 };

describe("the window's place", () => {
  it("is the default size in the middle when nothing was saved", () => {
    expect(fitBounds(null, [laptop])).toEqual({ x: 60, y: 25, width: 1320, height: 850 });
  });
  it("is kept when it is on a screen, also on the second one", () => {
    const saved = { x: 1500, y: 40, width: 1000, height: 700 };
    expect(fitBounds(saved, [laptop, second])).toEqual(saved);
  });
  it("returns to the first screen when its own was taken away", () => {
    const saved = { x: 1500, y: 40, width: 1000, height: 700 };
    expect(fitBounds(saved, [laptop])).toEqual({ x: 220, y: 100, width: 1000, height: 700 });
  });
  it("is narrow and at the right edge for the strip, which stays where it was put", () => {
    expect(fitBounds(null, [laptop], stripPlacement)).toEqual({ x: 1060, y: 130, width: 380, height: 640 });
    const saved = { x: 20, y: 40, width: 300, height: 400 };
    expect(fitBounds(saved, [laptop], stripPlacement)).toEqual(saved);
    const gone = { ...saved, x: 2000 };
    expect(fitBounds(gone, [laptop], stripPlacement)).toMatchObject({ x: 1140, width: 300 });
  });
  it("shrinks to a screen of 1024 × 700", () => {
    const small = { x: 0, y: 0, width: 1024, height: 700 };
    expect(fitBounds({ x: 0, y: 0, width: 1320, height: 860 }, [small])).toEqual(small);
  });
  it("can always be grasped at its title bar and never is larger than its screen", () => {
    const number = fc.integer({ min: -10_000, max: 10_000 });
    const saved = fc.record({ x: number, y: number, width: fc.nat(10_000), height: fc.nat(10_000) });
    const area = fc.record({
      x: number,
      y: number,
      width: fc.integer({ min: 640, max: 8_000 }),
      height: fc.integer({ min: 480, max: 5_000 }),
    });
    const kind = fc.constantFrom(mainPlacement, stripPlacement);
    fc.assert(
      fc.property(
        fc.option(saved),
        fc.array(area, { minLength: 1, maxLength: 4 }),
        kind,
        (window, areas, of) => {
          const placed = fitBounds(window, areas, of);
          const home = areas.find(
            (one) =>
              placed.y >= one.y &&
              placed.y + 32 <= one.y + one.height &&
              Math.min(placed.x + placed.width, one.x + one.width) - Math.max(placed.x, one.x) >= 160 &&
              placed.width <= one.width &&
              placed.height <= one.height,
          );
          expect(home).toBeDefined();
        },
      ),
      { numRuns: 1_000 },
    );
  });
});

describe("the window's file", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "window-"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it("gives back what was written", async () => {
    const path = join(folder, "window.json");
    const state = { bounds: { x: -5, y: 1, width: 900, height: 600 }, maximized: true };
    await writeWindowState(path, state);
    expect(await readWindowState(path)).toEqual(state);
  });
  it.each([
    "",
    "{",
    "null",
    "[]",
    '{"bounds":{"x":"1"}}',
    '{"bounds":{"x":1e99,"y":0,"width":1,"height":1},"maximized":false}',
  ])("is ignored when it holds %s", async (text) => {
    const path = join(folder, "bad.json");
    await writeFile(path, text);
    expect(await readWindowState(path)).toBeNull();
  });
  it("may be missing", async () => {
    expect(await readWindowState(join(folder, "none.json"))).toBeNull();
  });
});
