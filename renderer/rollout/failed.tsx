import type { StepId } from "../../preload/model/guide.ts";
import type { RolloutView } from "../../preload/model/setup.ts";
import { Section } from "../checklist/section.tsx";
import { useSetup } from "../checklist/step-context.ts";
import { stepIn } from "../checklist/steps-of.ts";
import { useT } from "../i18n.ts";
import { formatDateTime } from "../store/format.ts";
import { Link, Notice } from "../ui/index.ts";
import styles from "./rollout.module.css";

/** Steps in which a failed Rollout usually has its cause; the likeliest first. */
const likelySteps = [
  "exchange-role",
  "admin-consent",
  "upload-certificate",
  "technical-attributes",
] as const satisfies StepId[];

/** A Rollout that did not connect: the portal's words and where the cause usually is. */
export function Failed({ record }: { record: NonNullable<RolloutView["record"]> }) {
  const t = useT();
  const { view, goTo } = useSetup();
  return (
    <>
      <Notice tone="bad" title={t("rollout.failed.title")}>
        <p>{t("rollout.failed.text", { by: record.by, when: formatDateTime(record.at) })}</p>
      </Notice>
      {record.text === "" ? null : (
        <Section title={t("rollout.failed.portalSaid")}>
          <blockquote className={styles.portalText}>{record.text}</blockquote>
        </Section>
      )}
      <Section title={t("rollout.failed.likely")}>
        <ul className={styles.likely}>
          {likelySteps.map((id) => {
            const { number } = stepIn(view, id);
            return (
              <li key={id}>
                <Link onPress={() => goTo({ step: id })}>
                  {t("checklist.position", { number, title: t(`steps.${id}.title`) })}
                </Link>
                <span>{t(`rollout.failed.reasons.${id}`)}</span>
              </li>
            );
          })}
        </ul>
        <p className={styles.aside}>{t("rollout.failed.lag")}</p>
      </Section>
    </>
  );
}
