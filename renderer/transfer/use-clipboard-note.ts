import { useState } from "react";
import { useCountdown } from "../certificates/use-countdown.ts";
import { useT } from "../i18n.ts";
import { announce } from "../ui/index.ts";

/** Tells for how long the password still lies in the clipboard. */
export function useClipboardNote() {
  const t = useT();
  const [secret, setSecret] = useState(false);
  const countdown = useCountdown(() => {
    if (secret) announce(t("transfer.cleared"));
    setSecret(false);
  });
  return {
    /** Seconds; null when no password of ours lies there. */
    left: secret ? countdown.left : null,
    copied: (clearsIn: number | null): void => {
      setSecret(clearsIn !== null);
      if (clearsIn !== null) countdown.start(clearsIn);
    },
  };
}
