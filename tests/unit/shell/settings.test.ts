import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
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
      expect((await open()).keptAside).toBeNull();
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

  it("stay in memory as they are when the disk refuses", async () => {
    const settings = await open();
    await rm(folder, { recursive: true });
    await expect(settings.save({ theme: "dark" })).rejects.toThrow();
    expect(settings.get().theme).toBe("system");
    folder = await mkdtemp(join(tmpdir(), "settings-"));
  });
});
