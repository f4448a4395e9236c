import type { StepView } from "../../preload/model/setup.ts";
import { useT } from "../i18n.ts";
import { Text } from "../ui/index.ts";
import styles from "./checklist.module.css";
import { Section } from "./section.tsx";
import { StepLinks } from "./step-links.tsx";

/** The numbered instructions and the places where they are carried out. */
export function Instructions({ step }: { step: StepView }) {
  const t = useT();
  return (
    <Section title={t("step.instructions")}>
      <StepLinks links={step.links} />
      <p className={styles.path}>
        {t("step.links.path")}: <Text>{t(`steps.${step.id}.todayPath`)}</Text>
      </p>
      <ol className={styles.instructions}>
        {numbers(step.actions).map((number) => (
          <li key={number}>
            <Text>{t(`steps.${step.id}.actions.${number}`)}</Text>
          </li>
        ))}
      </ol>
    </Section>
  );
}

/** 1 to count. */
export function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}
