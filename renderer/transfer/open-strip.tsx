import { useSetup } from "../checklist/step-context.ts";
import { useT } from "../i18n.ts";
import { rollout, succeeded } from "../store/api.ts";
import { Button } from "../ui/index.ts";
import styles from "./strip.module.css";

/** Opens the transfer strip for a setup, or shows the setup in the open one. */
export async function openStrip(setupId: string): Promise<void> {
  await succeeded(rollout().transfer.open({ setupId }));
}

/** The way to the strip from the steps whose values it hands over. */
export function OpenStrip() {
  const t = useT();
  const setupId = useSetup().view.summary.id;
  return (
    <div className={styles.opener}>
      <Button icon="copy" onPress={() => void openStrip(setupId)}>
        {t("transfer.open")}
      </Button>
      <p>{t("transfer.openHint")}</p>
    </div>
  );
}
