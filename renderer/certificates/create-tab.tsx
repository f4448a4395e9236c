import { useState } from "react";
import type { SetupView } from "../../preload/model/setup.ts";
import { useT } from "../i18n.ts";
import { attempt, rollout } from "../store/api.ts";
import { acceptView } from "../store/setups.ts";
import { showToast } from "../store/toasts.ts";
import styles from "./certificates.module.css";
import type { CertificateDetails } from "./details-fields.tsx";
import { detailsOf, KeyField, MoreDetails, NameField } from "./details-fields.tsx";
import { useDraft } from "./draft.ts";
import { hasPassword, usePasswordChoice } from "./password-choice.ts";
import { PasswordPanel } from "./password-panel.tsx";
import { ProtectionField } from "./protection-field.tsx";
import { ValidityField } from "./validity-field.tsx";
import type { Validity } from "./validity.ts";
import { calendarDate, validityOf } from "./validity.ts";
import { WorkForm } from "./work-form.tsx";
import { runWork } from "./work.ts";

/** Creates a self-signed certificate and the password of its PFX. */
export function CreateTab({ view, onDone }: { view: SetupView; onDone: () => void }) {
  const t = useT();
  const setupId = view.summary.id;
  const draft = useDraft(setupId);
  const choice = usePasswordChoice(setupId);
  const [today] = useState(() => calendarDate(new Date()));
  const needsPassword = !hasPassword(view);

  async function create(details: CertificateDetails, { notBefore, notAfter }: Validity): Promise<void> {
    const created = await runWork(setupId, "create", async (task) => {
      const password = needsPassword ? await choice.apply() : null;
      if (password !== null && !password.ok) return password;
      return attempt(rollout().certificates.create({ setupId, task, ...details, notBefore, notAfter }));
    });
    if (created === null) return;
    acceptView(created);
    showToast({ title: "certificate.create.done", tone: "ok" });
    onDone();
  }

  return (
    <WorkForm
      setupId={setupId}
      kind="create"
      submitLabel={t(view.certificate === null ? "certificate.create.action" : "certificate.create.replace")}
      read={() => {
        const details = detailsOf(view, draft);
        const validity = validityOf(draft.preset, draft.lastDay, today);
        if (details === null || "problem" in validity || (needsPassword && !choice.usable)) return null;
        return () => create(details, validity);
      }}
    >
      {(tried) => (
        <>
          <div className={styles.form}>
            <NameField view={view} draft={draft} tried={tried} />
            <ValidityField setupId={setupId} draft={draft} today={today} tried={tried} />
            <KeyField view={view} draft={draft} />
            <ProtectionField view={view} draft={draft} />
          </div>
          <MoreDetails view={view} draft={draft} />
          <PasswordPanel view={view} choice={choice} when={t("password.generate.when")} tried={tried} />
        </>
      )}
    </WorkForm>
  );
}
