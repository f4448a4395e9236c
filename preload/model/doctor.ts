import type { CloudId } from "./guide.ts";
import type { ProxyMode } from "./proxy.ts";

/** What the connection doctor looks at; texts are `doctor.targets.<target>`. */
export const doctorTargets = ["login", "graph", "exchange", "admin-center", "loopback"] as const;
export type DoctorTarget = (typeof doctorTargets)[number];

/** How it went; texts are `doctor.verdicts.<verdict>.title` and `.help`. */
export const doctorVerdicts = [
  "reachable",
  "intercepted",
  "service-trouble",
  "proxy-sign-in",
  "proxy-failed",
  "tls-refused",
  "clock-wrong",
  "captive-portal",
  "refused",
  "offline",
  "timed-out",
  "lost",
  "loopback-blocked",
] as const;
export type DoctorVerdict = (typeof doctorVerdicts)[number];

/** Who vouches for a server, as Chromium saw it; null where that cannot be known. */
export interface DoctorCertificate {
  subject: string;
  issuer: string;
  /** The root came with the system. False: somebody in between opens the connection, for example a proxy. */
  knownRoot: boolean;
  /** "OK", or Chromium's word for what is wrong. */
  result: string;
}

export interface DoctorHost {
  target: DoctorTarget;
  host: string;
  verdict: DoctorVerdict;
  tone: "ok" | "warn" | "bad";
  /** HTTP status; null when no answer came. */
  status: number | null;
  /** Proxies in the order they are tried; empty: none, the connection is direct. Null: not known. */
  proxies: string[] | null;
  certificate: DoctorCertificate | null;
  /** How far this computer's clock is ahead of the server's, in seconds; null without a date in the answer. */
  clockAheadSeconds: number | null;
  milliseconds: number;
  /** The system's own word for a failure, for support. */
  code: string;
}

export interface DoctorView {
  running: boolean;
  /** When the last run began; null before the first of this session. */
  at: string | null;
  cloud: CloudId;
  /** Where the proxies of this run come from: the system, or the app's own settings. */
  proxyMode: ProxyMode;
  hosts: DoctorHost[];
  /** "off": sign-ins fail. "unknown": no server told the time. */
  clock: { verdict: "right" | "off" | "unknown"; aheadSeconds: number | null };
}
