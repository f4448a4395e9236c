import { session } from "electron";
import type { DoctorCertificate } from "../../preload/model/doctor.ts";
import type { DoctorNetwork } from "../doctor/doctor.ts";
import type { SessionProxy } from "./proxy.ts";
import { denyAll } from "./security.ts";

/** Chromium's own verdict stands; the procedure only looks (electronjs.org, session.setCertificateVerifyProc). */
const chromiumDecides = -3;

let runs = 0;

/**
 * A network for one run of the connection doctor: a session of its own in memory, on the app's proxy.
 * Chromium keeps connections and verdicts on certificates for as long as a session lives; a used one would show
 * what was true before.
 */
export function openDoctorNetwork(proxy: SessionProxy): DoctorNetwork {
  runs += 1;
  const own = session.fromPartition(`connection-doctor-${runs}`, { cache: false });
  denyAll(own);
  const joined = proxy.join(own);
  // Its failure is told by each host that is tried.
  joined.catch(() => undefined);
  const seen = new Map<string, DoctorCertificate>();
  own.setCertificateVerifyProc(
    ({ hostname, certificate, isIssuedByKnownRoot, verificationResult }, answer) => {
      seen.set(hostname, {
        subject: certificate.subjectName,
        issuer: certificate.issuerName,
        knownRoot: isIssuedByKnownRoot,
        // Chromium says it as "net::OK" or "net::ERR_CERT_…".
        result: verificationResult.replace(/^net::/, ""),
      });
      answer(chromiumDecides);
    },
  );
  return {
    proxyMode: proxy.mode(),
    fetch: async (url, init) => {
      await joined;
      return own.fetch(url, init);
    },
    resolveProxy: async (url) => {
      await joined;
      return own.resolveProxy(url);
    },
    certificateOf: (host) => seen.get(host) ?? null,
  };
}
