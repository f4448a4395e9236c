import { useT } from "../i18n.ts";
import { useInfo } from "../store/app.ts";
import { Button, Notice } from "../ui/index.ts";
import { signIn } from "./intents.ts";
import styles from "./tenant.module.css";

/** The way for computers without a usable browser, with Microsoft's warning before it. */
export function DeviceCodeChoice({ setupId }: { setupId: string }) {
  const t = useT();
  const { settings } = useInfo();
  return (
    <details className={styles.details} open={settings.signInMethod === "device-code"}>
      <summary>{t("identity.deviceCode.summary")}</summary>
      <Notice tone="warn" title={t("identity.deviceCode.warning")}>
        <p>{t("identity.deviceCode.text")}</p>
      </Notice>
      <div className={styles.buttons}>
        <Button onPress={() => void signIn(setupId, "device-code")}>{t("identity.deviceCode.action")}</Button>
      </div>
    </details>
  );
}
