import { describe, expect, test } from "vitest";
import { lagOf, sampleOf } from "../../../main/practice/switches.ts";

describe("switches of the command line for practice", () => {
  test.each([
    ["", "empty"],
    ["drifted", "drifted"],
    ["no-such-sample", "empty"],
  ])("--practice=%s begins with the sample %s", (value, sample) => {
    expect(sampleOf(value)).toBe(sample);
  });

  test.each([
    ["20", 20_000],
    ["0.4", 400],
    ["0", 0],
    ["600", 600_000],
  ])("--practice-lag=%s keeps new objects unseen for %i ms", (value, ms) => {
    expect(lagOf(value)).toEqual({ reads: 0, ms });
  });

  test.each(["", "601", "-1", "1e3", "0x10", "Infinity", "NaN", "1 s", "١"])(
    "--practice-lag=%s changes nothing",
    (value) => {
      expect(lagOf(value)).toBeUndefined();
    },
  );
});
