import { useState } from "react";
import type { CertificateView } from "../../preload/model/certificates.ts";
import type { SetupView } from "../../preload/model/setup.ts";
import { useT } from "../i18n.ts";
import { CalendarButton } from "../rollout/calendar-button.tsx";
import { CertificateCard, CertificateNotices } from "./certificate-card.tsx";
import styles from "./certificates.module.css";
import { useDraft } from "./draft.ts";
import { ExportActions } from "./export-actions.tsx";
import { usePasswordChoice } from "./password-choice.ts";
import { PasswordPanel } from "./password-panel.tsx";
import { ProtectionField } from "./protection-field.tsx";
import { ReplaceDialog } from "./replace-dialog.tsx";
import { SavedFiles } from "./saved-files.tsx";

export interface CurrentTabProps {
  view: SetupView;
  certificate: CertificateView;
  /** The user wants another certificate, by the given way or any. */
  onReplace: (way: "create" | "import") => void;
}

/** The setup's certificate, its files and its password. */
export function CurrentTab({ view, certificate, onReplace }: CurrentTabProps) {
  const t = useT();
  const draft = useDraft(view.summary.id);
  const choice = usePasswordChoice(view.summary.id);
  const [tried, setTried] = useState(false);
  const [asking, setAsking] = useState(false);
  return (
    <div className={styles.stack}>
      <CertificateNotices
        certificate={certificate}
        onReplace={() => setAsking(true)}
        onImport={() => onReplace("import")}
      />
      <CertificateCard certificate={certificate} actions={<CalendarButton setupId={view.summary.id} />} />
      <ExportActions
        view={view}
        choice={choice}
        onPasswordProblem={() => setTried(true)}
        onReplace={() => setAsking(true)}
      />
      {certificate.keyStored || certificate.pfx !== null ? (
        <>
          <PasswordPanel view={view} choice={choice} when={t("password.generate.whenExport")} tried={tried} />
          {certificate.keyStored ? <ProtectionField view={view} draft={draft} /> : null}
        </>
      ) : null}
      <SavedFiles view={view} certificate={certificate} />
      <ReplaceDialog
        certificate={certificate}
        isOpen={asking}
        onClose={() => setAsking(false)}
        onConfirm={() => {
          setAsking(false);
          onReplace("create");
        }}
      />
    </div>
  );
}
