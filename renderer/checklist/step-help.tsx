import type { ReactNode } from "react";
import type { StepView, Target } from "../../preload/model/setup.ts";
import { useT } from "../i18n.ts";
import { Link, Text } from "../ui/index.ts";
import styles from "./checklist.module.css";
import { numbers } from "./instructions.tsx";
import { useSetup } from "./step-context.ts";
import { Reading } from "./step-links.tsx";
import { isReading, stepIn } from "./steps-of.ts";

/** Why the step is there, who can do it, what the portal calls it today, what goes wrong. */
export function StepHelp({ step }: { step: StepView }) {
  const t = useT();
  return (
    <div className={styles.help}>
      <HelpPart title={t("step.help.why")}>
        <p>
          <Text>{t(`steps.${step.id}.why`)}</Text>
        </p>
      </HelpPart>
      <HelpPart title={t("step.help.who")}>
        <p>
          <Text>{t(`steps.${step.id}.who`)}</Text>
        </p>
      </HelpPart>
      <HelpPart title={t("step.help.portal")}>
        <p>
          <Text>{t(`steps.${step.id}.todayPath`)}</Text>
        </p>
      </HelpPart>
      <Troubles step={step} />
      <MoreToRead step={step} />
      <Relations step={step} />
    </div>
  );
}

function HelpPart({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

function Troubles({ step }: { step: StepView }) {
  const t = useT();
  if (step.troubles === 0) return null;
  return (
    <HelpPart title={t("step.help.trouble")}>
      <dl>
        {numbers(step.troubles).map((number) => (
          <Trouble key={number} text={`steps.${step.id}.trouble.${number}`} />
        ))}
      </dl>
    </HelpPart>
  );
}

function Trouble({ text }: { text: string }) {
  const t = useT();
  return (
    <>
      <dt>
        <Text>{t(`${text}.problem`)}</Text>
      </dt>
      <dd>
        <Text>{t(`${text}.remedy`)}</Text>
      </dd>
    </>
  );
}

function MoreToRead({ step }: { step: StepView }) {
  const t = useT();
  const links = step.links.filter(({ id, url }) => url !== null && isReading(id));
  if (links.length === 0) return null;
  return (
    <HelpPart title={t("step.links.more")}>
      <Reading links={links} />
    </HelpPart>
  );
}

function Relations({ step }: { step: StepView }) {
  const t = useT();
  // Rollout needs everything; its page lists what is open, which says more.
  const needs = step.id === "rollout" ? [] : step.needs;
  return (
    <>
      {needs.length === 0 ? null : (
        <HelpPart title={t("step.help.needs")}>
          <Places targets={needs} />
        </HelpPart>
      )}
      {step.unlocks.length === 0 ? null : (
        <HelpPart title={t("step.help.unlocks")}>
          <Places targets={step.unlocks.map((id) => ({ step: id }))} />
        </HelpPart>
      )}
    </>
  );
}

function Places({ targets }: { targets: readonly Target[] }) {
  const t = useT();
  const { view, goTo } = useSetup();
  return (
    <ul>
      {targets.map((target) => {
        const { number, id } = stepIn(view, target.step);
        const title = target.field === undefined ? t(`steps.${id}.title`) : t(`fields.${target.field}.label`);
        return (
          <li key={`${target.step} ${target.field ?? ""}`}>
            <Link onPress={() => goTo(target)}>{t("checklist.position", { number, title })}</Link>
          </li>
        );
      })}
    </ul>
  );
}
