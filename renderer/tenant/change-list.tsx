import type { ChangeView } from "../../preload/model/tenant.ts";
import type { SetupView } from "../../preload/model/setup.ts";
import { useT } from "../i18n.ts";
import { ChangeItem } from "./change-item.tsx";
import { byStep } from "./tenant-steps.ts";
import styles from "./tenant.module.css";

interface ChangeListProps {
  view: SetupView;
  changes: readonly ChangeView[];
  /** By the documentation's steps; else in the order given. */
  grouped: boolean;
}

/** Every change of a plan: by the documentation's steps, or in the order in which it is made. */
export function ChangeList({ view, changes, grouped }: ChangeListProps) {
  const t = useT();
  if (!grouped) return <Changes view={view} changes={changes} plan={changes} />;
  return (
    <ol className={styles.steps} aria-label={t("tenant.plan.list")}>
      {byStep(changes).map(({ step, items }) => {
        const number = view.steps.find(({ id }) => id === step)?.number ?? 0;
        return (
          <li key={step}>
            <h3 className={styles.stepName}>
              {t("checklist.position", { number, title: t(`steps.${step}.title`) })}
            </h3>
            <Changes view={view} changes={items} plan={changes} />
          </li>
        );
      })}
    </ol>
  );
}

interface ChangesProps {
  view: SetupView;
  changes: readonly ChangeView[];
  plan: readonly ChangeView[];
}

function Changes({ view, changes, plan }: ChangesProps) {
  return (
    <ul className={styles.changes}>
      {changes.map((change) => (
        <ChangeItem key={change.id} change={change} plan={plan} permissions={view.permissions} />
      ))}
    </ul>
  );
}
