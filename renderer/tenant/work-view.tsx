import type { WorkView as Work } from "../../preload/model/tenant.ts";
import { useT } from "../i18n.ts";
import { formatTime } from "../store/format.ts";
import { Button, Notice, ProgressBar } from "../ui/index.ts";
import { cancelWork } from "./intents.ts";
import styles from "./tenant.module.css";
import { clockTime, useRemaining } from "./use-remaining.ts";
import { useTenantWords } from "./words.ts";

/** Work on the tenant under way: which change, how far, what it waits for and until when. */
export function WorkView({ setupId, work }: { setupId: string; work: Work }) {
  const { t, change } = useTenantWords();
  const now =
    work.kind === "reading"
      ? t("tenant.work.reading")
      : t("tenant.work.now", {
          change: work.change === null ? t("tenant.work.preparing") : change(work.change),
        });
  const share = work.total > 0 ? { value: (work.done / work.total) * 100 } : {};
  return (
    <div className={styles.stack}>
      <ProgressBar label={now} {...share} />
      {work.total === 0 ? null : (
        <p className={styles.dim}>{t("tenant.work.done", { done: work.done, total: work.total })}</p>
      )}
      {work.wait === null ? null : <Wait wait={work.wait} />}
      {work.canceling ? <p className={styles.dim}>{t("tenant.work.canceling")}</p> : null}
      {work.kind === "reading" ? (
        <div className={styles.buttons}>
          <Button isDisabled={work.canceling} onPress={() => void cancelWork(setupId)}>
            {t("common.cancel")}
          </Button>
        </div>
      ) : null}
    </div>
  );
}

function Wait({ wait }: { wait: NonNullable<Work["wait"]> }) {
  const t = useT();
  const left = useRemaining(wait.until);
  return (
    <Notice tone="wait" title={t(`tenant.waits.${wait.reason}`)}>
      {t("tenant.work.until", { time: clockTime(left) })}
      {" · "}
      {t("tenant.work.giveUp", { when: formatTime(wait.giveUpAt) })}
    </Notice>
  );
}
