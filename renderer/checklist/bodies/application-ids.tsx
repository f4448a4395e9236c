import type { StepView } from "../../../preload/model/setup.ts";
import { useT } from "../../i18n.ts";
import shared from "../checklist.module.css";
import styles from "./bodies.module.css";
import { Section } from "../section.tsx";
import { StepField } from "../step-field.tsx";

/** Step 6: the two IDs that the rest of the setup is built on. */
export function ApplicationIds({ step }: { step: StepView }) {
  const t = useT();
  return (
    <Section title={t("step.ids.title")}>
      <p className={shared.aside}>{t("step.ids.paste")}</p>
      <div className={styles.fieldsWide}>
        {step.fields.map((field) => (
          <StepField key={field.id} field={field} />
        ))}
      </div>
      <p className={shared.aside}>{t("step.ids.where")}</p>
    </Section>
  );
}
