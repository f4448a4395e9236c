import type { StepView } from "../../preload/model/setup.ts";
import { useT } from "../i18n.ts";
import { RotationNotice } from "../rotation/rotation-notice.tsx";
import { Button, Notice } from "../ui/index.ts";
import { useStepIntents } from "./intents.ts";
import { useWords } from "./words.ts";

/** Who has the step in hand, why it does not apply, and that its certificate is being exchanged. */
export function StateNotices({ step }: { step: StepView }) {
  return (
    <>
      <RotationNotice step={step.id} />
      <OwnNotice step={step} />
    </>
  );
}

function OwnNotice({ step }: { step: StepView }) {
  if (step.state === "waiting") return <WaitingNotice step={step} />;
  if (step.state === "not-applicable") return <NotApplicableNotice step={step} />;
  return null;
}

function WaitingNotice({ step }: { step: StepView }) {
  const t = useT();
  const { when } = useWords();
  const { stopWaiting } = useStepIntents(step);
  const waiting = step.waitingFor;
  // A pending certificate request is a wait that nobody typed; the certificate's own page says more about it.
  if (waiting === null || (waiting.who === "" && step.id === "certificate")) return null;
  const since = when(waiting.since);
  const title =
    waiting.who === ""
      ? t("step.waiting.noticeNobody", { when: since })
      : t("step.waiting.notice", { who: waiting.who, when: since });
  return (
    <Notice
      tone="wait"
      title={title}
      actions={<Button onPress={() => void stopWaiting()}>{t("step.waiting.stop")}</Button>}
    >
      {waiting.note === "" ? null : <p>{waiting.note}</p>}
      {waiting.until === null ? null : <p>{t("step.waiting.until", { when: when(waiting.until) })}</p>}
    </Notice>
  );
}

function NotApplicableNotice({ step }: { step: StepView }) {
  const t = useT();
  const { when } = useWords();
  const { notApplicable } = step;
  if (notApplicable === null) return null;
  const at = when(notApplicable.at);
  return (
    <Notice
      tone="none"
      title={
        notApplicable.by === ""
          ? t("step.notApplicable.noticeUnnamed", { when: at })
          : t("step.notApplicable.notice", { by: notApplicable.by, when: at })
      }
    >
      <p>{notApplicable.reason}</p>
    </Notice>
  );
}
