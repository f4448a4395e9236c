import { useState } from "react";
import type { SetupView, Target } from "../../preload/model/setup.ts";
import type { TenantView } from "../../preload/model/tenant.ts";
import { keepFocus } from "../checklist/keep-focus.ts";
import { useT } from "../i18n.ts";
import { closePlan, showPlan, useOpenPlan } from "../store/plan-dialog.ts";
import type { OpenPlan } from "../store/plan-dialog.ts";
import { navigate } from "../store/route.ts";
import { useOpenSetup } from "../store/setups.ts";
import { Dialog, Spinner } from "../ui/index.ts";
import { planOf, stopsOf } from "./changes.ts";
import { CheckTenant } from "./check-tenant.tsx";
import { PlanActions } from "./plan-actions.tsx";
import { PlanView } from "./plan-view.tsx";
import { ProblemNotice } from "./problem-notice.tsx";
import { ResultView } from "./result-view.tsx";
import { SignInPending } from "./sign-in-pending.tsx";
import styles from "./tenant.module.css";
import type { PlanPhase } from "./use-phase-focus.ts";
import { usePhaseFocus } from "./use-phase-focus.ts";
import { WorkView } from "./work-view.tsx";

/** The plan, over whatever screen of its setup is open. */
export function PlanDialog() {
  const open = useOpenPlan();
  const { view } = useOpenSetup();
  if (open === null || view === null || view.summary.id !== open.setupId) return null;
  return <OpenDialog key={`${open.setupId} ${open.kind}`} view={view} kind={open.kind} />;
}

function OpenDialog({ view, kind }: { view: SetupView; kind: OpenPlan["kind"] }) {
  const t = useT();
  const { tenant } = view;
  // A result from before the dialog was opened is not what the user came for.
  const [seen, setSeen] = useState(tenant.result?.at ?? null);
  const phase = phaseOf(tenant, kind, seen);
  const plan = planOf(tenant, kind);
  // A choice that was made takes its buttons with it, like the end of a phase.
  const isStopped = phase === "plan" && plan !== null && stopsOf(plan).length > 0;
  const isUnread = phase === "plan" && tenant.plan === null;
  const focus = usePhaseFocus(isStopped ? "stopped" : isUnread ? "unread" : phase);
  const close = (): void => {
    closePlan();
    // What opened the dialog may have gone with the changes that were planned.
    keepFocus();
  };
  const go = (target: Target): void => {
    closePlan();
    navigate({ screen: "setup", setupId: view.summary.id, ...target });
  };
  return (
    <Dialog
      title={titleOf(tenant, kind, phase, t)}
      isOpen
      onClose={close}
      size="wide"
      actions={
        <PlanActions
          view={view}
          kind={kind}
          phase={phase}
          onClose={close}
          onPlan={() => setSeen(tenant.result?.at ?? null)}
          onUndo={() => showPlan(view.summary.id, "undo")}
        />
      }
    >
      <div ref={focus} tabIndex={-1} className={styles.focus}>
        <div className={styles.phase}>
          {tenant.signIn.pending === null ? null : (
            <SignInPending setupId={view.summary.id} pending={tenant.signIn.pending} />
          )}
          {phase !== "sign-in" && tenant.signIn.problem !== null ? (
            <ProblemNotice problem={tenant.signIn.problem} role="alert" />
          ) : null}
          {phase === "work" && tenant.work !== null ? <WorkView view={view} work={tenant.work} /> : null}
          {phase === "result" && tenant.result !== null ? (
            <ResultView result={tenant.result} permissions={view.permissions} />
          ) : null}
          {phase === "plan" && tenant.problem !== null ? <ProblemNotice problem={tenant.problem} /> : null}
          {phase !== "plan" ? null : plan === null ? (
            <NoPlan view={view} kind={kind} />
          ) : (
            <PlanView view={view} plan={plan} kind={kind} onGo={go} />
          )}
        </div>
      </div>
    </Dialog>
  );
}

function NoPlan({ view, kind }: { view: SetupView; kind: OpenPlan["kind"] }) {
  const t = useT();
  const { plan, work, signIn } = view.tenant;
  // What was read before may not count any more, for example because somebody else signed in.
  const mayCheck = signIn.account !== null && (work === null || work.kind === "reading");
  if (plan === null && mayCheck) return <CheckTenant view={view} />;
  if (kind !== "apply") return <p>{t(`tenant.${kind}.nothing`)}</p>;
  return <Spinner label={t("tenant.check.reading")} />;
}

function phaseOf(tenant: TenantView, kind: OpenPlan["kind"], seen: string | null): PlanPhase {
  const { work, result, signIn } = tenant;
  if (signIn.pending !== null) return "sign-in";
  if (work !== null && work.kind !== "reading") return "work";
  if (result !== null && result.kind === kind && result.at !== seen) return "result";
  return "plan";
}

function titleOf(
  tenant: TenantView,
  kind: OpenPlan["kind"],
  phase: PlanPhase,
  t: ReturnType<typeof useT>,
): string {
  if (phase === "sign-in") return t("identity.signIn.dialog");
  if (phase === "work") return t(`tenant.work.${tenant.work?.kind ?? "applying"}`);
  const plan = planOf(tenant, kind);
  const count = plan?.changes.length ?? 0;
  const key = `tenant.${kind === "apply" ? "plan" : kind}.title`;
  return phase === "result" ? t("tenant.result.last") : count === 0 ? t(`${key}None`) : t(key, { count });
}
