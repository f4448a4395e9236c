import type { Clock, RandomBytes } from "../ports.ts";
import type { PracticeData } from "./data.ts";
import { newDirectory } from "./directory.ts";
import type { DirectoryOptions } from "./directory.ts";
import { answerEntra, entraFault } from "./entra/entra.ts";
import { EntraFailure } from "./entra/errors.ts";
import { newSessions } from "./entra/sessions.ts";
import { answerExchange } from "./exchange/exchange.ts";
import { createFaultPlan, networkError } from "./faults.ts";
import type { Call, Fault, FaultPlan } from "./faults.ts";
import { denied, GraphFailure, notFound, unauthorized } from "./graph/errors.ts";
import { answerGraph, graphFault } from "./graph/graph.ts";
import { practiceHosts } from "./hosts.ts";
import type { PracticeHosts } from "./hosts.ts";
import { newSigningKey } from "./jwt.ts";
import type { SigningKey } from "./jwt.ts";
import { createReplication } from "./lag.ts";
import type { Lag } from "./lag.ts";
import { openInThisProcess } from "./portal/open-pfx.ts";
import type { OpenPfx } from "./portal/open-pfx.ts";
import { createPortal } from "./portal/portal.ts";
import { applySample, gonePermissions } from "./samples.ts";
import type { SampleApplication, SampleName } from "./samples.ts";
import type { Tenant } from "./tenant.ts";
import { createThrottle } from "./throttle.ts";
import type { Throttle } from "./throttle.ts";
import type { WordsIn } from "./words.ts";

export interface PracticeOptions {
  clock: Clock;
  randomBytes: RandomBytes;
  /** What the pages say. */
  words: WordsIn;
  /** How the portal opens a PFX; in this process when left out. */
  openPfx?: OpenPfx;
  hosts?: PracticeHosts;
  directory?: DirectoryOptions;
  /** "empty" when left out. */
  sample?: SampleName;
  /** What the sample states call the application. */
  application?: SampleApplication;
  /** A directory kept from before, instead of a new one. */
  data?: PracticeData;
  /** How long new objects stay unseen; not at all when left out. */
  lag?: Lag;
  throttle?: Throttle;
  /** Waits before each answer, for latency. Milliseconds. */
  latencyMs?: number;
  pause?(ms: number): Promise<void>;
  signingKey?: SigningKey;
  /** Hears of every call after its end; `status` is null when the connection broke. */
  onCall?(call: Call, status: number | null): void;
}

export interface PracticeTenant {
  /** Answers a request to one of the hosts; rejects as `fetch` does when a fault breaks the connection. */
  handle(request: Request): Promise<Response>;
  /** The directory as it is now; changing it is as if a colleague had done so. */
  data: PracticeData;
  hosts: PracticeHosts;
  faults: FaultPlan;
  setLag(lag: Lag): void;
  /** Erases the PFX files and passwords that the portal holds. */
  close(): void;
}

const defaultApplication: SampleApplication = { displayName: "IAM.cloud Exchange Online", uniqueName: null };

/**
 * A Microsoft 365 tenant for practice, in this process: Entra ID, Microsoft Graph, Exchange Online, and the portal in
 * which IAM.cloud is connected to it.
 */
export function createPracticeTenant(options: PracticeOptions): PracticeTenant {
  const { clock, randomBytes, hosts = practiceHosts, sample = "empty" } = options;
  const data = options.data ?? sampleDirectory();
  let lag = options.lag ?? { reads: 0, ms: 0 };
  let key: Promise<SigningKey> | null =
    options.signingKey === undefined ? null : Promise.resolve(options.signingKey);
  const sessions = newSessions();
  const faults = createFaultPlan();
  const throttle = createThrottle(clock, options.throttle ?? null);
  const tenant: Tenant = {
    data,
    hosts,
    clock,
    randomBytes,
    replication: createReplication(clock, () => lag),
    signingKey: () => (key ??= newSigningKey()),
    words: options.words,
  };
  const portal = createPortal(tenant, {
    fetch: (url, init) => handle(new Request(url, init)),
    openPfx: options.openPfx ?? openInThisProcess,
  });
  let calls = 0;

  function sampleDirectory(): PracticeData {
    const withdrawn = sample === "permission-gone" ? gonePermissions : new Set<string>();
    const made = newDirectory(randomBytes, hosts, { withdrawn, ...options.directory });
    applySample(made, sample, options.application ?? defaultApplication, { clock, randomBytes });
    return made;
  }

  function serviceOf(host: string): Call["service"] | null {
    if (host === hosts.login) return "login";
    if (host === hosts.graph) return "graph";
    if (host === hosts.exchange || host.endsWith(`.${hosts.exchange}`)) return "exchange";
    if (host === hosts.portal) return "portal";
    return null;
  }

  function act(service: Call["service"], request: Request): Promise<Response> {
    switch (service) {
      case "login":
        return answerEntra(tenant, sessions, request);
      case "graph":
        return answerGraph(tenant, request);
      case "portal":
        return portal.answer(request);
      default:
        return answerExchange(tenant, request);
    }
  }

  async function answer(call: Call, request: Request): Promise<Response> {
    const fault = faults.take(call);
    if (fault?.kind === "refused") throw networkError("ECONNREFUSED");
    if (fault?.kind === "lost-before") throw networkError("ECONNRESET");
    if (fault?.kind === "lost-after") {
      await act(call.service, request);
      throw networkError("ECONNRESET");
    }
    if (fault !== null) return refusal(tenant, call, request, fault);
    const wait = call.service === "graph" ? throttle() : null;
    if (wait !== null) return refusal(tenant, call, request, { kind: "throttled", retryAfterSeconds: wait });
    return act(call.service, request);
  }

  async function handle(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const service = serviceOf(url.host);
    if (service === null) throw new TypeError("fetch failed", { cause: nameNotFound(url.hostname) });
    calls += 1;
    const call: Call = { number: calls, service, method: request.method, path: readable(url) };
    await options.pause?.(options.latencyMs ?? 0);
    try {
      const response = await answer(call, request);
      options.onCall?.(call, response.status);
      return response;
    } catch (error) {
      options.onCall?.(call, null);
      throw error;
    }
  }

  return {
    data,
    hosts,
    faults,
    setLag(next) {
      lag = next;
    },
    close: () => portal.close(),
    handle,
  };
}

function nameNotFound(hostname: string): Error {
  return Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), { code: "ENOTFOUND" });
}

function readable(url: URL): string {
  try {
    return decodeURIComponent(`${url.pathname}${url.search}`);
  } catch {
    return `${url.pathname}${url.search}`;
  }
}

/** A fault that is answered, not a broken connection. */
type Refusal = Exclude<Fault, { kind: "refused" | "lost-before" | "lost-after" }>;

/** A planned refusal in the words of the service that was asked. */
function refusal(tenant: Tenant, call: Call, request: Request, fault: Refusal): Response {
  const failure = graphFailure(tenant, call, fault);
  if (call.service === "graph") return graphFault(tenant, request, failure);
  const response =
    call.service === "login"
      ? entraFault(tenant, request, entraFailure(failure))
      : new Response(null, { status: failure.status });
  for (const [name, value] of Object.entries(failure.headers)) response.headers.set(name, value);
  return response;
}

function entraFailure({ status }: GraphFailure): EntraFailure {
  if (status === 401)
    return new EntraFailure(
      "invalid_grant",
      50173,
      "The provided grant has expired due to it being revoked, a fresh auth token is needed.",
      { status: 400 },
    );
  if (status === 403)
    return new EntraFailure(
      "access_denied",
      50105,
      "The signed in user is not assigned to a role for the application.",
      { status: 400 },
    );
  if (status === 404)
    return new EntraFailure("unauthorized_client", 700016, "Application was not found in the directory.", {
      status: 400,
    });
  return new EntraFailure(
    "temporarily_unavailable",
    90033,
    "A transient error has occurred. Please try again.",
    { status },
  );
}

function graphFailure(tenant: Tenant, call: Call, fault: Refusal): GraphFailure {
  const after = (seconds: number | undefined) =>
    seconds === undefined ? {} : { headers: { "Retry-After": String(seconds) } };
  switch (fault.kind) {
    case "throttled":
      return new GraphFailure(429, "TooManyRequests", "Too many requests.", after(fault.retryAfterSeconds));
    case "unavailable":
      return new GraphFailure(
        503,
        "serviceNotAvailable",
        "The service is temporarily unavailable.",
        after(fault.retryAfterSeconds),
      );
    case "not-found":
      return notFound(/[0-9a-f]{8}-[0-9a-f-]{27}/i.exec(call.path)?.[0] ?? "");
    case "unauthorized":
      return unauthorized(
        "Lifetime validation failed, the token is expired.",
        tenant.hosts.login,
        fault.claims,
      );
    case "forbidden":
      return denied();
    default:
      return new GraphFailure(500, "InternalServerError", "An internal error occurred.");
  }
}
