import { useState } from "react";
import type { StepView } from "../../preload/model/setup.ts";
import { useT } from "../i18n.ts";
import type { MenuEntry } from "../ui/index.ts";
import { Button, Dialog, Menu, TextField } from "../ui/index.ts";
import { useStepIntents } from "./intents.ts";
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
          ...(isDone ? [] : [waiting]),
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

interface StepDialogProps {
  step: StepView;
  onClose: () => void;
}

function WaitingDialog({ step, onClose }: StepDialogProps) {
  const t = useT();
  const [who, setWho] = useState("");
  const [note, setNote] = useState("");
  const [tried, setTried] = useState(false);
  const { startWaiting } = useStepIntents(step);
  const submit = (): void => {
    setTried(true);
    if (who.trim() === "") return;
    void startWaiting(who.trim(), note.trim());
    onClose();
  };
  return (
    <Dialog
      title={t("step.waiting.title")}
      isOpen
      onClose={onClose}
      onSubmit={submit}
      actions={
        <>
          <Button onPress={onClose}>{t("step.confirm.cancel")}</Button>
          <Button type="submit" variant="primary">
            {t("step.waiting.start")}
          </Button>
        </>
      }
    >
      <p>{t("step.waiting.intro")}</p>
      <TextField
        autoFocus
        label={t("step.waiting.who")}
        value={who}
        onChange={setWho}
        isRequired
        problem={tried && who.trim() === "" ? t("step.waiting.whoMissing") : null}
        maxLength={200}
      />
      <TextField label={t("step.waiting.note")} value={note} onChange={setNote} maxLength={2_000} />
    </Dialog>
  );
}

function NotApplicableDialog({ step, onClose }: StepDialogProps) {
  const t = useT();
  const person = usePerson();
  const [reason, setReason] = useState("");
  const [by, setBy] = useState(person);
  const [tried, setTried] = useState(false);
  const { markNotApplicable } = useStepIntents(step);
  const submit = (): void => {
    setTried(true);
    if (reason.trim() === "") return;
    void markNotApplicable(by.trim(), reason.trim());
    onClose();
  };
  return (
    <Dialog
      title={t("step.notApplicable.title")}
      isOpen
      onClose={onClose}
      onSubmit={submit}
      actions={
        <>
          <Button onPress={onClose}>{t("step.confirm.cancel")}</Button>
          <Button type="submit" variant="primary">
            {t("step.notApplicable.submit")}
          </Button>
        </>
      }
    >
      <p>{t("step.notApplicable.intro")}</p>
      <TextField
        autoFocus
        label={t("step.notApplicable.reason")}
        value={reason}
        onChange={setReason}
        isRequired
        problem={tried && reason.trim() === "" ? t("step.notApplicable.reasonMissing") : null}
        maxLength={2_000}
      />
      <TextField label={t("step.confirm.name")} value={by} onChange={setBy} maxLength={200} />
    </Dialog>
  );
}
