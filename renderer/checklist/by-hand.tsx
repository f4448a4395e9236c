import type { StepView } from "../../preload/model/setup.ts";
import { useT } from "../i18n.ts";
import { PermissionTruth } from "../tenant/permission-truth.tsx";
import { Table } from "../ui/index.ts";
import { stepBodies } from "./bodies/index.ts";
import styles from "./checklist.module.css";
import { Instructions } from "./instructions.tsx";
import { Section } from "./section.tsx";
import { useSetup } from "./step-context.ts";
import { StepField } from "./step-field.tsx";

/** Everything needed to do the step by hand: instructions, where, values, names of the buttons. */
export function ByHand({ step }: { step: StepView }) {
  const { view } = useSetup();
  const Body = stepBodies[step.id];
  return (
    <div className={styles.sections}>
      <Instructions step={step} />
      {Body === undefined ? <StepFields step={step} /> : <Body step={step} />}
      {step.id === "admin-consent" ? <PermissionTruth view={view} step={step.id} /> : null}
      <LabelBridge step={step} />
    </div>
  );
}

function StepFields({ step }: { step: StepView }) {
  const t = useT();
  if (step.fields.length === 0) return null;
  return (
    <Section title={t("step.fields.title")}>
      <div className={styles.fields}>
        {step.fields.map((field) => (
          <StepField key={field.id} field={field} />
        ))}
      </div>
    </Section>
  );
}

/** What the documentation calls things, and what they are called in the portal now. */
function LabelBridge({ step }: { step: StepView }) {
  const t = useT();
  if (step.labels.length === 0) return null;
  return (
    <details className={styles.details}>
      <summary>{t("step.labels.show")}</summary>
      <Table
        label={t("step.labels.caption")}
        columns={[
          { id: "page", label: t("step.labels.page") },
          { id: "today", label: t("step.labels.today") },
          { id: "german", label: t("step.labels.german") },
        ]}
        rows={step.labels.map((label) => ({
          id: label,
          cells: [t(`labels.${label}.page`), t(`labels.${label}.today`), t(`labels.${label}.german`)],
        }))}
      />
    </details>
  );
}
