import type { DoctorCertificate, DoctorHost, DoctorVerdict, DoctorView } from "../../preload/model/doctor.ts";
import { networkFailure } from "../identity/network-failure.ts";
import type { NetworkFailureKind } from "../identity/network-failure.ts";
import type { Target } from "./targets.ts";

/** What trying one address gave. */
export interface Probe {
  answer: Answer | { failed: unknown };
  /** As Electron's `resolveProxy` words it ("PROXY host:8080; DIRECT"); null when it could not be asked. */
  proxy: string | null;
  certificate: DoctorCertificate | null;
  milliseconds: number;
}

export interface Answer {
  status: number;
  /** The header `Date`. */
  date: string | null;
  contentType: string;
  /** When the answer was there, by this computer's clock. */
  at: Date;
}

const ofFailures: Readonly<Record<NetworkFailureKind, DoctorVerdict>> = {
  offline: "offline",
  refused: "refused",
  proxy: "proxy-failed",
  tls: "tls-refused",
  clock: "clock-wrong",
  lost: "lost",
};

const tones: Readonly<Partial<Record<DoctorVerdict, DoctorHost["tone"]>>> = {
  reachable: "ok",
  intercepted: "warn",
  "service-trouble": "warn",
};

/** Tokens and assertions are refused when the clock differs by more (Entra allows 5 minutes). */
const clockToleranceSeconds = 300;

/** What a try says about a host. Pure. */
export function verdictOf(target: Target, probe: Probe): DoctorHost {
  const { answer, certificate } = probe;
  const failed = "failed" in answer;
  const verdict = failed ? verdictOfFailure(answer.failed) : verdictOfAnswer(target, answer, certificate);
  return {
    target: target.target,
    host: target.host,
    verdict,
    tone: tones[verdict] ?? "bad",
    status: failed ? null : answer.status,
    proxies: probe.proxy === null ? null : proxiesIn(probe.proxy),
    certificate,
    clockAheadSeconds: failed ? null : clockAhead(answer),
    milliseconds: Math.round(probe.milliseconds),
    code: failed ? networkFailure(answer.failed).code : "",
  };
}

function verdictOfFailure(error: unknown): DoctorVerdict {
  if (error instanceof Error && (error.name === "TimeoutError" || error.name === "AbortError")) {
    return "timed-out";
  }
  const { kind, code } = networkFailure(error);
  if (code.includes("PROXY_AUTH")) return "proxy-sign-in";
  if (code.includes("TIMED_OUT") || code.includes("CONNECT_TIMEOUT")) return "timed-out";
  // Redirects are errors only where the service never sends on.
  if (kind === "lost" && error instanceof Error && /redirect/i.test(messages(error))) return "captive-portal";
  return ofFailures[kind];
}

function messages(error: Error): string {
  return error.cause instanceof Error ? `${error.message} ${error.cause.message}` : error.message;
}

function verdictOfAnswer(
  { mayBePage }: Target,
  { status, contentType }: Answer,
  certificate: DoctorCertificate | null,
): DoctorVerdict {
  if (status === 407) return "proxy-sign-in";
  const page = contentType.toLowerCase().startsWith("text/html");
  // 511 Network Authentication Required (RFC 6585) comes from the network, never from the service.
  if (status === 511) return "captive-portal";
  // Refusals too: a filter's block page says 403. In trouble, though, the service's own front answers with a page.
  if (page && !mayBePage && status < 500) return "captive-portal";
  if (status >= 500) return "service-trouble";
  return certificate !== null && !certificate.knownRoot ? "intercepted" : "reachable";
}

/** "PROXY proxy:8080; DIRECT" as a list; what is direct is left out when it is the only way. */
export function proxiesIn(resolved: string): string[] {
  const ways = resolved
    .split(";")
    .map((way) => way.trim())
    .filter((way) => way !== "");
  return ways.every((way) => way === "DIRECT") ? [] : ways;
}

function clockAhead({ date, at }: Answer): number | null {
  const told = Date.parse(date ?? "");
  // The header has whole seconds, rounded down.
  return Number.isNaN(told) ? null : Math.round((at.getTime() - told - 500) / 1_000);
}

/**
 * Whether this computer's clock is right, by the middle of what the servers told: a single wrong one, such as a
 * cache in between, does not decide. A certificate that is not valid "now" tells it where no answer came. Pure.
 */
export function clockOf(hosts: readonly DoctorHost[]): DoctorView["clock"] {
  const told = hosts
    .flatMap(({ clockAheadSeconds }) => (clockAheadSeconds === null ? [] : [clockAheadSeconds]))
    .toSorted((one, other) => one - other);
  const middle = told[Math.floor((told.length - 1) / 2)];
  if (middle !== undefined) {
    return { verdict: Math.abs(middle) > clockToleranceSeconds ? "off" : "right", aheadSeconds: middle };
  }
  const byCertificate = hosts.some(({ verdict }) => verdict === "clock-wrong");
  return { verdict: byCertificate ? "off" : "unknown", aheadSeconds: null };
}
