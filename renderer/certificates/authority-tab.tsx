import type { SetupView } from "../../preload/model/setup.ts";
import { useT } from "../i18n.ts";
import { attempt, rollout } from "../store/api.ts";
import { acceptView } from "../store/setups.ts";
import { announce } from "../ui/index.ts";
import styles from "./certificates.module.css";
import type { CertificateDetails } from "./details-fields.tsx";
import { detailsOf, KeyField, MoreDetails, NameField } from "./details-fields.tsx";
import { useDraft } from "./draft.ts";
import { RequestKeyNotice } from "./request-key.tsx";
import { WaitingRequest } from "./waiting-request.tsx";
import { WorkForm } from "./work-form.tsx";
import { runWork } from "./work.ts";

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

  async function create(details: CertificateDetails): Promise<void> {
    const created = await runWork(setupId, "request", (task) =>
      attempt(rollout().certificates.createRequest({ setupId, task, ...details })),
    );
    if (created === null) return;
    acceptView(created);
    announce(t("certificate.authority.waiting"), "polite");
  }

  return (
    <WorkForm
      setupId={setupId}
      kind="request"
      submitLabel={t("certificate.authority.create")}
      read={() => {
        const details = detailsOf(view, draft);
        return details === null ? null : () => create(details);
      }}
    >
      {(tried) => (
        <>
          <p className={styles.intro}>{t("certificate.authority.intro")}</p>
          <RequestKeyNotice request={null} />
          <div className={styles.form}>
            <NameField view={view} draft={draft} tried={tried} />
            <KeyField view={view} draft={draft} />
          </div>
          <MoreDetails view={view} draft={draft} />
          <p className={styles.note}>{t("certificate.authority.template")}</p>
        </>
      )}
    </WorkForm>
  );
}
