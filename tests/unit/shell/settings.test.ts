import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { defaultSettings, openSettings } from "../../../main/shell/settings.ts";

let folder: string;
let path: string;
const now = new Date("2026-11-24T10:11:12Z");
const errors: string[] = [];
const open = () => openSettings(path, now, (message) => errors.push(message));

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "settings-"));
  path = join(folder, "settings.json");
  errors.length = 0;
});
afterEach(() => rm(folder, { recursive: true }));

describe("the settings", () => {
  it("have defaults and write nothing until something is saved", async () => {
    const settings = await open();
    expect(settings.get()).toEqual(defaultSettings);
    expect(await readdir(folder)).toEqual([]);
  });

  it("are the same after a restart", async () => {
    await (await open()).save({ language: "de", textSize: 130, person: "Anna" });
    expect((await open()).get()).toEqual({
      ...defaultSettings,
      language: "de",
      textSize: 130,
      person: "Anna",
    });
  });

  it("keep every change when several are saved at once", async () => {
    const settings = await open();
    await Promise.all([
      settings.save({ theme: "dark" }),
      settings.save({ person: "Bo" }),
      settings.save({ textSize: 90 }),
    ]);
    expect((await open()).get()).toMatchObject({ theme: "dark", person: "Bo", textSize: 90 });
  });

  it.each(["", "{", "null", "[]", "7", "\u0000"])(
    "start anew when the file holds %j, which is kept",
    async (text) => {
      await writeFile(path, text);
      const settings = await open();
      expect(settings.get()).toEqual(defaultSettings);
      const aside = join(folder, "settings.json.unreadable-2026-11-24T10-11-12.000Z");
      expect(settings.keptAside).toBe(aside);
      expect(await readFile(aside, "utf8")).toBe(text);
      expect(settings.isLossy).toBe(true);
      expect(await open()).toMatchObject({ keptAside: null, isLossy: false });
    },
  );

  it("lose only what cannot be understood, and the whole file is kept", async () => {
    const text = JSON.stringify({ language: "de", theme: "pink", textSize: 1_000, fromTheFuture: true });
    await writeFile(path, text);
    const settings = await open();
    expect(settings.get()).toEqual({ ...defaultSettings, language: "de" });
    expect(await readFile(settings.keptAside ?? "", "utf8")).toBe(text);
    expect(errors).toEqual([]);
  });

  describe("that are there but cannot be read", () => {
    // A folder in the file's place is not read by anybody, not even by root.
    beforeEach(() => mkdir(join(path, "whole"), { recursive: true }));

    it("stay in their place until something is saved, and are kept aside before", async () => {
      const settings = await open();
      expect(settings).toMatchObject({ keptAside: null, isLossy: true });
      expect(settings.get()).toEqual(defaultSettings);
      expect(errors).toEqual(["settings not read"]);
      expect(await readdir(path)).toEqual(["whole"]);
      await settings.save({ theme: "dark" });
      expect(await readdir(settings.keptAside ?? "")).toEqual(["whole"]);
      await settings.save({ person: "Bo" });
      expect((await open()).get()).toMatchObject({ theme: "dark", person: "Bo" });
      expect(await readdir(folder)).toHaveLength(2);
    });

    it("are never replaced when they cannot be kept aside", async () => {
      const settings = await open();
      await writeFile(join(folder, "settings.json.unreadable-2026-11-24T10-11-12.000Z"), "");
      await expect(settings.save({ theme: "dark" })).rejects.toMatchObject({ code: "write-failed" });
      expect(settings.get().theme).toBe("system");
      expect(await readdir(path)).toEqual(["whole"]);
    });
  });

  it("stay in memory as they are when the disk refuses", async () => {
    const settings = await open();
    await rm(folder, { recursive: true });
    await expect(settings.save({ theme: "dark" })).rejects.toThrow();
    expect(settings.get().theme).toBe("system");
    folder = await mkdtemp(join(tmpdir(), "settings-"));
  });
});
