import { useState } from "react";
import type { ErrorView } from "../../preload/model/errors.ts";
import type { SetupView } from "../../preload/model/setup.ts";
import { useT } from "../i18n.ts";
import { attempt, rollout } from "../store/api.ts";
import { acceptView } from "../store/setups.ts";
import { showError, showToast } from "../store/toasts.ts";
import { Button, Dialog } from "../ui/index.ts";
import { hasPassword } from "./password-choice.ts";
import { UnlockForm } from "./unlock-form.tsx";

/** Opens the saved PFX with the stored password, or with one that is asked for and then known again. */
export function PfxCheck({ view, label }: { view: SetupView; label: string }) {
  const t = useT();
  const setupId = view.summary.id;
  const [pending, setPending] = useState(false);
  const [asking, setAsking] = useState(false);

  async function check(password?: string): Promise<ErrorView | null> {
    const input = password === undefined ? { setupId } : { setupId, password };
    const result = await attempt(rollout().certificates.checkPfx(input));
    if (result.ok) {
      acceptView(result.value);
      showToast({ title: "certificate.check.ok", tone: "ok" });
    }
    return result.ok ? null : result.error;
  }

  async function press(): Promise<void> {
    if (!hasPassword(view)) {
      setAsking(true);
      return;
    }
    setPending(true);
    const error = await check();
    setPending(false);
    if (error !== null) showError(error);
  }

  return (
    <>
      <Button pending={pending} onPress={() => void press()}>
        {label}
      </Button>
      <Dialog
        title={t("certificate.check.title")}
        isOpen={asking}
        onClose={() => setAsking(false)}
        actions={<Button onPress={() => setAsking(false)}>{t("common.cancel")}</Button>}
      >
        <p>{t("certificate.check.text")}</p>
        <UnlockForm unlock={check} onOpened={() => setAsking(false)} isPrimary />
      </Dialog>
    </>
  );
}
