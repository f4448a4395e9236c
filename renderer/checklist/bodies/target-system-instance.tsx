import type { StepView } from "../../../preload/model/setup.ts";
import { useT } from "../../i18n.ts";
import { AttributeList } from "./attribute-list.tsx";

/** Step 13: the three attributes of the target system instance. */
export function TargetSystemInstance({ step }: { step: StepView }) {
  const t = useT();
  return <AttributeList step={step} title={t("step.attributes.instanceCaption")} />;
}
