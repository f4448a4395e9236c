import { useState } from "react";
import type { CertificateView } from "../../preload/model/certificates.ts";
import type { SetupView } from "../../preload/model/setup.ts";
import { useT } from "../i18n.ts";
import { navigate } from "../store/route.ts";
import { CalendarButton } from "../rollout/calendar-button.tsx";
import { CertificateCard, CertificateNotices } from "./certificate-card.tsx";
import styles from "./certificates.module.css";
import { useDraft } from "./draft.ts";
import { ExportActions } from "./export-actions.tsx";
import { usePasswordChoice } from "./password-choice.ts";
import { isInUse } from "./in-use.ts";
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
  const setupId = view.summary.id;
  const draft = useDraft(setupId);
  const choice = usePasswordChoice(setupId);
  const [tried, setTried] = useState(false);
  const [asking, setAsking] = useState(false);
  const replace = (): void => {
    if (isInUse(view)) navigate({ screen: "rotation", setupId });
    else setAsking(true);
  };
  return (
    <div className={styles.stack}>
      <CertificateNotices
        certificate={certificate}
        onReplace={replace}
        onImport={() => onReplace("import")}
      />
      <CertificateCard certificate={certificate} actions={<CalendarButton setupId={view.summary.id} />} />
      <ExportActions
        view={view}
        choice={choice}
        onPasswordProblem={() => setTried(true)}
        onReplace={replace}
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
