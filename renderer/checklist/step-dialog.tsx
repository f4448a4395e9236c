import type { ReactNode } from "react";
import { useState } from "react";
import type { ErrorView } from "../../preload/model/errors.ts";
import { useT } from "../i18n.ts";
import { Button, Dialog, FailureNotice } from "../ui/index.ts";

interface StepDialogProps {
  title: string;
  intro: string;
  submitLabel: string;
  /** Whether everything is entered that is needed. */
  complete: boolean;
  onClose: () => void;
  /** Gives why it failed, or null. */
  onSubmit: () => Promise<ErrorView | null>;
  /** The fields; `tried` once sending was tried, so that they say what is missing. */
  children: (tried: boolean) => ReactNode;
}

/** Asks what has to be known to change a step's state. What was typed stays until the change is made. */
export function StepDialog(props: StepDialogProps) {
  const t = useT();
  const [tried, setTried] = useState(false);
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<ErrorView | null>(null);

  async function submit(): Promise<void> {
    setTried(true);
    if (pending || !props.complete) return;
    setPending(true);
    const failed = await props.onSubmit();
    setPending(false);
    setFailure(failed);
    if (failed === null) props.onClose();
  }

  return (
    <Dialog
      title={props.title}
      isOpen
      onClose={props.onClose}
      onSubmit={() => void submit()}
      actions={
        <>
          <Button onPress={props.onClose}>{t("step.confirm.cancel")}</Button>
          <Button type="submit" variant="primary" pending={pending}>
            {props.submitLabel}
          </Button>
        </>
      }
    >
      <p>{props.intro}</p>
      {props.children(tried)}
      {failure === null ? null : <FailureNotice error={failure} />}
    </Dialog>
  );
}
