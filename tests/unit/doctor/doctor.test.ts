import { describe, expect, test } from "vitest";
import { createDoctor } from "../../../main/doctor/doctor.ts";
import type { DoctorNetwork } from "../../../main/doctor/doctor.ts";
import { clouds } from "../../../main/guide/clouds.ts";

const clock = { now: () => new Date() };

function doctorOn(network: Partial<DoctorNetwork>) {
  let changes = 0;
  let opened = 0;
  const doctor = createDoctor({
    openNetwork: () => {
      opened += 1;
      return {
        fetch,
        proxyMode: "system",
        resolveProxy: async () => "DIRECT",
        certificateOf: () => null,
        ...network,
      };
    },
    cloudOf: (cloud) => clouds[cloud],
    clock,
    onChange: () => (changes += 1),
  });
  return { doctor, changes: () => changes, opened: () => opened };
}

/** Microsoft's hosts answer as told; the loopback address is really asked. */
const microsoft =
  (answer: (url: URL) => Response | Promise<Response>): DoctorNetwork["fetch"] =>
  async (url, init) =>
    new URL(url).protocol === "https:" ? answer(new URL(url)) : fetch(url, init);

describe("the connection doctor", () => {
  test("finds every host and the way back from the browser, without a sign-in", async () => {
    const asked: string[] = [];
    const { doctor, changes } = doctorOn({
      fetch: microsoft((url) => {
        asked.push(url.host);
        const headers = { date: new Date().toUTCString(), "content-type": "application/json" };
        return new Response("{}", { status: url.host.startsWith("graph") ? 401 : 200, headers });
      }),
    });
    const view = await doctor.run("china");
    expect(asked.toSorted()).toEqual(
      [
        "entra.microsoftonline.cn",
        "login.partner.microsoftonline.cn",
        "microsoftgraph.chinacloudapi.cn",
        "partner.outlook.cn",
      ].toSorted(),
    );
    expect(view.hosts.map(({ target, verdict }) => [target, verdict])).toEqual([
      ["login", "reachable"],
      ["graph", "reachable"],
      ["exchange", "reachable"],
      ["admin-center", "reachable"],
      ["loopback", "reachable"],
    ]);
    expect(view).toMatchObject({ running: false, cloud: "china", clock: { verdict: "right" } });
    expect(changes()).toBeGreaterThan(4);
  });

  test("says of each host what is in the way, and ends whatever happens", async () => {
    const { doctor } = doctorOn({
      fetch: async () => Promise.reject(new Error("net::ERR_CONNECTION_REFUSED")),
      resolveProxy: async () => Promise.reject(new Error("no proxy service")),
    });
    const view = await doctor.run("global");
    expect(view.hosts.map(({ verdict }) => verdict)).toEqual([
      "refused",
      "refused",
      "refused",
      "refused",
      "loopback-blocked",
    ]);
    expect(view.hosts.every(({ proxies }) => proxies === null)).toBe(true);
    expect(view.clock.verdict).toBe("unknown");
  });

  test("knows a proxy that wants a sign-in by its status, although its answer breaks off there", async () => {
    const broken = () =>
      new ReadableStream({ start: (body) => body.error(new Error("net::ERR_TUNNEL_CONNECTION_FAILED")) });
    const { doctor } = doctorOn({ fetch: microsoft(() => new Response(broken(), { status: 407 })) });
    const [login] = (await doctor.run("global")).hosts;
    expect(login).toMatchObject({ verdict: "proxy-sign-in", status: 407 });
  });

  test("says whose word on proxies applied in the run", async () => {
    const { doctor } = doctorOn({ fetch: microsoft(() => new Response("{}")), proxyMode: "pac" });
    expect(doctor.view().proxyMode).toBe("system");
    expect((await doctor.run("global")).proxyMode).toBe("pac");
  });

  test("does not take another server on localhost for its own", async () => {
    const { doctor } = doctorOn({ fetch: async () => new Response("It works!") });
    const loopback = (await doctor.run("global")).hosts.at(-1);
    expect(loopback).toMatchObject({ target: "loopback", verdict: "loopback-blocked", status: 200 });
  });

  test("runs once, however often it is asked, and each run has a network of its own", async () => {
    const { doctor, opened } = doctorOn({ fetch: microsoft(() => new Response("{}")) });
    await Promise.all([doctor.run("global"), doctor.run("global")]);
    expect(opened()).toBe(1);
    await doctor.run("global");
    expect(opened()).toBe(2);
  });
});
