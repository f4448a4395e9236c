import type { CheckView } from "../../preload/model/setup.ts";
import type { DriftView } from "../../preload/model/tenant.ts";
import { useReasonText } from "../checklist/reason-text.ts";
import { useT } from "../i18n.ts";
import { formatWhen } from "../store/format.ts";
import { Badge, Notice } from "../ui/index.ts";
import type { Tone } from "../ui/index.ts";
import styles from "./tenant.module.css";

const tones: Record<CheckView["result"], Tone> = { satisfied: "ok", unsatisfied: "warn", unknown: "none" };

/** The step's facts, each with what was read and when; what is not known says why. */
export function FactList({ checks }: { checks: readonly CheckView[] }) {
  const t = useT();
  const reasonText = useReasonText();
  if (checks.length === 0) return <p className={styles.dim}>{t("tenant.facts.none")}</p>;
  return (
    <ul className={styles.facts} aria-label={t("tenant.facts.title")}>
      {checks.map((check) => (
        <li key={check.id}>
          <div className={styles.factText}>
            <span>{reasonText(check.reason)}</span>
            <Freshness check={check} />
          </div>
          <Badge tone={tones[check.result]}>{t(`step.checks.${check.result}`)}</Badge>
        </li>
      ))}
    </ul>
  );
}

function Freshness({ check }: { check: CheckView }) {
  const t = useT();
  const { at, unread } = check;
  if (unread === null || at === null) return null;
  const reason = t(`tenant.unknown.${unread.reason}`);
  return (
    <span className={styles.dim}>
      {t("tenant.facts.unread", { when: formatWhen(unread.at), reason })}{" "}
      {t("tenant.facts.lastKnown", { when: formatWhen(at) })}
    </span>
  );
}

/** What is different from the reading before, since when. */
export function DriftNotice({ drift }: { drift: readonly DriftView[] }) {
  const t = useT();
  if (drift.length === 0) return null;
  const worse = drift.some(({ now }) => now === "unsatisfied");
  return (
    <Notice tone={worse ? "warn" : "none"} title={t("tenant.drift.title")}>
      <ul className={styles.plain}>
        {drift.map((one) => (
          <li key={one.fact}>
            {t(one.now === "unsatisfied" ? "tenant.drift.gone" : "tenant.drift.back", {
              fact: t(`tenant.facts.names.${one.fact}`),
              since: formatWhen(one.since),
            })}
            {". "}
            {one.found === "" ? null : `${t("tenant.drift.found", { found: one.found })}. `}
            {t("tenant.drift.noticed", { when: formatWhen(one.noticedAt) })}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
