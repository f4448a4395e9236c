import { setImmediate } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { commands } from "../../../preload/contract.ts";
import { createTransferWindow, windowFor } from "../../../main/shell/transfer-window.ts";
import type { AppWindow } from "../../../main/shell/window.ts";

/** Windows that are opened only when the test lets them, and closed by the test's hand or the strip's. */
function desk() {
  const done: string[] = [];
  const closings: (() => void)[] = [];
  let gate = Promise.resolve();
  const written = Promise.withResolvers<void>();
  const strip = createTransferWindow({
    openWindow: async (onClosed) => {
      done.push("open");
      await gate;
      closings.push(onClosed);
      return fakeWindow(done, onClosed, written.promise);
    },
    tell: (setupId) => done.push(`tell ${setupId}`),
    dragIcon: "/icons/64.png",
  });
  return { strip, done, closings, written, hold: (until: Promise<void>) => void (gate = until) };
}

function fakeWindow(done: string[], onClosed: () => void, written: Promise<void>): AppWindow {
  const webContents = { id: 2, startDrag: (item: object) => done.push(JSON.stringify(item)) };
  return {
    webContents: webContents as unknown as AppWindow["webContents"],
    isFocused: () => true,
    focus: () => done.push("focus"),
    applyTextSize: () => undefined,
    send: () => undefined,
    close: () => {
      done.push("close");
      onClosed();
    },
    flush: () => written,
  };
}

describe("the strip's window", () => {
  test("opens once; another setup's strip is the same window, which is told and comes to the front", async () => {
    const { strip, done } = desk();
    expect(strip.setupId()).toBeNull();
    await strip.open("contoso");
    await strip.open("fabrikam");
    expect(done).toEqual(["open", "tell fabrikam", "focus"]);
    expect(strip.setupId()).toBe("fabrikam");
  });

  test("is asked for twice while it opens, and still is one", async () => {
    const { strip, done, hold } = desk();
    const { promise, resolve } = Promise.withResolvers<void>();
    hold(promise);
    const both = [strip.open("contoso"), strip.open("fabrikam")];
    resolve();
    await Promise.all(both);
    expect(done).toEqual(["open", "tell fabrikam", "focus"]);
  });

  test("shows no setup any more once it was closed, and opens anew", async () => {
    const { strip, done, closings } = desk();
    await strip.open("contoso");
    closings[0]?.();
    expect(strip.setupId()).toBeNull();
    expect(strip.window()).toBeNull();
    strip.drag("/tmp/contoso.pfx");
    await strip.open("contoso");
    expect(done).toEqual(["open", "open"]);
    strip.close();
    expect(done.at(-1)).toBe("close");
  });

  test("can be tried again when it could not be opened", async () => {
    const { strip, hold } = desk();
    hold(Promise.reject(new Error("no display")));
    await expect(strip.open("contoso")).rejects.toThrow("no display");
    expect(strip.setupId()).toBeNull();
    hold(Promise.resolve());
    await strip.open("contoso");
    expect(strip.window()).not.toBeNull();
  });

  test("is waited for until its place is on disk, open or closed", async () => {
    const { strip, done, written } = desk();
    await strip.open("contoso");
    const open = strip.flush().then(() => done.push("place of the open strip"));
    strip.close();
    const closed = strip.flush().then(() => done.push("place of the closed strip"));
    await setImmediate();
    done.push("written");
    written.resolve();
    await Promise.all([open, closed]);
    expect(done.slice(0, 3)).toEqual(["open", "close", "written"]);
    expect(done).toHaveLength(5);
  });

  test("drags the file with the app's own picture", async () => {
    const { strip, done } = desk();
    await strip.open("contoso");
    strip.drag("/tmp/contoso.pfx");
    expect(done.at(-1)).toBe('{"file":"/tmp/contoso.pfx","icon":"/icons/64.png"}');
  });
});

test("the menu's commands reach the main window, but for the two that the strip in front carries out", () => {
  const ofStrip = commands.filter((name) => windowFor(name, true) === "strip");
  expect(ofStrip).toEqual(["copy-value", "open-portal"]);
  expect(commands.filter((name) => windowFor(name, false) === "strip")).toEqual([]);
});
