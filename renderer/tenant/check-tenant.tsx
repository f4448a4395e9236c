import type { SetupView } from "../../preload/model/setup.ts";
import { useT } from "../i18n.ts";
import { Button, Card } from "../ui/index.ts";
import { checkTenant } from "./intents.ts";
import styles from "./tenant.module.css";
import { useRunning } from "./use-running.ts";
import { WorkView } from "./work-view.tsx";

/** The tenant has not been read yet: what reading means, and the button. */
export function CheckTenant({ view }: { view: SetupView }) {
  const t = useT();
  const [running, run] = useRunning();
  const { work } = view.tenant;
  return (
    <Card title={t("tenant.check.title")}>
      <p className={styles.dim}>{t("tenant.check.text")}</p>
      <div className={styles.buttons}>
        <Button
          variant="primary"
          icon="refresh"
          pending={running || work !== null}
          onPress={() => void run(checkTenant(view.summary.id))}
        >
          {t("tenant.check.action")}
        </Button>
      </div>
      {work === null ? null : <WorkView setupId={view.summary.id} work={work} />}
    </Card>
  );
}
