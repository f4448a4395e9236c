import { useState } from "react";
import type { ChosenPassword, ExportKind } from "../../preload/model/certificates.ts";
import type { Chosen } from "../../preload/contract.ts";
import type { Result } from "../../preload/model/errors.ts";
import type { SetupView } from "../../preload/model/setup.ts";
import { useT } from "../i18n.ts";
import { call, rollout } from "../store/api.ts";
import { useInfo } from "../store/app.ts";
import { acceptView, change } from "../store/setups.ts";
import { showSaved } from "../store/toasts.ts";
import { announce, Button, ConfirmDialog, Menu } from "../ui/index.ts";
import styles from "./certificates.module.css";
import { useDraft } from "./draft.ts";
import { isInUse } from "./in-use.ts";
import type { PasswordChoice } from "./password-choice.ts";
import { hasPassword } from "./password-choice.ts";
import { profileOf } from "./protection-field.tsx";
import { WorkProgress } from "./work-progress.tsx";
import type { WorkKind } from "./work.ts";
import { runWork, useWork } from "./work.ts";

export interface ExportActionsProps {
  view: SetupView;
  choice: PasswordChoice;
  /** The typed password cannot be used: it is said at its field. */
  onPasswordProblem: () => void;
  onReplace: () => void;
}

type Saved = { path: string; view: SetupView };

/** Saving the certificate as files, and the way to another one. */
export function ExportActions({ view, choice, onPasswordProblem, onReplace }: ExportActionsProps) {
  const t = useT();
  const setupId = view.summary.id;
  const draft = useDraft(setupId);
  const { work } = useWork(setupId);
  const [removing, setRemoving] = useState(false);
  const { certificates } = rollout();
  const keyStored = view.certificate?.keyStored === true;
  const { vault } = useInfo();
  const needsPassword = !hasPassword(view);
  const noKey = keyStored
    ? null
    : t(vault.kind === "locked" ? "vault.locked.title" : "certificate.export.key-missing");

  // A setup has one password: a PEM with another one would part the setup from its saved PFX.
  const noPem =
    needsPassword && view.certificate?.pfx
      ? t(view.password.state === "unreadable" ? "password.unreadable" : "certificate.export.pem-password")
      : null;

  async function exportWithKey(
    kind: Extract<WorkKind, "export-pfx" | "export-pem">,
    run: (input: { task: string; password?: ChosenPassword }) => Promise<Result<Chosen<Saved>>>,
  ): Promise<void> {
    if (needsPassword && !choice.usable) {
      onPasswordProblem();
      return;
    }
    // Main takes the password over once the file is saved: closing the dialog changes nothing.
    const password = needsPassword ? { password: choice.chosen } : {};
    const saved = await runWork(setupId, kind, (task) => run({ task, ...password }));
    if (saved !== null && !saved.canceled) choice.clear();
    report(saved, kind === "export-pfx" ? "pfx" : "pem-encrypted");
  }

  function report(saved: Chosen<Saved> | null, kind: ExportKind): void {
    if (saved === null) return;
    if (saved.canceled) {
      announce(t("certificate.export.canceled"), "polite");
      return;
    }
    acceptView(saved.view);
    showSaved("certificate.export.saved", saved.path, { what: t(`certificate.export.kinds.${kind}`) });
  }

  const exportPublic = async (format: Extract<ExportKind, "cer-der" | "cer-pem">): Promise<void> =>
    report(await call(certificates.exportPublic({ setupId, format })), format);

  async function remove(): Promise<void> {
    setRemoving(false);
    await change(certificates.remove({ setupId }));
  }

  return (
    <div className={styles.main}>
      {/* The first two: a certificate that came can fail at its password, when its own form has gone already. */}
      <WorkProgress setupId={setupId} kinds={["create", "import", "export-pfx", "export-pem"]} />
      <div className={styles.actions}>
        <Button
          variant={view.certificate?.pfx ? "default" : "primary"}
          pending={work?.kind === "export-pfx"}
          disabledReason={noKey}
          onPress={() =>
            void exportWithKey("export-pfx", (input) =>
              certificates.exportPfx({ setupId, ...input, profile: profileOf(view, draft) }),
            )
          }
        >
          {t("certificate.export.pfx")}
        </Button>
        <Menu
          label={t("certificate.export.cer")}
          items={(["cer-der", "cer-pem"] as const).map((format) => ({
            id: format,
            label: t(`certificate.export.${format}`),
            onAction: () => void exportPublic(format),
          }))}
        />
        <span className={styles.spacer} />
        <Button variant="quiet" onPress={onReplace}>
          {t("certificate.replace.action")}
        </Button>
        <Menu
          label={t("certificate.export.more")}
          icon="more"
          items={[
            {
              id: "pem",
              icon: "download",
              label: t("certificate.export.pem"),
              disabledReason: noKey ?? noPem,
              onAction: () =>
                void exportWithKey("export-pem", (input) => certificates.exportPem({ setupId, ...input })),
            },
            {
              id: "remove",
              icon: "trash",
              danger: true,
              label: t("certificate.remove.action"),
              disabledReason: isInUse(view) ? t("errors.certificate-in-use.help") : null,
              onAction: () => setRemoving(true),
            },
          ]}
        />
      </div>
      <ConfirmDialog
        title={t("certificate.remove.title")}
        isOpen={removing}
        onClose={() => setRemoving(false)}
        onConfirm={() => void remove()}
        confirmLabel={t("certificate.remove.confirm")}
        danger
      >
        <p>{t("certificate.remove.text", { subject: view.certificate?.subject ?? "" })}</p>
        <p>{t("certificate.replace.files")}</p>
        <p>{t("certificate.replace.entra")}</p>
      </ConfirmDialog>
    </div>
  );
}
