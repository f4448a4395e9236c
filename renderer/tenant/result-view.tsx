import type { PermissionRow } from "../../preload/model/guide.ts";
import type { OutcomeView, WorkResultView } from "../../preload/model/tenant.ts";
import { useT } from "../i18n.ts";
import { Badge, Notice } from "../ui/index.ts";
import type { Tone } from "../ui/index.ts";
import { countInPlace, isComplete } from "./changes.ts";
import { ProblemNotice } from "./problem-notice.tsx";
import styles from "./tenant.module.css";
import { useTenantWords } from "./words.ts";

const tones: Record<OutcomeView["kind"], Tone> = {
  done: "ok",
  found: "ok",
  refused: "bad",
  failed: "bad",
  unreadable: "none",
  "held-back": "none",
  unseen: "wait",
};

interface ResultViewProps {
  result: WorkResultView;
  permissions: readonly PermissionRow[];
}

/** What became of each change, why it ended early, and what is still planned. */
export function ResultView({ result, permissions }: ResultViewProps) {
  const t = useT();
  const { outcomes, stop } = result;
  return (
    <div className={styles.stack}>
      <Notice tone={isComplete(result) ? "ok" : "warn"} title={resultTitle(result, t)}>
        {stop === null ? null : <p>{t(`tenant.stops.${stop.kind}`)}</p>}
        {result.remaining > 0 ? <p>{t("tenant.result.remaining", { count: result.remaining })}</p> : null}
      </Notice>
      {stop === null || stop.problem === null ? null : <ProblemNotice problem={stop.problem} />}
      {outcomes.length === 0 ? null : (
        <ul className={styles.outcomes} aria-label={t("tenant.result.list")}>
          {outcomes.map((outcome) => (
            <Outcome key={outcome.change} outcome={outcome} all={outcomes} permissions={permissions} />
          ))}
        </ul>
      )}
    </div>
  );
}

/** How the work ended, in one sentence. */
export function resultTitle(result: WorkResultView, t: ReturnType<typeof useT>): string {
  const done = countInPlace(result);
  const total = result.outcomes.length;
  const undo = result.kind === "undo";
  return isComplete(result)
    ? t(undo ? "tenant.result.undone" : "tenant.result.done", { count: done })
    : t(undo ? "tenant.result.undonePartly" : "tenant.result.partly", { done, total });
}

interface OutcomeProps {
  outcome: OutcomeView;
  all: readonly OutcomeView[];
  permissions: readonly PermissionRow[];
}

function Outcome({ outcome, all, permissions }: OutcomeProps) {
  const { t, changeTitle, list } = useTenantWords();
  const needs = outcome.needs.map((id) =>
    changeTitle(
      id,
      all.find((other) => other.change === id)?.changeKind ?? id.replace(/:.*$/, ""),
      permissions,
    ),
  );
  return (
    <li>
      <div className={styles.changeHead}>
        <span>{changeTitle(outcome.change, outcome.changeKind, permissions)}</span>
        <Badge tone={tones[outcome.kind]}>{t(`tenant.outcomes.${outcome.kind}`)}</Badge>
      </div>
      {needs.length === 0 ? null : (
        <p className={styles.dim}>{t("tenant.result.needs", { changes: list(needs) })}</p>
      )}
      {outcome.problem === null ? null : <ProblemNotice problem={outcome.problem} />}
    </li>
  );
}
