import type { RotationStepView, RotationView } from "../../preload/model/rotation.ts";
import type { StepState } from "../../preload/model/setup.ts";
import { ReasonList } from "../checklist/reasons.tsx";
import { useT } from "../i18n.ts";
import { formatWhen } from "../store/format.ts";
import { Badge, StateIcon, toneOf } from "../ui/index.ts";
import styles from "./rotation.module.css";
import { StepActions, WithdrawExchange } from "./step-actions.tsx";

const shapes: Record<RotationStepView["state"], StepState> = {
  done: "done",
  open: "not-started",
  blocked: "cannot-start",
  attention: "needs-attention",
};

/** The six steps; the first that is not done has the one main action. */
export function RotationSteps({ rotation }: { rotation: RotationView }) {
  const t = useT();
  return (
    <ol className={styles.steps} aria-label={t("rotation.list")}>
      {rotation.steps.map((step, index) => (
        <Step
          key={step.id}
          step={step}
          number={index + 1}
          rotation={rotation}
          isCurrent={step.id === rotation.current}
        />
      ))}
    </ol>
  );
}

interface StepProps {
  step: RotationStepView;
  number: number;
  rotation: RotationView;
  isCurrent: boolean;
}

function Step({ step, number, rotation, isCurrent }: StepProps) {
  const t = useT();
  const { id, state, reasons } = step;
  const shape = isCurrent && state === "open" ? "in-progress" : shapes[state];
  return (
    <li className={styles.step} {...(isCurrent ? { "aria-current": "step" } : {})}>
      <StateIcon state={shape} />
      <div className={styles.stepText}>
        <div className={styles.stepHead}>
          <h2>
            {number}. {t(`rotation.steps.${id}.title`)}
          </h2>
          <Badge tone={toneOf(shapes[state])}>{t(`rotation.states.${state}`)}</Badge>
        </div>
        {state === "done" ? <Basis step={step} /> : null}
        {isCurrent ? <p>{t(`rotation.steps.${id}.text`)}</p> : null}
        {reasons.length === 0 ? null : <ReasonList reasons={reasons} />}
        {isCurrent ? <StepActions id={id} rotation={rotation} /> : null}
        {id === "exchange" && rotation.canWithdrawExchanged ? <WithdrawExchange /> : null}
      </div>
    </li>
  );
}

function Basis({ step: { basis, at, by } }: { step: RotationStepView }) {
  const t = useT();
  if (basis === null || at === null) return null;
  const when = formatWhen(at);
  const named = by !== null && by !== "";
  return (
    <p className={styles.aside}>
      {named ? t(`rotation.basis.${basis}By`, { when, by }) : t(`rotation.basis.${basis}`, { when })}
    </p>
  );
}
