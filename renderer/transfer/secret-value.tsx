import { useState } from "react";
import type { SetupView } from "../../preload/model/setup.ts";
import { useT } from "../i18n.ts";
import { call, rollout } from "../store/api.ts";
import { IconButton, VisuallyHidden } from "../ui/index.ts";
import { useKeyedTimeout } from "../ui/use-timeout.ts";
import styles from "./strip.module.css";

/** A password in the open is concealed again after this many milliseconds. */
export const shownFor = 30_000;

/** The password: copied without being shown, and shown only when asked for, for a moment. */
export function SecretValue({ view }: { view: SetupView }) {
  const t = useT();
  const [shown, setShown] = useState<string | null>(null);
  useKeyedTimeout(shown !== null, shownFor, () => setShown(null));
  async function toggle(): Promise<void> {
    if (shown !== null) {
      setShown(null);
      return;
    }
    const answer = await call(rollout().certificates.revealPassword({ setupId: view.summary.id }));
    if (answer !== null) setShown(answer.password);
  }
  return (
    <div className={styles.secret}>
      <output className={styles.value}>
        {shown ?? (
          <>
            <span aria-hidden="true">{"•".repeat(Math.min(view.password.length ?? 16, 24))}</span>
            <VisuallyHidden>{t("password.concealed")}</VisuallyHidden>
          </>
        )}
      </output>
      <IconButton
        label={t("password.show")}
        icon={shown === null ? "eye" : "eye-off"}
        pressed={shown !== null}
        onPress={() => void toggle()}
      />
    </div>
  );
}
