import { ReasonList } from "../checklist/reasons.tsx";
import { Section } from "../checklist/section.tsx";
import { useSetup } from "../checklist/step-context.ts";
import { uniqueReasons } from "../checklist/unique-reasons.ts";
import { useT } from "../i18n.ts";
import { Notice } from "../ui/index.ts";
import styles from "./rollout.module.css";

/** Identifies the list of what is missing, to which the bar leads. */
export const readinessId = "rollout-readiness";

/** The gate before Rollout: what is missing, each line a link, or that nothing is, with what stays doubtful. */
export function Readiness() {
  const t = useT();
  const { ready, missing, doubts } = useSetup().view.rollout;
  if (ready && doubts.length > 0) {
    return (
      <Notice tone="warn" title={t("rollout.doubtfulTitle")}>
        <ReasonList reasons={doubts} />
      </Notice>
    );
  }
  if (ready) {
    return (
      <Notice tone="ok" title={t("rollout.readyTitle")}>
        <p>{t("rollout.readyHint")}</p>
      </Notice>
    );
  }
  return (
    <Section title={t("rollout.missingTitle", { count: uniqueReasons(missing).length })} id={readinessId}>
      <p className={styles.aside}>{t("rollout.missingHint")}</p>
      <ReasonList reasons={missing} />
    </Section>
  );
}
