import type { DoctorCertificate, DoctorHost, DoctorView } from "../../preload/model/doctor.ts";
import type { CloudId } from "../../preload/model/guide.ts";
import type { ProxyMode } from "../../preload/model/proxy.ts";
import type { Cloud } from "../guide/clouds.ts";
import type { Fetch } from "../identity/fetch.ts";
import type { Clock } from "../ports.ts";
import { tryLoopback } from "./loopback.ts";
import { targetsOf } from "./targets.ts";
import type { Target } from "./targets.ts";
import { clockOf, verdictOf } from "./verdict.ts";
import type { Answer } from "./verdict.ts";

/** The network of one run, with nothing remembered of earlier ones. */
export interface DoctorNetwork {
  fetch: Fetch;
  /** Whose word on proxies applies in this run. */
  proxyMode: ProxyMode;
  /** Which proxies are used for an address, in Chromium's words ("PROXY host:8080; DIRECT"). */
  resolveProxy(url: string): Promise<string>;
  /** Who vouched for a host in this run; null when no certificate was seen. */
  certificateOf(host: string): DoctorCertificate | null;
}

export interface DoctorPorts {
  openNetwork: () => DoctorNetwork;
  cloudOf: (cloud: CloudId) => Cloud;
  clock: Clock;
  onChange: () => void;
}

/** Says whether the services can be reached from this computer, and what is in the way. Needs no sign-in. */
export interface Doctor {
  view(): DoctorView;
  /** Tries every host of the cloud, all at once, unless that is going on. Never fails. */
  run(cloud: CloudId): Promise<DoctorView>;
}

/** How long one host may take, in milliseconds; longer than a slow proxy needs, shorter than patience. */
const limitMs = 20_000;

export function createDoctor(ports: DoctorPorts): Doctor {
  let running: Promise<DoctorView> | null = null;
  let view: DoctorView = {
    running: false,
    at: null,
    cloud: "global",
    proxyMode: "system",
    hosts: [],
    clock: { verdict: "unknown", aheadSeconds: null },
  };

  function change(next: Partial<DoctorView>): void {
    view = { ...view, ...next };
    ports.onChange();
  }

  async function examine(cloud: CloudId): Promise<DoctorView> {
    const at = ports.clock.now().toISOString();
    const network = ports.openNetwork();
    const { proxyMode } = network;
    const clock: DoctorView["clock"] = { verdict: "unknown", aheadSeconds: null };
    change({ running: true, at, cloud, proxyMode, hosts: [], clock });
    const targets = targetsOf(ports.cloudOf(cloud));
    const found: (DoctorHost | null)[] = Array.from({ length: targets.length + 1 }, () => null);
    async function note(place: number, host: Promise<DoctorHost>): Promise<void> {
      found[place] = await host;
      change({ hosts: found.filter((one) => one !== null) });
    }
    await Promise.all([
      ...targets.map((target, place) => note(place, tryHost(network, target, ports.clock))),
      note(targets.length, tryLoopback(network)),
    ]);
    change({ running: false, clock: clockOf(view.hosts) });
    return view;
  }

  return {
    view: () => view,
    run: (cloud) => {
      running ??= examine(cloud).finally(() => {
        running = null;
      });
      return running;
    },
  };
}

async function tryHost(network: DoctorNetwork, target: Target, clock: Clock): Promise<DoctorHost> {
  const proxy = await network.resolveProxy(target.url).catch(() => null);
  const started = performance.now();
  const answer = await ask(network, target, clock).catch((failed: unknown) => ({ failed }));
  return verdictOf(target, {
    answer,
    proxy,
    certificate: network.certificateOf(target.host),
    milliseconds: performance.now() - started,
  });
}

async function ask(network: DoctorNetwork, target: Target, clock: Clock): Promise<Answer> {
  const response = await network.fetch(target.url, {
    // Who must answer in person and sends on instead is not the service.
    redirect: target.mayBePage ? "follow" : "error",
    headers: { accept: target.mayBePage ? "text/html" : "application/json" },
    signal: AbortSignal.timeout(limitMs),
  });
  const at = clock.now();
  // The answer of a proxy that wants a sign-in breaks off where its body would be; the status is enough.
  await response.body?.cancel().catch(() => undefined);
  return {
    status: response.status,
    date: response.headers.get("date"),
    contentType: response.headers.get("content-type") ?? "",
    at,
  };
}
