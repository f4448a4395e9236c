import type { StepView } from "../../../preload/model/setup.ts";
import { useT } from "../../i18n.ts";
import { AttributeList } from "./attribute-list.tsx";

/** Step 14: the eight technical attributes, to be copied into the portal's form one after the other. */
export function TechnicalAttributes({ step }: { step: StepView }) {
  const t = useT();
  return <AttributeList step={step} title={t("step.attributes.technicalCaption")} />;
}
