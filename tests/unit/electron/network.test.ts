import { once } from "node:events";
import { createServer } from "node:http";
import { createServer as createTcpServer } from "node:net";
import type { AddressInfo, Socket } from "node:net";
import { afterEach, describe, expect, test, vi } from "vitest";
import { bypass } from "../../electron/stand-in/bypass-rules.ts";
import { Network } from "../../electron/stand-in/network.ts";
import { openLocalProxy } from "../../support/local-proxy.ts";

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

async function proxyWith(status: number) {
  const proxy = await openLocalProxy(status);
  ends.push(() => proxy.close());
  return proxy;
}

/** A server of this computer that answers "direct", or never. */
async function serverWith(path: "answers" | "never") {
  const server = createServer((_request, response) => path === "answers" && response.end("direct"));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  ends.push(() => (server.closeAllConnections(), server.close()));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

describe("the stand-in's network", () => {
  test("goes through the proxy that is set: a tunnel for https, the proxy itself for http", async () => {
    const proxy = await proxyWith(200);
    const network = new Network();
    await network.setProxy({ mode: "fixed_servers", proxyRules: `http://${proxy.address}` });
    expect(await network.resolveProxy("http://example.com/")).toBe(`PROXY ${proxy.address}`);
    expect(await (await network.fetch("http://example.com/page")).text()).toBe("from the proxy");
    // The tunnel that the proxy grants leads nowhere.
    await expect(network.fetch("https://login.microsoftonline.com/")).rejects.toThrow();
    expect(proxy.asked).toEqual(["GET http://example.com/page", "CONNECT login.microsoftonline.com:443"]);
  });

  test("fails as Chromium does when the proxy is not there or refuses, and hands a 407 on", async () => {
    const network = new Network();
    await network.setProxy({ proxyRules: "127.0.0.1:1" });
    for (const url of ["http://example.com/", "https://example.com/"]) {
      await expect(network.fetch(url)).rejects.toThrow("net::ERR_PROXY_CONNECTION_FAILED");
    }
    await network.setProxy({ proxyRules: (await proxyWith(403)).address });
    await expect(network.fetch("https://example.com/")).rejects.toThrow("net::ERR_TUNNEL_CONNECTION_FAILED");
    await network.setProxy({ proxyRules: (await proxyWith(407)).address });
    for (const url of ["http://example.com/", "https://example.com/"]) {
      const answer = await network.fetch(url);
      expect(answer.status).toBe(407);
    }
    const tunnel = await network.fetch("https://example.com/");
    await expect(tunnel.text()).rejects.toThrow("net::ERR_TUNNEL_CONNECTION_FAILED");
  });

  test("speaks SOCKS 5 to such a proxy, which looks the name up", async () => {
    const heard: string[] = [];
    const socks = createTcpServer((socket: Socket) => {
      socket.once("data", () => {
        socket.write(Uint8Array.of(5, 0));
        socket.once("data", (request) => {
          heard.push(request.subarray(5, 5 + (request[4] ?? 0)).toString());
          socket.write(Uint8Array.of(5, 0, 0, 1, 0, 0, 0, 0, 0, 0));
          socket.once("data", () =>
            socket.end("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nsocks"),
          );
        });
      });
    });
    socks.listen(0, "127.0.0.1");
    await once(socks, "listening");
    ends.push(() => socks.close());
    const network = new Network();
    const address = `127.0.0.1:${(socks.address() as AddressInfo).port}`;
    await network.setProxy({ mode: "fixed_servers", proxyRules: `socks5://${address}` });
    expect(await network.resolveProxy("http://example.com/")).toBe(`SOCKS5 ${address}`);
    expect(await (await network.fetch("http://example.com/")).text()).toBe("socks");
    expect(heard).toEqual(["example.com"]);
  });

  test("goes to exceptions and to this computer directly, and everywhere once the proxy is gone", async () => {
    const server = await serverWith("answers");
    const proxy = await proxyWith(200);
    const network = new Network();
    await network.setProxy({ proxyRules: proxy.address, proxyBypassRules: "*.contoso.com" });
    expect(await network.resolveProxy("https://exchange.contoso.com/")).toBe("DIRECT");
    expect(await (await network.fetch(server)).text()).toBe("direct");
    await network.setProxy({ proxyRules: proxy.address, proxyBypassRules: "<-loopback>" });
    expect(await (await network.fetch(server)).text()).toBe("from the proxy");
    for (const mode of ["direct", "system"]) {
      await network.setProxy({ mode });
      expect(await network.resolveProxy(server)).toBe("DIRECT");
      expect(await (await network.fetch(server)).text()).toBe("direct");
    }
  });

  test("sends nothing when a PAC file is set, and says so", async () => {
    const said = vi.spyOn(console, "error").mockReturnValue();
    const server = await serverWith("answers");
    const network = new Network();
    await network.setProxy({ mode: "pac_script", pacScript: "http://wpad/wpad.dat" });
    await expect(network.fetch(server)).rejects.toThrow("net::ERR_MANDATORY_PROXY_CONFIGURATION_FAILED");
    expect(said.mock.lastCall?.[0]).toContain("can't evaluate PAC files");
    said.mockRestore();
  });

  test("breaks off what is under way when all connections are closed, and only then", async () => {
    const network = new Network();
    const pending = network.fetch(await serverWith("never"));
    await network.setProxy({ mode: "direct" });
    const [ended] = await Promise.allSettled([pending, network.closeAllConnections()]);
    expect(ended).toMatchObject({ status: "rejected", reason: { message: "net::ERR_ABORTED" } });
    expect((await network.fetch(await serverWith("answers"))).status).toBe(200);
  });

  test("refuses modes and rules that it does not know", async () => {
    const network = new Network();
    for (const config of [
      { mode: "auto_detect" },
      { proxyRules: "http=a:80;https=b:80" },
      { proxyRules: "socks4://a:80" },
      { proxyRules: "a:80", proxyBypassRules: "<what>" },
    ]) {
      await expect(network.setProxy(config)).rejects.toThrow("does not know");
    }
  });
});

describe("bypass rules", () => {
  test.each([
    ["contoso.com", "https://contoso.com/", true],
    ["contoso.com", "https://www.contoso.com/", false],
    [".contoso.com", "https://www.contoso.com/", true],
    [".contoso.com", "https://contoso.com/", false],
    ["*contoso.com", "https://contoso.com/", true],
    ["CONTOSO.com:8443", "https://contoso.com:8443/", true],
    ["contoso.com:8443", "https://contoso.com/", false],
    ["contoso.com:443", "https://contoso.com/", true],
    ["http://contoso.com", "https://contoso.com/", false],
    ["10.0.0.0/8", "https://10.1.2.3/", true],
    ["10.0.0.0/8", "https://11.1.2.3/", false],
    ["2001:db8::/32", "https://[2001:db8::1]/", true],
    ["[2001:db8::1]", "https://[2001:db8::1]/", true],
    ["<local>", "http://intranet/", true],
    ["<local>", "http://intranet.contoso.com/", false],
    ["<local>", "http://10.1.2.3/", false],
    ["a.example, b.example; c.example", "http://c.example/", true],
    ["", "http://localhost:3000/", true],
    ["", "http://app.localhost/", true],
    ["", "http://127.1.2.3/", true],
    ["", "http://[::1]/", true],
    ["", "http://169.254.1.1/", true],
    ["", "http://contoso.com/", false],
    ["<-loopback>", "http://localhost/", false],
    ["<-loopback>; localhost", "http://localhost/", true],
    ["localhost; <-loopback>", "http://localhost/", false],
  ])("%j: %s directly: %s", (rules, url, directly) => {
    expect(bypass(rules)(new URL(url))).toBe(directly);
  });
});
