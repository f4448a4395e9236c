import { useState } from "react";
import type { ReactNode } from "react";
import type { ReportLanguage } from "../../preload/model/app.ts";
import { reportLanguages } from "../../preload/model/app.ts";
import { useSetup } from "../checklist/step-context.ts";
import { useT } from "../i18n.ts";
import { useInfo } from "../store/app.ts";
import { formatDateTime } from "../store/format.ts";
import { Button, Card, CopyButton, Dialog, Segmented } from "../ui/index.ts";
import styles from "./rollout.module.css";
import { useRollout } from "./use-rollout.ts";

/** The handover folder after Rollout: what it is, and where it was written. */
export function HandoverCard() {
  const t = useT();
  const { handover } = useSetup().view.rollout;
  const { writeHandover, showHandover, pending } = useRollout();
  return (
    <Card title={t("rollout.handover.title")}>
      <p className={styles.aside}>{t("rollout.handover.text")}</p>
      {handover === null ? null : (
        <>
          <p className={styles.pathLine}>
            <code>{handover.path}</code>
            <CopyButton text={handover.path} what={t("rollout.handover.title")} iconOnly />
          </p>
          <p className={styles.aside}>
            {t("rollout.handover.written", { when: formatDateTime(handover.at) })}
          </p>
          <div className={styles.buttons}>
            <Button icon="folder" onPress={showHandover}>
              {t("rollout.handover.show")}
            </Button>
            <WriteButton
              title={t("rollout.handover.title")}
              pending={pending === "handover"}
              onWrite={writeHandover}
            >
              {t("rollout.handover.rewrite")}
            </WriteButton>
          </div>
        </>
      )}
    </Card>
  );
}

/** The report of a setup that is not connected yet. */
export function ReportCard() {
  const t = useT();
  const { saveReport, pending } = useRollout();
  return (
    <Card title={t("rollout.handover.report")}>
      <p className={styles.aside}>{t("rollout.handover.reportText")}</p>
      <div className={styles.buttons}>
        <WriteButton title={t("rollout.handover.report")} pending={pending === "report"} onWrite={saveReport}>
          {t("rollout.handover.reportSave")}
        </WriteButton>
      </div>
    </Card>
  );
}

interface WriteButtonProps {
  /** Of the dialog. */
  title: string;
  children: ReactNode;
  pending: boolean;
  onWrite: (languages: ReportLanguage[]) => void;
  variant?: "primary";
}

/** Asks for the language of the reports first; the folder is asked for by the system's own dialog. */
export function WriteButton({ title, children, pending, onWrite, variant }: WriteButtonProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button pending={pending} onPress={() => setOpen(true)} {...(variant === undefined ? {} : { variant })}>
        {children}
      </Button>
      {open ? <LanguageDialog title={title} onClose={() => setOpen(false)} onWrite={onWrite} /> : null}
    </>
  );
}

interface LanguageDialogProps {
  title: string;
  onClose: () => void;
  onWrite: (languages: ReportLanguage[]) => void;
}

function LanguageDialog({ title, onClose, onWrite }: LanguageDialogProps) {
  const t = useT();
  const [choice, setChoice] = useState<ReportLanguage | "both">(useInfo().language);
  return (
    <Dialog
      title={title}
      isOpen
      onClose={onClose}
      onSubmit={() => {
        onClose();
        onWrite(choice === "both" ? [...reportLanguages] : [choice]);
      }}
      actions={
        <>
          <Button onPress={onClose}>{t("rollout.handover.cancel")}</Button>
          <Button type="submit" variant="primary">
            {t("rollout.handover.action")}
          </Button>
        </>
      }
    >
      <p>{t("rollout.handover.contents")}</p>
      <Segmented<ReportLanguage | "both">
        label={t("rollout.handover.languages")}
        value={choice}
        onChange={setChoice}
        options={[
          ...reportLanguages.map((id) => ({ id, label: t(`settings.language.${id}`) })),
          { id: "both", label: t("rollout.handover.both") },
        ]}
      />
    </Dialog>
  );
}
