import type { DoctorHost, DoctorView } from "../../preload/model/doctor.ts";
import type { ReportWords } from "../rollout/report/words.ts";

/** What was found, as a text for an e-mail to the network team. */
export function doctorText(view: DoctorView, { t, formatDateTime }: ReportWords): string {
  const head = [
    t("doctor.text.title", { cloud: t(`clouds.${view.cloud}.name`) }),
    view.at === null ? "" : formatDateTime(view.at),
    clockText(view, t),
    t(`doctor.proxyFrom.${view.proxyMode}`),
  ];
  const hosts = view.hosts.map((host) =>
    [
      `${host.host} (${t(`doctor.targets.${host.target}`)})`,
      `  ${t(`doctor.verdicts.${host.verdict}.title`)}`,
      ...(host.tone === "ok" ? [] : [`  ${t(`doctor.verdicts.${host.verdict}.help`)}`]),
      `  ${t("doctor.facts.status")}: ${host.status ?? t("doctor.noAnswer")}`,
      `  ${t("doctor.facts.proxy")}: ${proxyText(host, t)}`,
      `  ${t("doctor.facts.certificate")}: ${certificateText(host, t)}`,
      ...(host.code === "" ? [] : [`  ${t("doctor.facts.code")}: ${host.code}`]),
    ].join("\n"),
  );
  return `${[head.filter((line) => line !== "").join("\n"), ...hosts].join("\n\n")}\n`;
}

function clockText({ clock }: DoctorView, t: ReportWords["t"]): string {
  const seconds = Math.abs(clock.aheadSeconds ?? 0);
  return t(`doctor.clock.${clock.verdict}`, { count: Math.round(seconds / 60) });
}

function proxyText({ proxies }: DoctorHost, t: ReportWords["t"]): string {
  if (proxies === null) return t("doctor.unknown");
  return proxies.length === 0 ? t("doctor.direct") : proxies.join("; ");
}

function certificateText({ certificate, target }: DoctorHost, t: ReportWords["t"]): string {
  if (target === "loopback") return t("doctor.noCertificate");
  if (certificate === null) return t("doctor.unknown");
  const { issuer, knownRoot, result } = certificate;
  return `${t(knownRoot ? "doctor.issuer" : "doctor.issuerPrivate", { issuer })} (${result})`;
}

/** The same for the diagnostics file: nothing in it tells whose network it is. */
export function doctorFacts({ at, cloud, proxyMode, hosts, clock }: DoctorView): object {
  return {
    at,
    cloud,
    proxyMode,
    clock,
    hosts: hosts.map(({ proxies, certificate, ...host }) => ({
      ...host,
      proxies: proxies === null ? "unknown" : proxies.length,
      certificate:
        certificate === null ? "unknown" : { knownRoot: certificate.knownRoot, result: certificate.result },
    })),
  };
}
