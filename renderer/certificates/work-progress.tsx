import { useEffect } from "react";
import { certificatePhases } from "../../preload/model/certificates.ts";
import { useT } from "../i18n.ts";
import { useTask } from "../store/tasks.ts";
import { announce, Button, FailureNotice, ProgressBar } from "../ui/index.ts";
import styles from "./certificates.module.css";
import type { WorkKind } from "./work.ts";
import { cancelWork, useWork } from "./work.ts";

/** Progress of the given kinds of work with a way to stop it, or why it failed. */
export function WorkProgress({ setupId, kinds }: { setupId: string; kinds: readonly WorkKind[] }) {
  const t = useT();
  const { work, failure } = useWork(setupId);
  const progress = useTask(work?.task ?? null);
  const mine = work !== null && kinds.includes(work.kind) ? work : null;
  const phase = certificatePhases.find((known) => known === progress?.phase) ?? "starting";
  const label = mine === null ? "" : t(`certificate.working.${mine.kind}`);
  const detail =
    mine?.canceling === true ? t("certificate.working.canceling") : t(`certificate.phases.${phase}`);

  useEffect(() => {
    if (label !== "") announce(label, "polite");
  }, [label]);

  if (mine === null) {
    return failure !== null && kinds.includes(failure.kind) ? <FailureNotice error={failure.error} /> : null;
  }
  return (
    <div className={styles.working}>
      <div className={styles.workingBar}>
        <ProgressBar label={`${label}: ${detail}`} {...shareOf(progress)} />
      </div>
      <Button isDisabled={mine.canceling} onPress={() => void cancelWork(setupId)}>
        {t("certificate.working.cancel")}
      </Button>
    </div>
  );
}

/** Making a key takes as long as it takes: without a total the bar only shows that something is going on. */
function shareOf(progress: { done: number; total: number } | null): { value?: number } {
  if (progress === null || !(progress.total > 1)) return {};
  return { value: Math.min(100, (progress.done / progress.total) * 100) };
}
