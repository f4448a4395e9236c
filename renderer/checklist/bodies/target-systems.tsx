import type { LabelId } from "../../../preload/model/guide.ts";
import type { StepView } from "../../../preload/model/setup.ts";
import { useT } from "../../i18n.ts";
import { CopyButton } from "../../ui/index.ts";
import shared from "../checklist.module.css";
import styles from "./bodies.module.css";
import { Section } from "../section.tsx";
import { StepField } from "../step-field.tsx";

const way: LabelId[] = ["responsibilities", "target-systems", "connector", "setup"];
/** IAM.cloud's application role, as the documentation names it. */
const configurator = "Global Target system configurator";

/** Step 12: the way through the IAM.cloud portal to the connector's "Setup". */
export function TargetSystems({ step }: { step: StepView }) {
  const t = useT();
  const connector = t("labels.connector.page");
  return (
    <Section title={t("step.portal.breadcrumb")}>
      <p>{t("step.portal.role", { role: configurator })}</p>
      <ol className={styles.breadcrumb}>
        {way.map((label) => (
          <li key={label}>{t(`labels.${label}.page`)}</li>
        ))}
      </ol>
      <div className={styles.copyLine}>
        <span className={shared.aside}>{t("step.portal.connector")}</span>
        <code>{connector}</code>
        <CopyButton text={connector} what={t("step.portal.connector")} iconOnly />
      </div>
      <div className={styles.fieldsWide}>
        {step.fields.map((field) => (
          <StepField key={field.id} field={field} />
        ))}
      </div>
    </Section>
  );
}
