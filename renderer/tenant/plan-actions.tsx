import { useState } from "react";
import type { SetupView } from "../../preload/model/setup.ts";
import { useT } from "../i18n.ts";
import { Button } from "../ui/index.ts";
import { isDoable } from "./changes.ts";
import { applyPlan, cancelWork, prepareRequest, undoPlan } from "./intents.ts";
import type { PlanPhase } from "./use-phase-focus.ts";

interface PlanActionsProps {
  view: SetupView;
  kind: "apply" | "undo";
  phase: PlanPhase;
  onClose: () => void;
  /** Back from the result to the plan. */
  onPlan: () => void;
  onUndo: () => void;
}

/** The dialog's buttons: the one confirmation; stopping the work; going on after it. */
export function PlanActions({ view, kind, phase, onClose, onPlan, onUndo }: PlanActionsProps) {
  const t = useT();
  const { tenant } = view;
  if (phase === "work") {
    const canceling = tenant.work?.canceling === true;
    return (
      <>
        <Button variant="quiet" onPress={onClose}>
          {t("tenant.work.close")}
        </Button>
        <Button isDisabled={canceling} onPress={() => void cancelWork(view.summary.id)}>
          {t("tenant.work.cancel")}
        </Button>
      </>
    );
  }
  if (phase === "sign-in") return <Button onPress={onClose}>{t("common.close")}</Button>;
  const changed = tenant.result?.stop?.kind === "plan-changed";
  const canUndo = kind === "apply" && phase === "result" && (tenant.undo?.changes.length ?? 0) > 0;
  return (
    <>
      {canUndo ? (
        <Button variant="quiet" onPress={onUndo}>
          {t("identity.account.undo")}
        </Button>
      ) : null}
      <Button onPress={onClose}>{t("common.close")}</Button>
      {phase === "result" && changed ? (
        <Button variant="primary" onPress={onPlan}>
          {t("tenant.result.showPlan")}
        </Button>
      ) : (
        <Confirm view={view} kind={kind} phase={phase} />
      )}
    </>
  );
}

function Confirm({ view, kind, phase }: Pick<PlanActionsProps, "view" | "kind" | "phase">) {
  const t = useT();
  const [pending, setPending] = useState(false);
  const setupId = view.summary.id;
  const plan = kind === "undo" ? view.tenant.undo : view.tenant.plan;
  if (plan === null || plan.changes.length === 0) return null;
  const count = plan.changes.filter(isDoable).length;
  const blocked = plan.changes.length - count;

  async function run(planId: string): Promise<void> {
    setPending(true);
    await (kind === "undo" ? undoPlan(setupId, planId) : applyPlan(setupId, planId));
    setPending(false);
  }

  const words =
    kind === "undo"
      ? "tenant.undo.action"
      : phase === "result"
        ? "tenant.plan.applyRest"
        : "tenant.plan.apply";
  return (
    <>
      {blocked > 0 && kind === "apply" ? (
        <Button variant={count === 0 ? "primary" : "default"} onPress={() => void prepareRequest(setupId)}>
          {t("tenant.card.request")}
        </Button>
      ) : null}
      {count === 0 && blocked > 0 && kind === "apply" ? null : (
        <Button
          variant={kind === "undo" ? "danger" : "primary"}
          pending={pending}
          disabledReason={count === 0 ? t("tenant.plan.applyNone") : null}
          onPress={() => void run(plan.id)}
        >
          {t(words, { count })}
        </Button>
      )}
    </>
  );
}
