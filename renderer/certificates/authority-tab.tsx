import { useState } from "react";
import type { SetupView } from "../../preload/model/setup.ts";
import { useT } from "../i18n.ts";
import { attempt, rollout } from "../store/api.ts";
import { acceptView } from "../store/setups.ts";
import { announce, Button } from "../ui/index.ts";
import styles from "./certificates.module.css";
import { detailsOf, KeyField, MoreDetails, NameField } from "./details-fields.tsx";
import { useDraft } from "./draft.ts";
import { useFocusProblem } from "./use-focus-problem.ts";
import { WaitingRequest } from "./waiting-request.tsx";
import { WorkProgress } from "./work-progress.tsx";
import { runWork, useWork } from "./work.ts";

/** A certificate from a certificate authority: the request, the wait, and taking the answer back. */
export function AuthorityTab({ view, onDone }: { view: SetupView; onDone: () => void }) {
  return view.request === null ? (
    <RequestForm view={view} />
  ) : (
    <WaitingRequest view={view} request={view.request} onDone={onDone} />
  );
}

function RequestForm({ view }: { view: SetupView }) {
  const t = useT();
  const setupId = view.summary.id;
  const draft = useDraft(setupId);
  const [tried, setTried] = useState(false);
  const { work } = useWork(setupId);
  const [form, focusProblem] = useFocusProblem();

  async function create(): Promise<void> {
    setTried(true);
    const details = detailsOf(view, draft);
    if (details === null) {
      focusProblem();
      return;
    }
    const created = await runWork(setupId, "request", (task) =>
      attempt(rollout().certificates.createRequest({ setupId, task, ...details })),
    );
    if (created === null) return;
    acceptView(created);
    announce(t("certificate.authority.waiting"), "polite");
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
      <p className={styles.intro}>{t("certificate.authority.intro")}</p>
      <div className={styles.form}>
        <NameField view={view} draft={draft} tried={tried} />
        <KeyField view={view} draft={draft} />
      </div>
      <MoreDetails view={view} draft={draft} />
      <p className={styles.note}>{t("certificate.authority.template")}</p>
      <div className={styles.main}>
        <WorkProgress setupId={setupId} kinds={["request"]} />
        <div className={styles.actions}>
          <Button
            variant="primary"
            type="submit"
            pending={work?.kind === "request"}
            isDisabled={work !== null && work.kind !== "request"}
          >
            {t("certificate.authority.create")}
          </Button>
        </div>
      </div>
    </form>
  );
}
