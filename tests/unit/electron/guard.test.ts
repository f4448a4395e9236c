import { describe, expect, it } from "vitest";
import { guard } from "../../electron/stand-in/guard.ts";
import { createElectron } from "../../electron/stand-in/electron.ts";
import { parseCommandLine } from "../../electron/stand-in/switches.ts";
import { root } from "../../support/project.ts";

const { electron } = createElectron(root, "/nowhere/chromium", parseCommandLine([]), true);
const unknown = electron as unknown as Record<string, Record<string, unknown>>;

describe("a call that the stand-in does not know", () => {
  it("throws with its name", () => {
    expect(() => unknown["clipboard"]?.["readHTML"]).toThrow("does not know clipboard.readHTML");
    expect(() => unknown["app"]?.["setLoginItemSettings"]).toThrow("does not know app.setLoginItemSettings");
    expect(() => unknown["safeStorage"]).toThrow("does not know electron.safeStorage");
  });

  it("throws for an event that never comes", () => {
    expect(() => electron.app.on("gpu-process-crashed", () => undefined)).toThrow(
      /event "gpu-process-crashed" of app/,
    );
    expect(() => electron.nativeTheme.on("changed", () => undefined)).toThrow(/of nativeTheme/);
  });

  it("throws for an option of a window or a menu item", () => {
    expect(() => new electron.BrowserWindow({ kiosk: true } as never)).toThrow(
      /BrowserWindow's option kiosk/,
    );
    expect(() => electron.Menu.buildFromTemplate([{ role: "shareMenu" }])).toThrow(/menu role shareMenu/);
  });

  it("throws when something unknown is set", () => {
    const guarded: Record<string, unknown> = guard("thing", { known: 1 });
    guarded["known"] = 2;
    expect(guarded["known"]).toBe(2);
    expect(() => {
      guarded["other"] = 1;
    }).toThrow("does not know thing.other");
  });
});

describe("what the app learns of itself", () => {
  it("is the name and version of its package.json, not packaged", () => {
    expect(electron.app.getName()).toBe("Exchange Rollout");
    expect(electron.app.getVersion()).toMatch(/^\d+\.\d+\.\d+$/);
    expect(electron.app.isPackaged).toBe(false);
  });

  it("is the user data folder of the command line", () => {
    const given = createElectron(root, "", parseCommandLine(["--user-data-dir=/data/here"]), true).electron;
    expect(given.app.getPath("userData")).toBe("/data/here");
    expect(given.app.commandLine.getSwitchValue("user-data-dir")).toBe("/data/here");
  });
});
