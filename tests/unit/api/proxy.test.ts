import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openTestApp } from "./app.ts";

test("a proxy in the settings is used at once, also by an examination asked for right behind it", async () => {
  const app = await openTestApp();
  const [, view] = await Promise.all([
    app.api.app.saveSettings({ proxyMode: "address", proxyAddress: "proxy.contoso.com:8080" }),
    app.api.doctor.run({ cloud: "global" }).then((found) => ({ found, known: [...app.proxies] })),
  ]);
  const set = { mode: "fixed_servers", proxyRules: "http://proxy.contoso.com:8080", proxyBypassRules: "" };
  expect(view.known).toEqual([set]);
  await app.api.app.saveSettings({ proxyMode: "direct" });
  expect(app.proxies.at(-1)).toEqual({ mode: "direct" });
  await app.quit();
});

test("the diagnostics file tells the kind of the proxy, and nothing of it", async () => {
  const app = await openTestApp();
  await app.api.app.saveSettings({
    proxyMode: "address",
    proxyAddress: "proxy.contoso.com:8080",
    proxyExceptions: "*.fabrikam.com",
  });
  const path = join(app.saved, "diagnostics.txt");
  app.answers.push(path);
  await app.api.app.saveDiagnostics();
  const text = await readFile(path, "utf8");
  expect(text).toContain('"proxyMode": "address"');
  expect(text).toContain('"proxyAddress": "(set)"');
  expect(text).toContain('"proxyPac": ""');
  expect(text).not.toMatch(/contoso|fabrikam|Ada/);
  await app.quit();
});
