import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clouds } from "../../../main/guide/clouds.ts";
import { doctorFacts, doctorText } from "../../../main/doctor/report.ts";
import { targetsOf } from "../../../main/doctor/targets.ts";
import type { Target } from "../../../main/doctor/targets.ts";
import { clockOf, proxiesIn, verdictOf } from "../../../main/doctor/verdict.ts";
import type { Answer, Probe } from "../../../main/doctor/verdict.ts";
import type { DoctorCertificate, DoctorHost, DoctorView } from "../../../preload/model/doctor.ts";
import { createWords } from "../../../main/shell/words.ts";

const now = new Date("2026-11-24T10:12:00.500Z");
const target = (name: Target["target"]): Target => {
  const found = targetsOf(clouds.global).find((one) => one.target === name);
  if (found === undefined) throw new Error(name);
  return found;
};
const answer = (change: Partial<Answer> = {}): Answer => ({
  status: 200,
  date: "Tue, 24 Nov 2026 10:12:00 GMT",
  contentType: "application/json; charset=utf-8",
  at: now,
  ...change,
});
const publicCertificate: DoctorCertificate = {
  subject: "login.microsoftonline.com",
  issuer: "DigiCert",
  knownRoot: true,
  result: "OK",
};
const judge = (name: Target["target"], change: Partial<Probe>): DoctorHost =>
  verdictOf(target(name), {
    answer: answer(),
    proxy: "DIRECT",
    certificate: publicCertificate,
    milliseconds: 41.6,
    ...change,
  });
const failing = (error: unknown) => judge("login", { answer: { failed: error }, certificate: null });
const chromium = (code: string) => new Error(`net::${code}`);
const node = (code: string) =>
  new TypeError("fetch failed", { cause: Object.assign(new Error("x"), { code }) });

describe("a host that answers", () => {
  test("is reachable, with or without a token being wanted", () => {
    expect(judge("login", {})).toMatchObject({
      verdict: "reachable",
      tone: "ok",
      status: 200,
      proxies: [],
      clockAheadSeconds: 0,
      milliseconds: 42,
    });
    expect(judge("graph", { answer: answer({ status: 401 }) }).verdict).toBe("reachable");
    expect(judge("admin-center", { answer: answer({ contentType: "text/html" }) }).verdict).toBe("reachable");
  });

  test("is reachable when nobody could see its certificate: unknown is not bad", () => {
    expect(judge("login", { certificate: null })).toMatchObject({ verdict: "reachable", certificate: null });
  });

  test("is inspected on the way when no public authority vouches for it", () => {
    const certificate = { ...publicCertificate, issuer: "Contoso Proxy CA", knownRoot: false };
    expect(judge("login", { certificate })).toMatchObject({ verdict: "intercepted", tone: "warn" });
  });

  test("is somebody else when a page comes where none can be", () => {
    const page = answer({ contentType: "text/html; charset=utf-8" });
    expect(judge("login", { answer: page })).toMatchObject({ verdict: "captive-portal", tone: "bad" });
    expect(judge("graph", { answer: page }).verdict).toBe("captive-portal");
    expect(judge("exchange", { answer: answer({ status: 511 }) }).verdict).toBe("captive-portal");
  });

  test.each([401, 403, 404, 429, 451, 511])(
    "is somebody else when a page comes with the status %i",
    (status) => {
      const page = answer({ status, contentType: "text/html" });
      for (const name of ["login", "graph"] as const) {
        expect(judge(name, { answer: page })).toMatchObject({
          verdict: "captive-portal",
          tone: "bad",
          status,
        });
      }
    },
  );

  test("may refuse with a page where the service has pages", () => {
    const page = answer({ status: 403, contentType: "text/html" });
    expect(judge("exchange", { answer: page }).verdict).toBe("reachable");
  });

  test("is behind a proxy that wants a name and password", () => {
    expect(judge("login", { answer: answer({ status: 407, contentType: "text/html" }) })).toMatchObject({
      verdict: "proxy-sign-in",
      status: 407,
    });
  });

  test("may report trouble, which is no fault of the way there", () => {
    const broken = answer({ status: 503, contentType: "text/html" });
    expect(judge("graph", { answer: broken })).toMatchObject({ verdict: "service-trouble", tone: "warn" });
  });
});

describe("a host that does not answer", () => {
  test.each([
    [chromium("ERR_CONNECTION_REFUSED"), "refused"],
    [node("ECONNREFUSED"), "refused"],
    [chromium("ERR_NAME_NOT_RESOLVED"), "offline"],
    [chromium("ERR_INTERNET_DISCONNECTED"), "offline"],
    [node("ENOTFOUND"), "offline"],
    [chromium("ERR_PROXY_CONNECTION_FAILED"), "proxy-failed"],
    [chromium("ERR_TUNNEL_CONNECTION_FAILED"), "proxy-failed"],
    [chromium("ERR_PROXY_AUTH_UNSUPPORTED"), "proxy-sign-in"],
    [chromium("ERR_CERT_AUTHORITY_INVALID"), "tls-refused"],
    [node("SELF_SIGNED_CERT_IN_CHAIN"), "tls-refused"],
    [chromium("ERR_CERT_DATE_INVALID"), "clock-wrong"],
    [chromium("ERR_CONNECTION_TIMED_OUT"), "timed-out"],
    [new DOMException("too long", "TimeoutError"), "timed-out"],
    [chromium("ERR_CONNECTION_RESET"), "lost"],
    [new Error("Attempted to redirect, but redirect policy was 'error'"), "captive-portal"],
    [new TypeError("fetch failed", { cause: new Error("unexpected redirect") }), "captive-portal"],
    ["no error at all", "lost"],
  ] as const)("%s means %s", (error, verdict) => {
    expect(failing(error)).toMatchObject({
      verdict,
      tone: "bad",
      status: null,
      clockAheadSeconds: null,
      certificate: null,
    });
  });

  test("keeps the system's own word for support", () => {
    expect(failing(node("ECONNREFUSED")).code).toBe("ECONNREFUSED");
    expect(failing(chromium("ERR_CERT_AUTHORITY_INVALID")).code).toBe("ERR_CERT_AUTHORITY_INVALID");
  });
});

describe("the clock", () => {
  const hosts = (...offsets: (number | null)[]) =>
    offsets.map((seconds) =>
      judge("login", {
        answer: answer({
          date: seconds === null ? null : new Date(now.getTime() - 500 - seconds * 1_000).toUTCString(),
        }),
      }),
    );

  test("ten minutes off is off, in either direction; four minutes are not", () => {
    expect(clockOf(hosts(600))).toEqual({ verdict: "off", aheadSeconds: 600 });
    expect(clockOf(hosts(-600))).toEqual({ verdict: "off", aheadSeconds: -600 });
    expect(clockOf(hosts(240))).toEqual({ verdict: "right", aheadSeconds: 240 });
  });

  test("is not judged by one server that tells another time than the rest", () => {
    expect(clockOf(hosts(0, 1, 90_000)).verdict).toBe("right");
  });

  test("is unknown without a date, and off when no certificate is valid now", () => {
    expect(clockOf(hosts(null)).verdict).toBe("unknown");
    expect(clockOf([])).toEqual({ verdict: "unknown", aheadSeconds: null });
    expect(clockOf([failing(chromium("ERR_CERT_DATE_INVALID"))]).verdict).toBe("off");
  });

  test("a header that is no date tells nothing", () => {
    expect(judge("login", { answer: answer({ date: "yesterday" }) }).clockAheadSeconds).toBeNull();
  });
});

describe("proxies", () => {
  test("are those that are tried, in their order; none for a direct connection", () => {
    expect(proxiesIn("DIRECT")).toEqual([]);
    expect(proxiesIn("PROXY proxy.contoso.com:8080; DIRECT")).toEqual([
      "PROXY proxy.contoso.com:8080",
      "DIRECT",
    ]);
    expect(judge("login", { proxy: null }).proxies).toBeNull();
  });

  test("whatever Chromium says, nothing is lost but blanks", () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[A-Z]{4,6} [a-z]{1,9}:[0-9]{2,4}$/), { minLength: 1 }),
        (ways) => {
          expect(proxiesIn(ways.join(" ; "))).toEqual(ways);
        },
      ),
    );
  });
});

describe("what is examined", () => {
  test("are four hosts of the chosen cloud over HTTPS, none of another cloud", () => {
    for (const cloud of Object.values(clouds)) {
      const urls = targetsOf(cloud).map(({ url }) => new URL(url));
      expect(urls.map(({ protocol }) => protocol)).toEqual(["https:", "https:", "https:", "https:"]);
      expect(urls.map(({ host }) => host)).toEqual([
        cloud.authority,
        cloud.graph,
        cloud.exchange,
        cloud.entraAdminCenter,
      ]);
    }
  });
});

describe("the text to copy and the diagnostics file", () => {
  const view: DoctorView = {
    running: false,
    at: now.toISOString(),
    cloud: "global",
    proxyMode: "address",
    hosts: [
      judge("login", {
        proxy: "PROXY proxy.contoso.com:8080",
        certificate: { ...publicCertificate, issuer: "Contoso Proxy CA", knownRoot: false },
      }),
      failing(node("ECONNREFUSED")),
    ],
    clock: { verdict: "off", aheadSeconds: 600 },
  };

  test.each(["en", "de"] as const)("the text in %s has words for everything", (language) => {
    const text = doctorText(view, createWords(language, language));
    expect(text).not.toMatch(/\bdoctor\.|\bclouds\./);
    for (const part of ["login.microsoftonline.com", "PROXY proxy.contoso.com:8080", "Contoso Proxy CA"]) {
      expect(text).toContain(part);
    }
    expect(text).toContain("ECONNREFUSED");
    expect(text).toContain(createWords(language, language).t("doctor.proxyFrom.address"));
  });

  test("the diagnostics say that there is a proxy, not whose", () => {
    const facts = JSON.stringify(doctorFacts(view));
    expect(facts).not.toMatch(/contoso/i);
    expect(facts).toContain('"knownRoot":false');
    expect(facts).toContain('"proxyMode":"address"');
    expect(facts).toContain("ECONNREFUSED");
  });
});
