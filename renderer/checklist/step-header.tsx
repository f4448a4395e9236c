import type { StepView } from "../../preload/model/setup.ts";
import { useT } from "../i18n.ts";
import { Badge, Notice, Text, toneOf } from "../ui/index.ts";
import styles from "./checklist.module.css";
import { ReasonList } from "./reasons.tsx";
import { stepHeadingId, useSetup } from "./step-context.ts";
import { basisLine, isPlanned } from "./step-status.ts";
import { useWords } from "./words.ts";

/** Identifies what keeps the step from being done, to which the bar leads. */
export const stepReasonsId = "step-reasons";

/** Where the step stands in the documentation, its title, its state and the task. */
export function StepHeader({ step }: { step: StepView }) {
  const t = useT();
  const { view } = useSetup();
  const words = useWords();
  const basis = basisLine(step, words);
  return (
    <header className={styles.head}>
      <p className={styles.eyebrow}>
        {t("step.eyebrow", {
          section: t(`sections.${step.section}.title`),
          number: step.number,
          total: view.summary.total,
        })}
      </p>
      <div className={styles.titleRow}>
        <h1 id={stepHeadingId} tabIndex={-1} data-screen-heading="">
          {t(`steps.${step.id}.title`)}
        </h1>
        <Badge tone={toneOf(step.state)}>
          {t(isPlanned(view, step) ? "states.planned" : `states.${step.state}`)}
        </Badge>
        {basis === "" ? null : <span className={styles.basis}>{basis}</span>}
      </div>
      <blockquote className={styles.task}>
        <Text>{t(`steps.${step.id}.task`)}</Text>
      </blockquote>
      <StepReasons step={step} />
    </header>
  );
}

function StepReasons({ step }: { step: StepView }) {
  const t = useT();
  const { view } = useSetup();
  // The rollout page is itself the list of what is missing.
  if (step.reasons.length === 0 || step.id === "rollout") return null;
  const planned = isPlanned(view, step);
  const known = step.state === "cannot-start" || step.state === "needs-attention";
  return (
    <div className={styles.missing} id={stepReasonsId} tabIndex={-1}>
      <Notice
        tone={step.state === "needs-attention" ? "warn" : "none"}
        title={t(`step.reasons.${planned ? "planned" : known ? step.state : "open"}`)}
      >
        <ReasonList reasons={step.reasons} />
        {step.state === "cannot-start" && !planned ? (
          <p className={styles.aside}>{t("step.reasons.readAhead")}</p>
        ) : null}
      </Notice>
    </div>
  );
}
