import { describe, expect, it } from "vitest";
import { devServerUrl, isOurPage, isTrustedSender, pageUrl } from "../../../main/shell/page.ts";

const dev = "http://localhost:5173/";

describe("the development server's address", () => {
  it("counts only in a build that is not packaged", () => {
    expect(devServerUrl(dev, false)).toBe(dev);
    expect(devServerUrl(dev, true)).toBeNull();
    expect(devServerUrl(undefined, false)).toBeNull();
  });
  it.each([
    "http://example.com/",
    "https://localhost/",
    "http://localhost.example.com/",
    "file:///tmp/x",
    "nonsense",
    "",
  ])("refuses %s, which is not a plain server on this machine", (url) =>
    expect(devServerUrl(url, false)).toBeNull(),
  );
});

describe("our own page", () => {
  it.each([
    "app://main/",
    "app://main/index.html",
    "app://main/index.html#/setup/1",
    "app://main/assets/index.js?x=1",
  ])("is %s", (url) => expect(isOurPage(url, null)).toBe(true));
  it.each([
    "app://main.example.com/index.html",
    "app://mainly/",
    "app://other/index.html",
    "app://main:8080/",
    "app://main@example.com/",
    "app://user@main/",
    "app:main/index.html",
    "application://main/",
    "https://main/index.html",
    "file:///app/main/index.html",
    "data:text/html,app://main/",
    "javascript:void 0",
    "about:blank",
    "blob:app://main/1",
    "",
    "app://",
    "not a url",
    dev,
  ])("is not %s", (url) => expect(isOurPage(url, null)).toBe(false));

  it("may come from the development server when there is one, and only from its port", () => {
    expect(isOurPage("http://localhost:5173/index.html", dev)).toBe(true);
    expect(isOurPage("http://localhost:5174/", dev)).toBe(false);
    expect(isOurPage("http://localhost:51730/", dev)).toBe(false);
    expect(isOurPage("https://localhost:5173/", dev)).toBe(false);
    expect(isOurPage("http://x@localhost:5173/", dev)).toBe(false);
  });
});

describe("the sender of a call", () => {
  const good = { url: "app://main/index.html", isMainFrame: true, webContentsId: 7 };
  const strip = { url: "app://main/transfer.html", isMainFrame: true, webContentsId: 9 };
  const windows = [
    { page: "main" as const, webContentsId: 7 },
    { page: "transfer" as const, webContentsId: 9 },
  ];
  const expected = { windows, devUrl: null };

  it("is trusted when it is the main frame of one of our windows on its own page", () => {
    expect(isTrustedSender(good, expected)).toBe(true);
    expect(isTrustedSender({ ...good, url: "app://main/" }, expected)).toBe(true);
    expect(isTrustedSender(strip, expected)).toBe(true);
    expect(isTrustedSender({ ...strip, url: "app://main/transfer.html#x" }, expected)).toBe(true);
  });
  it.each([
    ["a sub-frame of our page", { ...good, isMainFrame: false }],
    ["another host", { ...good, url: "app://evil/index.html" }],
    ["a look-alike prefix", { ...good, url: "app://main.evil/index.html" }],
    ["a file", { ...good, url: "file:///index.html" }],
    ["a web page", { ...good, url: "https://example.com/" }],
    ["a frame that is gone", { ...good, url: null }],
    ["an address that cannot be parsed", { ...good, url: "app//main" }],
    ["another window", { ...good, webContentsId: 8 }],
    ["the strip's page in the main window", { ...good, url: strip.url }],
    ["the main page in the strip's window", { ...strip, url: good.url }],
    ["another file of ours", { ...good, url: "app://main/assets/icon.svg" }],
    ["the address without a file in the strip's window", { ...strip, url: "app://main/" }],
    ["a sub-frame in the strip", { ...strip, isMainFrame: false }],
    ["the development server in a packaged app", { ...good, url: dev }],
  ])("is refused when it is %s", (_name, sender) => {
    expect(isTrustedSender(sender, expected)).toBe(false);
  });
  it("is refused while its window is not open", () => {
    expect(isTrustedSender(good, { ...expected, windows: [] })).toBe(false);
    expect(isTrustedSender(strip, { ...expected, windows: windows.slice(0, 1) })).toBe(false);
  });
  it("may be the development server when there is one", () => {
    const withServer = { ...expected, devUrl: dev };
    expect(isTrustedSender({ ...good, url: dev }, withServer)).toBe(true);
    expect(isTrustedSender({ ...strip, url: pageUrl("transfer", dev) }, withServer)).toBe(true);
    expect(isTrustedSender({ ...strip, url: pageUrl("main", dev) }, withServer)).toBe(false);
  });
});
