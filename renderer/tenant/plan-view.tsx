import type { SetupView, Target } from "../../preload/model/setup.ts";
import type { PlanView as Plan, WorkResultView } from "../../preload/model/tenant.ts";
import { useT } from "../i18n.ts";
import { Notice } from "../ui/index.ts";
import { ChangeList } from "./change-list.tsx";
import { isDoable, stopsOf } from "./changes.ts";
import { NoteList } from "./note-list.tsx";
import { ProfileChoice } from "./profile-choice.tsx";
import { ScopeList } from "./scope-list.tsx";
import styles from "./tenant.module.css";

interface PlanViewProps {
  view: SetupView;
  plan: Plan;
  kind: WorkResultView["kind"];
  onGo: (target: Target) => void;
}

/** Everything that would be written and what has to be known before. */
export function PlanView({ view, plan, kind, onGo }: PlanViewProps) {
  const t = useT();
  const { tenant, summary } = view;
  const stops = stopsOf(plan);
  const others = plan.notes.filter(({ level }) => level !== "stop");
  const left = plan.changes.filter((change) => !isDoable(change)).length;
  const name = tenant.organization?.name ?? summary.tenantName;
  const intro = `tenant.${kind === "apply" ? "plan" : kind}.intro`;
  const nothing = kind === "apply" ? "tenant.plan.none" : `tenant.${kind}.nothing`;
  const hasOwnPart = kind === "apply" && left < plan.changes.length;
  return (
    <div className={styles.wide}>
      <div className={styles.stack}>
        {stops.length > 0 ? null : <p>{name === "" ? t(`${intro}Unnamed`) : t(intro, { name })}</p>}
        {kind === "undo" && plan.changes.length > 0 ? (
          <Notice tone="warn" title={t("tenant.undo.connector")} />
        ) : null}
        {kind === "apply" && tenant.request === null ? (
          <ProfileChoice setupId={summary.id} profile={tenant.profile} />
        ) : null}
      </div>
      {stops.length === 0 ? null : (
        <section className={styles.section}>
          <h3>{t("tenant.plan.stops")}</h3>
          <NoteList view={view} notes={stops} onGo={onGo} />
        </section>
      )}
      {others.length === 0 ? null : (
        <section className={styles.section}>
          <h3>{t("tenant.plan.notes")}</h3>
          <NoteList view={view} notes={others} onGo={onGo} />
        </section>
      )}
      {left > 0 ? (
        <Notice tone="wait" title={t("tenant.plan.cannot", { count: left })}>
          <p>{t(hasOwnPart ? "tenant.plan.cannotSome" : "tenant.plan.cannotAll")}</p>
        </Notice>
      ) : null}
      {plan.changes.length === 0 ? (
        stops.length === 0 && <p>{t(nothing)}</p>
      ) : (
        <ChangeList view={view} changes={plan.changes} grouped={kind === "apply"} />
      )}
      {plan.scopes.length === 0 ? null : (
        <section className={styles.section}>
          <h3>{t("tenant.plan.scopes")}</h3>
          <ScopeList scopes={plan.scopes} />
        </section>
      )}
    </div>
  );
}
