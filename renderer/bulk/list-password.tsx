import { useId, useState } from "react";
import { useT } from "../i18n.ts";
import { call, rollout } from "../store/api.ts";
import { Button, CopyButton } from "../ui/index.ts";
import { useKeyedTimeout } from "../ui/use-timeout.ts";
import styles from "./bulk.module.css";

/** A password in the open is concealed again after this many milliseconds. */
const shownFor = 60_000;
/** Dots that stand for the password; they say nothing about its length. */
const concealed = "•".repeat(24);

/** The password of the sealed list: concealed, to be shown and copied. */
export function ListPassword({ batchId }: { batchId: string }) {
  const t = useT();
  const labelId = useId();
  const [shown, setShown] = useState<string | null>(null);
  useKeyedTimeout(shown !== null, shownFor, () => setShown(null));

  async function toggle(): Promise<void> {
    if (shown !== null) {
      setShown(null);
      return;
    }
    const answer = await call(rollout().bulk.revealListPassword({ batchId }));
    if (answer !== null) setShown(answer.password);
  }

  return (
    <div className={styles.field} role="group" aria-labelledby={labelId}>
      <span id={labelId} className={styles.label}>
        {t("bulk.listPassword.label")}
      </span>
      <div className={styles.secretRow}>
        <output className={styles.secret}>
          {shown ?? (
            <>
              <span aria-hidden="true">{concealed}</span>
              <span className={styles.hidden}>{t("password.concealed")}</span>
            </>
          )}
        </output>
        <Button
          icon={shown === null ? "eye" : "eye-off"}
          pressed={shown !== null}
          onPress={() => void toggle()}
        >
          {t("password.show")}
        </Button>
        <CopyButton
          text=""
          what={t("bulk.listPassword.label")}
          copy={async () => (await call(rollout().bulk.copyListPassword({ batchId }))) !== null}
        />
      </div>
      <small className={styles.note}>{t("bulk.listPassword.help")}</small>
    </div>
  );
}
