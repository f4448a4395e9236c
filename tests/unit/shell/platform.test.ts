import { describe, expect, it } from "vitest";
import { openExternal } from "../../../main/shell/external.ts";
import { filtersFor } from "../../../main/shell/file-choices.ts";
import { cssColor, platformInfo, workerEnvironment } from "../../../main/shell/platform.ts";
import { defaultSettings } from "../../../main/shell/settings.ts";
import { changedTextSize } from "../../../main/shell/text-size.ts";
import { createWords, languageFor, localeFor } from "../../../main/shell/words.ts";

describe("the language", () => {
  it("is the chosen one, else the system's when we have it, else English", () => {
    expect(languageFor({ language: "en" }, "de-DE")).toBe("en");
    expect(languageFor({ language: "system" }, "de-CH")).toBe("de");
    expect(languageFor({ language: "system" }, "DE_de.UTF-8")).toBe("de");
    expect(languageFor({ language: "system" }, "den-CA")).toBe("en");
    expect(languageFor({ language: "system" }, "")).toBe("en");
  });
  it("keeps the system's habits for dates only in the same language", () => {
    expect(localeFor("de", "de-CH")).toBe("de-CH");
    expect(localeFor("en", "de-CH")).toBe("en");
    expect(localeFor("de", "de_DE.UTF-8")).toBe("de");
  });
  it("speaks both, with placeholders filled and nothing escaped", () => {
    expect(createWords("de", "de-CH").t("menu.themes.dark")).toBe("Dunkel");
    expect(createWords("en", "en-GB").t("report.title", { name: "A & B <x>" })).toContain("A & B <x>");
    expect(createWords("de", "de-CH").formatDateTime("2026-11-24T10:00:00Z")).toContain("24.11.2026");
  });
});

describe("what the platform says", () => {
  const facts = {
    nodePlatform: "win32",
    electronVersion: "45.4.1",
    systemLocale: "de-AT",
    accentColor: "0078D4FF",
  } as const;
  it("becomes the app's own words", () => {
    expect(platformInfo(facts, defaultSettings)).toEqual({
      platform: "windows",
      host: "electron",
      language: "de",
      locale: "de-AT",
      accentColor: "#0078d4",
    });
    expect(
      platformInfo({ ...facts, nodePlatform: "freebsd", electronVersion: undefined }, defaultSettings),
    ).toMatchObject({
      platform: "linux",
      host: "stand-in",
    });
  });
  it.each([null, "", "blue", "0078d", "0078d4ff;x", "url(x)"])("gives no colour for %j", (color) => {
    expect(cssColor(color)).toBeNull();
  });
});

describe("the certificate process", () => {
  it("gets nothing of the environment but what the system's libraries need", () => {
    const env = {
      SystemRoot: "C:\\Windows",
      PATH: "x",
      AZURE_CLIENT_SECRET: "s",
      NODE_OPTIONS: "--inspect",
      TMPDIR: "/tmp",
    };
    expect(workerEnvironment(env)).toEqual({ SystemRoot: "C:\\Windows", TMPDIR: "/tmp" });
  });
});

describe("an address for the browser", () => {
  it("is opened when it is https", async () => {
    const opened: string[] = [];
    await openExternal("https://entra.microsoft.com/#view/x", async (url) => void opened.push(url));
    expect(opened).toEqual(["https://entra.microsoft.com/#view/x"]);
  });
  it.each([
    "http://entra.microsoft.com/",
    "file:///etc/passwd",
    "ms-msdt:x",
    "javascript:1",
    "https://a:b@x.com/",
    "x",
    "",
  ])("is refused when it is %j", async (url) => {
    const opened: string[] = [];
    await expect(openExternal(url, async (one) => void opened.push(one))).rejects.toMatchObject({
      code: "link-not-allowed",
    });
    expect(opened).toEqual([]);
  });
});

describe("the text size", () => {
  it("goes by notches and stays at either end", () => {
    expect(changedTextSize(100, "in")).toBe(115);
    expect(changedTextSize(100, "out")).toBe(90);
    expect(changedTextSize(90, "out")).toBe(90);
    expect(changedTextSize(200, "in")).toBe(200);
    expect(changedTextSize(175, "reset")).toBe(100);
  });
});

describe("the filters of a file dialog", () => {
  const t = (key: string) => key;
  it("name the kind of file, and opening also offers all files", () => {
    expect(filtersFor(["pfx"], "save", t)).toEqual([{ name: "dialogs.types.pfx", extensions: ["pfx"] }]);
    expect(filtersFor(["pfx", "p12"], "open", t)).toEqual([
      { name: "dialogs.types.certificate", extensions: ["pfx", "p12"] },
      { name: "dialogs.types.all", extensions: ["*"] },
    ]);
    expect(filtersFor([], "open", t)).toEqual([]);
  });
});
