import type { LikelyCause, RolloutView } from "../../preload/model/setup.ts";
import { Section } from "../checklist/section.tsx";
import { useSetup } from "../checklist/step-context.ts";
import { stepIn } from "../checklist/steps-of.ts";
import { useT } from "../i18n.ts";
import { formatDateTime } from "../store/format.ts";
import { navigate } from "../store/route.ts";
import { Button, Link, Notice } from "../ui/index.ts";
import styles from "./rollout.module.css";

/** A Rollout that did not connect: the portal's words, where the cause probably is, and the way to find out. */
export function Failed({ record }: { record: NonNullable<RolloutView["record"]> }) {
  const t = useT();
  const { view } = useSetup();
  const { likely } = view.rollout;
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
        {likely.length === 0 ? (
          <p>{t("rollout.failed.unknown")}</p>
        ) : (
          <ul className={styles.likely}>
            {likely.map((cause) => (
              <Likely key={cause.reason + cause.step} cause={cause} />
            ))}
          </ul>
        )}
        <div className={styles.buttons}>
          <Button onPress={() => navigate({ screen: "dry-run", setupId: view.summary.id })}>
            {t("rollout.failed.dryRun")}
          </Button>
        </div>
        <p className={styles.aside}>{t("rollout.failed.dryRunHint")}</p>
        <p className={styles.aside}>{t("rollout.failed.lag")}</p>
      </Section>
    </>
  );
}

/** One cause; a link when a step mends it. */
function Likely({ cause: { step, reason } }: { cause: LikelyCause }) {
  const t = useT();
  const { view, goTo } = useSetup();
  const words = t(`rollout.failed.reasons.${reason}`);
  if (step === null) return <li>{words}</li>;
  const { number } = stepIn(view, step);
  return (
    <li>
      <Link onPress={() => goTo({ step })}>
        {t("checklist.position", { number, title: t(`steps.${step}.title`) })}
      </Link>
      <span>{words}</span>
    </li>
  );
}
