import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createSecretClipboard } from "../../../main/shell/secret-clipboard.ts";

/** A clipboard, a clock and a marker file that a test can look into. */
function desk(start: { clipboard?: string; marker?: string | null } = {}) {
  const state = { clipboard: start.clipboard ?? "", marker: start.marker ?? null, busy: 0 };
  const timers = new Map<number, { at: number; work: () => Promise<void> }>();
  const errors: string[] = [];
  let now = 0;
  let nextTimer = 0;
  const make = () =>
    createSecretClipboard({
      clipboard: {
        readText: () => {
          if (state.busy > 0) {
            state.busy -= 1;
            return Promise.reject(new Error("another program holds the clipboard"));
          }
          return Promise.resolve(state.clipboard);
        },
        writeText: (text) => {
          state.clipboard = text;
          return Promise.resolve();
        },
        clear: () => {
          state.clipboard = "";
        },
      },
      after: (milliseconds, work) => {
        const id = nextTimer;
        nextTimer += 1;
        timers.set(id, { at: now + milliseconds, work });
        return () => timers.delete(id);
      },
      marker: {
        read: () => Promise.resolve(state.marker),
        write: (text) => {
          state.marker = text;
          return Promise.resolve();
        },
        remove: () => {
          state.marker = null;
          return Promise.resolve();
        },
      },
      randomBytes,
      onError: (message) => errors.push(message),
    });
  /** Lets time pass and waits until what it set off is done. */
  async function pass(seconds: number) {
    now += seconds * 1000;
    for (const [id, timer] of timers) {
      if (timer.at > now) continue;
      timers.delete(id);
      await timer.work();
    }
  }
  return { state, errors, pass, make, pending: () => timers.size };
}

describe("a copied secret", () => {
  it("leaves the clipboard when its time is over, not before", async () => {
    const { state, make, pass } = desk();
    await make().copySecret("hunter2", 30);
    expect(state.clipboard).toBe("hunter2");
    await pass(29);
    expect(state.clipboard).toBe("hunter2");
    await pass(1);
    expect(state).toMatchObject({ clipboard: "", marker: null });
  });

  it("leaves alone what the user copied since", async () => {
    const { state, make, pass } = desk();
    await make().copySecret("hunter2", 30);
    state.clipboard = "a tenant ID";
    await pass(30);
    expect(state).toMatchObject({ clipboard: "a tenant ID", marker: null });
  });

  it("counts anew when it is copied again", async () => {
    const { state, make, pass, pending } = desk();
    const clipboard = make();
    await clipboard.copySecret("hunter2", 30);
    await pass(20);
    await clipboard.copySecret("hunter2", 30);
    expect(pending()).toBe(1);
    await pass(20);
    expect(state.clipboard).toBe("hunter2");
    await pass(10);
    expect(state.clipboard).toBe("");
  });

  it.each(["clearAtEnd", "clearNow"] as const)(
    "leaves at once when the app ends or the screen is locked: %s",
    async (clear) => {
      const { state, make, pending } = desk();
      const clipboard = make();
      await clipboard.copySecret("hunter2", 120);
      await clipboard[clear]();
      expect(state).toMatchObject({ clipboard: "", marker: null });
      expect(pending()).toBe(0);
    },
  );

  it("is taken away a little later when another program holds the clipboard", async () => {
    const { state, make, pass, errors } = desk();
    await make().copySecret("hunter2", 15);
    state.busy = 2;
    await pass(15);
    expect(state.clipboard).toBe("hunter2");
    expect(state.marker).not.toBeNull();
    await pass(2);
    await pass(2);
    expect(state).toMatchObject({ clipboard: "", marker: null });
    expect(errors).toEqual([]);
  });

  it("is taken away a little later when another program holds the clipboard while the screen is locked", async () => {
    const { state, make, pass, errors } = desk();
    const clipboard = make();
    await clipboard.copySecret("hunter2", 120);
    state.busy = 1;
    await clipboard.clearNow();
    expect(state.clipboard).toBe("hunter2");
    await pass(2);
    expect(state).toMatchObject({ clipboard: "", marker: null });
    expect(errors).toEqual([]);
  });

  it("is not waited for when the app ends, but left to the next start", async () => {
    const { state, make, pending, errors } = desk();
    const clipboard = make();
    await clipboard.copySecret("hunter2", 120);
    state.busy = 1;
    await clipboard.clearAtEnd();
    expect(state.marker).not.toBeNull();
    expect(pending()).toBe(0);
    expect(errors).toEqual(["clipboard not cleared"]);
  });

  it("is taken away at the next start when the app crashed", async () => {
    const before = desk();
    await before.make().copySecret("hunter2", 30);
    const after = desk({ clipboard: "hunter2", marker: before.state.marker });
    await after.make().clearAfterCrash();
    expect(after.state).toMatchObject({ clipboard: "", marker: null });
  });

  it("is not taken for something else after a crash", async () => {
    const before = desk();
    await before.make().copySecret("hunter2", 30);
    const after = desk({ clipboard: "hunter3", marker: before.state.marker });
    await after.make().clearAfterCrash();
    expect(after.state).toMatchObject({ clipboard: "hunter3", marker: null });
  });

  it.each([null, "", "{}", "nonsense", '{"salt":"AA==","hash":"AA=="}'])(
    "is not guessed from a marker of %s",
    async (marker) => {
      const { state, make, errors } = desk({ clipboard: "mine", marker });
      await make().clearAfterCrash();
      expect(state).toMatchObject({ clipboard: "mine", marker: null });
      expect(errors).toEqual([]);
    },
  );

  it("is not in the marker, and the marker differs each time", async () => {
    const { state, make } = desk();
    const clipboard = make();
    await clipboard.copySecret("correct horse battery", 30);
    const first = state.marker;
    await clipboard.copySecret("correct horse battery", 30);
    expect(first).not.toContain("correct");
    expect(first).not.toContain(Buffer.from("correct horse battery").toString("base64"));
    expect(state.marker).not.toBe(first);
  });
});

describe("an ordinary copied value", () => {
  it("stays", async () => {
    const { state, make, pass } = desk();
    const clipboard = make();
    await clipboard.copyText("a tenant ID");
    await pass(1_000);
    await clipboard.clearNow();
    expect(state).toMatchObject({ clipboard: "a tenant ID", marker: null });
  });
});
