import { useT } from "../i18n.ts";
import { rollout } from "../store/api.ts";
import { Button, FailureNotice, Notice } from "../ui/index.ts";
import styles from "./certificates.module.css";
import { canUnlock } from "./import-obstacle.ts";
import { InspectionView } from "./inspection-view.tsx";
import { OpenFile } from "./open-file.tsx";
import { useOpenedFile } from "./opened-file.ts";
import { UnlockForm } from "./unlock-form.tsx";

/** Choose or drop a file and see what it is. Nothing is recorded. */
export function InspectPanel() {
  const t = useT();
  const { certificates } = rollout();
  const file = useOpenedFile({
    choose: () => certificates.chooseInspect(),
    offer: (offered) => certificates.offerInspect({ file: offered }),
  });
  const { opened } = file;
  if (opened === null) {
    return (
      <div className={styles.stack}>
        <p className={styles.intro}>{t("inspect.intro")}</p>
        <OpenFile file={file} purpose="inspect" />
      </div>
    );
  }
  return (
    <div className={styles.stack}>
      {canUnlock(opened.inspection) ? (
        <Notice tone="none" title={t("inspect.locked.title")}>
          <p>{t("inspect.locked.text")}</p>
          <UnlockForm key={opened.fileId} unlock={file.unlock} isPrimary />
        </Notice>
      ) : null}
      <InspectionView inspection={opened.inspection} />
      {file.error === null ? null : <FailureNotice error={file.error} />}
      <div className={styles.actions}>
        <Button pending={file.busy} onPress={file.choose}>
          {t("inspect.another")}
        </Button>
      </div>
    </div>
  );
}
