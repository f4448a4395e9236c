import type { StepView } from "../../preload/model/setup.ts";
import { useT } from "../i18n.ts";
import { ReasonList } from "./reasons.tsx";
import { Section } from "./section.tsx";
import { furtherReasons } from "./unique-reasons.ts";

/** Identifies the list of what a confirmation still needs. */
export const missingListId = "missing-to-confirm";
/** Few reasons stand in the bar itself; more are a list in the step, to which the bar leads. */
export const reasonsInBar = 2;

/** What stands between the step and its confirmation, when that is too much for the bar. */
export function MissingToConfirm({ step }: { step: StepView }) {
  const t = useT();
  const reasons = furtherReasons(step.reasons, step.confirm.reasons);
  const settled = step.state === "done" || step.state === "not-applicable";
  if (settled || step.id === "rollout" || reasons.length <= reasonsInBar) return null;
  return (
    <Section title={t("step.confirm.missingTitle")} id={missingListId}>
      <ReasonList reasons={reasons} />
    </Section>
  );
}
