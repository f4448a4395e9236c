import { useState } from "react";
import type { SetupView, Target } from "../../preload/model/setup.ts";
import { useDraft } from "../certificates/draft.ts";
import { runWork, useWork } from "../certificates/work.ts";
import { useT } from "../i18n.ts";
import { useInfo } from "../store/app.ts";
import { announce, Button, FailureNotice, Spinner } from "../ui/index.ts";
import { createQuickCertificate, quickDetails } from "./quick-create.ts";
import styles from "./tenant.module.css";

/** The missing certificate with one click, as the workbench would make it; or the way to the workbench. */
export function QuickCertificate({ view, onGo }: { view: SetupView; onGo: (target: Target) => void }) {
  const t = useT();
  const setupId = view.summary.id;
  const draft = useDraft(setupId);
  const { settings, vault } = useInfo();
  const { work, failure } = useWork(setupId);
  const [today] = useState(() => new Date());
  const details = quickDetails(view, draft, today);
  const keep = settings.keepPasswords && vault.kind === "ready";

  async function create(): Promise<void> {
    if (details === null) return;
    const created = await runWork(setupId, "create", (task) =>
      createQuickCertificate(view, details, keep, task),
    );
    if (created !== null) announce(t("tenant.quick.done"));
  }

  return (
    <div className={styles.stack}>
      {view.tenant.certificateLimits?.selfSigned === "refused" ? <p>{t("tenant.quick.authority")}</p> : null}
      {details === null ? null : (
        <p>
          {t(details.shortened ? "tenant.quick.textDays" : "tenant.quick.text", {
            name: details.input.commonName,
            days: details.days,
          })}
        </p>
      )}
      {failure?.kind === "create" ? <FailureNotice error={failure.error} /> : null}
      <div className={styles.buttons}>
        {details === null ? null : (
          <Button pending={work?.kind === "create"} onPress={() => void create()}>
            {t("tenant.quick.action")}
          </Button>
        )}
        <Button variant="quiet" onPress={() => onGo({ step: "certificate" })}>
          {t("tenant.quick.own")}
        </Button>
        {work?.kind === "create" ? <Spinner label={t("tenant.quick.working")} /> : null}
      </div>
    </div>
  );
}
