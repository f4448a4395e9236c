import type { ReactNode } from "react";
import { asksForCng } from "../../preload/model/certificates.ts";
import type { CertificateView } from "../../preload/model/certificates.ts";
import type { Translate } from "../i18n.ts";
import { useT } from "../i18n.ts";
import { useInfo } from "../store/app.ts";
import { formatDate, formatWhen } from "../store/format.ts";
import type { Definition, Tone } from "../ui/index.ts";
import { Badge, Button, Card, DefinitionList, Notice } from "../ui/index.ts";
import { issuerText, keyText, thumbprintFacts, usageText } from "./facts.tsx";
import { ValidityBar } from "./validity-bar.tsx";

interface CertificateCardProps {
  certificate: CertificateView;
  actions?: ReactNode;
}

/** The setup's certificate: who it is, how long it lasts, what it is for. */
export function CertificateCard({ certificate, actions }: CertificateCardProps) {
  const t = useT();
  const badge = badgeOf(certificate, t);
  return (
    <Card title={certificate.subject} badge={<Badge tone={badge.tone}>{badge.text}</Badge>} actions={actions}>
      <DefinitionList items={factsOf(certificate, t)} />
    </Card>
  );
}

/** Whether it can do its work, in words. */
export function badgeOf(certificate: CertificateView, t: Translate): { tone: Tone; text: string } {
  const { validity, daysLeft, keyStored } = certificate;
  if (validity === "expired") return { tone: "bad", text: t("certificate.badge.expired") };
  if (validity === "not-yet") return { tone: "warn", text: t("certificate.badge.not-yet") };
  if (!keyStored && certificate.pfx === null)
    return { tone: "warn", text: t("certificate.badge.key-missing") };
  if (validity === "expiring")
    return { tone: "warn", text: t("certificate.badge.expiring", { count: daysLeft }) };
  if (asksForCng(certificate)) return { tone: "warn", text: t("certificate.badge.reservation") };
  return { tone: "ok", text: t("certificate.badge.valid") };
}

function factsOf(certificate: CertificateView, t: Translate): Definition[] {
  const { dnsNames, chain, validity, keyProvider } = certificate;
  const tone = validity === "valid" ? "ok" : validity === "expired" ? "bad" : "warn";
  return [
    ...thumbprintFacts(certificate, t),
    {
      term: t("certificate.facts.valid"),
      value: <ValidityBar facts={certificate} days={certificate.daysLeft} tone={tone} />,
    },
    {
      term: t("certificate.facts.key"),
      value: `${keyText(certificate, t)} · ${t(`certificate.provider.${keyProvider}`)}`,
    },
    { term: t("certificate.facts.usage"), value: usageText(certificate, t) },
    ...(dnsNames.length === 0 ? [] : [{ term: t("certificate.facts.dnsNames"), value: dnsNames.join(", ") }]),
    { term: t("certificate.facts.issuer"), value: issuerText(certificate, t) },
    ...(chain.length === 0
      ? []
      : [{ term: t("certificate.facts.chain"), value: chain.map(({ subject }) => subject).join(" › ") }]),
    {
      term: t("certificate.facts.origin"),
      value: t(`certificate.origin.${certificate.origin}`, { when: formatWhen(certificate.recordedAt) }),
    },
  ];
}

export interface CertificateNoticesProps {
  certificate: CertificateView;
  onReplace: () => void;
  onImport: () => void;
}

/** What the user should know about the certificate before using it. */
export function CertificateNotices({ certificate, onReplace, onImport }: CertificateNoticesProps) {
  const t = useT();
  const { vault } = useInfo();
  const { validity, daysLeft, keyStored, keyUnreadable, notBefore } = certificate;
  const replace = <Button onPress={onReplace}>{t("certificate.replace.action")}</Button>;
  return (
    <>
      {validity === "expired" ? (
        <Notice tone="bad" title={t("certificate.notice.expired")} actions={replace}>
          {t("certificate.notice.expired-help")}
        </Notice>
      ) : null}
      {validity === "expiring" ? (
        <Notice tone="warn" title={t("certificate.notice.expiring", { count: daysLeft })} actions={replace}>
          {t("certificate.notice.expiring-help")}
        </Notice>
      ) : null}
      {validity === "not-yet" ? (
        <Notice tone="warn" title={t("certificate.notice.not-yet")}>
          {t("certificate.notice.not-yet-help", { date: formatDate(notBefore) })}
        </Notice>
      ) : null}
      {asksForCng(certificate) ? (
        <Notice tone="warn" title={t("certificate.notice.cng")}>
          {t("certificate.notice.cng-help")}
        </Notice>
      ) : null}
      {keyUnreadable && vault.kind === "ready" ? (
        <Notice tone="bad" title={t("errors.vault-file-tampered.title")} actions={replace}>
          {t("errors.vault-file-tampered.help")}
        </Notice>
      ) : null}
      {keyStored || keyUnreadable ? null : (
        <Notice
          tone="warn"
          title={t("certificate.notice.key-missing")}
          actions={<Button onPress={onImport}>{t("certificate.notice.import-pfx")}</Button>}
        >
          {t("certificate.notice.key-missing-help")}
        </Notice>
      )}
    </>
  );
}
