import type { CertificateView } from "../../preload/model/certificates.ts";
import { spokenDays } from "../../preload/model/days.ts";
import { valueIn } from "../checklist/bodies/field-of.ts";
import { useSetup } from "../checklist/step-context.ts";
import type { Translate } from "../i18n.ts";
import { useT } from "../i18n.ts";
import { formatDate, formatDateTime } from "../store/format.ts";
import { navigate } from "../store/route.ts";
import type { Definition } from "../ui/index.ts";
import { Button, Card, DefinitionList, StateIcon } from "../ui/index.ts";
import { CalendarButton } from "./calendar-button.tsx";
import { ExpiryNotice } from "./expiry-notice.tsx";
import styles from "./rollout.module.css";
import { useRollout } from "./use-rollout.ts";

/** The finished setup: what was connected, by whom, and when the certificate has to be renewed. */
export function ClosedSetup() {
  const t = useT();
  const { view } = useSetup();
  const { handover, closedAt } = view.rollout;
  const { showHandover } = useRollout();
  const { certificateDaysLeft } = view.summary;
  const isOver = certificateDaysLeft !== null && spokenDays(certificateDaysLeft).over;
  return (
    <div className={styles.stack}>
      <div className={styles.finished}>
        <StateIcon state={isOver ? "needs-attention" : "done"} />
        <h2>{t(isOver ? "rollout.closed.titleOver" : "rollout.closed.title")}</h2>
        <p className={styles.aside}>
          {t("rollout.closed.text", {
            name: view.summary.name,
            when: closedAt === null ? "" : formatDateTime(closedAt),
          })}
        </p>
      </div>
      <ExpiryNotice />
      <Card>
        <DefinitionList items={useSummary()} />
        <div className={styles.buttons}>
          {handover === null ? null : (
            <Button icon="folder" onPress={showHandover}>
              {t("rollout.handover.show")}
            </Button>
          )}
          {view.certificate === null || isOver ? null : <CalendarButton setupId={view.summary.id} />}
        </div>
      </Card>
      {isOver ? null : <p className={styles.aside}>{t("rollout.closed.renew")}</p>}
      {view.rotation === null ? (
        <div className={styles.buttons}>
          <Button onPress={() => navigate({ screen: "rotation", setupId: view.summary.id })}>
            {t("rotation.entry")}
          </Button>
        </div>
      ) : null}
    </div>
  );
}

function certificateValue({ daysLeft, notAfter }: CertificateView, t: Translate): string {
  const { over, count } = spokenDays(daysLeft);
  const date = formatDate(notAfter);
  return over
    ? t("rollout.closed.certificateExpired", { date })
    : t("rollout.closed.certificateValue", { count, date });
}

function useSummary(): Definition[] {
  const t = useT();
  const { view } = useSetup();
  const { certificate, summary, rollout } = view;
  const { record, handover } = rollout;
  const applicationId = valueIn(view, "applicationId");
  return [
    { term: t("rollout.closed.instance"), value: valueIn(view, "instanceName") },
    { term: t("rollout.closed.tenant"), value: summary.tenantDomain },
    { term: t("rollout.closed.application"), value: applicationId, copy: applicationId, monospace: true },
    ...(certificate === null
      ? []
      : [
          {
            term: t("rollout.closed.certificate"),
            value: certificateValue(certificate, t),
          },
        ]),
    ...(record === null
      ? []
      : [{ term: t("rollout.closed.recorded"), value: `${record.by}, ${formatDateTime(record.at)}` }]),
    { term: t("rollout.closed.handover"), value: handover?.path ?? t("rollout.closed.none") },
    {
      term: t("rollout.closed.steps"),
      value: t("rollout.closed.stepsValue", { done: summary.done, total: summary.total }),
    },
  ];
}
