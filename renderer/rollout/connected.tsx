import { ReasonList } from "../checklist/reasons.tsx";
import { useSetup } from "../checklist/step-context.ts";
import { useT } from "../i18n.ts";
import { formatDateTime } from "../store/format.ts";
import { Button, Card, Notice } from "../ui/index.ts";
import { ExpiryNotice } from "./expiry-notice.tsx";
import { HandoverCard } from "./handover.tsx";
import styles from "./rollout.module.css";
import { useRollout } from "./use-rollout.ts";

/** Connected: the record, the handover, and the end of the setup. */
export function Connected() {
  const t = useT();
  const { rollout } = useSetup().view;
  const { record, missing, handover } = rollout;
  return (
    <div className={styles.stack}>
      {record === null ? null : (
        <Notice tone="ok" title={t("rollout.connected.title")}>
          <p>{t("rollout.connected.text", { by: record.by, when: formatDateTime(record.at) })}</p>
          {record.text === "" ? null : <p>{record.text}</p>}
          <p>{t("rollout.connected.next")}</p>
        </Notice>
      )}
      <ExpiryNotice />
      {missing.length === 0 ? null : (
        <Notice tone="warn" title={t("rollout.connected.stillMissing")}>
          <ReasonList reasons={missing} />
        </Notice>
      )}
      <HandoverCard />
      <Card title={t("rollout.close.title")}>
        <p className={styles.aside}>{t("rollout.close.text")}</p>
        {handover === null ? <p className={styles.aside}>{t("rollout.close.withoutHandover")}</p> : null}
        {handover === null ? <CloseButton /> : null}
      </Card>
    </div>
  );
}

/** While the bar's main action is the handover, closing is offered here. */
function CloseButton() {
  const t = useT();
  const { close, pending } = useRollout();
  return (
    <div className={styles.buttons}>
      <Button onPress={close} pending={pending === "close"}>
        {t("rollout.close.action")}
      </Button>
    </div>
  );
}
