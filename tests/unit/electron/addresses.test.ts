import { describe, expect, it } from "vitest";
import { systemLanguages } from "../../electron/stand-in/app.ts";
import { parseAccelerator } from "../../electron/stand-in/accelerators.ts";
import { findChromium, findHeadlessChromium } from "../../electron/stand-in/find-chromium.ts";
import { appScheme, isLoopback, toAppUrl, toPageUrl } from "../../electron/stand-in/urls.ts";
import { hasDisplay } from "../../electron/display.ts";

const schemes = new Set(["app"]);

describe("addresses of the app's own scheme", () => {
  it("become an origin that can't resolve, and back", () => {
    const page = toPageUrl("app://main/index.html?a=1#b", schemes);
    expect(page).toBe("https://main.app.stand-in.invalid/index.html?a=1#b");
    expect(toAppUrl(page)).toBe("app://main/index.html?a=1#b");
    expect(appScheme(page)).toBe("app");
  });

  it("leave every other address as it is", () => {
    for (const url of [
      "https://example.com/",
      "data:text/html,x",
      "https://a.app.stand-in.invalid.example.com/",
    ]) {
      expect(toPageUrl(url, schemes)).toBe(url);
      expect(toAppUrl(url)).toBe(url);
      expect(appScheme(url)).toBeUndefined();
    }
  });

  it("tell this machine from the world", () => {
    expect(["http://localhost:5173/", "ws://127.0.0.1/", "http://[::1]:80/"].every(isLoopback)).toBe(true);
    expect(["http://localhost.example.com/", "https://1.2.3.4/", "file:///etc/passwd"].some(isLoopback)).toBe(
      false,
    );
  });
});

describe("accelerators", () => {
  it("mean Ctrl on Windows and Linux, Command on a Mac", () => {
    expect(parseAccelerator("CmdOrCtrl+Shift+N", "linux")).toMatchObject({
      key: "n",
      control: true,
      shift: true,
      meta: false,
    });
    expect(parseAccelerator("CommandOrControl+,", "darwin")).toMatchObject({
      key: ",",
      meta: true,
      control: false,
    });
  });

  it("know the plus key and function keys", () => {
    expect(parseAccelerator("CmdOrCtrl+Plus", "linux").key).toBe("+");
    expect(parseAccelerator("F1", "linux")).toMatchObject({ key: "f1", control: false });
  });

  it("refuse what they can't read", () => {
    expect(() => parseAccelerator("CmdOrCtrl+Nonsense", "linux")).toThrow(/accelerator/);
    expect(() => parseAccelerator("Hyper+A", "linux")).toThrow(/modifier/);
  });
});

describe("the machine", () => {
  it("has the user's languages in the order of glibc", () => {
    expect(systemLanguages({ LANGUAGE: "de_CH:en", LANG: "fr_FR.UTF-8" })).toEqual(["de-CH", "en", "fr-FR"]);
    expect(systemLanguages({ LC_ALL: "de_AT.UTF-8@euro", LANG: "fr_FR" })).toEqual(["de-AT"]);
    expect(systemLanguages({ LANG: "C.UTF-8" })).toHaveLength(1);
  });

  it("takes the browser that CHROME_PATH names", () => {
    expect(findChromium({ CHROME_PATH: "/opt/chrome" }, "linux")).toBe("/opt/chrome");
    expect(findHeadlessChromium({ CHROME_PATH: "/opt/chrome" }, "linux")).toBe("/opt/chrome");
    expect(findChromium({ PATH: "/nowhere" }, "win32")).toBeUndefined();
    expect(findHeadlessChromium({ PATH: "/nowhere" }, "win32")).toBeUndefined();
  });

  it("has a display only where a window could be seen", () => {
    expect(hasDisplay({}, "linux")).toBe(false);
    expect(hasDisplay({ DISPLAY: ":0" }, "linux")).toBe(true);
    expect(hasDisplay({}, "darwin")).toBe(true);
  });
});
