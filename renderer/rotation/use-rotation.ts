import { useState } from "react";
import type { ErrorView, Result } from "../../preload/model/errors.ts";
import type { SetupView } from "../../preload/model/setup.ts";
import { changeInDialog, changeInPage } from "../checklist/changes.ts";
import { keepFocus } from "../checklist/keep-focus.ts";
import { useT } from "../i18n.ts";
import { rollout } from "../store/api.ts";

/** What the user can do in the exchange of a certificate. Each change is announced once main has taken it. */
export function useRotation(setupId: string) {
  const t = useT();
  const [pending, setPending] = useState(false);
  const api = rollout().rotation;
  const say = (key: string) => () => t(`rotation.announce.${key}`);

  async function inPage(promise: Promise<Result<SetupView>>, key: string): Promise<void> {
    setPending(true);
    await changeInPage(promise, say(key));
    setPending(false);
    keepFocus();
  }

  return {
    pending,
    start: (by: string) => inPage(api.start({ setupId, by }), "started"),
    cancel: () => inPage(api.cancel({ setupId }), "canceled"),
    withdrawExchanged: () => inPage(api.withdrawExchanged({ setupId }), "withdrawn"),
    finish: () => inPage(api.finish({ setupId }), "finished"),
    /** Gives why it was not taken, or null. */
    confirmExchanged: (by: string, note: string): Promise<ErrorView | null> =>
      changeInDialog(api.confirmExchanged({ setupId, by, note }), say("exchanged")),
    confirmRemoved: (by: string): Promise<ErrorView | null> =>
      changeInDialog(api.confirmRemoved({ setupId, by }), say("removed")),
  };
}
