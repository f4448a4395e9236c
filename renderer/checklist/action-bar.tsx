import { useState } from "react";
import type { StepView } from "../../preload/model/setup.ts";
import { useDraft } from "../certificates/draft.ts";
import { useT } from "../i18n.ts";
import { Button, Checkbox, Icon, Link, StateIcon, Text, TextField } from "../ui/index.ts";
import styles from "./checklist.module.css";
import type { Confirmation } from "./intents.ts";
import { useConfirmation, useStepIntents } from "./intents.ts";
import { missingListId, reasonsInBar } from "./missing-to-confirm.tsx";
import { MoreForStep } from "./more-for-step.tsx";
import { ReasonList } from "./reasons.tsx";
import { useSetup } from "./step-context.ts";
import { furtherReasons, uniqueReasons } from "./unique-reasons.ts";
import { stepReasonsId } from "./step-header.tsx";
import { basisLine } from "./step-status.ts";
import { neighbour } from "./steps-of.ts";
import { useWords } from "./words.ts";

/** The step's main action, always in view: confirm, or go on. */
export function ActionBar({ step }: { step: StepView }) {
  const t = useT();
  const [again, setAgain] = useState(false);
  const [justSettled, setJustSettled] = useState(false);
  const settle = (): void => {
    setAgain(false);
    setJustSettled(true);
  };
  const confirmation = useConfirmation(step, settle);
  const settled = step.state === "done" || step.state === "not-applicable";
  return (
    <section className={styles.bar} aria-label={t("step.confirm.region")}>
      {settled && !again ? (
        // Remounted after a confirmation: the pressed button is gone, and the focus goes to the way on.
        <Settled
          key={String(justSettled)}
          step={step}
          focusNext={justSettled}
          onAgain={() => {
            setJustSettled(false);
            setAgain(true);
          }}
        />
      ) : (
        <Unsettled step={step} confirmation={confirmation} onCancel={again ? () => setAgain(false) : null} />
      )}
    </section>
  );
}

function Settled(props: { step: StepView; focusNext: boolean; onAgain: () => void }) {
  const t = useT();
  const { step } = props;
  const words = useWords();
  const { withdraw, markApplicable } = useStepIntents(step);
  const notApplicable = step.notApplicable;
  // While another certificate is made, that is the main action.
  const { replacing } = useDraft(useSetup().view.summary.id);
  const isMain = step.id !== "certificate" || !replacing;
  return (
    <div className={styles.barRow}>
      <div className={styles.barText}>
        <StateIcon state={step.state} />
        <span>{notApplicable === null ? capitalised(basisLine(step, words)) : notApplicable.reason}</span>
      </div>
      <div className={styles.barActions}>
        {notApplicable === null ? (
          <>
            <MoreForStep step={step} onAgain={step.confirm.byApp ? undefined : props.onAgain} />
            <Button variant="quiet" onPress={() => void withdraw()}>
              {t(step.basis === "verified" ? "step.confirm.undoVerified" : "step.confirm.undo")}
            </Button>
          </>
        ) : (
          <Button onPress={() => void markApplicable()}>{t("step.notApplicable.back")}</Button>
        )}
        <NextButton step={step} primary={isMain} autoFocus={props.focusNext} />
      </div>
    </div>
  );
}

function Unsettled(props: { step: StepView; confirmation: Confirmation; onCancel: (() => void) | null }) {
  const t = useT();
  const { step, confirmation, onCancel } = props;
  const { allowed } = step.confirm;
  const reasons = uniqueReasons(step.confirm.reasons);
  const words = step.evidence.some((evidence) => evidence.withdrawnAt === null)
    ? t("step.confirm.again")
    : t("step.confirm.submit");
  return (
    <form
      className={styles.barForm}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        confirmation.submit();
      }}
    >
      <div className={styles.barRow}>
        {allowed && !step.confirm.byApp ? (
          <div className={styles.sentence}>
            <Checkbox isSelected={confirmation.ticked} onChange={confirmation.setTicked}>
              <Text>{t(`steps.${step.id}.confirm`)}</Text>
            </Checkbox>
          </div>
        ) : (
          <NotYet step={step} />
        )}
        <div className={styles.barActions}>
          <MoreForStep step={step} />
          {onCancel === null ? (
            <NextButton step={step} />
          ) : (
            <Button onPress={onCancel}>{t("step.confirm.cancel")}</Button>
          )}
          {step.confirm.byApp ? null : (
            <Button
              type="submit"
              variant="primary"
              pending={confirmation.pending}
              disabledReason={allowed ? null : t("step.confirm.notYet", { count: reasons.length })}
            >
              {words}
            </Button>
          )}
        </div>
      </div>
      {allowed && confirmation.problem !== null ? (
        <p className={styles.barProblem} role="alert">
          <Icon name="problem" />
          {t(`step.confirm.${confirmation.problem}`)}
        </p>
      ) : null}
      {allowed && confirmation.ticked ? <WhoAndNote confirmation={confirmation} /> : null}
    </form>
  );
}

function WhoAndNote({ confirmation }: { confirmation: Confirmation }) {
  const t = useT();
  return (
    <div className={styles.who}>
      <TextField
        label={t("step.confirm.name")}
        value={confirmation.by}
        onChange={confirmation.setBy}
        isRequired
        maxLength={200}
      />
      <TextField
        label={t("step.confirm.note")}
        value={confirmation.note}
        onChange={confirmation.setNote}
        maxLength={2_000}
      />
    </div>
  );
}

/** Why the step cannot be confirmed: what the page says already is only pointed to. */
function NotYet({ step }: { step: StepView }) {
  const t = useT();
  if (step.confirm.byApp) {
    return (
      <div className={styles.barText}>
        <Icon name="info" />
        <p>{t("step.confirm.byApp")}</p>
      </div>
    );
  }
  const further = furtherReasons(step.reasons, step.confirm.reasons);
  const inBar = further.length > 0 && further.length <= reasonsInBar;
  return (
    <div className={styles.barText}>
      <Icon name="info" />
      <div>
        <p>{t("step.confirm.notYet", { count: uniqueReasons(step.confirm.reasons).length })}</p>
        {inBar ? <ReasonList reasons={further} /> : null}
        {inBar && step.reasons.length === 0 ? null : (
          <Link onPress={() => showReasons(step.reasons.length > 0 ? stepReasonsId : missingListId)}>
            {t("step.confirm.showMissing")}
          </Link>
        )}
      </div>
    </div>
  );
}

function showReasons(id: string): void {
  const list = document.getElementById(id);
  list?.scrollIntoView({ block: "center" });
  list?.focus({ preventScroll: true });
}

/** Goes to the next step of the documentation; never by itself. */
export function NextButton(props: { step: StepView; primary?: boolean; autoFocus?: boolean }) {
  const t = useT();
  const { view, goTo } = useSetup();
  const next = neighbour(view, props.step.id, 1);
  if (next === null) return null;
  return (
    <Button
      variant={props.primary === true ? "primary" : "default"}
      autoFocus={props.autoFocus}
      iconAfter="forward"
      label={t("step.nextNamed", { title: t(`steps.${next.id}.title`) })}
      onPress={() => goTo({ step: next.id })}
    >
      {t("step.next")}
    </Button>
  );
}

function capitalised(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}
