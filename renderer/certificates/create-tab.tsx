import { useState } from "react";
import type { SetupView } from "../../preload/model/setup.ts";
import { useT } from "../i18n.ts";
import { attempt, rollout } from "../store/api.ts";
import { acceptView } from "../store/setups.ts";
import { showToast } from "../store/toasts.ts";
import { Button } from "../ui/index.ts";
import styles from "./certificates.module.css";
import { detailsOf, KeyField, MoreDetails, NameField } from "./details-fields.tsx";
import { useDraft } from "./draft.ts";
import { hasPassword, usePasswordChoice } from "./password-choice.ts";
import { PasswordPanel } from "./password-panel.tsx";
import { ProtectionField } from "./protection-field.tsx";
import { useFocusProblem } from "./use-focus-problem.ts";
import { ValidityField } from "./validity-field.tsx";
import { calendarDate, validityOf } from "./validity.ts";
import { WorkProgress } from "./work-progress.tsx";
import { runWork, useWork } from "./work.ts";

/** Creates a self-signed certificate and the password of its PFX. */
export function CreateTab({ view, onDone }: { view: SetupView; onDone: () => void }) {
  const t = useT();
  const setupId = view.summary.id;
  const draft = useDraft(setupId);
  const choice = usePasswordChoice(setupId);
  const [tried, setTried] = useState(false);
  const { work } = useWork(setupId);
  const [today] = useState(() => calendarDate(new Date()));
  const [form, focusProblem] = useFocusProblem();

  async function create(): Promise<void> {
    setTried(true);
    const details = detailsOf(view, draft);
    const validity = validityOf(draft.preset, draft.lastDay, today);
    const needsPassword = !hasPassword(view);
    if (details === null || "problem" in validity || (needsPassword && !choice.usable)) {
      focusProblem();
      return;
    }
    const { notBefore, notAfter } = validity;
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
    <form
      ref={form}
      className={styles.stack}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void create();
      }}
    >
      <div className={styles.form}>
        <NameField view={view} draft={draft} tried={tried} />
        <ValidityField setupId={setupId} draft={draft} today={today} tried={tried} />
        <KeyField view={view} draft={draft} />
        <ProtectionField view={view} draft={draft} />
      </div>
      <MoreDetails view={view} draft={draft} />
      <PasswordPanel view={view} choice={choice} when={t("password.generate.when")} tried={tried} />
      <div className={styles.main}>
        <WorkProgress setupId={setupId} kinds={["create"]} />
        <div className={styles.actions}>
          <Button
            variant="primary"
            type="submit"
            pending={work?.kind === "create"}
            isDisabled={isBusy(work, "create")}
          >
            {t(view.certificate === null ? "certificate.create.action" : "certificate.create.replace")}
          </Button>
        </div>
      </div>
    </form>
  );
}

/** Whether other work than this keeps the form from being sent. */
function isBusy(work: { kind: string } | null, kind: string): boolean {
  return work !== null && work.kind !== kind;
}
