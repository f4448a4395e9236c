import type { AttributeView, Reason, SetupView, StepView } from "../../../preload/model/setup.ts";
import { useT } from "../../i18n.ts";
import type { Tone } from "../../ui/index.ts";
import { Badge, Link } from "../../ui/index.ts";
import shared from "../checklist.module.css";
import styles from "./bodies.module.css";
import { useReasonText } from "../reason-text.ts";
import { Section } from "../section.tsx";
import { useSetup } from "../step-context.ts";
import { StepField } from "../step-field.tsx";
import { stepIn } from "../steps-of.ts";
import { CopyAttribute } from "./copy-attribute.tsx";
import { PfxValue, SecretValue } from "./certificate-values.tsx";
import { OpenStrip } from "../../transfer/open-strip.tsx";

/** The attributes of a form in its order: name, meaning, value or field, whether it is ready, copy. */
export function AttributeList({ step, title }: { step: StepView; title: string }) {
  const t = useT();
  const { view } = useSetup();
  const attributes = view.attributes.filter((attribute) => attribute.step === step.id);
  const ready = attributes.filter((attribute) => attribute.ready).length;
  return (
    <Section title={title}>
      <p className={shared.aside}>{t("step.attributes.count", { ready, total: attributes.length })}</p>
      <OpenStrip />
      <ol className={styles.attributes}>
        {attributes.map((attribute) => (
          <AttributeItem key={attribute.id} attribute={attribute} step={step} />
        ))}
      </ol>
    </Section>
  );
}

function AttributeItem({ attribute, step }: { attribute: AttributeView; step: StepView }) {
  const t = useT();
  return (
    <li>
      <div className={styles.attributeName}>
        <code>{attribute.name}</code>
        <p>{t(`attributes.${attribute.id}.means`)}</p>
      </div>
      <div className={styles.attributeValue}>
        <AttributeValue attribute={attribute} step={step} />
      </div>
      <div className={styles.attributeState}>
        <AttributeState attribute={attribute} />
        {attribute.kind === "file" ? null : <CopyAttribute attribute={attribute} />}
      </div>
    </li>
  );
}

/** Which word an attribute's state has: an empty one that may stay empty is neither ready nor missing. */
function stateOf(attribute: AttributeView, { password }: SetupView): { word: string; tone: Tone } {
  const sealed = attribute.kind === "secret" && password.state === "unreadable";
  if (sealed || (attribute.problem !== null && attribute.value !== ""))
    return { word: "problem", tone: "warn" };
  if (attribute.ready && attribute.hint !== null) return { word: "doubtful", tone: "warn" };
  if (attribute.ready) return { word: "ready", tone: "ok" };
  return attribute.mandatory ? { word: "missing", tone: "warn" } : { word: "optional", tone: "none" };
}

function AttributeState({ attribute }: { attribute: AttributeView }) {
  const t = useT();
  const { word, tone } = stateOf(attribute, useSetup().view);
  return <Badge tone={tone}>{t(`step.attributes.${word}`)}</Badge>;
}

function AttributeValue({ attribute, step }: { attribute: AttributeView; step: StepView }) {
  const t = useT();
  const field = step.fields.find((one) => one.id === attribute.field);
  if (field !== undefined) {
    return (
      <>
        <StepField field={field} label={attribute.name} />
        <p className={styles.hint}>{t(`attributes.${attribute.id}.hint`)}</p>
      </>
    );
  }
  return (
    <>
      {attribute.kind === "file" ? <PfxValue /> : null}
      {attribute.kind === "secret" ? <SecretValue /> : null}
      {attribute.kind === "text" ? <TextValue value={attribute.value} /> : null}
      <AttributeReason reason={attribute.problem} />
      <AttributeReason reason={attribute.hint} />
      <AttributeSource attribute={attribute} />
    </>
  );
}

function TextValue({ value }: { value: string }) {
  const t = useT();
  return value === "" ? <span className={shared.aside}>{t("step.copy.missing")}</span> : <code>{value}</code>;
}

function AttributeReason({ reason }: { reason: Reason | null }) {
  const reasonText = useReasonText();
  return reason === null ? null : <p className={styles.problem}>{reasonText(reason)}</p>;
}

function AttributeSource({ attribute }: { attribute: AttributeView }) {
  const t = useT();
  const { view, goTo } = useSetup();
  const { source } = attribute;
  if (source === null) return null;
  const { number, id } = stepIn(view, source.step);
  return (
    <p className={styles.hint}>
      <Link onPress={() => goTo(source)}>
        {t("step.attributes.from", { number, title: t(`steps.${id}.title`) })}
      </Link>
    </p>
  );
}
