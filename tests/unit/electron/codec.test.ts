import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { codec } from "../../electron/stand-in/codec.ts";

const through = (value: unknown) => codec.decode(codec.encode(value));

describe("values between Node and the page", () => {
  it("arrive as structured clone would give them", () => {
    const values = fc.anything({
      withDate: true,
      withMap: true,
      withSet: true,
      withBigInt: true,
      maxDepth: 4,
    });
    fc.assert(
      fc.property(values, (value) => {
        expect(through(value)).toEqual(structuredClone(value));
      }),
    );
  });

  it("keep bytes as bytes, and only those of the view", () => {
    const view = new Uint8Array([1, 2, 3, 4, 5]).subarray(1, 3);
    expect(through({ view })).toEqual({ view: new Uint8Array([2, 3]) });
    expect(through(Buffer.from([7, 8]))).toEqual(new Uint8Array([7, 8]));
  });

  it("keep undefined, not-a-number and minus zero", () => {
    expect(through([undefined, Number.NaN, -0, Infinity])).toStrictEqual([
      undefined,
      Number.NaN,
      -0,
      Infinity,
    ]);
  });

  it("keep a date that is none", () => {
    expect(through(new Date(Number.NaN))).toEqual(new Date(Number.NaN));
    expect(through(new Date(5))).toEqual(new Date(5));
  });

  it("can't be mistaken for the codec's own marks", () => {
    expect(through({ $clone: "bytes", value: "AA==" })).toEqual({ $clone: "bytes", value: "AA==" });
  });

  it("refuse functions, symbols and promises as structured clone does", () => {
    for (const value of [() => 1, Symbol("no"), Promise.resolve(1)]) {
      expect(() => codec.encode({ value })).toThrow(/could not be cloned/);
    }
  });
});
