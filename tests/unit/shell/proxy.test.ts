import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ProxyConfig } from "electron";
import { createSessionProxy, proxyConfigOf } from "../../../main/shell/proxy.ts";
import { contract } from "../../../preload/contract.ts";
import { proxyProblem } from "../../../preload/model/proxy.ts";
import type { ProxySettings, ProxyText } from "../../../preload/model/proxy.ts";
import { bypass } from "../../electron/stand-in/bypass-rules.ts";

const none: ProxySettings = { proxyMode: "system", proxyAddress: "", proxyExceptions: "", proxyPac: "" };
const address = (proxyAddress: string, proxyExceptions = ""): ProxySettings => ({
  ...none,
  proxyMode: "address",
  proxyAddress,
  proxyExceptions,
});

describe("the address of a proxy", () => {
  test.each([
    ["proxy.contoso.com:8080", "http://proxy.contoso.com:8080"],
    [" http://proxy.contoso.com:80/ ", "http://proxy.contoso.com:80"],
    ["HTTPS://Proxy.Contoso.com:443", "https://proxy.contoso.com:443"],
    ["socks5://127.0.0.1:1080", "socks5://127.0.0.1:1080"],
    ["[2001:DB8::1]:3128", "http://[2001:db8::1]:3128"],
    ["müller.example:8080", "http://xn--mller-kva.example:8080"],
  ])("%j is used as %s", (typed, proxyRules) => {
    expect(proxyConfigOf(address(typed))).toEqual({
      mode: "fixed_servers",
      proxyRules,
      proxyBypassRules: "",
    });
  });

  test.each([
    ["proxyAddress", "anna:secret@proxy.contoso.com:8080", "credentials", ""],
    ["proxyAddress", "http://anna@proxy.contoso.com:8080", "credentials", ""],
    ["proxyAddress", "proxy.contoso.com", "port-missing", "proxy.contoso.com"],
    ["proxyAddress", "proxy.contoso.com:", "port-missing", "proxy.contoso.com:"],
    ["proxyAddress", "proxy.contoso.com:0", "port-invalid", "0"],
    ["proxyAddress", "proxy.contoso.com:65536", "port-invalid", "65536"],
    ["proxyAddress", "proxy.contoso.com:8080/path", "port-invalid", "8080/path"],
    ["proxyAddress", "2001:db8::1", "port-invalid", "db8::1"],
    ["proxyAddress", "socks4://proxy:1080", "kind-unknown", "socks4"],
    ["proxyAddress", "http=proxy:80;https=other:80", "host-invalid", "http=proxy:80;https=other:80"],
    ["proxyAddress", "my proxy:80", "host-invalid", "my proxy:80"],
    ["proxyAddress", "http://", "host-invalid", ""],
    ["proxyExceptions", "contoso.com, what ever?", "exception-invalid", "ever?"],
    ["proxyExceptions", "10.0.0.0/33", "exception-invalid", "10.0.0.0/33"],
    ["proxyExceptions", "<-loopback>", "exception-invalid", "<-loopback>"],
    ["proxyExceptions", "contoso.com:99999", "exception-invalid", "contoso.com:99999"],
    ["proxyPac", "proxy.pac", "pac-invalid", ""],
    ["proxyPac", "file:///etc/proxy.pac", "pac-invalid", ""],
    ["proxyPac", "https://anna:secret@contoso.com/proxy.pac", "credentials", ""],
  ] as const)("%s %j is refused: %s", (name, typed, problem, word) => {
    expect(proxyProblem(name, typed)).toEqual({ problem, word });
    expect(contract.app.saveSettings.input.safeParse({ [name]: typed }).success).toBe(false);
  });

  test("nothing at all is no problem, while it is not given the system decides", () => {
    for (const name of ["proxyAddress", "proxyExceptions", "proxyPac"] as const) {
      expect(proxyProblem(name, " ")).toBeNull();
    }
    expect(proxyConfigOf(address(" "))).toEqual({ mode: "system" });
    expect(proxyConfigOf({ ...none, proxyMode: "pac" })).toEqual({ mode: "system" });
  });
});

test("direct and a PAC file are told to Electron as such, whatever else was typed", () => {
  const typed = { ...address("proxy:80", "a.example"), proxyPac: "http://contoso.com/proxy.pac" };
  expect(proxyConfigOf({ ...typed, proxyMode: "direct" })).toEqual({ mode: "direct" });
  expect(proxyConfigOf({ ...typed, proxyMode: "pac" })).toEqual({
    mode: "pac_script",
    pacScript: "http://contoso.com/proxy.pac",
  });
  expect(proxyConfigOf({ ...typed, proxyMode: "system" })).toEqual({ mode: "system" });
});

test("exceptions are divided by commas, semicolons or blanks, and mean what Chromium makes of them", () => {
  const typed = "contoso.com,*.contoso.com; 10.0.0.0/8 <local>  [2001:db8::]/32 .fabrikam.com:8443";
  const { proxyBypassRules = "" } = proxyConfigOf(address("proxy:80", typed));
  expect(proxyBypassRules).toBe(
    "contoso.com;*.contoso.com;10.0.0.0/8;<local>;[2001:db8::]/32;.fabrikam.com:8443",
  );
  const isDirect = bypass(proxyBypassRules);
  const directly = ["https://contoso.com", "https://a.contoso.com", "http://10.9.8.7", "http://intranet"];
  for (const url of directly) expect(isDirect(new URL(url))).toBe(true);
  expect(isDirect(new URL("https://login.microsoftonline.com"))).toBe(false);
});

describe("whatever is typed", () => {
  const texts = fc.oneof(
    fc.string(),
    fc.string({ unit: fc.constantFrom(...Array.from("ab1.:/@[]*;,=< >-_%é")) }),
    fc.webUrl({ withQueryParameters: true }),
    fc.tuple(fc.domain(), fc.integer({ min: 0, max: 70_000 })).map(([host, port]) => `${host}:${port}`),
  );

  test("what is accepted makes one proxy that Chromium understands, and nothing else", () => {
    fc.assert(
      fc.property(texts, texts, (typed, exceptions) => {
        fc.pre(proxyProblem("proxyAddress", typed) === null && typed.trim() !== "");
        const { mode, proxyRules = "", proxyBypassRules = "" } = proxyConfigOf(address(typed, exceptions));
        expect(mode).toBe("fixed_servers");
        expect(proxyRules).toMatch(/^(https?|socks5):\/\/(\[[0-9a-f:.]+\]|[^/:;,=@\s]+):[1-9]\d{0,4}$/);
        if (proxyProblem("proxyExceptions", exceptions) === null) bypass(proxyBypassRules);
        else expect(proxyBypassRules).toBe("");
      }),
    );
  });

  test("a name and password never get into the settings", () => {
    const urls = fc.webUrl({ authoritySettings: { withUserInfo: true } });
    fc.assert(
      fc.property(fc.constantFrom<ProxyText>("proxyAddress", "proxyPac"), urls, (name, url) => {
        fc.pre(url.includes("@"));
        const accepted = contract.app.saveSettings.input.safeParse({ [name]: url }).success;
        const { username, password } = new URL(url);
        expect(accepted && (username !== "" || password !== "")).toBe(false);
      }),
    );
  });
});

describe("the app's network", () => {
  function session(fails = false) {
    const calls: (ProxyConfig | "closed")[] = [];
    return {
      calls,
      setProxy: async (config: ProxyConfig) => {
        if (fails) throw new Error("no");
        calls.push(config);
      },
      closeAllConnections: async () => void calls.push("closed"),
    };
  }

  test("is put onto another proxy once, and kept connections are closed", async () => {
    const main = session();
    const proxy = createSessionProxy(main);
    await proxy.use(none);
    await Promise.all([
      proxy.use(address("a:80")),
      proxy.use({ ...address("a:80"), proxyPac: "http://other/" }),
      proxy.use({ ...none, proxyMode: "direct" }),
    ]);
    expect(main.calls).toEqual([
      { mode: "fixed_servers", proxyRules: "http://a:80", proxyBypassRules: "" },
      "closed",
      { mode: "direct" },
      "closed",
    ]);
    expect(proxy.mode()).toBe("direct");
  });

  test("lends its proxy to further sessions, without touching their connections", async () => {
    const proxy = createSessionProxy(session());
    await proxy.use({ ...none, proxyMode: "pac", proxyPac: "http://contoso.com/proxy.pac" });
    const other = session();
    await proxy.join(other);
    expect(other.calls).toEqual([{ mode: "pac_script", pacScript: "http://contoso.com/proxy.pac" }]);
  });

  test("stays as it is when Electron refuses, and can be tried again", async () => {
    const proxy = createSessionProxy(session(true));
    for (const _ of [1, 2]) await expect(proxy.use(address("a:80"))).rejects.toThrow("no");
    expect(proxy.mode()).toBe("system");
  });
});
