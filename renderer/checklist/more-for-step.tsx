import { useState } from "react";
import type { StepView } from "../../preload/model/setup.ts";
import { useT } from "../i18n.ts";
import type { MenuEntry } from "../ui/index.ts";
import { Menu, TextField } from "../ui/index.ts";
import { useStepIntents } from "./intents.ts";
import { StepDialog } from "./step-dialog.tsx";
import { usePerson } from "./use-person.ts";

interface MoreForStepProps {
  step: StepView;
  /** Confirms a done step once more. */
  onAgain?: (() => void) | undefined;
}

/** What can be said about a step besides "done": it waits for someone, or it does not apply. */
export function MoreForStep({ step, onAgain }: MoreForStepProps) {
  const t = useT();
  const [open, setOpen] = useState<"waiting" | "not-applicable" | null>(null);
  const close = (): void => setOpen(null);
  const { stopWaiting, withdraw } = useStepIntents(step);
  const isDone = step.state === "done";
  const waits = step.state === "waiting" && step.waitingFor?.who !== "";
  const isConfirmed = step.evidence.some((evidence) => evidence.withdrawnAt === null);
  const waiting: MenuEntry = waits
    ? { id: "stop", label: t("step.waiting.stop"), onAction: () => void stopWaiting() }
    : { id: "wait", label: t("step.waiting.menu"), onAction: () => setOpen("waiting") };
  const undo: MenuEntry = { id: "undo", label: t("step.confirm.undo"), onAction: () => void withdraw() };
  return (
    <>
      <Menu
        label={t("step.moreLabel")}
        icon="more"
        items={[
          // For a locked step, nobody can be asked yet.
          ...(isDone || step.state === "cannot-start" ? [] : [waiting]),
          ...(onAgain === undefined
            ? []
            : [{ id: "again", label: t("step.confirm.again"), onAction: onAgain }]),
          // A done step has "Undo" in view already.
          ...(isConfirmed && !isDone ? [undo] : []),
          { id: "na", label: t("step.notApplicable.menu"), onAction: () => setOpen("not-applicable") },
        ]}
      />
      {open === "waiting" ? <WaitingDialog step={step} onClose={close} /> : null}
      {open === "not-applicable" ? <NotApplicableDialog step={step} onClose={close} /> : null}
    </>
  );
}

interface DialogProps {
  step: StepView;
  onClose: () => void;
}

function WaitingDialog({ step, onClose }: DialogProps) {
  const t = useT();
  const [who, setWho] = useState("");
  const [note, setNote] = useState("");
  const { startWaiting } = useStepIntents(step);
  const missing = who.trim() === "";
  return (
    <StepDialog
      title={t("step.waiting.title")}
      intro={t("step.waiting.intro")}
      submitLabel={t("step.waiting.start")}
      complete={!missing}
      onClose={onClose}
      onSubmit={() => startWaiting(who.trim(), note.trim())}
    >
      {(tried) => (
        <>
          <TextField
            autoFocus
            label={t("step.waiting.who")}
            value={who}
            onChange={setWho}
            isRequired
            problem={tried && missing ? t("step.waiting.whoMissing") : null}
            maxLength={200}
          />
          <TextField label={t("step.waiting.note")} value={note} onChange={setNote} maxLength={2_000} />
        </>
      )}
    </StepDialog>
  );
}

function NotApplicableDialog({ step, onClose }: DialogProps) {
  const t = useT();
  const person = usePerson();
  const [reason, setReason] = useState("");
  const [by, setBy] = useState(person);
  const { markNotApplicable } = useStepIntents(step);
  const missing = reason.trim() === "";
  return (
    <StepDialog
      title={t("step.notApplicable.title")}
      intro={t("step.notApplicable.intro")}
      submitLabel={t("step.notApplicable.submit")}
      complete={!missing}
      onClose={onClose}
      onSubmit={() => markNotApplicable(by.trim(), reason.trim())}
    >
      {(tried) => (
        <>
          <TextField
            autoFocus
            label={t("step.notApplicable.reason")}
            value={reason}
            onChange={setReason}
            isRequired
            problem={tried && missing ? t("step.notApplicable.reasonMissing") : null}
            maxLength={2_000}
          />
          <TextField label={t("step.confirm.name")} value={by} onChange={setBy} maxLength={200} />
        </>
      )}
    </StepDialog>
  );
}
