import { useState } from "react";
import type { ErrorView } from "../../preload/model/errors.ts";
import type { SetupView } from "../../preload/model/setup.ts";
import { useT } from "../i18n.ts";
import { showToast } from "../store/toasts.ts";
import { Button, Dialog, FailureNotice, Notice } from "../ui/index.ts";
import { PasswordChooser } from "./password-chooser.tsx";
import { usePasswordChoice } from "./password-choice.ts";
import { passwordContext } from "./password-context.ts";

export interface PasswordDialogProps {
  view: SetupView;
  isOpen: boolean;
  onClose: () => void;
  onChanged: () => void;
}

/** Another PFX password in place of the present one. */
export function PasswordDialog(props: PasswordDialogProps) {
  return props.isOpen ? <OpenDialog {...props} /> : null;
}

function OpenDialog({ view, onClose, onChanged }: PasswordDialogProps) {
  const t = useT();
  const choice = usePasswordChoice(view.summary.id);
  const [tried, setTried] = useState(false);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<ErrorView | null>(null);

  async function use(): Promise<void> {
    setTried(true);
    if (!choice.usable || pending) return;
    setPending(true);
    const result = await choice.apply();
    setPending(false);
    if (!result.ok) {
      setError(result.error);
      return;
    }
    showToast({ title: "password.changed", tone: "ok" });
    onChanged();
    onClose();
  }

  return (
    <Dialog
      title={t("password.change.title")}
      isOpen
      onClose={onClose}
      onSubmit={() => void use()}
      actions={
        <>
          <Button onPress={onClose}>{t("common.cancel")}</Button>
          <Button variant="primary" type="submit" pending={pending}>
            {t(choice.mode === "generated" ? "password.change.generate" : "password.change.use")}
          </Button>
        </>
      }
    >
      {view.certificate?.pfx ? <Notice tone="warn" title={t("password.change.stale")} /> : null}
      <PasswordChooser choice={choice} when="" context={passwordContext(view)} tried={tried} />
      {error === null ? null : <FailureNotice error={error} />}
    </Dialog>
  );
}
