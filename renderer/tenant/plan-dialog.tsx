import { useState } from "react";
import type { SetupView, Target } from "../../preload/model/setup.ts";
import type { TenantView } from "../../preload/model/tenant.ts";
import { useT } from "../i18n.ts";
import { closePlan, showPlan, useOpenPlan } from "../store/plan-dialog.ts";
import { navigate } from "../store/route.ts";
import { useOpenSetup } from "../store/setups.ts";
import { Dialog, Spinner } from "../ui/index.ts";
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

function OpenDialog({ view, kind }: { view: SetupView; kind: "apply" | "undo" }) {
  const t = useT();
  const { tenant } = view;
  // A result from before the dialog was opened is not what the user came for.
  const [seen, setSeen] = useState(tenant.result?.at ?? null);
  const phase = phaseOf(tenant, kind, seen);
  const plan = kind === "undo" ? tenant.undo : tenant.plan;
  const focus = usePhaseFocus(phase);
  const go = (target: Target): void => {
    closePlan();
    navigate({ screen: "setup", setupId: view.summary.id, ...target });
  };
  return (
    <Dialog
      title={titleOf(tenant, kind, phase, t)}
      isOpen
      onClose={closePlan}
      size="wide"
      actions={
        <PlanActions
          view={view}
          kind={kind}
          phase={phase}
          onClose={closePlan}
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
          {phase === "work" && tenant.work !== null ? (
            <WorkView setupId={view.summary.id} work={tenant.work} />
          ) : null}
          {phase === "result" && tenant.result !== null ? (
            <ResultView result={tenant.result} permissions={view.permissions} />
          ) : null}
          {phase === "plan" && tenant.problem !== null ? <ProblemNotice problem={tenant.problem} /> : null}
          {phase !== "plan" ? null : plan === null ? (
            <NoPlan kind={kind} />
          ) : (
            <PlanView view={view} plan={plan} kind={kind} onGo={go} />
          )}
        </div>
      </div>
    </Dialog>
  );
}

function NoPlan({ kind }: { kind: "apply" | "undo" }) {
  const t = useT();
  if (kind === "undo") return <p>{t("tenant.undo.nothing")}</p>;
  return <Spinner label={t("tenant.check.reading")} />;
}

function phaseOf(tenant: TenantView, kind: "apply" | "undo", seen: string | null): PlanPhase {
  const { work, result, signIn } = tenant;
  if (signIn.pending !== null) return "sign-in";
  if (work !== null && work.kind !== "reading") return "work";
  if (result !== null && result.kind === kind && result.at !== seen) return "result";
  return "plan";
}

function titleOf(
  tenant: TenantView,
  kind: "apply" | "undo",
  phase: PlanPhase,
  t: ReturnType<typeof useT>,
): string {
  if (phase === "sign-in") return t("identity.signIn.dialog");
  if (phase === "work")
    return t(tenant.work?.kind === "undoing" ? "tenant.work.undoing" : "tenant.work.applying");
  const plan = kind === "undo" ? tenant.undo : tenant.plan;
  const count = plan?.changes.length ?? 0;
  const key = kind === "undo" ? "tenant.undo.title" : "tenant.plan.title";
  return phase === "result" ? t("tenant.result.last") : count === 0 ? t(`${key}None`) : t(key, { count });
}
