import type { DoctorHost } from "../../preload/model/doctor.ts";
import type { Translate } from "../i18n.ts";
import { useT } from "../i18n.ts";
import { formatNumber } from "../store/format.ts";
import type { Definition } from "../ui/index.ts";
import { Badge, DefinitionList } from "../ui/index.ts";
import styles from "./settings.module.css";

/** One host: how it went, what to do, and what was seen on the way. */
export function DoctorHostRow({ host }: { host: DoctorHost }) {
  const t = useT();
  return (
    <li className={styles.host}>
      <div className={styles.hostHead}>
        <strong>{t(`doctor.targets.${host.target}`)}</strong>
        <code>{host.host}</code>
        <Badge tone={host.tone}>{t(`doctor.verdicts.${host.verdict}.title`)}</Badge>
      </div>
      {host.tone === "ok" ? null : <p>{t(`doctor.verdicts.${host.verdict}.help`)}</p>}
      <details className={styles.details}>
        <summary>{t("doctor.detailsOf", { host: host.host })}</summary>
        <DefinitionList items={factsOf(host, t)} />
      </details>
    </li>
  );
}

function factsOf(host: DoctorHost, t: Translate): Definition[] {
  const { status, proxies, certificate, target, milliseconds, code } = host;
  return [
    { term: t("doctor.facts.status"), value: status === null ? t("doctor.noAnswer") : String(status) },
    {
      term: t("doctor.facts.proxy"),
      value:
        proxies === null
          ? t("doctor.unknown")
          : proxies.length === 0
            ? t("doctor.direct")
            : proxies.join("; "),
    },
    {
      term: t("doctor.facts.certificate"),
      value:
        target === "loopback"
          ? t("doctor.noCertificate")
          : certificate === null
            ? t("doctor.unknown")
            : t(certificate.knownRoot ? "doctor.issuer" : "doctor.issuerPrivate", {
                issuer: certificate.issuer,
              }),
    },
    {
      term: t("doctor.facts.time"),
      value: t("doctor.milliseconds", { number: formatNumber(milliseconds) }),
    },
    ...(code === "" ? [] : [{ term: t("doctor.facts.code"), value: code, monospace: true }]),
  ];
}
