import { useState } from "react";
import type { SetupView } from "../../preload/model/setup.ts";
import { keepFocus } from "../checklist/keep-focus.ts";
import { useT } from "../i18n.ts";
import { attempt, rollout } from "../store/api.ts";
import { useInfo } from "../store/app.ts";
import { acceptView } from "../store/setups.ts";
import { showToast } from "../store/toasts.ts";
import { Button, Checkbox, Notice } from "../ui/index.ts";
import styles from "./certificates.module.css";
import type { ImportObstacle } from "./import-obstacle.ts";
import { importObstacle } from "./import-obstacle.ts";
import { InspectionView } from "./inspection-view.tsx";
import { OpenFile } from "./open-file.tsx";
import type { OpenedFile } from "./opened-file.ts";
import { useOpenedFile } from "./opened-file.ts";
import { UnlockForm } from "./unlock-form.tsx";
import { WorkProgress } from "./work-progress.tsx";
import { runWork, useWork } from "./work.ts";

export interface ImportTabProps {
  view: SetupView;
  onDone: () => void;
  /** Leads to the request that waits for its certificate. */
  onToRequest: () => void;
}

/** Takes over a certificate that exists already. What it is is shown before anything is recorded. */
export function ImportTab(props: ImportTabProps) {
  const t = useT();
  const setupId = props.view.summary.id;
  const { certificates } = rollout();
  const file = useOpenedFile({
    choose: () => certificates.chooseImport({ setupId }),
    offer: (offered) => certificates.offerImport({ setupId, file: offered }),
  });
  return (
    <div className={styles.stack}>
      {file.opened === null ? (
        <>
          <p className={styles.intro}>{t("certificate.import.intro")}</p>
          <OpenFile file={file} purpose="import" />
        </>
      ) : (
        <Recognised key={file.opened.fileId} {...props} file={file} opened={file.opened} />
      )}
    </div>
  );
}

function Recognised(props: ImportTabProps & { file: OpenedFile; opened: NonNullable<OpenedFile["opened"]> }) {
  const t = useT();
  const { view, file, opened, onDone, onToRequest } = props;
  const setupId = view.summary.id;
  const { settings, vault } = useInfo();
  const [password, setPassword] = useState("");
  const [keep, setKeep] = useState(settings.keepPasswords);
  const { work } = useWork(setupId);
  const canKeep = vault.kind === "ready";
  const obstacle = importObstacle(opened.inspection);

  async function accept(): Promise<void> {
    const { fileId } = opened;
    const imported = await runWork(setupId, "import", (task) =>
      attempt(
        rollout().certificates.acceptImport({
          setupId,
          task,
          fileId,
          password,
          keepPassword: keep && canKeep,
        }),
      ),
    );
    if (imported === null) {
      keepFocus();
      return;
    }
    setPassword("");
    acceptView(imported);
    showToast({ title: "certificate.import.done", tone: "ok" });
    onDone();
  }

  return (
    <>
      <Obstacle obstacle={obstacle} hasRequest={view.request !== null} onToRequest={onToRequest} />
      {obstacle === "locked" ? (
        <Notice tone="none" title={t("certificate.import.locked")}>
          <UnlockForm unlock={file.unlock} onOpened={setPassword} isPrimary />
        </Notice>
      ) : null}
      <InspectionView inspection={opened.inspection} />
      {obstacle === null && password !== "" && opened.inspection.kind === "pfx" ? (
        <Checkbox
          isSelected={keep && canKeep}
          onChange={setKeep}
          isDisabled={!canKeep}
          help={t(canKeep ? "password.keep-help" : "password.keep-session")}
        >
          {t("password.keep")}
        </Checkbox>
      ) : null}
      <div className={obstacle === null ? styles.main : styles.stack}>
        <WorkProgress setupId={setupId} kinds={["import"]} />
        <div className={styles.actions}>
          {obstacle === null || obstacle === "unfit" ? (
            <Button
              variant="primary"
              pending={work?.kind === "import"}
              disabledReason={obstacle === "unfit" ? t("certificate.import.unfit") : null}
              onPress={() => void accept()}
            >
              {t("certificate.import.accept")}
            </Button>
          ) : null}
          <Button onPress={file.close}>{t("certificate.import.another")}</Button>
        </div>
      </div>
    </>
  );
}

interface ObstacleProps {
  obstacle: ImportObstacle | null;
  hasRequest: boolean;
  onToRequest: () => void;
}

function Obstacle({ obstacle, hasRequest, onToRequest }: ObstacleProps) {
  const t = useT();
  if (obstacle !== "no-key" && obstacle !== "request" && obstacle !== "no-certificate") return null;
  const answersRequest = obstacle === "no-key" && hasRequest;
  return (
    <Notice
      tone="bad"
      role="alert"
      title={t(`certificate.import.${obstacle}`)}
      actions={
        answersRequest ? <Button onPress={onToRequest}>{t("certificate.import.to-authority")}</Button> : null
      }
    >
      {t(`certificate.import.${obstacle}-help`)}
      {answersRequest ? ` ${t("certificate.import.no-key-issued")}` : null}
    </Notice>
  );
}
