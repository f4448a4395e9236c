import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Net } from "electron";
import { createNetFetch } from "../../../main/shell/net-fetch.ts";
import { createNet } from "../../electron/stand-in/services.ts";
import { Session } from "../../electron/stand-in/session.ts";
import { openLocalProxy } from "../../support/local-proxy.ts";

const fetch = createNetFetch(createNet(new Session()) as unknown as Net);
let base = "";
const server = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on("data", (part: Buffer) => parts.push(part));
  request.on("end", () => {
    if (request.url === "/redirect") {
      response.writeHead(302, { Location: "/elsewhere" }).end();
      return;
    }
    if (request.url === "/never") return;
    if (request.url === "/empty") {
      response.writeHead(403, { "x-ms-diagnostics": "why" }).end();
      return;
    }
    const body = {
      method: request.method,
      sent: Buffer.concat(parts).toString(),
      header: request.headers["x-own"],
    };
    response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(body));
  });
});
beforeAll(async () => {
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

describe("fetch over Electron's network stack, without following redirects", () => {
  test("gives a redirect as an answer, with its whole address", async () => {
    const response = await fetch(`${base}/redirect`, { redirect: "manual" });
    expect([response.status, response.headers.get("location")]).toEqual([302, `${base}/elsewhere`]);
  });

  test("sends method, headers and text, and gives the answer", async () => {
    const response = await fetch(`${base}/`, {
      method: "POST",
      headers: { "X-Own": "1" },
      body: "text",
      redirect: "manual",
    });
    expect(await response.json()).toEqual({ method: "POST", sent: "text", header: "1" });
  });

  test("gives an empty refusal with its headers", async () => {
    const response = await fetch(`${base}/empty`, { redirect: "manual" });
    expect([response.status, await response.text(), response.headers.get("x-ms-diagnostics")]).toEqual([
      403,
      "",
      "why",
    ]);
  });

  test("ends with its signal", async () => {
    const abort = new AbortController();
    const pending = fetch(`${base}/never`, { redirect: "manual", signal: abort.signal });
    abort.abort();
    await expect(pending).rejects.toThrow("aborted");
    await expect(fetch(base, { redirect: "manual", signal: abort.signal })).rejects.toThrow("aborted");
  });

  test("fails when nobody listens", async () => {
    await expect(fetch("http://127.0.0.1:1/", { redirect: "manual" })).rejects.toThrow();
  });

  test("gives a proxy's wish for a sign-in as an answer", async () => {
    const proxy = await openLocalProxy(407);
    const session = new Session();
    await session.setProxy({ mode: "fixed_servers", proxyRules: proxy.address });
    const proxied = createNetFetch(createNet(session) as unknown as Net);
    const response = await proxied("https://graph.microsoft.com/v1.0/", { redirect: "manual" });
    expect([response.status, await response.text()]).toEqual([407, ""]);
    expect(proxy.asked).toEqual(["CONNECT graph.microsoft.com:443"]);
    await proxy.close();
  });

  test("sends nothing but text", async () => {
    const body = new Uint8Array(1);
    await expect(fetch(base, { method: "POST", body, redirect: "manual" })).rejects.toThrow("Only text");
  });

  test("leaves everything else to Electron", async () => {
    expect((await fetch(`${base}/`)).status).toBe(200);
  });
});
