import { useState } from "react";
import type { SetupView } from "../../preload/model/setup.ts";
import { keepFocus } from "../checklist/keep-focus.ts";
import { useT } from "../i18n.ts";
import { rollout } from "../store/api.ts";
import { acceptView } from "../store/setups.ts";
import { showToast } from "../store/toasts.ts";
import { Notice } from "../ui/index.ts";
import styles from "./certificates.module.css";
import type { CertificateDetails } from "./details-fields.tsx";
import { detailsOf, KeyField, MoreDetails, NameField } from "./details-fields.tsx";
import { useDraft, withinLimit } from "./draft.ts";
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
  const limits = view.tenant.certificateLimits;
  const maxDays = limits?.maxDays ?? null;
  const [today] = useState(() => calendarDate(new Date()));
  const draft = withinLimit(useDraft(setupId), maxDays, today);
  const choice = usePasswordChoice(setupId);
  const needsPassword = !hasPassword(view);

  async function create(details: CertificateDetails, { notBefore, notAfter }: Validity): Promise<void> {
    const password = needsPassword ? { password: choice.chosen } : {};
    const created = await runWork(setupId, "create", (task) =>
      rollout().certificates.create({ setupId, task, ...details, notBefore, notAfter, ...password }),
    );
    if (created === null) {
      keepFocus();
      return;
    }
    choice.clear();
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
          {limits?.selfSigned === "refused" ? (
            <Notice tone="warn" title={t("certificate.limits.selfSigned")}>
              {t("certificate.limits.selfSignedHelp")}
            </Notice>
          ) : null}
          <div className={styles.form}>
            <NameField view={view} draft={draft} tried={tried} />
            <ValidityField setupId={setupId} draft={draft} today={today} tried={tried} maxDays={maxDays} />
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
