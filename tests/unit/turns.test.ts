import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { createTurns } from "../../main/turns.ts";

describe("work in turn", () => {
  test("of one name runs in the order of the calls, of another name beside it, and a failure stops nobody", async () => {
    const turns = createTurns();
    const done: string[] = [];
    const work = (name: string, ms: number) => async () => {
      await wait(ms);
      done.push(name);
    };
    const failing = turns.inTurn("a", async () => {
      throw new Error("no");
    });
    void turns.inTurn("a", work("slow", 40));
    void turns.inTurn("a", work("after it", 0));
    void turns.inTurn("b", work("beside it", 0));
    await expect(failing).rejects.toThrow("no");
    await turns.settled();
    expect(done).toEqual(["beside it", "slow", "after it"]);
  });
});
