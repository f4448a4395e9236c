import type { CheckView, EvidenceView, StepView } from "../../preload/model/setup.ts";
import { useT } from "../i18n.ts";
import { Badge, DefinitionList, EmptyState } from "../ui/index.ts";
import type { Tone } from "../ui/index.ts";
import styles from "./checklist.module.css";
import { factName, useReasonText } from "./reason-text.ts";
import { Section } from "./section.tsx";
import { formatDateTime } from "../store/format.ts";

/** Who said or read what about this step, and when; with the app's own checks. */
export function EvidenceList({ step }: { step: StepView }) {
  const t = useT();
  return (
    <div className={styles.sections}>
      {step.checks.length === 0 ? null : <Checks checks={step.checks} />}
      {step.evidence.length === 0 ? (
        <EmptyState title={t("evidence.empty")} text={t("evidence.emptyHint")} />
      ) : (
        <>
          <p className={styles.aside}>{t("evidence.intro")}</p>
          <ul className={styles.evidence} aria-label={t("evidence.list")}>
            {step.evidence.map((evidence) => (
              <li key={evidence.id} data-withdrawn={evidence.withdrawnAt === null ? undefined : ""}>
                <EvidenceItem evidence={evidence} />
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

const basisTone: Record<EvidenceView["basis"], Tone> = { verified: "ok", confirmed: "ok", imported: "none" };

function EvidenceItem({ evidence }: { evidence: EvidenceView }) {
  const t = useT();
  const withdrawn = evidence.withdrawnAt;
  const heading = `${evidence.by === "" ? t("evidence.unnamed") : evidence.by}, ${formatDateTime(evidence.at)}`;
  const facts = Object.entries(evidence.facts);
  return (
    <>
      <div className={styles.evidenceHead}>
        <Badge tone={withdrawn === null ? basisTone[evidence.basis] : "none"}>
          {t(`basis.${evidence.basis}`)}
        </Badge>
        {withdrawn === null ? <span>{heading}</span> : <del>{heading}</del>}
        {withdrawn === null ? null : (
          <span className={styles.aside}>{t("evidence.withdrawn", { when: formatDateTime(withdrawn) })}</span>
        )}
      </div>
      {evidence.note === "" ? null : <p className={styles.note}>{evidence.note}</p>}
      {facts.length === 0 ? null : (
        <DefinitionList
          items={facts.map(([fact, value]) => ({ term: factName(fact, t), value, monospace: true }))}
        />
      )}
    </>
  );
}

const resultTone: Record<CheckView["result"], Tone> = {
  satisfied: "ok",
  unsatisfied: "warn",
  unknown: "none",
};

function Checks({ checks }: { checks: readonly CheckView[] }) {
  const t = useT();
  const reasonText = useReasonText();
  return (
    <Section title={t("step.checks.title")}>
      <ul className={styles.checks}>
        {checks.map((check) => (
          <li key={check.id}>
            <span>{reasonText(check.reason)}</span>
            <Badge tone={resultTone[check.result]}>{t(`step.checks.${check.result}`)}</Badge>
          </li>
        ))}
      </ul>
    </Section>
  );
}
