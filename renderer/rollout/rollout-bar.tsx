import { useState } from "react";
import type { ReactNode } from "react";
import type { StepView } from "../../preload/model/setup.ts";
import barStyles from "../checklist/checklist.module.css";
import { useSetup } from "../checklist/step-context.ts";
import { uniqueReasons } from "../checklist/unique-reasons.ts";
import { useT } from "../i18n.ts";
import { formatDateTime } from "../store/format.ts";
import { Button, ConfirmDialog, Icon, StateIcon } from "../ui/index.ts";
import { WriteButton } from "./handover.tsx";
import { readinessId } from "./readiness.tsx";
import { RolloutDialog } from "./rollout-dialog.tsx";
import { useRollout } from "./use-rollout.ts";

/** The main action of step 15 in each of its stages: roll out, hand over, close, open again. */
export function RolloutBar({ step }: { step: StepView }) {
  const t = useT();
  const { record, closedAt, handover } = useSetup().view.rollout;
  const { reopen, close, writeHandover, pending } = useRollout();
  if (closedAt !== null) {
    return (
      <Bar text={t("checklist.status.closed")} step={step}>
        <Button onPress={reopen}>{t("rollout.closed.reopen")}</Button>
      </Bar>
    );
  }
  if (record?.result !== "connected") return <BeforeRollout step={step} failedAt={record?.at ?? null} />;
  return (
    <Bar text={t("checklist.status.connected", { when: formatDateTime(record.at) })} step={step}>
      <WithdrawButton />
      {handover === null ? (
        <WriteButton
          variant="primary"
          title={t("rollout.handover.title")}
          pending={pending === "handover"}
          onWrite={writeHandover}
        >
          {t("rollout.handover.write")}
        </WriteButton>
      ) : (
        <Button variant="primary" pending={pending === "close"} onPress={close}>
          {t("rollout.close.action")}
        </Button>
      )}
    </Bar>
  );
}

function BeforeRollout({ step, failedAt }: { step: StepView; failedAt: string | null }) {
  const t = useT();
  const { ready, missing } = useSetup().view.rollout;
  const [open, setOpen] = useState(false);
  const notYet = t("rollout.notYet", { count: uniqueReasons(missing).length });
  const stage =
    failedAt === null
      ? t("checklist.status.ready")
      : t("checklist.status.failed", { when: formatDateTime(failedAt) });
  return (
    <Bar text={ready ? stage : notYet} step={step}>
      {ready ? null : (
        <Button variant="quiet" onPress={showMissing}>
          {t("step.confirm.showMissing")}
        </Button>
      )}
      {failedAt === null ? null : <WithdrawButton />}
      <Button variant="primary" disabledReason={ready ? null : notYet} onPress={() => setOpen(true)}>
        {t(failedAt === null ? "rollout.action" : "rollout.again")}
      </Button>
      {open ? <RolloutDialog onClose={() => setOpen(false)} /> : null}
    </Bar>
  );
}

function showMissing(): void {
  const list = document.getElementById(readinessId);
  list?.scrollIntoView({ block: "start" });
  list?.focus();
}

function WithdrawButton() {
  const t = useT();
  const { withdraw } = useRollout();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button variant="quiet" onPress={() => setAsking(true)}>
        {t("rollout.withdraw")}
      </Button>
      <ConfirmDialog
        title={t("rollout.withdrawTitle")}
        isOpen={asking}
        onClose={() => setAsking(false)}
        onConfirm={() => {
          setAsking(false);
          withdraw();
        }}
        confirmLabel={t("rollout.withdraw")}
      >
        <p>{t("rollout.withdrawText")}</p>
      </ConfirmDialog>
    </>
  );
}

function Bar({ text, step, children }: { text: string; step: StepView; children: ReactNode }) {
  const t = useT();
  return (
    <section className={barStyles.bar} aria-label={t("rollout.action")}>
      <div className={barStyles.barRow}>
        <div className={barStyles.barText}>
          {step.state === "cannot-start" ? <Icon name="info" /> : <StateIcon state={step.state} />}
          <span>{text}</span>
        </div>
        <div className={barStyles.barActions}>{children}</div>
      </div>
    </section>
  );
}
